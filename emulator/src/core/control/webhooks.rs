//! Control: webhook deliveries, and replaying them.

use serde::Serialize;

use super::Asked;
use crate::core::emulator::Emulator;
use crate::core::failure::{Code, Failure};
use crate::core::webhooks::WebhookDelivery;
use crate::core::wire::read;
use crate::core::wire::{Outcome, reply};

#[derive(Debug, Serialize)]
struct Deliveries {
    deliveries: Vec<WebhookDelivery>,
}

#[derive(Debug, Serialize)]
struct Replayed {
    replayed: usize,
}

pub(super) fn get(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    reply(&Deliveries { deliveries: emulator.webhook_deliveries() })
}

/// Sends the event with the given id again, or all remembered events.
pub(super) fn replay(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    let mut body = asked.body()?;
    body.refuse_others(&["id"])?;
    let id = body.optional("id", read::filled)?;
    let replayed = emulator.replay_webhooks(id.as_deref());
    match id {
        Some(id) if replayed == 0 => {
            Err(Failure::new(Code::DoesNotExist, format!("there is no finished webhook delivery \"{id}\"")))
        }
        _ => reply(&Replayed { replayed }),
    }
}
