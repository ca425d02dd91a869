//! Control: the choices where the API's behaviour is unknown, and the duration of tasks.

use std::collections::BTreeMap;

use getstream_users::model::CustomData;
use serde::Serialize;
use serde_json::Value;

use super::Asked;
use crate::core::config::Choices;
use crate::core::emulator::Emulator;
use crate::core::failure::Failure;
use crate::core::state::WebhookTimes;
use crate::core::wire::read;
use crate::core::wire::{Outcome, reply};

/// The format of times for single hooks, by URL; null removes an entry.
const TIMES_BY_URL: &str = "webhook_times_by_url";
const TASK_DURATION: &str = "task_duration_ms";

pub(super) fn get(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    reply(&settings(emulator)?)
}

/// The choices where the API's behaviour is unknown.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorSettings"))]
struct Settings<'a> {
    /// Every choice under its own name.
    #[serde(flatten)]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "EmulatorChoices"))]
    choices: Choices,
    /// How long tasks take that start from now on, in milliseconds.
    task_duration_ms: u64,
    /// The format of times for single hooks, by URL.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, EmulatorWebhookTimes>"))]
    webhook_times_by_url: &'a BTreeMap<String, WebhookTimes>,
}

fn settings(emulator: &Emulator) -> Result<CustomData, Failure> {
    let duration = emulator.world.tasks.duration().as_millis();
    let settings = Settings {
        choices: emulator.world.choices,
        task_duration_ms: u64::try_from(duration).unwrap_or(u64::MAX),
        webhook_times_by_url: &emulator.world.webhook_times_by_url,
    };
    read::object(serde_json::to_value(settings)?, "settings")
}

pub(super) fn patch(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    let mut body = asked.body()?;
    let mut settings = settings(emulator)?;
    let names: Vec<&str> = settings.keys().map(String::as_str).collect();
    body.refuse_others(&names)?;
    let duration = body.optional(TASK_DURATION, read::duration_ms)?;
    let times = body.optional(TIMES_BY_URL, |value, path| {
        read::object(value, path)?.into_iter().map(|(url, form)| Ok((url, read_times(form)?))).collect()
    })?;
    let times: Vec<(String, Option<WebhookTimes>)> = times.unwrap_or_default();
    for (name, setting) in &mut settings {
        if let Some(value) = body.optional(name, |value, _| Ok(value))? {
            *setting = value;
        }
    }
    let choices: Choices = serde_json::from_value(Value::Object(settings)).map_err(|error| mistaken(&error))?;

    emulator.world.choices = choices;
    for (url, form) in times {
        match form {
            Some(form) => emulator.world.webhook_times_by_url.insert(url, form),
            None => emulator.world.webhook_times_by_url.remove(&url),
        };
    }
    if let Some(duration) = duration {
        emulator.world.tasks.set_duration(duration);
    }
    get(emulator, asked)
}

fn read_times(form: Value) -> Result<Option<WebhookTimes>, Failure> {
    serde_json::from_value(form).map_err(|error| mistaken(&error))
}

fn mistaken(error: &serde_json::Error) -> Failure {
    Failure::input(format!("the settings are invalid: {error}"))
}
