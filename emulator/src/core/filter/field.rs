//! Fields in filters and sort orders: how each is read, and which operators it supports.

use std::borrow::Cow;

use getstream_users::model::Timestamp;
use serde_json::Value;

use self::Operator::{Autocomplete, Compare, Contains, Exists, In, Nin};
use super::{Comparison, Sight};
use crate::core::field_path::Path;
use crate::core::state::Custom;

/// A field of an `S`.
#[derive(Debug, Clone)]
pub(crate) struct Field<S> {
    pub(super) operators: &'static [Operator],
    pub(super) content: Content<S>,
}

/// How a field is read, by the type of its values.
#[derive(Debug, Clone)]
pub(super) enum Content<S> {
    Text(TextField<S>),
    Flag(FlagField<S>),
    Date(DateField<S>),
    Teams(TeamsField<S>),
    Custom(CustomField<S>),
}

/// A field with a string.
#[derive(Debug, Clone)]
pub(crate) struct TextField<S> {
    pub(super) name: &'static str,
    pub(super) of: fn(&S) -> Option<Cow<'_, str>>,
    /// Whether subjects are indexed by this string, so that one with a given value is found at once.
    pub(super) is_key: bool,
}

/// A field with a boolean. Some depend on more than the subject.
pub(super) type FlagField<S> = fn(Sight<'_>, &S) -> bool;

/// A field with a time.
pub(super) type DateField<S> = fn(&S) -> Option<Timestamp>;

/// A field with the names of teams.
pub(super) type TeamsField<S> = fn(&S) -> &[String];

/// Custom data, or a value in it.
#[derive(Debug, Clone)]
pub(crate) struct CustomField<S> {
    pub(super) data: fn(&S) -> &Custom,
    /// The path of the value; `None` for the whole custom data.
    pub(super) path: Option<Path>,
}

impl<S> Field<S> {
    pub(super) fn text(name: &'static str, of: fn(&S) -> Option<Cow<'_, str>>, operators: &'static [Operator]) -> Self {
        Self { operators, content: Content::Text(TextField { name, of, is_key: false }) }
    }

    /// A string that subjects are indexed by.
    pub(super) fn key(name: &'static str, of: fn(&S) -> Option<Cow<'_, str>>, operators: &'static [Operator]) -> Self {
        Self { operators, content: Content::Text(TextField { name, of, is_key: true }) }
    }

    pub(super) fn flag(of: FlagField<S>, operators: &'static [Operator]) -> Self {
        Self { operators, content: Content::Flag(of) }
    }

    pub(super) fn date(of: DateField<S>, operators: &'static [Operator]) -> Self {
        Self { operators, content: Content::Date(of) }
    }

    pub(super) fn teams(of: TeamsField<S>, operators: &'static [Operator]) -> Self {
        Self { operators, content: Content::Teams(of) }
    }

    pub(super) fn custom(data: fn(&S) -> &Custom, path: Option<Path>, operators: &'static [Operator]) -> Self {
        Self { operators, content: Content::Custom(CustomField { data, path }) }
    }
}

impl<S> CustomField<S> {
    /// The value at the path, if there is one; `None` if the field is the whole custom data.
    pub(super) fn at(&self, subject: &S) -> Option<Value> {
        (self.data)(subject).get(self.path.as_ref()?)
    }
}

/// The operators of filters.
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

    /// The operator with this name, including the dollar sign.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find_map(|(known, operator)| (*known == name).then_some(*operator))
    }

    /// The operator's name, including the dollar sign.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find_map(|(name, operator)| (*operator == self).then_some(*name)).unwrap_or_default()
    }
}

pub(super) const EQ: Operator = Compare(Comparison::Equal);
pub(super) const NE: Operator = Compare(Comparison::Unequal);
pub(super) const GT: Operator = Compare(Comparison::Greater);
pub(super) const GTE: Operator = Compare(Comparison::GreaterOrEqual);
pub(super) const LT: Operator = Compare(Comparison::Less);
pub(super) const LTE: Operator = Compare(Comparison::LessOrEqual);
