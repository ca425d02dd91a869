//! Control: seeds the app with users and other objects, from JSON written by hand.
//!
//! ```json
//! {
//!   "app": { "user_search_disallowed_roles": ["guest"] },
//!   "roles": ["teacher"],
//!   "users": [
//!     "ann",
//!     { "id": "ben", "name": "Ben", "role": "teacher", "created_at": "2025-01-01T00:00:00Z" },
//!     { "id": "cleo", "deactivated": true },
//!     { "id": "dave", "deleted": "hard" }
//!   ],
//!   "groups": [{ "name": "staff", "member_ids": ["ann", "ben"] }],
//!   "blocks": [{ "user_id": "ann", "blocked_user_id": "ben" }],
//!   "bans": [{ "target_user_id": "ben", "banned_by_id": "ann" }]
//! }
//! ```
//!
//! Each entry is the request body of the operation that creates the object, and the server calls that operation with it, so
//! a seed is checked like a request. Users have additional fields (`deactivated`, `deleted`, ..), which are applied last, so
//! that deleted users can be in groups or blocked.
//!
//! Unknown names are rejected, although the API ignores them, because they are likely typing errors.
//!
//! A seed may be long, so it is not parsed as a whole: each entry stays text until it is applied. Parsed at once, 80 MB of
//! JSON can take 8 GB of memory.

use std::fmt;

use getstream_users::model::{CustomData, Timestamp, UserDeleteMode};
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::json_parts::{elements, fields};
use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::operation::{activation, deletion};
use crate::core::routes::resolve;
use crate::core::state::{User, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, Dialect, Method, Request};

/// A list of objects that one operation creates.
struct Part {
    name: &'static str,
    /// The path of the operation, called with POST.
    path: &'static str,
    /// The field whose value an entry may be given as, if the entry is only a string.
    short: Option<&'static str>,
}

const ROLES: Part = Part { name: "roles", path: "/api/v2/roles", short: Some("name") };

/// The lists that need users, in the order in which they are applied.
const AFTER_USERS: &[Part] = &[
    Part { name: "groups", path: "/api/v2/usergroups", short: Some("name") },
    Part { name: "blocks", path: "/api/v2/users/block", short: None },
    Part { name: "bans", path: "/api/v2/moderation/ban", short: None },
    Part { name: "mutes", path: "/api/v2/moderation/mute", short: None },
    Part { name: "devices", path: "/api/v2/devices", short: None },
];

/// The longest entry, in bytes: the default size limit of a request body.
const MAX_ENTRY_BYTES: usize = 2 * 1024 * 1024;

/// The fields of a user that the operation for users accepts.
const USER_FIELDS: &[&str] =
    &["id", "name", "image", "role", "language", "invisible", "custom", "teams", "teams_role", "privacy_settings"];

/// How many entries of each list were applied.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Seeded(IndexMap<&'static str, usize>);

impl fmt::Display for Seeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts: Vec<String> = self.0.iter().map(|(name, count)| format!("{name}: {count}")).collect();
        f.write_str(if counts.is_empty() { "nothing" } else { "" })?;
        f.write_str(&counts.join(", "))
    }
}

/// Why a seed was rejected. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedError(String);

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeedError {}

impl From<Failure> for SeedError {
    fn from(failure: Failure) -> Self {
        Self(failure.reason)
    }
}

/// A copy of the world with the seed applied.
///
/// # Errors
/// If something in the seed is invalid; the message says where.
pub(crate) fn seed(world: &World, json: &[u8], now: Timestamp) -> Result<(World, Seeded), SeedError> {
    let parts = read_parts(json)?;
    refuse_unknown(&parts)?;
    let mut seeding = Seeding { world: world.clone(), now, seeded: Seeded::default() };
    if let Some(app) = parts.get("app") {
        let app = read::object(value_of(app, "app")?, "app")?;
        seeding.call(Method::Patch, "/api/v2/app", app).map_err(|failure| at("app", &failure))?;
        seeding.seeded.0.insert("app", 1);
    }
    seeding.part(&ROLES, &parts)?;
    let users = seeding.users(&parts)?;
    for part in AFTER_USERS {
        seeding.part(part, &parts)?;
    }
    for user in users {
        seeding.apply_late_fields(user);
    }
    seeding.world.users.sort();
    // A seed sends no events: it stands for what happened before the test.
    seeding.world.deliveries = world.deliveries.clone();
    Ok((seeding.world, seeding.seeded))
}

/// The lists of a seed, unparsed. A null counts as a missing list.
type Parts<'a> = IndexMap<String, &'a [u8]>;

fn read_parts(json: &[u8]) -> Result<Parts<'_>, SeedError> {
    serde_json::from_slice::<IgnoredAny>(json).map_err(|error| SeedError(format!("the seed is not JSON: {error}")))?;
    let parts = fields(json).ok_or_else(|| SeedError("the seed must be a JSON object".to_owned()))?;
    Ok(parts.into_iter().filter(|(_, part)| *part != b"null").collect())
}

fn refuse_unknown(parts: &Parts<'_>) -> Result<(), SeedError> {
    let known = || {
        let after = AFTER_USERS.iter().map(|part| part.name);
        ["app", ROLES.name, "users"].into_iter().chain(after)
    };
    match parts.keys().find(|name| known().all(|known| known != *name)) {
        None => Ok(()),
        Some(name) => {
            let known: Vec<&str> = known().collect();
            Err(SeedError(format!("a seed has no \"{name}\"; it may have {}", known.join(", "))))
        }
    }
}

/// Parses an entry.
///
/// # Errors
/// If it is longer or nested deeper than a request may be.
fn value_of(entry: &[u8], path: &str) -> Result<Value, SeedError> {
    let length = entry.len();
    if length > MAX_ENTRY_BYTES {
        return Err(SeedError(format!("{path} has {length} bytes; a request can have {MAX_ENTRY_BYTES}")));
    }
    serde_json::from_slice(entry).map_err(|error| SeedError(format!("{path}: {error}")))
}

/// The entries of a list, unparsed, each with its path.
///
/// # Errors
/// If it is not a list.
fn entries<'a>(list: &'a [u8], name: &str) -> Result<impl Iterator<Item = (String, &'a [u8])>, SeedError> {
    let Some(entries) = elements(list) else {
        return Err(read::mistyped(name, "array", &value_of(list, name)?).into());
    };
    Ok(entries.enumerate().map(move |(index, entry)| (format!("{name}[{index}]"), entry)))
}

/// Adds the path of the entry to the failure's message.
fn at(entry: &str, failure: &Failure) -> SeedError {
    SeedError(format!("{entry}: {}", failure.reason))
}

/// The additional fields of a user, which are applied after everything else.
#[derive(Debug)]
struct LateFields {
    id: String,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    deactivated_at: Option<Timestamp>,
    deleted: Option<UserDeleteMode>,
    revoke_tokens_issued_before: Option<Timestamp>,
}

impl LateFields {
    fn is_any(&self) -> bool {
        let Self { id: _, created_at, updated_at, deactivated_at, deleted, revoke_tokens_issued_before } = self;
        let times = [created_at, updated_at, deactivated_at, revoke_tokens_issued_before];
        deleted.is_some() || times.iter().any(|time| time.is_some())
    }
}

/// The copy of the world that a seed is applied to.
#[derive(Debug)]
struct Seeding {
    world: World,
    now: Timestamp,
    seeded: Seeded,
}

impl Seeding {
    /// Calls an operation as the server.
    fn call(&mut self, method: Method, path: &str, body: CustomData) -> Result<(), Failure> {
        let request = Request::new(method, path).body(serde_json::to_vec(&body)?);
        let Some((route, subject)) = resolve(&request) else {
            return Err(Failure::input("the emulator has no such operation"));
        };
        let dialect = Dialect::of(&request.path);
        let call = Call { request: &request, caller: &Caller::Server, subject: &subject, dialect, now: self.now };
        (route.run)(&mut self.world, &call).map(drop)
    }

    fn part(&mut self, part: &Part, parts: &Parts<'_>) -> Result<(), SeedError> {
        let Some(list) = parts.get(part.name) else { return Ok(()) };
        let mut count = 0;
        for (path, entry) in entries(list, part.name)? {
            let entry = into_object(value_of(entry, &path)?, part.short, &path)?;
            self.call(Method::Post, part.path, entry).map_err(|failure| at(&path, &failure))?;
            count += 1;
        }
        self.seeded.0.insert(part.name, count);
        Ok(())
    }

    /// Creates the users, and returns the additional fields of those that have any.
    fn users(&mut self, parts: &Parts<'_>) -> Result<Vec<LateFields>, SeedError> {
        let Some(list) = parts.get("users") else { return Ok(Vec::new()) };
        let mut ids = IndexSet::new();
        let mut all_late_fields = Vec::new();
        for (path, entry) in entries(list, "users")? {
            let late_fields = self.user(into_object(value_of(entry, &path)?, Some("id"), &path)?, &path)?;
            if let (earlier, false) = ids.insert_full(late_fields.id.clone()) {
                return Err(SeedError(format!("{path}: users[{earlier}] has the id \"{}\" too", late_fields.id)));
            }
            if late_fields.is_any() {
                all_late_fields.push(late_fields);
            }
        }
        if !ids.is_empty() {
            self.seeded.0.insert("users", ids.len());
        }
        Ok(all_late_fields)
    }

    fn user(&mut self, entry: CustomData, path: &str) -> Result<LateFields, SeedError> {
        let (user, more): (CustomData, CustomData) =
            entry.into_iter().partition(|(name, _)| USER_FIELDS.contains(&name.as_str()));
        let id = Fields::new(path, user.clone()).required("id", read::filled)?;
        let late_fields = read_late_fields(&id, more, path, self.now)?;
        let users = json!({ &id: user });
        let body = CustomData::from_iter([("users".to_owned(), users)]);
        self.call(Method::Post, "/api/v2/users", body).map_err(|failure| at(path, &failure))?;
        Ok(late_fields)
    }

    /// Applies the additional fields of a user.
    fn apply_late_fields(&mut self, late_fields: LateFields) {
        let Some(user) = self.world.users.get(&late_fields.id).cloned() else { return };
        let user = match late_fields.deactivated_at {
            Some(at) => activation::deactivated(&user, at),
            None => user,
        };
        let user = match late_fields.deleted {
            Some(mode) => deletion::deleted(&user, mode, self.now),
            None => user,
        };
        let updated_at = late_fields.updated_at.or(late_fields.deactivated_at).or(late_fields.created_at);
        self.world.users.put(User {
            created_at: late_fields.created_at.unwrap_or(user.created_at),
            updated_at: updated_at.unwrap_or(user.updated_at),
            revoke_tokens_issued_before: late_fields.revoke_tokens_issued_before.or(user.revoke_tokens_issued_before),
            ..user
        });
    }
}

/// An entry as an object; a string becomes an object with one field.
fn into_object(entry: Value, short: Option<&str>, path: &str) -> Result<CustomData, SeedError> {
    match (entry, short) {
        (Value::Object(object), _) => Ok(object),
        (Value::String(text), Some(field)) => Ok(CustomData::from_iter([(field.to_owned(), text.into())])),
        (_, Some(field)) => Err(SeedError(format!("{path} must be an object, or a string with its {field}"))),
        (_, None) => Err(SeedError(format!("{path} must be an object"))),
    }
}

fn read_late_fields(id: &str, fields: CustomData, path: &str, now: Timestamp) -> Result<LateFields, SeedError> {
    const KNOWN: &[&str] = &["created_at", "updated_at", "deactivated", "deleted", "revoke_tokens_issued_before"];
    if let Some(name) = fields.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        return Err(SeedError(format!("{path}: a user has no field \"{name}\"; put your own fields into custom")));
    }
    let mut fields = Fields::new(path, fields);
    Ok(LateFields {
        id: id.to_owned(),
        created_at: fields.optional("created_at", read::time)?,
        updated_at: fields.optional("updated_at", read::time)?,
        deactivated_at: fields.optional("deactivated", |value, path| time_or_flag(value, path, now))?.flatten(),
        deleted: fields.optional("deleted", mode)?.flatten(),
        revoke_tokens_issued_before: fields.optional("revoke_tokens_issued_before", read::time)?,
    })
}

/// Reads a time, or a boolean: true stands for now.
fn time_or_flag(value: Value, path: &str, now: Timestamp) -> Result<Option<Timestamp>, Failure> {
    match value {
        Value::Bool(so) => Ok(so.then_some(now)),
        other => {
            read::time(other, path).map(Some).map_err(|_| Failure::field(path, "must be a boolean or an RFC 3339 time"))
        }
    }
}

fn mode(value: Value, path: &str) -> Result<Option<UserDeleteMode>, Failure> {
    if let Value::Bool(deleted) = value {
        return Ok(deleted.then_some(UserDeleteMode::Soft));
    }
    let mode = deletion::USER_MODES.iter().find(|(name, _)| value == *name).map(|(_, mode)| *mode);
    mode.map(Some).ok_or_else(|| Failure::field(path, "must be a boolean or one of [soft pruning hard]"))
}
