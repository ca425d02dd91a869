//! Control: the whole app: reset, seed, save, restore.

use serde::Serialize;

use super::Asked;
use crate::core::emulator::Emulator;
use crate::core::failure::Failure;
use crate::core::wire::{Outcome, reply};

/// An empty response: the control was successful.
#[derive(Debug, Serialize)]
struct Done {}

pub(super) fn reset(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    emulator.reset();
    reply(&Done {})
}

#[derive(Debug, Serialize)]
struct SeedAnswer {
    seeded: super::Seeded,
}

pub(super) fn seed(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    let seeded = emulator.seed(&asked.request.body, asked.driving);
    reply(&SeedAnswer { seeded: seeded.map_err(|error| Failure::input(error.to_string()))? })
}

pub(super) fn get(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    reply(&emulator.snapshot())
}

pub(super) fn put(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    emulator.restore(&asked.request.body).map_err(|error| Failure::input(error.to_string()))?;
    reply(&Done {})
}
