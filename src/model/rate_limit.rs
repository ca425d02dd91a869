//! Rate limits and remaining calls.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Which rate limits to return: those of these platforms and operations, by default all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetRateLimitsRequest {
    /// Limits of servers. Without any platform, all are returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_side: Option<bool>,
    /// Limits of Android.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub android: Option<bool>,
    /// Limits of iOS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ios: Option<bool>,
    /// Limits of browsers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web: Option<bool>,
    /// Limits of Unity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unity: Option<bool>,
    /// Names of operations, as an array or separated by commas; all by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "string | string[]"))]
    pub endpoints: Option<Vec<String>>,
}

/// The rate limit of one operation on one platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct LimitInfoResponse {
    /// How many calls are allowed in one window.
    pub limit: u32,
    /// How many calls remain in this window.
    pub remaining: u32,
    /// When this window ends, in seconds since 1970.
    pub reset: i64,
}

/// Rate limits by platform and operation (`QueryUsers`).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetRateLimitsResponse {
    /// Servers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, LimitInfoResponse>"))]
    pub server_side: Option<BTreeMap<String, LimitInfoResponse>>,
    /// Android.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, LimitInfoResponse>"))]
    pub android: Option<BTreeMap<String, LimitInfoResponse>>,
    /// iOS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, LimitInfoResponse>"))]
    pub ios: Option<BTreeMap<String, LimitInfoResponse>>,
    /// Browsers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, LimitInfoResponse>"))]
    pub web: Option<BTreeMap<String, LimitInfoResponse>>,
    /// Unity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, LimitInfoResponse>"))]
    pub unity: Option<BTreeMap<String, LimitInfoResponse>>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}
