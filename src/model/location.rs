//! Live locations: a user's position, shared in a message for a while.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// Which live locations to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetUserLiveLocationsRequest {
    /// The user. Server-side only: a user lists its own locations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// The live locations that a user currently shares.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SharedLocationsResponse {
    /// The locations that have not ended.
    pub active_live_locations: Vec<SharedLocationResponseData>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// A user's new position. Fields that are left out stay unchanged.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpdateLiveLocationRequest {
    /// The message that the location is shared in.
    pub message_id: String,
    /// Degrees north of the equator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// Degrees east of Greenwich.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// When sharing ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Date | string"))]
    pub end_at: Option<Timestamp>,
    /// The user. Server-side only: a user updates its own location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// A live location after it was updated.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SharedLocationResponse {
    /// The message that the location is shared in.
    pub message_id: String,
    /// The message's channel, as `type:id`.
    pub channel_cid: String,
    /// The user who shares the location.
    pub user_id: String,
    /// The device that started sharing.
    pub created_by_device_id: String,
    /// Degrees north of the equator.
    pub latitude: f64,
    /// Degrees east of Greenwich.
    pub longitude: f64,
    /// When sharing started.
    pub created_at: Timestamp,
    /// When the location last changed.
    pub updated_at: Timestamp,
    /// When sharing ends; absent if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_at: Option<Timestamp>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// A live location.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SharedLocationResponseData {
    /// The message that the location is shared in.
    pub message_id: String,
    /// The message's channel, as `type:id`.
    pub channel_cid: String,
    /// The user who shares the location.
    pub user_id: String,
    /// The device that started sharing.
    pub created_by_device_id: String,
    /// Degrees north of the equator.
    pub latitude: f64,
    /// Degrees east of Greenwich.
    pub longitude: f64,
    /// When sharing started.
    pub created_at: Timestamp,
    /// When the location last changed.
    pub updated_at: Timestamp,
    /// When sharing ends; absent if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_at: Option<Timestamp>,
}
