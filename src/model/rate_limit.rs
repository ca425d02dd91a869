//! How many calls are left.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Which rate limits to return: of these platforms and operations; of all when none is named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetRateLimitsRequest {
    /// Those of servers. Without any platform, all are returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_side: Option<bool>,
    /// Those of Android.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub android: Option<bool>,
    /// Those of iOS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ios: Option<bool>,
    /// Those of browsers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web: Option<bool>,
    /// Those of Unity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unity: Option<bool>,
    /// Names of operations, as a list or with commas between them; all when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "string | string[]"))]
    pub endpoints: Option<Vec<String>>,
}

/// Where the callers of one operation on one platform stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct LimitInfoResponse {
    /// How many calls are answered in one window of time.
    pub limit: u32,
    /// How many calls are left in this window.
    pub remaining: u32,
    /// When this window ends, in seconds since 1970.
    pub reset: i64,
}

/// Where callers stand, by platform and operation (`QueryUsers`).
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
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}
