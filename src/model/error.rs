//! The API's error body.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The body of every response that is not a success.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct APIError {
    /// Stream's error code: 4 for invalid input, 16 for something that does not exist, 9 for a rate limit; -1 if the
    /// server itself failed.
    pub code: i32,
    /// The error message: `UpdateUsers failed with error: "…"`.
    pub message: String,
    /// The HTTP status, as in the response.
    #[serde(rename = "StatusCode")]
    pub status_code: u16,
    /// How long the request took, as text: `"0.00ms"`.
    pub duration: String,
    /// The documentation of the error.
    pub more_info: String,
    /// More codes; usually empty.
    #[serde(default)]
    pub details: Vec<i32>,
    /// The invalid fields, each with its problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string>"))]
    pub exception_fields: Option<BTreeMap<String, String>>,
    /// Whether a retry is pointless.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unrecoverable: Option<bool>,
}
