//! The fields that filters and sort orders know, and how each is read from a user.

use std::borrow::Cow;

use getstream_users::model::Timestamp;
use serde_json::Value;

use self::Operator::{Autocomplete, Compare, Contains, Exists, In, Nin};
use super::{Comparison, CustomField};
use crate::core::path::Path;
use crate::core::state::User;

/// A field, by what its values are.
#[derive(Debug, Clone)]
pub(crate) enum Field {
    Text(TextField),
    Flag(FlagField),
    Date(DateField),
    Teams,
    Custom(CustomField),
}

/// A field with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextField {
    Id,
    Name,
    Role,
    Language,
    /// Custom data, but with operators of its own.
    Username,
    /// Custom data, but with operators of its own.
    Email,
}

/// A field that is true or false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FlagField {
    Banned,
    ShadowBanned,
    BypassModeration,
}

/// A field with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateField {
    CreatedAt,
    UpdatedAt,
    LastActive,
}

/// What can be asked of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Compare(Comparison),
    In,
    Nin,
    Exists,
    Contains,
    Autocomplete,
}

impl Operator {
    const NAMES: &[(&str, Self)] = &[
        ("$eq", EQ),
        ("$ne", NE),
        ("$gt", GT),
        ("$gte", GTE),
        ("$lt", LT),
        ("$lte", LTE),
        ("$in", In),
        ("$nin", Nin),
        ("$exists", Exists),
        ("$contains", Contains),
        ("$autocomplete", Autocomplete),
    ];

    /// The operator of that name, dollar sign included.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find_map(|(known, operator)| (*known == name).then_some(*operator))
    }

    /// Its name, dollar sign included.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find_map(|(name, operator)| (*operator == self).then_some(*name)).unwrap_or_default()
    }
}

pub(crate) const EQ: Operator = Compare(Comparison::Equal);
const NE: Operator = Compare(Comparison::Unequal);
const GT: Operator = Compare(Comparison::Greater);
const GTE: Operator = Compare(Comparison::GreaterOrEqual);
const LT: Operator = Compare(Comparison::Less);
const LTE: Operator = Compare(Comparison::LessOrEqual);

impl Field {
    /// The field of that name; `None` when it is no possible name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "id" => Self::Text(TextField::Id),
            "name" => Self::Text(TextField::Name),
            "role" => Self::Text(TextField::Role),
            "language" => Self::Text(TextField::Language),
            "username" => Self::Text(TextField::Username),
            "email" => Self::Text(TextField::Email),
            "banned" => Self::Flag(FlagField::Banned),
            "shadow_banned" => Self::Flag(FlagField::ShadowBanned),
            "bypass_moderation" => Self::Flag(FlagField::BypassModeration),
            "created_at" => Self::Date(DateField::CreatedAt),
            "updated_at" => Self::Date(DateField::UpdatedAt),
            "last_active" => Self::Date(DateField::LastActive),
            "teams" => Self::Teams,
            "custom" => Self::Custom(CustomField::Whole),
            other => Self::Custom(CustomField::At(custom_path(other)?)),
        })
    }

    /// What Stream's OpenAPI description lets be asked of it.
    pub(crate) fn operators(&self) -> &'static [Operator] {
        match self {
            Self::Text(TextField::Id) => &[Autocomplete, EQ, Exists, GT, GTE, In, LT, LTE, NE, Nin],
            Self::Text(TextField::Name) => &[Autocomplete, EQ, Exists, GT, GTE, In, LT, LTE],
            Self::Text(TextField::Username) => &[Autocomplete, EQ],
            Self::Text(TextField::Role) | Self::Date(_) => &[EQ, Exists, GT, GTE, In, LT, LTE],
            Self::Text(TextField::Email) => &[EQ, In],
            Self::Text(TextField::Language) => &[EQ],
            Self::Flag(_) => &[EQ, NE],
            Self::Teams => &[Contains, EQ, In],
            Self::Custom(_) => &[Contains, EQ, Exists, GT, GTE, In, LT, LTE],
        }
    }
}

/// SDK tests show both forms: the bare key, and the key below `custom`. A dollar sign begins operators only.
fn custom_path(name: &str) -> Option<Path> {
    let path = Path::parse(name).ok().filter(|_| !name.starts_with('$'))?;
    match path.tail() {
        Some(tail) if path.first() == "custom" => Some(tail),
        _ => Some(path),
    }
}

impl TextField {
    /// The user's text, if it has one.
    pub(crate) fn of(self, user: &User) -> Option<&str> {
        match self {
            Self::Id => Some(&user.id),
            Self::Name => user.profile.name.as_deref(),
            Self::Role => Some(&user.role),
            Self::Language => Some(&user.profile.language),
            Self::Username => user.profile.custom.get("username")?.as_str(),
            Self::Email => user.profile.custom.get("email")?.as_str(),
        }
    }
}

impl FlagField {
    /// Whether it is set. Nothing here can ban a user or exempt it from moderation yet, so it never is.
    pub(crate) fn of(self, _user: &User) -> bool {
        match self {
            Self::Banned | Self::ShadowBanned | Self::BypassModeration => false,
        }
    }
}

impl DateField {
    /// The user's time, if it has one. Nobody connects here, so nobody was ever active.
    pub(crate) fn of(self, user: &User) -> Option<Timestamp> {
        match self {
            Self::CreatedAt => Some(user.created_at),
            Self::UpdatedAt => Some(user.updated_at),
            Self::LastActive => None,
        }
    }
}

impl CustomField {
    /// What the user has there.
    pub(crate) fn of<'a>(&self, user: &'a User) -> Option<Cow<'a, Value>> {
        match self {
            Self::Whole => Some(Cow::Owned(user.profile.custom.clone().into())),
            Self::At(_) => self.at(user).map(Cow::Borrowed),
        }
    }

    /// The one value that the user has there; none when it is all the data.
    pub(crate) fn at<'a>(&self, user: &'a User) -> Option<&'a Value> {
        match self {
            Self::Whole => None,
            Self::At(path) => path.get(&user.profile.custom),
        }
    }
}
