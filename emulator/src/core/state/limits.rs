//! Rate limits: how many requests are allowed per minute, and how many there were.
//!
//! Stream counts by operation and platform in windows of one minute, and separately for each user. All windows here
//! start and end together, so all counts are dropped together.

use std::collections::BTreeMap;

use getstream_users::model::Timestamp;
use serde::Serialize;

const WINDOW_S: i64 = 60;

/// The number of requests allowed per minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorRateLimitsInForce"))]
pub struct RateLimits {
    /// For each platform, the limit of every operation that is not in `operations`.
    pub default: u32,
    /// For each platform, the limits of single operations, by Stream's name: `QueryUsers`.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, number>"))]
    pub operations: BTreeMap<String, u32>,
    /// For each operation, the limit of a single user on one platform; null for no limit.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub per_user: Option<u32>,
}

impl Default for RateLimits {
    /// More requests than a machine can send.
    fn default() -> Self {
        Self::all(100_000_000)
    }
}

impl RateLimits {
    /// The same limit for every operation.
    #[must_use]
    pub fn all(requests_per_minute: u32) -> Self {
        Self { default: requests_per_minute, operations: BTreeMap::new(), per_user: None }
    }

    /// The limits that Stream documents. Operations that it does not mention get 300, the most frequent limit.
    #[must_use]
    pub fn stream() -> Self {
        let documented = [
            (10_000, &["Connect", "GetApp", "GetOrCreateChannel"][..]),
            (1_000, &["CreateGuest", "QueryUsers"]),
            (
                60,
                &[
                    "CheckPush",
                    "DeactivateUser",
                    "DeactivateUsers",
                    "DeleteDevice",
                    "DeleteUsers",
                    "ExportUser",
                    "ExportUsers",
                    "ListDevices",
                    "ReactivateUser",
                    "ReactivateUsers",
                    "UpdateApp",
                ],
            ),
        ];
        let operations =
            documented.into_iter().flat_map(|(limit, names)| names.iter().map(move |name| ((*name).to_owned(), limit)));
        Self { default: 300, operations: operations.collect(), per_user: Some(60) }
    }

    fn of(&self, operation: &str) -> u32 {
        self.operations.get(operation).copied().unwrap_or(self.default)
    }
}

/// The platform of a caller. Requests with a server token have their own count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Platform {
    ServerSide,
    Android,
    Ios,
    Web,
    Unity,
}

/// What remains of a limit after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// When the window ends, in seconds since 1970.
    pub(crate) reset_s: i64,
    /// Whether the request exceeded the limit.
    pub(crate) exceeded: bool,
    /// Seconds until the window ends; at least one.
    pub(crate) retry_after_s: i64,
}

/// Counts requests.
#[derive(Debug, Clone, Default)]
pub(crate) struct Limiter {
    limits: RateLimits,
    /// The operations that are counted.
    operations: Vec<&'static str>,
    /// The current window, in minutes since 1970.
    minute: i64,
    used: BTreeMap<(&'static str, Platform), u32>,
    used_by_users: BTreeMap<(String, &'static str, Platform), u32>,
}

impl Limiter {
    pub(crate) fn new(limits: RateLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// The same limiter, for an emulator with these operations.
    pub(crate) fn counting(self, operations: impl Iterator<Item = &'static str>) -> Self {
        Self { operations: operations.collect(), ..self }
    }

    /// A limiter with other limits and without counts.
    pub(crate) fn limited_to(&self, limits: RateLimits) -> Self {
        Self::new(limits).counting(self.operations.iter().copied())
    }

    /// The operations that are counted.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &'static str> {
        self.operations.iter().copied()
    }

    pub(crate) fn limits(&self) -> &RateLimits {
        &self.limits
    }

    /// Counts one request. `user` is the caller, unless it is the server or an anonymous visitor.
    pub(crate) fn count(
        &mut self,
        operation: &'static str,
        platform: Platform,
        user: Option<&str>,
        now: Timestamp,
    ) -> Allowance {
        let minute = minute_of(now);
        if self.minute != minute {
            self.minute = minute;
            self.used.clear();
            self.used_by_users.clear();
        }
        let limit = self.limits.of(operation);
        let shared = take(self.used.entry((operation, platform)).or_default(), limit, now);
        match (user, self.limits.per_user) {
            (Some(user), Some(limit)) => {
                let used = self.used_by_users.entry((user.to_owned(), operation, platform)).or_default();
                stricter(shared, take(used, limit, now))
            }
            _ => shared,
        }
    }

    /// What remains for all callers of a platform. Counts nothing.
    pub(crate) fn peek(&self, operation: &'static str, platform: Platform, now: Timestamp) -> Allowance {
        let current = self.minute == minute_of(now);
        let used = self.used.get(&(operation, platform)).filter(|_| current);
        allowance(used.copied().unwrap_or_default(), self.limits.of(operation), now)
    }
}

fn minute_of(now: Timestamp) -> i64 {
    now.as_seconds().div_euclid(WINDOW_S)
}

/// Uses one request of `limit`.
fn take(used: &mut u32, limit: u32, now: Timestamp) -> Allowance {
    let exceeded = *used >= limit;
    *used = used.saturating_add(1).min(limit);
    Allowance { exceeded, ..allowance(*used, limit, now) }
}

fn allowance(used: u32, limit: u32, now: Timestamp) -> Allowance {
    let reset_s = minute_of(now).saturating_add(1).saturating_mul(WINDOW_S);
    Allowance {
        limit,
        remaining: limit.saturating_sub(used),
        reset_s,
        exceeded: false,
        retry_after_s: reset_s.saturating_sub(now.as_seconds()),
    }
}

/// The allowance that is used up first.
fn stricter(one: Allowance, other: Allowance) -> Allowance {
    let key = |allowance: &Allowance| (!allowance.exceeded, allowance.remaining);
    if key(&other) < key(&one) { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp(second * 1_000_000_000)
    }

    #[test]
    fn the_remaining_count_decreases_until_the_minute_ends() {
        let mut limiter = Limiter::new(RateLimits::all(2));
        let mut count = |second| {
            let allowance = limiter.count("QueryUsers", Platform::Web, None, at(second));
            (allowance.remaining, allowance.exceeded, allowance.reset_s, allowance.retry_after_s)
        };
        assert_eq!(count(61), (1, false, 120, 59));
        assert_eq!(count(100), (0, false, 120, 20));
        assert_eq!(count(119), (0, true, 120, 1));
        assert_eq!(count(120), (1, false, 180, 60));
    }

    #[test]
    fn operations_and_platforms_are_counted_apart() {
        let mut limiter = Limiter::new(RateLimits::all(1));
        for (operation, platform) in
            [("QueryUsers", Platform::Web), ("QueryUsers", Platform::ServerSide), ("GetTask", Platform::Web)]
        {
            assert!(!limiter.count(operation, platform, None, at(0)).exceeded);
        }
        assert!(limiter.count("QueryUsers", Platform::Web, None, at(0)).exceeded);
    }

    #[test]
    fn a_user_has_a_limit_of_its_own_within_that_of_all() {
        let mut limits = RateLimits::all(3);
        limits.per_user = Some(1);
        let mut limiter = Limiter::new(limits);
        let mut count = |user| {
            let allowance = limiter.count("QueryUsers", Platform::Web, user, at(0));
            (allowance.limit, allowance.remaining, allowance.exceeded)
        };
        assert_eq!(count(Some("a")), (1, 0, false));
        assert_eq!(count(Some("a")), (1, 0, true));
        assert_eq!(count(None), (3, 0, false));
        assert_eq!(count(Some("b")), (3, 0, true));
    }

    #[test]
    fn counts_are_dropped_after_their_minute() {
        let mut limiter = Limiter::new(RateLimits { per_user: Some(5), ..RateLimits::all(5) });
        for user in 0..100 {
            limiter.count("QueryUsers", Platform::Web, Some(&user.to_string()), at(0));
        }
        assert_eq!(limiter.peek("QueryUsers", Platform::Web, at(0)).remaining, 0);
        assert_eq!(limiter.peek("QueryUsers", Platform::Web, at(60)).remaining, 5);
        limiter.count("QueryUsers", Platform::Web, Some("a"), at(60));
        assert_eq!((limiter.used.len(), limiter.used_by_users.len()), (1, 1));
    }

    #[test]
    fn the_earliest_and_latest_times_are_supported() {
        for now in [Timestamp(i64::MIN), Timestamp(i64::MAX)] {
            assert!(!Limiter::default().count("QueryUsers", Platform::Web, None, now).exceeded);
        }
    }
}
