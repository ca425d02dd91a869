//! How connecting changes a user.
//!
//! The client sends data about its user. It is merged like a partial update, with two differences: data without changes
//! leaves `updated_at` unchanged, and role and teams cannot be set. Clients may send back what the API returned about
//! the user, as SDKs do with guests.

use getstream_users::model::CustomData;
use serde_json::Value;

use super::unique_names;
use super::users::{keep, writable};
use super::validate::{self, is_reserved};
use crate::core::event;
use crate::core::failure::{Code, Failure, Violations};
use crate::core::state::{Draft, Handshake, User, World};
use crate::core::wire::Cause;
use crate::core::wire::read::{self, Fields, join};

/// The query parameter that names the caller's connection.
pub(crate) const CONNECTION_ID: &str = "connection_id";

/// The fields that a user reads of itself and cannot set, in addition to [`validate::RESERVED`].
const ONLY_READ: &[&str] = &[
    "anon",
    "avg_response_time",
    "latest_hidden_channels",
    "push_notifications",
    "push_preferences",
    "revoke_tokens_issued_before",
    "role",
    "teams_role",
    "total_unread_count_by_team",
];

/// The field with the data about the user.
const DETAILS: &str = "user_details";

/// Merges the data that a user sends about itself, and marks it as online. A user who does not exist is created.
///
/// # Errors
/// If the user cannot connect, or its data is invalid. Nothing except the app's clock has changed then.
pub(crate) fn connect(
    world: &mut World,
    cause: Cause<'_>,
    id: &str,
    details: Option<Value>,
    handshake: Handshake,
) -> Result<(), Failure> {
    let details = Details::read(id, details, handshake)?;
    let draft = Draft::new(&world.users, world.choices);
    let before = writable(&draft, id, "user_id")?.cloned();
    let is_new = before.is_none();
    let before = before.unwrap_or_else(|| User::new(id, cause.now));
    let merged = details.merged_into(&before)?;
    let is_changed = is_new || merged != before;
    if is_changed {
        validate::content(&merged, &world.roles, DETAILS)?;
        unique_names::check(world, std::slice::from_ref(&merged))?;
    }
    let now = if is_changed { world.clock.stamp(cause.now) } else { cause.now };
    let merged = User { last_active: Some(now), ..merged };
    if !is_changed {
        world.users.put(merged);
        return Ok(());
    }
    let created_at = if is_new { now } else { merged.created_at };
    keep(world, cause, User { created_at, updated_at: now, ..merged });
    Ok(())
}

/// Announces that a user came online or went offline, unless it is invisible.
pub(crate) fn announce_presence(world: &mut World, cause: Cause<'_>, user_id: &str) {
    let Some(user) = world.users.get(user_id).filter(|user| !user.profile.invisible).cloned() else { return };
    world.announce("user.presence.changed", cause, |world| vec![("user", event::user(world, &user))]);
}

/// The data that a user sends about itself. Missing fields stay unchanged.
#[derive(Debug)]
struct Details {
    fields: CustomData,
    custom: CustomData,
}

impl Details {
    fn read(id: &str, details: Option<Value>, handshake: Handshake) -> Result<Self, Failure> {
        let Some(details) = details.filter(|details| !details.is_null()) else {
            return Ok(Self { fields: CustomData::new(), custom: CustomData::new() });
        };
        let mut details = read::object(details, DETAILS)?;
        if details.get("id").is_some_and(|named| named != id) {
            // The text is a choice: SDKs always send the token's id.
            let reason = format!("the token is of the user {id}, and user_details.id names another");
            return Err(Failure::new(Code::Authentication, reason));
        }
        if details.contains_key("created_at") {
            let mut violations = Violations::default();
            violations.add(join(DETAILS, "created_at"), "is a reserved field");
            violations.check()?;
        }
        details.retain(|name, _| name != "id" && !is_reserved(name) && !ONLY_READ.contains(&name.as_str()));
        let known = ["name", "image", "language", "invisible", "privacy_settings", "teams"];
        let (fields, rest): (CustomData, CustomData) =
            details.into_iter().partition(|(name, _)| known.contains(&name.as_str()));
        let custom = match handshake {
            Handshake::V1 => rest,
            Handshake::V2 => Fields::new(DETAILS, rest).optional("custom", read::object)?.unwrap_or_default(),
        };
        Ok(Self { fields, custom })
    }

    fn merged_into(self, before: &User) -> Result<User, Failure> {
        let mut fields = Fields::new(DETAILS, self.fields);
        let mut user = before.clone();
        let profile = &mut user.profile;
        if let Some(name) = fields.optional("name", read::text)? {
            profile.name = Some(name);
        }
        if let Some(image) = fields.optional("image", read::text)? {
            profile.image = Some(image);
        }
        if let Some(language) = fields.optional("language", read::text)? {
            profile.language = language;
        }
        if let Some(invisible) = fields.optional("invisible", read::flag)? {
            profile.invisible = invisible;
        }
        if let Some(settings) = fields.optional("privacy_settings", read::privacy_settings)? {
            profile.privacy_settings = Some(settings);
        }
        if !self.custom.is_empty() {
            let mut custom = profile.custom.data();
            custom.extend(self.custom);
            profile.custom = custom.into();
        }
        let teams = fields.optional("teams", read::texts)?.filter(|teams| !teams.is_empty());
        if teams.is_some_and(|teams| !is_same(&teams, &before.teams)) {
            // The text is from an SDK test.
            return Err(Failure::input("user teams cannot be changed at connection time"));
        }
        Ok(user)
    }
}

fn is_same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|team| other.contains(team))
}
