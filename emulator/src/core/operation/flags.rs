//! Flagging users and other entities for moderators.
//!
//! All flags of one entity share one item. Where sources are silent: flagging the same entity again returns the same
//! item; a flagged user must exist, other entities need not. The items have no review queue here, only a count.

use getstream_users::model::{
    CustomData, FlagItemResponse, FlagRequest, GetFlagCountRequest, GetFlagCountResponse, Timestamp, UserResponse,
};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::actor::{Actor, Names};
use crate::core::access::check_reach;
use crate::core::event::{Content, undeleted_user};
use crate::core::failure::{Code, Failure};
use crate::core::state::permissions::Action;
use crate::core::state::{Entity, Flag, Item, World};
use crate::core::view;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

const MAX_REASON: usize = 255;

/// The entity type of users; SDKs use the shorter name as well.
const USER: &str = "stream:user";
const USER_ALIAS: &str = "user";

/// `Flag`.
pub(crate) fn flag(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let FlagRequest { entity_type, entity_id, entity_creator_id, reason, custom, .. } = read_flag(&mut body)?;
    let actor = Actor::required(world, call, &mut body, Names::USER)?;
    let entity = Entity { kind: kind(entity_type), id: entity_id };
    if entity.kind == USER {
        check_reach(world, call.caller, Action::FlagUser, actor.id == entity.id)?;
        world.users.undeleted(&entity.id)?;
    }
    let user_id = actor.keep(world);
    let item_id = add(world, call, entity, &user_id, What { creator_id: entity_creator_id, reason, custom });
    call.reply(&FlagItemResponse { item_id, duration: DURATION.to_owned() })
}

/// Details of a flag.
struct What {
    creator_id: Option<String>,
    reason: Option<String>,
    custom: Option<CustomData>,
}

/// Adds a flag, announces it if it is a new flag of a user, and returns the id of its item.
fn add(world: &mut World, call: &Call<'_>, entity: Entity, user_id: &str, what: What) -> String {
    let What { creator_id, reason, custom } = what;
    let is_user = entity.kind == USER;
    let creator_id = creator_id.or_else(|| is_user.then(|| entity.id.clone()));
    let flag = Flag { reason: reason.clone(), custom, created_at: world.clock.stamp(call.now) };
    let ids = &mut world.ids;
    let new_item = || Item { id: ids.uuid(), creator_id, flags: IndexMap::new() };
    let (item, is_new) = world.flags.add(&entity, user_id, flag, new_item);
    let (item_id, total_flags) = (item.id.clone(), item.flags.len());
    if is_user && is_new {
        world.announce("user.flagged", call.cause(), |world| {
            flagged(world, user_id, &entity.id, &reason.unwrap_or_default(), total_flags)
        });
    }
    item_id
}

/// `Flag` in [`Dialect::V1`](crate::core::wire::Dialect::V1), which names a user and returns the flag.
pub(crate) fn flag_user(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let (entity, reason) = read_target(&mut body)?;
    let custom = body.optional("custom", read::object)?;
    let actor = Actor::required(world, call, &mut body, Names::USER)?;
    check_reach(world, call.caller, Action::FlagUser, actor.id == entity.id)?;
    world.users.undeleted(&entity.id)?;

    let user_id = actor.keep(world);
    add(world, call, entity.clone(), &user_id, What { creator_id: None, reason, custom });
    let flag = world.flags.get(&entity, &user_id).map(|flag| described(world, call, &entity, &user_id, flag));
    call.reply(&UserFlagResponse { flag, duration: DURATION })
}

/// `Unflag`. A choice: removing a flag that does not exist succeeds; the response has no flag then.
pub(crate) fn unflag_user(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let (entity, _) = read_target(&mut body)?;
    let actor = Actor::required(world, call, &mut body, Names::USER)?;
    check_reach(world, call.caller, Action::FlagUser, actor.id == entity.id)?;
    world.users.undeleted(&entity.id)?;

    let user_id = actor.keep(world);
    let flag = world.flags.remove(&entity, &user_id);
    if flag.is_some() {
        world.announce("user.unflagged", call.cause(), |world| {
            let user = |name, id| undeleted_user(world, id).map(|user| (name, user));
            user("user", &user_id).into_iter().chain(user("target_user", &entity.id)).collect()
        });
    }
    let flag = flag.map(|flag| described(world, call, &entity, &user_id, &flag));
    call.reply(&UserFlagResponse { flag, duration: DURATION })
}

/// The flagged user, and the reason.
fn read_target(body: &mut Fields) -> Result<(Entity, Option<String>), Failure> {
    if body.optional("target_message_id", read::text)?.is_some_and(|id| !id.is_empty()) {
        let reason = "target_message_id names a message, and this is an emulator of Stream's users; flag a user with \
            target_user_id";
        return Err(Failure::new(Code::DoesNotExist, reason));
    }
    let id = body.required("target_user_id", read::filled)?;
    Ok((Entity { kind: USER.to_owned(), id }, body.optional("reason", reason)?))
}

#[derive(Serialize)]
struct UserFlagResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<UserFlag>,
    duration: &'static str,
}

/// A flag of a user.
#[derive(Serialize)]
struct UserFlag {
    user: Option<UserResponse>,
    target_user: Option<UserResponse>,
    target_user_id: String,
    created_by_automod: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom: Option<CustomData>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

fn described(world: &World, call: &Call<'_>, entity: &Entity, user_id: &str, flag: &Flag) -> UserFlag {
    UserFlag {
        user: view::undeleted(world, call.caller, user_id),
        target_user: view::undeleted(world, call.caller, &entity.id),
        target_user_id: entity.id.clone(),
        created_by_automod: false,
        reason: flag.reason.clone(),
        custom: flag.custom.clone(),
        created_at: flag.created_at,
        updated_at: flag.created_at,
    }
}

fn read_flag(body: &mut Fields) -> Result<FlagRequest, Failure> {
    Ok(FlagRequest {
        entity_type: body.required("entity_type", read::filled)?,
        entity_id: body.required("entity_id", read::filled)?,
        entity_creator_id: body.optional("entity_creator_id", read::text)?.filter(|id| !id.is_empty()),
        reason: body.optional("reason", reason)?,
        custom: body.optional("custom", read::object)?,
        moderation_payload: body.optional("moderation_payload", read::object)?,
        // Read by `Actor`.
        user_id: None,
        user: None,
    })
}

fn reason(value: Value, path: &str) -> Result<String, Failure> {
    let reason = read::text(value, path)?;
    if reason.chars().count() > MAX_REASON {
        return Err(Failure::field(path, format!("must be a maximum of {MAX_REASON} characters in length")));
    }
    Ok(reason)
}

fn kind(entity_type: String) -> String {
    if entity_type == USER_ALIAS { USER.to_owned() } else { entity_type }
}

fn flagged(
    world: &World,
    user_id: &str,
    target_id: &str,
    reason: &str,
    total_flags: usize,
) -> Vec<(&'static str, Content)> {
    let user = |name, id| undeleted_user(world, id).map(|user| (name, user));
    let users = user("user", user_id).into_iter().chain(user("target_user", target_id));
    users.chain([("reason", reason.into()), ("total_flags", total_flags.into())]).collect()
}

/// `GetFlagCount`.
pub(crate) fn count(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = GetFlagCountRequest {
        entity_creator_id: body.required("entity_creator_id", read::filled)?,
        entity_type: body.optional("entity_type", read::text)?.filter(|kind| !kind.is_empty()).map(kind),
    };
    let count = world.flags.count(&request.entity_creator_id, request.entity_type.as_deref());
    call.reply(&GetFlagCountResponse { count: u32::try_from(count).unwrap_or(u32::MAX), duration: DURATION.to_owned() })
}
