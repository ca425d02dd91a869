//! Counts requests against the rate limits, and writes the three rate-limit headers of every response, errors included.

use crate::core::caller::Caller;
use crate::core::state::{Allowance, Platform};
use crate::core::wire::{Headers, Request};

/// The platform of a request. `caller` is `None` if authentication failed.
///
/// A choice: Stream documents the platforms, but not how it detects them. Its SDKs name themselves in the
/// `x-stream-client` header; any other client counts as a browser.
pub(crate) fn platform_of(request: &Request, caller: Option<&Caller>) -> Platform {
    if caller == Some(&Caller::Server) {
        return Platform::ServerSide;
    }
    let client = request.headers.get("x-stream-client").unwrap_or_default().to_ascii_lowercase();
    let named = |name: &str| client.split(|character: char| !character.is_ascii_alphabetic()).any(|word| word == name);
    if named("android") {
        Platform::Android
    } else if named("ios") || named("swift") {
        Platform::Ios
    } else if named("unity") {
        Platform::Unity
    } else {
        Platform::Web
    }
}

/// Adds the rate-limit headers.
pub(crate) fn write_allowance(allowance: Allowance, headers: &mut Headers) {
    headers.append("x-ratelimit-limit", allowance.limit.to_string());
    headers.append("x-ratelimit-remaining", allowance.remaining.to_string());
    headers.append("x-ratelimit-reset", allowance.reset_s.to_string());
    if allowance.exceeded {
        headers.append("retry-after", allowance.retry_after_s.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::wire::Method;

    #[test]
    fn a_client_says_its_platform() {
        for (client, platform) in [
            ("stream-chat-android-6", Platform::Android),
            ("stream-chat-swift-client-v4", Platform::Ios),
            ("stream-chat-unity-5", Platform::Unity),
            ("stream-chat-javascript-client-axios", Platform::Web),
        ] {
            let request = Request::new(Method::Get, "/").header("X-Stream-Client", client);
            assert_eq!(platform_of(&request, Some(&Caller::Anonymous)), platform);
            assert_eq!(platform_of(&request, None), platform);
            assert_eq!(platform_of(&request, Some(&Caller::Server)), Platform::ServerSide);
        }
    }
}
