//! Control: the rate limits.

use std::collections::BTreeMap;

use getstream_users::model::CustomData;
use serde_json::Value;

use super::Asked;
use crate::core::config::RateLimits;
use crate::core::emulator::Emulator;
use crate::core::failure::Failure;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Outcome, reply};

pub(super) fn get(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    reply(emulator.world.limiter.limits())
}

/// Sets the limits and resets all counters.
pub(super) fn put(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    emulator.world.limiter = emulator.world.limiter.limited_to(parse(&asked.request.body)?);
    get(emulator, asked)
}

impl RateLimits {
    /// Parses limits in the format of the emulator's control: a number for all operations, the name of a preset, or an
    /// object.
    ///
    /// # Errors
    /// If the JSON has another format; the error is a message.
    pub fn from_json(json: &[u8]) -> Result<Self, String> {
        parse(json).map_err(|failure| failure.reason)
    }
}

fn parse(json: &[u8]) -> Result<RateLimits, Failure> {
    match serde_json::from_slice(json) {
        Ok(Value::Object(limits)) => read_limits(Fields::new("", limits)),
        Ok(Value::String(preset)) => {
            read_limits(Fields::new("", CustomData::from_iter([("preset".to_owned(), preset.into())])))
        }
        Ok(number @ Value::Number(_)) => Ok(RateLimits::all(limit(number, "the limit")?)),
        _ => Err(Failure::input("rate limits must be a number, the name of a preset or an object")),
    }
}

/// An object's numbers override those of the preset that it names.
fn read_limits(mut body: Fields) -> Result<RateLimits, Failure> {
    body.refuse_others(&["preset", "default", "operations", "per_user"])?;
    let stream = body.choice("preset", &[("none", false), ("stream", true)])?.unwrap_or_default();
    let mut limits = if stream { RateLimits::stream() } else { RateLimits::default() };
    limits.default = body.optional("default", limit)?.unwrap_or(limits.default);
    limits.operations.extend(body.optional("operations", operations)?.unwrap_or_default());
    limits.per_user = body.optional("per_user", limit)?.or(limits.per_user);
    Ok(limits)
}

fn limit(value: Value, path: &str) -> Result<u32, Failure> {
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| Failure::field(path, format!("must be between 0 and {}", u32::MAX)))
}

fn operations(value: Value, path: &str) -> Result<BTreeMap<String, u32>, Failure> {
    let limits = read::object(value, path)?.into_iter();
    limits.map(|(name, value)| limit(value, &format!("{path}[{name}]")).map(|limit| (name, limit))).collect()
}
