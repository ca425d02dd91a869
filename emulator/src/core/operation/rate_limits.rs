//! Reporting the rate limits.
//!
//! Where sources are silent: unknown operation names are omitted.

use std::collections::BTreeMap;

use getstream_users::model::{GetRateLimitsResponse, LimitInfoResponse};

use crate::core::failure::Failure;
use crate::core::state::{Platform, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome, parameter};

/// Operations that the emulator does not have, but that SDK tests ask for.
const OTHERS: &[&str] = &["GetOrCreateChannel", "QueryChannels", "SendMessage"];

/// `GetRateLimits`.
pub(crate) fn get(world: &mut World, call: &Call<'_>) -> Outcome {
    let wanted = Wanted::parse(call.parameters())?;
    let limits = |flag: bool, platform: Platform| {
        (flag || wanted.all_platforms()).then(|| limits_of(world, platform, &wanted.endpoints, call))
    };
    call.reply(&GetRateLimitsResponse {
        server_side: limits(wanted.server_side, Platform::ServerSide),
        android: limits(wanted.android, Platform::Android),
        ios: limits(wanted.ios, Platform::Ios),
        web: limits(wanted.web, Platform::Web),
        unity: limits(wanted.unity, Platform::Unity),
        duration: DURATION.to_owned(),
    })
}

/// The request's parameters.
#[derive(Debug)]
struct Wanted {
    server_side: bool,
    android: bool,
    ios: bool,
    web: bool,
    unity: bool,
    /// Names of operations; `None` for all.
    endpoints: Option<Vec<String>>,
}

impl Wanted {
    fn parse(mut parameters: Fields) -> Result<Self, Failure> {
        let mut flag = |name| Ok::<bool, Failure>(parameters.optional(name, parameter::flag)?.unwrap_or_default());
        let (server_side, android, ios) = (flag("server_side")?, flag("android")?, flag("ios")?);
        let (web, unity) = (flag("web")?, flag("unity")?);
        let endpoints = parameters.optional("endpoints", read::text)?;
        Ok(Self {
            server_side,
            android,
            ios,
            web,
            unity,
            endpoints: endpoints.map(|names| names.split(',').map(|name| name.trim().to_owned()).collect()),
        })
    }

    /// Naming no platform means all platforms.
    fn all_platforms(&self) -> bool {
        !(self.server_side || self.android || self.ios || self.web || self.unity)
    }
}

fn limits_of(
    world: &World,
    platform: Platform,
    endpoints: &Option<Vec<String>>,
    call: &Call<'_>,
) -> BTreeMap<String, LimitInfoResponse> {
    let wanted = |name: &str| endpoints.as_ref().is_none_or(|names| names.iter().any(|wanted| wanted == name));
    let names = world.limiter.operations().chain(OTHERS.iter().copied()).filter(|name| wanted(name));
    names.map(|name| (name.to_owned(), limit_of(world, name, platform, call))).collect()
}

fn limit_of(world: &World, operation: &'static str, platform: Platform, call: &Call<'_>) -> LimitInfoResponse {
    let allowance = world.limiter.peek(operation, platform, call.now);
    LimitInfoResponse { limit: allowance.limit, remaining: allowance.remaining, reset: allowance.reset_s }
}
