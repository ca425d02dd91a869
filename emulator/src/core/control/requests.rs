//! Control: the last requests.

use serde::Serialize;

use super::Asked;
use crate::core::emulator::Emulator;
use crate::core::log::{Search, Shown};
use crate::core::wire::{Outcome, reply};

#[derive(Debug, Serialize)]
struct Requests<'a> {
    requests: Vec<Shown<'a>>,
}

pub(super) fn get(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    let search = Search::parse(asked.request)?;
    reply(&Requests { requests: emulator.log.find(&search) })
}

pub(super) fn delete(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    emulator.log.clear();
    reply(&Requests { requests: Vec::new() })
}
