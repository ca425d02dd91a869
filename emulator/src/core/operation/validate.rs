//! Checks of requests: sizes, ids, roles, and fields that only the server writes.
//!
//! Messages are those of SDK tests and error reports, where there are any; otherwise they follow the same pattern, that
//! of the validator which Stream's server uses.

use crate::core::failure::{Code, Failure, Violations};
use crate::core::state::{Custom, Roles, User};
use crate::core::wire::read::{Fields, filled, join, list};
use crate::core::wire::{Dialect, parameter};

/// The most users in one upsert, partial update, deactivation, reactivation, deletion or restoration.
pub(crate) const MAX_BATCH: usize = 100;
/// The most words in a block list. A choice: Stream documents a limit, and no source names it for all plans.
pub(crate) const MAX_WORDS: usize = 10_000;
const MAX_ID: usize = 255;
const MAX_CUSTOM_BYTES: usize = 5 * 1024;
const MAX_TEAMS: usize = 250;
const MAX_TEAM_BYTES: usize = 100;

/// Fields of a user that only the server writes. An upsert ignores them; a partial update that sets one is rejected.
pub(crate) const RESERVED: &[&str] = &[
    "online",
    "created_at",
    "updated_at",
    "last_active",
    "deactivated_at",
    "deleted_at",
    "banned",
    "shadow_banned",
    "ban_expires",
    "blocked_user_ids",
    "devices",
    "mutes",
    "channel_mutes",
    "unread_count",
    "total_unread_count",
    "unread_channels",
    "unread_threads",
];

pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// More fields of users in responses of [`Dialect::V1`], which an upsert ignores. In this form, where custom data is
/// beside the API's fields, they would otherwise become custom data.
const ONLY_ANSWERED: &[&str] = &[
    "avg_response_time",
    "latest_hidden_channels",
    "push_preferences",
    "revoke_tokens_issued_before",
    "total_unread_count_by_team",
];

/// Whether an upsert ignores a field of a user, because only the server writes it.
pub(crate) fn is_server_owned(name: &str, dialect: Dialect) -> bool {
    is_reserved(name) || (dialect == Dialect::V1 && ONLY_ANSWERED.contains(&name))
}

/// Takes `user_ids`: 1 to `most` ids, none of them empty.
///
/// # Errors
/// If the field is missing or invalid.
pub(crate) fn user_ids(body: &mut Fields, most: usize) -> Result<Vec<String>, Failure> {
    let ids = body.required("user_ids", |value, path| list(value, path, filled))?;
    check_count("user_ids", ids.len(), most)?;
    Ok(ids)
}

/// # Errors
/// If a list is empty or longer than `most`.
pub(crate) fn check_count(field: &str, count: usize, most: usize) -> Result<(), Failure> {
    if count == 0 {
        return Err(Failure::field(field, "must contain at least 1 item"));
    }
    if count > most {
        return Err(Failure::field(field, format!("must contain at maximum {most} items")));
    }
    Ok(())
}

/// Takes the query parameter `limit` of a list. A limit of 0 counts as missing: Stream's Go SDK does not send it.
///
/// # Errors
/// If it is negative or more than `most`.
pub(crate) fn limit(parameters: &mut Fields, most: i64) -> Result<Option<u32>, Failure> {
    let limit = parameters.optional("limit", parameter::integer)?.unwrap_or_default();
    if limit > most {
        return Err(Failure::field("limit", format!("must be {most} or less")));
    }
    let limit = u32::try_from(limit).map_err(|_| Failure::field("limit", "must be 1 or greater"))?;
    Ok(Some(limit).filter(|limit| *limit > 0))
}

/// Reports a string with more than `most` characters.
pub(crate) fn check_length(text: &str, most: usize, path: &str, violations: &mut Violations) {
    if text.chars().count() > most {
        violations.add(path, format!("must be a maximum of {most} characters in length"));
    }
}

/// Checks the id of a new user. Ids of existing users are not checked, so that every existing user can be addressed.
pub(crate) fn new_id(id: &str, path: &str, violations: &mut Violations) {
    if id.len() > MAX_ID {
        violations.add(path, format!("must be a maximum of {MAX_ID} characters in length"));
    }
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"@_-".contains(&byte)) {
        violations.add(path, "can only contain letters, digits and the characters @, _ and -");
    }
}

/// Checks a user before it is stored. `path` is the path of its data in the request.
///
/// # Errors
/// If a role is not defined, there are too many teams, a team's name is empty or too long, or there is too much custom
/// data.
pub(crate) fn content(user: &User, roles: &Roles, path: &str) -> Result<(), Failure> {
    let team_roles = user.teams_role.iter().flat_map(|roles| roles.values());
    if let Some(role) = team_roles.chain([&user.role]).find(|role| !roles.has(role)) {
        return Err(Failure::input(format!("role \"{role}\" provided but not defined")));
    }
    form(user, path)
}

/// The checks of [`content`] that need no other data.
///
/// # Errors
/// If there are too many teams, a team's name is empty or too long, or there is too much custom data.
pub(crate) fn form(user: &User, path: &str) -> Result<(), Failure> {
    teams(&user.teams, &join(path, "teams"))?;
    custom(&user.profile.custom, &user.id)
}

fn teams(teams: &[String], path: &str) -> Result<(), Failure> {
    if teams.len() > MAX_TEAMS {
        return Err(Failure::field(path, format!("must contain at maximum {MAX_TEAMS} items")));
    }
    let mut violations = Violations::default();
    for (index, team) in teams.iter().enumerate() {
        if team.is_empty() {
            violations.add(format!("{path}[{index}]"), "is a required field");
        } else if team.len() > MAX_TEAM_BYTES {
            violations
                .add(format!("{path}[{index}]"), format!("must be a maximum of {MAX_TEAM_BYTES} characters in length"));
        }
    }
    violations.check()
}

/// SDK tests show the status; the text is a choice.
fn custom(custom: &Custom, user_id: &str) -> Result<(), Failure> {
    let size = custom.text().len();
    if size < MAX_CUSTOM_BYTES {
        return Ok(());
    }
    Err(Failure::new(
        Code::TooBig,
        format!(
            "custom data of user \"{user_id}\" is too big: {size} bytes, it has to be less than {MAX_CUSTOM_BYTES}"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use getstream_users::model::{CustomData, Timestamp};
    use serde_json::{Value, json};

    /// Custom data with one string of this length, under a name of one letter.
    fn text(length: usize) -> Custom {
        CustomData::from_iter([("k".to_owned(), "x".repeat(length).into())]).into()
    }

    fn reason<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
        result.unwrap_err().reason
    }

    #[test]
    fn user_ids_are_a_limited_number_of_non_empty_strings() {
        let ids = |body: Value| user_ids(&mut Fields::of(body, "").unwrap(), 2);
        for (body, expected) in [
            (json!({}), "user_ids is a required field"),
            (json!({ "user_ids": null }), "user_ids is a required field"),
            (json!({ "user_ids": [] }), "user_ids must contain at least 1 item"),
            (json!({ "user_ids": ["a", "b", "c"] }), "user_ids must contain at maximum 2 items"),
            (json!({ "user_ids": ["a", ""] }), "user_ids[1] is a required field"),
        ] {
            assert_eq!(reason(ids(body)), expected);
        }
        assert_eq!(ids(json!({ "user_ids": ["a", "b"] })), Ok(vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn new_ids_have_an_alphabet_and_a_length() {
        let accepted = |id: &str| {
            let mut violations = Violations::default();
            new_id(id, "id", &mut violations);
            violations.check().is_ok()
        };
        for id in ["a", "A-z_9@example", &"x".repeat(255)] {
            assert!(accepted(id), "{id}");
        }
        for id in ["a b", "a.b", "é", "!anon", "a/b", "a\0", &"x".repeat(256)] {
            assert!(!accepted(id), "{id}");
        }
    }

    #[test]
    fn content_is_checked_at_its_limits() {
        let user = |change: fn(&mut User)| {
            let mut user = User::new("u", Timestamp(0));
            change(&mut user);
            content(&user, &Roles::default(), "users[u]")
        };
        // `{"k":""}` is eight bytes.
        assert_eq!(user(|u| u.profile.custom = text(5111)), Ok(()));
        assert_eq!(user(|u| u.profile.custom = text(5112)).unwrap_err().code, Code::TooBig);
        assert_eq!(user(|u| u.teams = vec!["t".repeat(100); 250]), Ok(()));
        assert_eq!(
            reason(user(|u| u.teams = vec!["t".to_owned(); 251])),
            "users[u].teams must contain at maximum 250 items"
        );
        assert_eq!(
            reason(user(|u| u.teams = vec!["t".repeat(101)])),
            "users[u].teams[0] must be a maximum of 100 characters in length"
        );
        assert_eq!(reason(user(|u| u.teams = vec![String::new()])), "users[u].teams[0] is a required field");
        assert_eq!(reason(user(|u| u.role = "king".to_owned())), "role \"king\" provided but not defined");
        assert_eq!(
            reason(user(|u| u.teams_role = Some([("a".to_owned(), "king".to_owned())].into()))),
            "role \"king\" provided but not defined"
        );
    }
}
