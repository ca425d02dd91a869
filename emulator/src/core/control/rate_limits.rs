//! How many requests are answered in a minute.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Asked;
use crate::core::config::RateLimits;
use crate::core::emulator::Emulator;
use crate::core::state::Limiter;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Failure, Outcome, reply};

pub(super) fn get(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    reply(emulator.world.limiter.limits())
}

/// Counting begins anew.
pub(super) fn put(emulator: &mut Emulator, asked: &Asked<'_>) -> Outcome {
    emulator.world.limiter = Limiter::new(read_limits(asked.body()?)?);
    get(emulator, asked)
}

/// Limits are those of the preset, if one is named, with the others in their place.
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
