//! Events that the app makes up and sends to a user.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::CustomData;

/// An event for a user; which one stands in the path.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SendUserCustomEventRequest {
    /// The event.
    pub event: UserCustomEventRequest,
}

/// What happened, in the app's own words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UserCustomEventRequest {
    /// The type, made up by you. It has no dots: those are for types of Stream's own.
    pub r#type: String,
    /// Whatever belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub custom: Option<CustomData>,
}
