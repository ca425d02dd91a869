//! What clients for video report of themselves while they connect: how long it takes, and where it fails. Stream collects it;
//! here it is taken and not kept, so that the clients do not complain.

use getstream_users::model::DurationResponse;

use crate::core::state::World;
use crate::core::wire::{Call, DURATION, Outcome};

/// `SendCallClientEvent`.
pub(crate) fn report(_: &mut World, call: &Call<'_>) -> Outcome {
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}
