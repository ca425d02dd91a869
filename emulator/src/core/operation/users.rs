//! Creating and replacing users.
//!
//! An upsert replaces the whole profile. Role, teams and revocation are not part of the profile and stay unless they
//! are sent: no source shows an upsert without them removing them, and this reading loses no data. One invalid user
//! fails the whole batch, and nothing changes.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use getstream_users::model::{Timestamp, UserRequest};
use serde::Serialize;
use serde_json::Value;

use super::unique_names;
use super::validate::{self, MAX_BATCH, check_count, is_server_owned};
use crate::core::access::check_reach;
use crate::core::caller::Caller;
use crate::core::event;
use crate::core::failure::{Failure, Violations};
use crate::core::state::permissions::Action;
use crate::core::state::{DEFAULT_ROLE, Draft, Profile, Roles, User, World};
use crate::core::view::{self, FullUser};
use crate::core::wire::read::{self, Fields, join};
use crate::core::wire::{Call, Cause, DURATION, Dialect, Outcome};

/// `UpdateUsers`.
pub(crate) fn update(world: &mut World, call: &Call<'_>) -> Outcome {
    let requests = read_batch(call.body()?, call.dialect)?;
    if world.choices.strict {
        check_form(&requests)?;
    }
    let mut draft = Draft::new(&world.users, world.choices);
    for request in requests {
        let path = path_of(&request.id);
        let current = writable(&draft, &request.id, &join(&path, "id"))?;
        let user = replaced(current, as_sent_by(call.caller, request), world.clock.stamp(call.now));
        check_rights(world, call.caller, current, &user)?;
        validate::content(&user, &world.roles, &path)?;
        draft.put(user);
    }
    let changed = draft.finish().collect();
    commit(world, call, changed)
}

/// Checks of values alone, which the API does before it looks up users.
fn check_form(requests: &[UserRequest]) -> Result<(), Failure> {
    requests.iter().try_for_each(|request| {
        validate::form(&replaced(None, request.clone(), Timestamp::default()), &path_of(&request.id))
    })
}

fn path_of(id: &str) -> String {
    format!("users[{id}]")
}

/// Reads the users in the order of the request, which becomes the order of their creation.
fn read_batch(mut body: Fields, dialect: Dialect) -> Result<Vec<UserRequest>, Failure> {
    let users = body.required("users", read::object)?;
    check_count("users", users.len(), MAX_BATCH)?;
    users.into_iter().map(|(key, user)| read_entry(&key, user, dialect)).collect()
}

/// Reads one entry of the map. An id that differs from its key is rejected, because no source says which one counts.
fn read_entry(key: &str, user: Value, dialect: Dialect) -> Result<UserRequest, Failure> {
    let path = path_of(key);
    let request = read_user(user, &path, dialect)?;
    if request.id == key {
        return Ok(request);
    }
    Err(Failure::field(join(&path, "id"), "must be equal to its key"))
}

/// Reads a user. Fields that only the server writes are ignored, so that a user from a response can be sent back (SDK
/// tests do that). The exception is a user with `online: true`, which is rejected (seen in error reports), except in
/// [`Dialect::V1`], whose SDKs send back every user as it was read.
pub(crate) fn read_user(user: Value, path: &str, dialect: Dialect) -> Result<UserRequest, Failure> {
    let mut user = Fields::of(user, path)?;
    let mut violations = Violations::default();
    let online = user.optional("online", |value, _| Ok(value))?;
    if online == Some(Value::Bool(true)) && dialect == Dialect::V2 {
        violations.add(join(path, "online"), "is a reserved field");
    }
    let id = user.required("id", read::filled)?;
    violations.check()?;
    let request = UserRequest {
        id,
        name: user.optional("name", read::text)?,
        image: user.optional("image", read::text)?,
        role: user.optional("role", read::text)?,
        language: user.optional("language", read::text)?,
        invisible: user.optional("invisible", read::flag)?,
        custom: None,
        teams: user.optional("teams", read::texts)?,
        teams_role: user.optional("teams_role", read::text_map)?,
        privacy_settings: user.optional("privacy_settings", read::privacy_settings)?,
    };
    let custom = match dialect {
        Dialect::V2 => user.optional("custom", read::object)?,
        Dialect::V1 => Some(user.rest().into_iter().filter(|(name, _)| !is_server_owned(name, dialect)).collect()),
    };
    Ok(UserRequest { custom, ..request })
}

/// The user to be changed; `None` if the change creates it. `path` is the path of its id.
///
/// # Errors
/// If the user is deactivated or deleted, or does not exist and the id is invalid.
pub(crate) fn writable<'a>(draft: &'a Draft<'_>, id: &str, path: &str) -> Result<Option<&'a User>, Failure> {
    if let Some(user) = draft.get(id) {
        return user.require_active().map(Some);
    }
    let mut violations = Violations::default();
    validate::new_id(id, path, &mut violations);
    violations.check().map(|()| None)
}

/// SDK tests show that a user may send an empty list of teams, which changes nothing.
fn as_sent_by(caller: &Caller, request: UserRequest) -> UserRequest {
    match caller {
        Caller::Server => request,
        Caller::User(_) | Caller::Anonymous => UserRequest {
            teams: request.teams.filter(|teams| !teams.is_empty()),
            teams_role: request.teams_role.filter(|roles| !roles.is_empty()),
            ..request
        },
    }
}

/// The user object sent along with another operation, as it is to be stored. `path` is its path.
///
/// # Errors
/// If it cannot be stored.
pub(crate) fn upserted(
    draft: &Draft<'_>,
    roles: &Roles,
    request: UserRequest,
    path: &str,
    now: Timestamp,
) -> Result<User, Failure> {
    let current = writable(draft, &request.id, &join(path, "id"))?;
    let user = replaced(current, request, now);
    validate::content(&user, roles, path)?;
    Ok(user)
}

/// Takes the profile out of a request; missing fields are empty.
pub(crate) fn profile(request: &mut UserRequest) -> Profile {
    Profile {
        name: request.name.take(),
        image: request.image.take(),
        language: request.language.take().unwrap_or_default(),
        invisible: request.invisible.unwrap_or_default(),
        custom: request.custom.take().unwrap_or_default().into(),
        privacy_settings: request.privacy_settings.take(),
    }
}

/// The user after an upsert.
fn replaced(current: Option<&User>, mut request: UserRequest, now: Timestamp) -> User {
    let before = current.map_or_else(|| User::new(request.id.as_str(), now), User::without_profile);
    User {
        profile: profile(&mut request),
        role: request.role.filter(|role| !role.is_empty()).unwrap_or(before.role),
        teams: request.teams.unwrap_or(before.teams),
        teams_role: request.teams_role.or(before.teams_role),
        updated_at: now,
        ..before
    }
}

/// Whether the caller may change a user like this. A server may do everything. A user may change those that its role
/// allows, which is only itself unless an app grants more, and neither role nor teams nor tokens. The messages are from
/// error reports and SDK tests where there are any (others' data, teams).
pub(crate) fn check_rights(
    world: &World,
    caller: &Caller,
    current: Option<&User>,
    after: &User,
) -> Result<(), Failure> {
    check_reach(world, caller, Action::UpdateUser, matches!(caller, Caller::User(id) if *id == after.id))?;
    if *caller == Caller::Server {
        return Ok(());
    }
    let role = current.map_or(DEFAULT_ROLE, |user| user.role.as_str());
    let teams = current.map_or(&[][..], |user| user.teams.as_slice());
    let teams_role = current.and_then(|user| user.teams_role.as_ref());
    let revocation = current.and_then(|user| user.revoke_tokens_issued_before);
    let reason = if after.role != role {
        "user role can only be updated server-side"
    } else if !same_teams(&after.teams, teams) || after.teams_role.as_ref() != teams_role {
        "user teams can only be updated server-side"
    } else if after.revoke_tokens_issued_before != revocation {
        "user tokens can only be revoked server-side"
    } else {
        return Ok(());
    };
    Err(Failure::not_allowed(reason))
}

fn same_teams(one: &[String], other: &[String]) -> bool {
    one.iter().collect::<HashSet<_>>() == other.iter().collect::<HashSet<_>>()
}

/// An [`UpdateUsersResponse`](getstream_users::model::UpdateUsersResponse).
#[derive(Serialize)]
struct Updated<'a> {
    users: BTreeMap<&'a str, FullUser<'a>>,
    membership_deletion_task_id: &'a str,
    duration: &'a str,
}

/// Stores the changed users and returns them.
pub(crate) fn commit(world: &mut World, call: &Call<'_>, changed: Vec<User>) -> Outcome {
    unique_names::check(world, &changed)?;
    let users = changed.iter().map(|user| (user.id.as_str(), view::full(world, call.caller, user))).collect();
    // There are no memberships, so there is no task that deletes them.
    let body = call.reply(&Updated { users, membership_deletion_task_id: "", duration: DURATION })?;
    changed.into_iter().for_each(|user| keep(world, call.cause(), user));
    Ok(body)
}

/// Stores a created or changed user, and announces it.
pub(crate) fn keep(world: &mut World, cause: Cause<'_>, user: User) {
    let appeared = world.users.get(&user.id).is_some_and(|before| before.profile.invisible != user.profile.invisible);
    let user = Arc::new(user);
    world.users.put(Arc::clone(&user));
    // A published webhook has the empty list, although it is about no channel.
    let updated =
        |world: &World| vec![("user", event::updated_user(world, &user)), ("members", Value::Array(Vec::new()).into())];
    world.announce("user.updated", cause, updated);
    if appeared {
        world.announce("user.presence.changed", cause, |world| vec![("user", event::user(world, &user))]);
    }
}

/// Creates the user that a token names, if it does not exist. Stream does this when a user connects; for other requests
/// its behaviour is unknown.
pub(crate) fn ensure_exists(world: &mut World, id: &str, cause: Cause<'_>) -> Result<(), Failure> {
    let draft = Draft::new(&world.users, world.choices);
    if writable(&draft, id, "user_id")?.is_none() {
        world.notes.guess("a user is created when its token is first used");
        let user = User::new(id, world.clock.stamp(cause.now));
        keep(world, cause, user);
    }
    Ok(())
}
