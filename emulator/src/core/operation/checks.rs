//! Checks of push and queue configurations. The emulator calls no push provider and no queue, so a check always fails,
//! in the form that the API uses for wrong credentials (seen in SDK tests).

use serde::Serialize;

use super::actor::{Actor, Names};
use crate::core::state::World;
use crate::core::wire::{Call, DURATION, Outcome, read};

#[derive(Serialize)]
struct CheckResponse {
    status: &'static str,
    error: String,
    data: Data,
    duration: &'static str,
}

#[derive(Serialize)]
struct Data {}

#[derive(Serialize)]
struct PushResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    event_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skip_devices: Option<bool>,
    general_errors: Vec<&'static str>,
    duration: &'static str,
}

/// `CheckPush`. Templates are not rendered, because they are about messages and there are none.
pub(crate) fn push(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let skip_devices = body.optional("skip_devices", read::flag)?;
    let event_type = body.optional("event_type", read::text)?;
    let owner = Actor::required(world, call, &mut body, Names::OWNER)?.keep(world);
    let mut general_errors = Vec::new();
    if world.push_providers.all().next().is_none() {
        general_errors.push("Your app doesn't have push notifications enabled");
    }
    if skip_devices != Some(true) && world.devices.of(&owner).next().is_none() {
        general_errors.push("User has no enabled devices associated");
    }
    call.reply(&PushResponse { event_type, skip_devices, general_errors, duration: DURATION })
}

/// `CheckSQS`.
pub(crate) fn sqs(world: &mut World, call: &Call<'_>) -> Outcome {
    let current = world.hooks.older.sqs_url.clone();
    check(call, ["sqs_url", "sqs_key", "sqs_secret"], current, "queue")
}

/// `CheckSNS`.
pub(crate) fn sns(world: &mut World, call: &Call<'_>) -> Outcome {
    let current = world.hooks.older.sns_topic_arn.clone();
    check(call, ["sns_topic_arn", "sns_key", "sns_secret"], current, "topic")
}

fn check(call: &Call<'_>, names: [&'static str; 3], current: String, what: &str) -> Outcome {
    let mut body = call.body()?;
    let [address, key, secret] = names.map(|name| body.optional(name, read::text));
    let (address, _, _) = (address?, key?, secret?);
    let address = address.unwrap_or(current);
    let error = format!("the emulator calls no {what}, so \"{address}\" was not tried");
    call.reply(&CheckResponse { status: "error", error, data: Data {}, duration: DURATION })
}
