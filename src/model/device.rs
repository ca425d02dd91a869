//! Devices that receive push notifications. How one is read stands with the user.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{DeviceResponse, UserRequest};

/// A device to register. One with the same id is replaced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct CreateDeviceRequest {
    /// The device's push token: 1 to 255 characters.
    pub id: String,
    /// The push service that the token is for.
    pub push_provider: PushProvider,
    /// Which of the app's configurations of that service is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_provider_name: Option<String>,
    /// Whether the token is one for Apple VoIP notifications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voip_token: Option<bool>,
    /// Stable id of the physical device, to send one notification where two services know it: at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hardware_id: Option<String>,
    /// Whose device it is. Server-side only: a user registers its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Whose device it is, as a user to create or replace. Server-side only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// A push service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PushProvider {
    /// Firebase Cloud Messaging.
    Firebase,
    /// Apple Push Notification service.
    Apn,
    /// Huawei Push Kit.
    Huawei,
    /// Xiaomi Mi Push.
    Xiaomi,
}

impl PushProvider {
    /// The service's name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Firebase => "firebase",
            Self::Apn => "apn",
            Self::Huawei => "huawei",
            Self::Xiaomi => "xiaomi",
        }
    }
}

/// Whose devices are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ListDevicesRequest {
    /// The user. Server-side only: a user lists its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// A user's devices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ListDevicesResponse {
    /// The devices, in the order in which they were registered.
    pub devices: Vec<DeviceResponse>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// A device that gets nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeleteDeviceRequest {
    /// The device's push token.
    pub id: String,
    /// Whose device it is. Server-side only: a user removes its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}
