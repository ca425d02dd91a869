//! Control: counters that change when the state does.

use serde::Serialize;

use super::Asked;
use crate::core::emulator::Emulator;
use crate::core::wire::{Outcome, reply};

/// Counters that change whenever something happens.
#[derive(Debug, Serialize)]
struct Revision {
    state: u64,
    requests: u64,
    connections: u64,
}

pub(super) fn get(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    reply(&Revision {
        state: emulator.revision(),
        requests: emulator.log.last_id(),
        connections: emulator.world.connections.changes(),
    })
}
