//! Custom events that the app sends to a user.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::CustomData;

/// An event for a user, whose id is in the path.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SendUserCustomEventRequest {
    /// The event.
    pub event: UserCustomEventRequest,
}

/// A custom event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UserCustomEventRequest {
    /// Your own event type. It must not contain dots: those are in Stream's own types.
    pub r#type: String,
    /// Your own data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub custom: Option<CustomData>,
}
