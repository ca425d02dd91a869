//! How many requests are left.
//!
//! Stream counts by operation and platform in windows of one minute, and says where a caller stands in three headers of
//! every answer, errors included. The emulator does the same with one limit for all operations, which is so high by
//! default that only those meet it who ask for it.

use std::collections::HashMap;

use getstream_users::model::Timestamp;

use super::authenticate::Caller;
use crate::core::wire::{Headers, Request};

const WINDOW_S: i64 = 60;

/// What kind of caller is counted. Calls with a server token have their own count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Platform {
    ServerSide,
    Android,
    Ios,
    Web,
    Unity,
}

impl Platform {
    /// The platform of a request. `caller` is absent when it could not be made out.
    ///
    /// A choice: Stream documents the platforms, not how it tells them apart. Its SDKs name themselves in the
    /// `x-stream-client` header, and whoever does not is taken for a browser.
    pub(crate) fn of(request: &Request, caller: Option<&Caller>) -> Self {
        if caller == Some(&Caller::Server) {
            return Self::ServerSide;
        }
        let client = request.headers.get("x-stream-client").unwrap_or_default().to_ascii_lowercase();
        let named =
            |name: &str| client.split(|character: char| !character.is_ascii_alphabetic()).any(|word| word == name);
        if named("android") {
            Self::Android
        } else if named("ios") || named("swift") {
            Self::Ios
        } else if named("unity") {
            Self::Unity
        } else {
            Self::Web
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Window {
    /// Which minute since 1970.
    index: i64,
    used: u32,
}

/// Where a caller stands after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    limit: u32,
    remaining: u32,
    /// When the window ends, in seconds since 1970.
    reset_s: i64,
    /// Whether the request was one too many.
    pub(crate) exceeded: bool,
    /// Seconds until the window ends; at least one.
    retry_after_s: i64,
}

impl Allowance {
    /// Adds the headers that tell it.
    pub(crate) fn write(self, headers: &mut Headers) {
        headers.append("x-ratelimit-limit", self.limit.to_string());
        headers.append("x-ratelimit-remaining", self.remaining.to_string());
        headers.append("x-ratelimit-reset", self.reset_s.to_string());
        if self.exceeded {
            headers.append("retry-after", self.retry_after_s.to_string());
        }
    }
}

/// Counts requests.
#[derive(Debug, Clone)]
pub(crate) struct RateLimits {
    per_minute: u32,
    windows: HashMap<(&'static str, Platform), Window>,
}

impl RateLimits {
    pub(crate) fn new(per_minute: u32) -> Self {
        Self { per_minute, windows: HashMap::new() }
    }

    /// Counts one request.
    pub(crate) fn count(&mut self, operation: &'static str, platform: Platform, now: Timestamp) -> Allowance {
        let now_s = now.as_seconds();
        let index = now_s.div_euclid(WINDOW_S);
        let window = self.windows.entry((operation, platform)).or_insert(Window { index, used: 0 });
        if window.index != index {
            *window = Window { index, used: 0 };
        }
        let exceeded = window.used >= self.per_minute;
        window.used = window.used.saturating_add(1).min(self.per_minute);
        let reset_s = (index + 1) * WINDOW_S;
        Allowance {
            limit: self.per_minute,
            remaining: self.per_minute - window.used,
            reset_s,
            exceeded,
            retry_after_s: reset_s - now_s,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::wire::Method;

    fn at(second: i64) -> Timestamp {
        Timestamp(second * 1_000_000_000)
    }

    #[test]
    fn what_is_left_goes_down_until_the_minute_ends() {
        let mut limits = RateLimits::new(2);
        let mut count = |second| {
            let allowance = limits.count("QueryUsers", Platform::Web, at(second));
            (allowance.remaining, allowance.exceeded, allowance.reset_s, allowance.retry_after_s)
        };
        assert_eq!(count(61), (1, false, 120, 59));
        assert_eq!(count(100), (0, false, 120, 20));
        assert_eq!(count(119), (0, true, 120, 1));
        assert_eq!(count(120), (1, false, 180, 60));
    }

    #[test]
    fn operations_and_platforms_are_counted_apart() {
        let mut limits = RateLimits::new(1);
        for (operation, platform) in
            [("QueryUsers", Platform::Web), ("QueryUsers", Platform::ServerSide), ("GetTask", Platform::Web)]
        {
            assert!(!limits.count(operation, platform, at(0)).exceeded);
        }
        assert!(limits.count("QueryUsers", Platform::Web, at(0)).exceeded);
    }

    #[test]
    fn a_client_says_its_platform() {
        for (client, platform) in [
            ("stream-chat-android-6", Platform::Android),
            ("stream-chat-swift-client-v4", Platform::Ios),
            ("stream-chat-unity-5", Platform::Unity),
            ("stream-chat-javascript-client-axios", Platform::Web),
        ] {
            let request = Request::new(Method::Get, "/").header("X-Stream-Client", client);
            assert_eq!(Platform::of(&request, Some(&Caller::Anonymous)), platform);
            assert_eq!(Platform::of(&request, None), platform);
            assert_eq!(Platform::of(&request, Some(&Caller::Server)), Platform::ServerSide);
        }
    }
}
