//! Control: reads, stops, starts and advances the clock.

use std::time::Duration;

use getstream_users::model::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::Asked;
use crate::core::emulator::Emulator;
use crate::core::failure::Failure;
use crate::core::wire::read;
use crate::core::wire::{Outcome, reply, rfc3339};

#[derive(Debug, Serialize)]
struct ClockAnswer {
    now: String,
    frozen: bool,
}

pub(super) fn get(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    let now = rfc3339::write(emulator.time(asked.driving));
    reply(&ClockAnswer { now, frozen: emulator.world.clock.frozen_at().is_some() })
}

/// Whether the clock stands still.
#[derive(Debug, Clone, Copy)]
enum Freeze {
    /// It stops at the current time.
    Here,
    At(Timestamp),
    /// It continues from the current time.
    No,
}

/// Stops or starts the clock first, then advances it.
pub(super) fn post(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    let mut body = asked.body()?;
    body.refuse_others(&["freeze", "advance_ms"])?;
    let freeze = body.optional("freeze", freeze)?;
    let advance = body.optional("advance_ms", read::duration_ms)?;

    let now = emulator.time(asked.driving);
    let clock = &mut emulator.world.clock;
    match freeze {
        None => {}
        Some(Freeze::Here) => clock.freeze(now),
        Some(Freeze::At(time)) => clock.freeze(time),
        Some(Freeze::No) => clock.unfreeze(asked.driving),
    }
    emulator.advance(advance.unwrap_or(Duration::ZERO));
    get(emulator, asked)
}

fn freeze(value: Value, path: &str) -> Result<Freeze, Failure> {
    match value {
        Value::Bool(true) => Ok(Freeze::Here),
        Value::Bool(false) => Ok(Freeze::No),
        other => rfc3339::parse(&other)
            .map(Freeze::At)
            .ok_or_else(|| Failure::field(path, "must be a boolean or an RFC 3339 time")),
    }
}
