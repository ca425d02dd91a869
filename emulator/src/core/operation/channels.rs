//! The channel requests that chat SDKs send even if they are used for users only. There are no channels here: nothing
//! is unread, and lists are empty.

use std::collections::BTreeMap;

use getstream_users::model::DurationResponse;
use serde::Serialize;

use super::actor::{Actor, Names};
use super::validate::{self, MAX_BATCH};
use crate::core::state::World;
use crate::core::wire::{Call, DURATION, Outcome};

/// The unread counts of a user. The lists are always empty, so the type of their elements does not matter.
#[derive(Default, Serialize)]
struct Unread {
    total_unread_count: u32,
    total_unread_threads_count: u32,
    total_unread_count_by_team: BTreeMap<String, u32>,
    channels: [(); 0],
    channel_type: [(); 0],
    threads: [(); 0],
}

#[derive(Serialize)]
struct UnreadResponse {
    #[serde(flatten)]
    unread: Unread,
    duration: &'static str,
}

#[derive(Serialize)]
struct UnreadBatchResponse {
    counts_by_user: BTreeMap<String, Unread>,
    duration: &'static str,
}

#[derive(Serialize)]
struct ChannelTypesResponse {
    channel_types: BTreeMap<String, ()>,
    duration: &'static str,
}

/// `UnreadCounts`.
pub(crate) fn unread(world: &mut World, call: &Call<'_>) -> Outcome {
    Actor::required(world, call, &mut call.parameters(), Names::USER)?;
    call.reply(&UnreadResponse { unread: Unread::default(), duration: DURATION })
}

/// `UnreadCountsBatch`. A choice: ids of no user are left out.
pub(crate) fn unread_of_many(world: &mut World, call: &Call<'_>) -> Outcome {
    let ids = validate::user_ids(&mut call.body()?, MAX_BATCH)?;
    let known = ids.into_iter().filter(|id| world.users.undeleted(id).is_ok());
    let counts_by_user = known.map(|id| (id, Unread::default())).collect();
    call.reply(&UnreadBatchResponse { counts_by_user, duration: DURATION })
}

/// `MarkChannelsRead`: for all channels, or those in the request.
pub(crate) fn mark_read(world: &mut World, call: &Call<'_>) -> Outcome {
    Actor::required(world, call, &mut call.body()?, Names::USER)?.keep(world);
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

/// `ListChannelTypes`.
pub(crate) fn types(_world: &mut World, call: &Call<'_>) -> Outcome {
    call.reply(&ChannelTypesResponse { channel_types: BTreeMap::new(), duration: DURATION })
}

/// `Hi`: stream-chat sends it to open an HTTP connection in advance.
pub(crate) fn hi(_world: &mut World, call: &Call<'_>) -> Outcome {
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}
