//! Control: the rules that make requests fail.

use serde::Serialize;

use super::Asked;
use crate::core::emulator::Emulator;
use crate::core::failure::{Code, Failure};
use crate::core::gate::{ActiveRule, Rule};
use crate::core::wire::{Outcome, reply};

#[derive(Debug, Serialize)]
struct Faults<'a> {
    faults: &'a [ActiveRule],
}

impl Emulator {
    /// The fault rules.
    pub(crate) fn fault_rules(&self) -> &[ActiveRule] {
        self.faults.rules()
    }
}

pub(super) fn get(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    reply(&Faults { faults: emulator.fault_rules() })
}

pub(super) fn post(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    let rule = Rule::read(asked.body()?)?;
    reply(&emulator.faults.add(rule)?)
}

pub(super) fn delete_all(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    emulator.faults.clear();
    get(emulator, asked)
}

pub(super) fn delete_one(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    if asked.subject.parse().is_ok_and(|id| emulator.faults.remove(id)) {
        return get(emulator, asked);
    }
    Err(Failure::new(Code::DoesNotExist, format!("there is no fault \"{}\"", asked.subject)))
}
