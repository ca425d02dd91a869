//! What video clients report while they connect: durations and failures. The emulator accepts and ignores it, so that
//! the clients do not log errors.

use getstream_users::model::DurationResponse;

use crate::core::state::World;
use crate::core::wire::{Call, DURATION, Outcome};

/// `SendCallClientEvent`.
pub(crate) fn report(_: &mut World, call: &Call<'_>) -> Outcome {
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}
