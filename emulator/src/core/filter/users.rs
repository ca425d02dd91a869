//! The fields of users in filters. Fields and operators are those of Stream's OpenAPI description; any other name is
//! custom data.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::Value;

use super::field::Operator::{Autocomplete, Contains, Exists, In, Nin};
use super::field::{EQ, Field, GT, GTE, LT, LTE, NE};
use super::{Sight, Subject};
use crate::core::access;
use crate::core::field_path::Path;
use crate::core::state::User;

impl Subject for User {
    const COLLECTION: &'static str = "users";
    const MAX_SORT_TERMS: usize = 5;

    fn field(name: &str) -> Option<Field<Self>> {
        Some(match name {
            "id" => Field::key(
                "id",
                |user| Some(Cow::from(&user.id)),
                &[Autocomplete, EQ, Exists, GT, GTE, In, LT, LTE, NE, Nin],
            ),
            "name" => Field::text(
                "name",
                |user| user.profile.name.as_deref().map(Cow::from),
                &[Autocomplete, EQ, Exists, GT, GTE, In, LT, LTE],
            ),
            "role" => Field::text("role", |user| Some(Cow::from(&user.role)), &[EQ, Exists, GT, GTE, In, LT, LTE]),
            "language" => Field::text("language", |user| Some(Cow::from(&user.profile.language)), &[EQ]),
            // These two are custom data, but have operators of their own.
            "username" => Field::text("username", |user| custom_text(user, "username"), &[Autocomplete, EQ]),
            "email" => Field::text("email", |user| custom_text(user, "email"), &[EQ, In]),
            "banned" => Field::flag(
                |Sight { world, .. }, user| world.bans.in_whole_app(&user.id, world.now).is_some_and(|ban| !ban.shadow),
                &[EQ, NE],
            ),
            "shadow_banned" => Field::flag(
                |Sight { world, caller }, user| {
                    let ban = world.bans.in_whole_app(&user.id, world.now);
                    ban.is_some_and(|ban| ban.shadow) && access::sees_shadow_ban(caller, &user.id)
                },
                &[EQ, NE],
            ),
            // No user of the emulator bypasses moderation.
            "bypass_moderation" => Field::flag(|_, _| false, &[EQ, NE]),
            "created_at" => Field::date(|user| Some(user.created_at), &[EQ, Exists, GT, GTE, In, LT, LTE]),
            "updated_at" => Field::date(|user| Some(user.updated_at), &[EQ, Exists, GT, GTE, In, LT, LTE]),
            "last_active" => Field::date(|user| user.last_active, &[EQ, Exists, GT, GTE, In, LT, LTE]),
            "teams" => Field::teams(|user| &user.teams, &[Contains, EQ, In]),
            "custom" => custom(None),
            other => custom(Some(custom_path(other)?)),
        })
    }

    /// The latest user comes first.
    fn default_order(&self, other: &Self) -> Ordering {
        other.created_at.cmp(&self.created_at).then_with(|| other.id.cmp(&self.id))
    }
}

fn custom_text<'a>(user: &'a User, name: &str) -> Option<Cow<'a, str>> {
    match user.profile.custom.get(&Path::parse(name).ok()?)? {
        Value::String(text) => Some(text.into()),
        _ => None,
    }
}

fn custom(path: Option<Path>) -> Field<User> {
    Field::custom(|user| &user.profile.custom, path, &[Contains, EQ, Exists, GT, GTE, In, LT, LTE])
}

/// SDK tests use both forms: the bare key, and the key after `custom.`. Only operators may begin with a dollar sign.
fn custom_path(name: &str) -> Option<Path> {
    let path = Path::parse(name).ok().filter(|_| !name.starts_with('$'))?;
    match path.tail() {
        Some(tail) if path.first() == "custom" => Some(tail),
        _ => Some(path),
    }
}
