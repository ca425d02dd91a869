//! How the API says no.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The body of every answer that is not a success.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct APIError {
    /// Stream's number for the kind of failure: 4 for bad input, 16 for something that does not exist, 9 for a rate
    /// limit; -1 for a failure of the server itself.
    pub code: i32,
    /// The failure in words: `UpdateUsers failed with error: "…"`.
    pub message: String,
    /// The HTTP status, once more.
    #[serde(rename = "StatusCode")]
    pub status_code: u16,
    /// How long the server took, for reading: `"0.00ms"`.
    pub duration: String,
    /// Where the failure is documented.
    pub more_info: String,
    /// Further codes; most often empty.
    #[serde(default)]
    pub details: Vec<i32>,
    /// The fields at fault and what is wrong with each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string>"))]
    pub exception_fields: Option<BTreeMap<String, String>>,
    /// Whether trying again is pointless.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unrecoverable: Option<bool>,
}
