//! Users muting each other.
//!
//! The response names unknown targets; the other targets are muted. Where sources are silent: deleted users count as
//! unknown; muting again changes when the mute expires; removing a mute that does not exist succeeds.

use getstream_users::model::{
    MuteRequest, MuteResponse, OwnUserResponse, UnmuteRequest, UnmuteResponse, UserMuteResponse,
};
use indexmap::IndexSet;
use serde::Serialize;

use super::actor::{Actor, Names};
use super::timeout;
use super::validate::check_count;
use crate::core::access::check_reach;
use crate::core::caller::Caller;
use crate::core::event::{Content, undeleted_user};
use crate::core::failure::Failure;
use crate::core::state::permissions::Action;
use crate::core::state::{Mute, World};
use crate::core::view;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Dialect, Outcome};

const MAX_TARGETS: usize = 1000;
/// The event for the connections of the muting user.
const MUTES_UPDATED: &str = "notification.mutes_updated";

/// `Mute`.
pub(crate) fn mute(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = MuteRequest {
        target_ids: target_ids(&mut body, call.dialect)?,
        timeout: timeout::read(&mut body)?,
        // Read by `Actor`.
        user_id: None,
        user: None,
    };
    let (actor, Targets { known, unknown }) = actor_and_targets(world, call, &mut body, request.target_ids)?;

    let user_id = actor.keep(world);
    let expires = timeout::end(call.now, request.timeout);
    let mutes: Vec<(String, Mute)> = known
        .into_iter()
        .map(|target_id| {
            let at = world.clock.stamp(call.now);
            let mute = world.mutes.put(&user_id, &target_id, at, expires, call.now);
            (target_id, mute)
        })
        .collect();
    announce(world, call, "user.muted", &user_id, mutes.iter().map(|(target_id, _)| target_id.as_str()));
    world.send_own_user(MUTES_UPDATED, &user_id);
    // The acting user exists and is active, so this never fails.
    let user = world.users.active(&user_id)?;
    let mutes: Vec<_> = mutes.iter().filter_map(|(id, mute)| view::mute(world, call.caller, user, id, mute)).collect();
    if call.dialect == Dialect::V1 {
        return call.reply(&MuteResponseV1::new(mutes, unknown, view::own(world, user)));
    }
    call.reply(&MuteResponse {
        mutes: Some(mutes),
        non_existing_users: unknown,
        own_user: matches!(call.caller, Caller::User(_)).then(|| view::own(world, user)),
        duration: DURATION.to_owned(),
    })
}

/// The response in [`Dialect::V1`]: one mute is in a field, several are in a list.
#[derive(Serialize)]
struct MuteResponseV1 {
    #[serde(skip_serializing_if = "Option::is_none")]
    mute: Option<UserMuteResponse>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mutes: Option<Vec<UserMuteResponse>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    non_existing_users: Option<Vec<String>>,
    own_user: OwnUserResponse,
    duration: &'static str,
}

impl MuteResponseV1 {
    fn new(
        mut mutes: Vec<UserMuteResponse>,
        non_existing_users: Option<Vec<String>>,
        own_user: OwnUserResponse,
    ) -> Self {
        let (mute, mutes) = if mutes.len() == 1 { (mutes.pop(), None) } else { (None, Some(mutes)) };
        Self { mute, mutes, non_existing_users, own_user, duration: DURATION }
    }
}

/// `Unmute`.
pub(crate) fn unmute(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = UnmuteRequest {
        target_ids: target_ids(&mut body, call.dialect)?,
        // Read by `Actor`.
        user_id: None,
        user: None,
    };
    let (actor, Targets { known, unknown }) = actor_and_targets(world, call, &mut body, request.target_ids)?;

    let user_id = actor.keep(world);
    let unmuted: Vec<String> =
        known.into_iter().filter(|target_id| world.mutes.remove(&user_id, target_id, call.now)).collect();
    announce(world, call, "user.unmuted", &user_id, unmuted.iter().map(String::as_str));
    world.send_own_user(MUTES_UPDATED, &user_id);
    call.reply(&UnmuteResponse { non_existing_users: unknown, duration: DURATION.to_owned() })
}

/// The acting user, and the targets.
fn actor_and_targets<'a>(
    world: &mut World,
    call: &Call<'a>,
    body: &mut Fields,
    target_ids: Vec<String>,
) -> Result<(Actor<'a>, Targets), Failure> {
    let actor = Actor::required(world, call, body, Names::USER)?;
    check_reach(world, call.caller, Action::MuteUser, false)?;
    Ok((actor, Targets::of(world, target_ids)))
}

/// The targets of a request. In [`Dialect::V1`], one target may have its own field; Stream's Go SDK sends both fields,
/// one of them empty.
fn target_ids(body: &mut Fields, dialect: Dialect) -> Result<Vec<String>, Failure> {
    if dialect == Dialect::V1
        && let Some(id) = body.optional("target_id", read::text)?.filter(|id| !id.is_empty())
    {
        return Ok(vec![id]);
    }
    let ids = body.required("target_ids", |value, path| read::list(value, path, read::filled))?;
    check_count("target_ids", ids.len(), MAX_TARGETS)?;
    Ok(ids)
}

/// The targets of a request, each once.
#[derive(Debug)]
struct Targets {
    known: IndexSet<String>,
    /// `None` if there are none.
    unknown: Option<Vec<String>>,
}

impl Targets {
    fn of(world: &World, ids: Vec<String>) -> Self {
        let (known, unknown): (IndexSet<String>, IndexSet<String>) =
            ids.into_iter().partition(|id| world.users.undeleted(id).is_ok());
        Self { known, unknown: (!unknown.is_empty()).then(|| unknown.into_iter().collect()) }
    }
}

/// In the event, one target is in a field, several are in a list. Without a target there is no event.
fn announce<'a>(
    world: &mut World,
    call: &Call<'_>,
    event: &str,
    user_id: &str,
    target_ids: impl Iterator<Item = &'a str> + Clone,
) {
    if target_ids.clone().next().is_none() {
        return;
    }
    world.announce(event, call.cause(), |world| {
        let mut targets: Vec<Content> = target_ids.filter_map(|id| undeleted_user(world, id)).collect();
        let target = match targets.len() {
            1 => targets.pop().map(|target| ("target_user", target)),
            _ => Some(("target_users", Content::Users(targets))),
        };
        let user = undeleted_user(world, user_id).map(|user| ("user", user));
        user.into_iter().chain(target).collect()
    });
}
