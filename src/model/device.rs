//! Devices that receive push notifications. The type of a stored device is with the user.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{DeviceResponse, UserRequest};

/// A device to register. It replaces a device with the same id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct CreateDeviceRequest {
    /// The device's push token: 1 to 255 characters.
    pub id: String,
    /// The push provider of the token.
    pub push_provider: PushProvider,
    /// The name of the app's configuration of that provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_provider_name: Option<String>,
    /// Whether the token is one for Apple VoIP notifications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voip_token: Option<bool>,
    /// Stable id of the physical device, which prevents double notifications if two providers know it: at most 255
    /// characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hardware_id: Option<String>,
    /// The owner of the device. Server-side only: a user registers its own devices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The owner of the device, who is created or replaced. Server-side only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// A push provider.
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
    /// The provider's name in requests.
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

/// Which devices to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ListDevicesRequest {
    /// The user. Server-side only: a user lists its own devices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// A user's devices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ListDevicesResponse {
    /// The devices, in the order of registration.
    pub devices: Vec<DeviceResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// A device to delete.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeleteDeviceRequest {
    /// The device's push token.
    pub id: String,
    /// The owner of the device. Server-side only: a user deletes its own devices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}
