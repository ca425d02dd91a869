//! Partial updates of users.
//!
//! A field name of the API changes the user's field, any other name changes the custom data; dotted names reach into
//! custom data and privacy settings. Shorter names are applied before longer ones, so that the order of keys in the
//! request does not matter, and all of `set` before `unset`.
//!
//! Where sources are silent: an unknown user is created; null clears a field of the API and is stored as null in custom
//! data; an object under `custom` is merged into the custom data.

use getstream_users::model::{CustomData, PrivacySettingsResponse, Timestamp, UpdateUserPartialRequest};
use serde_json::Value;

use super::users::{check_rights, commit, writable};
use super::validate::{self, MAX_BATCH, check_count};
use crate::core::access::forbidden;
use crate::core::caller::Caller;
use crate::core::failure::{Failure, Violations};
use crate::core::field_path::Path;
use crate::core::state::{DEFAULT_ROLE, Draft, User, World};
use crate::core::wire::read::{self, Fields, join};
use crate::core::wire::{Call, Outcome};

/// `UpdateUsersPartial`.
pub(crate) fn update(world: &mut World, call: &Call<'_>) -> Outcome {
    let requests = read_batch(call.body()?)?;
    if world.choices.strict {
        check_form(&requests)?;
    }
    let mut draft = Draft::new(&world.users, world.choices);
    for (index, request) in requests.into_iter().enumerate() {
        let path = path_of(index);
        let current = writable(&draft, &request.id, &join(&path, "id"))?;
        if current.is_none() && world.choices.strict {
            return Err(Failure::unknown(&request.id));
        }
        if current.is_none() {
            world.notes.guess("a partial update creates a user that does not exist (rejected in strict mode)");
        }
        let now = world.clock.stamp(call.now);
        let before = current.cloned().unwrap_or_else(|| User::new(request.id.as_str(), now));
        let mut user = User { updated_at: now, ..before };
        check_role_is_left(world, call.caller, &request)?;
        apply(&mut user, request, &path)?;
        check_rights(world, call.caller, current, &user)?;
        validate::content(&user, &world.roles, &path)?;
        draft.put(user);
    }
    let changed = draft.finish().collect();
    commit(world, call, changed)
}

/// Checks of values alone, which the API does before it looks up users.
fn check_form(requests: &[UpdateUserPartialRequest]) -> Result<(), Failure> {
    requests.iter().enumerate().try_for_each(|(index, request)| {
        let mut anybody = User::new(request.id.as_str(), Timestamp::default());
        apply(&mut anybody, request.clone(), &path_of(index))?;
        validate::form(&anybody, &path_of(index))
    })
}

/// Users must not send a role, not even the one they have (seen in SDK tests).
fn check_role_is_left(world: &World, caller: &Caller, request: &UpdateUserPartialRequest) -> Result<(), Failure> {
    let set = request.set.iter().flat_map(CustomData::keys);
    let names_role = set.chain(request.unset.iter().flatten()).any(|name| name == "role");
    if *caller == Caller::Server || !names_role {
        return Ok(());
    }
    Err(forbidden(caller, &world.users, "UpdateUserRole"))
}

fn path_of(index: usize) -> String {
    format!("users[{index}]")
}

fn read_batch(mut body: Fields) -> Result<Vec<UpdateUserPartialRequest>, Failure> {
    let users = body.required("users", |value, path| read::list(value, path, read_entry))?;
    check_count("users", users.len(), MAX_BATCH)?;
    Ok(users)
}

fn read_entry(user: Value, path: &str) -> Result<UpdateUserPartialRequest, Failure> {
    let mut user = Fields::of(user, path)?;
    Ok(UpdateUserPartialRequest {
        id: user.required("id", read::filled)?,
        set: user.optional("set", read::object)?,
        unset: user.optional("unset", read::texts)?,
    })
}

fn apply(user: &mut User, request: UpdateUserPartialRequest, path: &str) -> Result<(), Failure> {
    let set = request.set.unwrap_or_default();
    let unset = request.unset.unwrap_or_default();
    check_names(set.keys(), &join(path, "set"))?;
    check_names(unset.iter(), &join(path, "unset"))?;
    let mut changes: Vec<(Path, String, Value)> =
        set.into_iter().filter_map(|(name, value)| Some((Path::parse(&name).ok()?, name, value))).collect();
    changes.sort_by_key(|(path, ..)| path.depth());
    let mut open = Open { custom: user.profile.custom.data(), user };
    for (target, name, value) in changes {
        set_at(&mut open, &target, value, &join(&join(path, "set"), &name))?;
    }
    for name in &unset {
        if let Ok(target) = Path::parse(name) {
            unset_at(&mut open, &target, &join(&join(path, "unset"), name))?;
        }
    }
    open.user.profile.custom = open.custom.into();
    Ok(())
}

/// A user that is being changed, with its custom data as a map.
struct Open<'a> {
    user: &'a mut User,
    custom: CustomData,
}

fn check_names<'a>(names: impl Iterator<Item = &'a String>, path: &str) -> Result<(), Failure> {
    let mut violations = Violations::default();
    for name in names {
        match Path::parse(name) {
            Err(_) => violations.add(join(path, name), "is not a valid path"),
            Ok(target) if validate::is_reserved(target.first()) => {
                violations.add(join(path, name), "is a reserved field");
            }
            Ok(_) => {}
        }
    }
    violations.check()
}

/// The fields of a user that a partial update can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Id,
    Name,
    Image,
    Role,
    Language,
    Invisible,
    Teams,
    TeamsRole,
    PrivacySettings,
    RevokeTokensIssuedBefore,
    Custom,
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "id" => Self::Id,
            "name" => Self::Name,
            "image" => Self::Image,
            "role" => Self::Role,
            "language" => Self::Language,
            "invisible" => Self::Invisible,
            "teams" => Self::Teams,
            "teams_role" => Self::TeamsRole,
            "privacy_settings" => Self::PrivacySettings,
            "revoke_tokens_issued_before" => Self::RevokeTokensIssuedBefore,
            "custom" => Self::Custom,
            _ => return None,
        })
    }
}

/// The error for a dotted name below a field that is no object.
fn no_such_field(path: &str) -> Failure {
    Failure::field(path, "is below a value that is not an object")
}

fn set_at(open: &mut Open<'_>, target: &Path, value: Value, path: &str) -> Result<(), Failure> {
    match (Field::named(target.first()), target.tail()) {
        (None, _) => set_custom(open, target, value, path),
        (Some(Field::Custom), Some(tail)) => set_custom(open, &tail, value, path),
        (Some(Field::PrivacySettings), Some(tail)) => set_privacy(open.user, &tail, value, path),
        (Some(_), Some(_)) => Err(no_such_field(path)),
        (Some(field), None) if value.is_null() => unset_field(open, field, path),
        (Some(field), None) => set_field(open, field, value, path),
    }
}

fn set_custom(open: &mut Open<'_>, target: &Path, value: Value, path: &str) -> Result<(), Failure> {
    target.set(&mut open.custom, value).map_err(|_| no_such_field(path))
}

fn set_field(Open { user, custom }: &mut Open<'_>, field: Field, value: Value, path: &str) -> Result<(), Failure> {
    let profile = &mut user.profile;
    match field {
        Field::Id if value == user.id.as_str() => {}
        Field::Id => return Err(Failure::field(path, "cannot be changed")),
        Field::Name => profile.name = Some(read::text(value, path)?),
        Field::Image => profile.image = Some(read::text(value, path)?),
        Field::Role => user.role = read::text(value, path)?,
        Field::Language => profile.language = read::text(value, path)?,
        Field::Invisible => profile.invisible = read::flag(value, path)?,
        Field::Teams => user.teams = read::texts(value, path)?,
        Field::TeamsRole => user.teams_role = Some(read::text_map(value, path)?),
        Field::PrivacySettings => merge_privacy(user, read::privacy_settings(value, path)?),
        Field::RevokeTokensIssuedBefore => {
            user.revoke_tokens_issued_before = Some(read::time(value, path)?);
        }
        Field::Custom => custom.extend(read::object(value, path)?),
    }
    Ok(())
}

/// Settings that are not in the request stay unchanged (seen in SDK tests).
fn merge_privacy(user: &mut User, new: PrivacySettingsResponse) {
    let old = user.profile.privacy_settings.take().unwrap_or_default();
    user.profile.privacy_settings = Some(PrivacySettingsResponse {
        typing_indicators: new.typing_indicators.or(old.typing_indicators),
        read_receipts: new.read_receipts.or(old.read_receipts),
        delivery_receipts: new.delivery_receipts.or(old.delivery_receipts),
    });
}

fn set_privacy(user: &mut User, target: &Path, value: Value, path: &str) -> Result<(), Failure> {
    if value.is_null() {
        unset_privacy(user, target);
        return Ok(());
    }
    let mut settings = CustomData::new();
    target.set(&mut settings, value).map_err(|_| no_such_field(path))?;
    merge_privacy(user, read::privacy_settings(settings.into(), path)?);
    Ok(())
}

fn unset_at(open: &mut Open<'_>, target: &Path, path: &str) -> Result<(), Failure> {
    match (Field::named(target.first()), target.tail()) {
        (None, _) => target.unset(&mut open.custom),
        (Some(Field::Custom), Some(tail)) => tail.unset(&mut open.custom),
        (Some(Field::PrivacySettings), Some(tail)) => unset_privacy(open.user, &tail),
        (Some(_), Some(_)) => return Err(no_such_field(path)),
        (Some(field), None) => unset_field(open, field, path)?,
    }
    Ok(())
}

/// Resets a field to its default.
fn unset_field(Open { user, custom }: &mut Open<'_>, field: Field, path: &str) -> Result<(), Failure> {
    let profile = &mut user.profile;
    match field {
        Field::Id => return Err(Failure::field(path, "cannot be changed")),
        Field::Name => profile.name = None,
        Field::Image => profile.image = None,
        Field::Role => user.role = DEFAULT_ROLE.to_owned(),
        Field::Language => profile.language.clear(),
        Field::Invisible => profile.invisible = false,
        Field::Teams => user.teams.clear(),
        Field::TeamsRole => user.teams_role = None,
        Field::PrivacySettings => profile.privacy_settings = None,
        Field::RevokeTokensIssuedBefore => user.revoke_tokens_issued_before = None,
        Field::Custom => custom.clear(),
    }
    Ok(())
}

fn unset_privacy(user: &mut User, target: &Path) {
    let Some(settings) = &mut user.profile.privacy_settings else { return };
    match (target.first(), target.depth()) {
        ("typing_indicators", 1) => settings.typing_indicators = None,
        ("read_receipts", 1) => settings.read_receipts = None,
        ("delivery_receipts", 1) => settings.delivery_receipts = None,
        _ => {}
    }
    if *settings == PrivacySettingsResponse::default() {
        user.profile.privacy_settings = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use getstream_users::model::Timestamp;
    use proptest::prelude::*;
    use serde_json::json;

    /// A user with a value in every field.
    fn full() -> User {
        let mut user = User::new("u", Timestamp(0));
        let all = json!({
            "name": "Ann", "image": "i", "role": "admin", "language": "nl", "invisible": true, "teams": ["red"],
            "teams_role": { "red": "admin" }, "revoke_tokens_issued_before": "1970-01-01T00:00:01Z",
            "privacy_settings": { "typing_indicators": { "enabled": false } },
            "color": "red", "field": { "text": "value" },
        });
        change(&mut user, all, &[]).unwrap();
        user
    }

    fn change(user: &mut User, set: Value, unset: &[&str]) -> Result<(), Failure> {
        let request = UpdateUserPartialRequest {
            id: user.id.clone(),
            set: set.as_object().cloned(),
            unset: Some(unset.iter().map(|&name| name.to_owned()).collect()),
        };
        apply(user, request, "users[0]")
    }

    fn changed(set: Value, unset: &[&str]) -> Result<User, String> {
        let mut user = full();
        change(&mut user, set, unset).map(|()| user).map_err(|failure| failure.reason)
    }

    #[test]
    fn unknown_names_are_merged_into_custom() {
        let user = changed(json!({ "new-field": "value", "color": null, "custom": { "inner": 1 } }), &[]).unwrap();
        assert_eq!(
            Value::Object(user.profile.custom.data()),
            json!({ "color": null, "field": { "text": "value" }, "new-field": "value", "inner": 1 })
        );
    }

    #[test]
    fn an_object_replaces_and_a_dotted_name_merges_in_any_order_of_keys() {
        for set in [
            json!({ "field": { "a": 1 }, "field.path": "test", "custom.field.more": { "help": "yes" } }),
            json!({ "custom.field.more": { "help": "yes" }, "field.path": "test", "field": { "a": 1 } }),
        ] {
            let user = changed(set, &[]).unwrap();
            assert_eq!(
                user.profile.custom.data().get("field"),
                Some(&json!({ "a": 1, "path": "test", "more": { "help": "yes" } }))
            );
        }
    }

    #[test]
    fn privacy_settings_merge_by_setting() {
        let user = changed(json!({ "privacy_settings": { "read_receipts": { "enabled": false } } }), &[]).unwrap();
        let dotted = changed(json!({ "privacy_settings.read_receipts.enabled": false }), &[]).unwrap();
        assert_eq!(user, dotted);
        let settings = user.profile.privacy_settings.unwrap();
        assert!(settings.typing_indicators.is_some() && settings.read_receipts.is_some());
        let user = changed(json!({}), &["privacy_settings.typing_indicators"]).unwrap();
        assert_eq!(user.profile.privacy_settings, None);
    }

    #[test]
    fn null_and_unset_bring_every_field_of_the_api_back_to_its_default() {
        let names = [
            "name",
            "image",
            "role",
            "language",
            "invisible",
            "teams",
            "teams_role",
            "privacy_settings",
            "revoke_tokens_issued_before",
            "custom",
        ];
        let nulls = Value::Object(names.iter().map(|&name| (name.to_owned(), Value::Null)).collect());
        assert_eq!(changed(nulls, &[]), Ok(User::new("u", Timestamp(0))));
        assert_eq!(changed(json!({}), &names), Ok(User::new("u", Timestamp(0))));
    }

    #[test]
    fn what_is_set_and_unset_is_unset() {
        let user =
            changed(json!({ "name": "Bob", "fields": { "one": 1, "two": 2 } }), &["name", "fields.one"]).unwrap();
        assert_eq!(user.profile.name, None);
        assert_eq!(user.profile.custom.data().get("fields"), Some(&json!({ "two": 2 })));
    }

    #[test]
    fn names_of_the_server_are_free_below_custom() {
        let set = json!({ "custom": { "created_at": "then", "banned": 1 }, "custom.online": true });
        let custom = changed(set, &["custom.banned"]).unwrap().profile.custom.data();
        assert_eq!(custom.get("created_at"), Some(&json!("then")));
        assert_eq!(custom.get("online"), Some(&json!(true)));
        assert_eq!(custom.get("banned"), None);
    }

    #[test]
    fn bad_names_and_values_are_refused() {
        for (set, unset, expected) in [
            (json!({ "a..b": 1 }), None, "users[0].set.a..b is not a valid path"),
            (json!({ "a b": 1 }), None, "users[0].set.a b is not a valid path"),
            (json!({}), Some(".a"), "users[0].unset..a is not a valid path"),
            (json!({ "online": true }), None, "users[0].set.online is a reserved field"),
            (json!({}), Some("created_at"), "users[0].unset.created_at is a reserved field"),
            (json!({ "id": "v" }), None, "users[0].set.id cannot be changed"),
            (json!({}), Some("id"), "users[0].unset.id cannot be changed"),
            (json!({ "name.first": 1 }), None, "users[0].set.name.first is below a value that is not an object"),
            (json!({ "color.x": 1 }), None, "users[0].set.color.x is below a value that is not an object"),
            (
                json!({ "revoke_tokens_issued_before": "soon" }),
                None,
                "users[0].set.revoke_tokens_issued_before must be an RFC 3339 time",
            ),
        ] {
            let unset: Vec<&str> = unset.into_iter().collect();
            assert_eq!(changed(set, &unset), Err(expected.to_owned()));
        }
        for set in [json!({ "name": 1 }), json!({ "teams": "red" }), json!({ "custom": [] }), json!({ "role": {} })] {
            let name = set.as_object().and_then(|set| set.keys().next().cloned()).unwrap_or_default();
            let reason = changed(set, &[]).unwrap_err();
            assert!(reason.contains(&format!(" for field \"users[0].set.{name}\" but got ")), "{reason}");
        }
    }

    proptest! {
        #[test]
        fn hostile_names_and_values_are_applied_or_refused_but_never_crash(
            names in proptest::collection::vec("[a-c. ]{0,6}|name|custom(\\.[a-c])?|privacy_settings(\\.[a-c_]{1,17})?", 0..6),
            unset in proptest::collection::vec("[a-c.]{0,6}|custom|role", 0..4),
            number in any::<i64>(),
        ) {
            let set = Value::Object(names.into_iter().map(|name| (name, json!({ "a": number }))).collect());
            let unset: Vec<&str> = unset.iter().map(String::as_str).collect();
            let _ = changed(set, &unset);
        }
    }
}
