//! The user: as it is written, and the two types in which it is read.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CustomData, PushPreferencesResponse, Timestamp};

/// A user to write. All fields except `id` are optional.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UserRequest {
    /// The user's id, usually the one in your own database: 1 to 255 letters, digits, `@`, `_` and `-`.
    pub id: String,
    /// Display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// URL of the profile image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Name of an existing role; the default for a new user is `user`. Server-side only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Preferred language, as a two-letter ISO 639-1 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether the user appears offline to others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invisible: Option<bool>,
    /// Your own fields, under 5 KB of JSON in total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Custom"))]
    pub custom: Option<CustomData>,
    /// Teams the user belongs to, in a multi-tenant app. Server-side only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teams: Option<Vec<String>>,
    /// The user's role in each team, by team name. Server-side only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string>"))]
    pub teams_role: Option<BTreeMap<String, String>>,
    /// What others can see of the user's activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_settings: Option<PrivacySettingsResponse>,
}

/// What others can see of a user's activity. A setting that was never written is absent and counts as enabled.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PrivacySettingsResponse {
    /// Whether others see that the user is typing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typing_indicators: Option<TypingIndicatorsResponse>,
    /// Whether others see which messages the user has read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_receipts: Option<ReadReceiptsResponse>,
    /// Whether others see which messages were delivered to the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_receipts: Option<DeliveryReceiptsResponse>,
}

/// Whether others see that the user is typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct TypingIndicatorsResponse {
    /// Whether it is on.
    pub enabled: bool,
}

/// Whether others see which messages the user has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ReadReceiptsResponse {
    /// Whether it is on.
    pub enabled: bool,
}

/// Whether others see which messages were delivered to the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeliveryReceiptsResponse {
    /// Whether it is on.
    pub enabled: bool,
}

/// A user with all its fields: returned by upserts, partial updates and queries.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct FullUserResponse {
    /// The user's id.
    pub id: String,
    /// Display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// URL of the profile image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The role that decides what the user may do.
    pub role: String,
    /// Preferred language; an empty string when none was set.
    pub language: String,
    /// Your own fields.
    #[cfg_attr(feature = "types", tsify(type = "Custom"))]
    pub custom: CustomData,
    /// Teams the user belongs to.
    pub teams: Vec<String>,
    /// The user's role in each team, by team name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string>"))]
    pub teams_role: Option<BTreeMap<String, String>>,
    /// What others can see of the user's activity; absent if never set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_settings: Option<PrivacySettingsResponse>,
    /// Whether the user is banned from the whole app.
    pub banned: bool,
    /// When the ban expires; absent without a ban, and for a ban that does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ban_expires: Option<Timestamp>,
    /// Whether the user is shadow banned: it can write, but others do not see it.
    pub shadow_banned: bool,
    /// Whether the user's content bypasses moderation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bypass_moderation: Option<bool>,
    /// Whether the user has an open connection.
    pub online: bool,
    /// Whether the user appears offline to others.
    pub invisible: bool,
    /// Ids of the users that this user has blocked.
    pub blocked_user_ids: Vec<String>,
    /// Devices that receive the user's push notifications.
    pub devices: Vec<DeviceResponse>,
    /// Users that this user has muted.
    pub mutes: Vec<UserMuteResponse>,
    /// Channels this user has muted.
    pub channel_mutes: Vec<ChannelMute>,
    /// Unread messages in all channels.
    pub total_unread_count: u32,
    /// Unread messages in all channels; the older name of `total_unread_count`.
    pub unread_count: u32,
    /// Channels with unread messages.
    pub unread_channels: u32,
    /// Threads with unread messages.
    pub unread_threads: u32,
    /// Channels that the user has recently hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_hidden_channels: Option<Vec<String>>,
    /// The user's average response time in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avg_response_time: Option<u32>,
    /// When the user was created.
    pub created_at: Timestamp,
    /// When the user was last changed.
    pub updated_at: Timestamp,
    /// When the user was last seen; absent if it never connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_active: Option<Timestamp>,
    /// When the user was deactivated; absent for an active user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deactivated_at: Option<Timestamp>,
    /// When the user was deleted; absent for a user that is not deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// Tokens of this user that were issued before this time are rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke_tokens_issued_before: Option<Timestamp>,
}

/// A user without its unread counts and mutes: returned by deactivation, reactivation, export and for guests.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UserResponse {
    /// The user's id.
    pub id: String,
    /// Display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// URL of the profile image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The role that decides what the user may do.
    pub role: String,
    /// Preferred language; an empty string when none was set.
    pub language: String,
    /// Your own fields.
    #[cfg_attr(feature = "types", tsify(type = "Custom"))]
    pub custom: CustomData,
    /// Teams the user belongs to.
    pub teams: Vec<String>,
    /// The user's role in each team, by team name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string>"))]
    pub teams_role: Option<BTreeMap<String, String>>,
    /// What others can see of the user's activity; absent if never set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_settings: Option<PrivacySettingsResponse>,
    /// Whether the user is banned from the whole app.
    pub banned: bool,
    /// When the ban expires; absent without a ban, and for a ban that does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ban_expires: Option<Timestamp>,
    /// Whether the user is shadow banned: it can write, but others do not see it.
    pub shadow_banned: bool,
    /// Whether the user's content bypasses moderation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bypass_moderation: Option<bool>,
    /// Whether the user has an open connection.
    pub online: bool,
    /// Whether the user appears offline to others.
    pub invisible: bool,
    /// Ids of the users that this user has blocked.
    pub blocked_user_ids: Vec<String>,
    /// Devices that receive the user's push notifications; absent if the operation does not return them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<Vec<DeviceResponse>>,
    /// Whether push notifications are turned off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_notifications: Option<PushNotificationSettingsResponse>,
    /// The user's average response time in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avg_response_time: Option<u32>,
    /// When the user was created.
    pub created_at: Timestamp,
    /// When the user was last changed.
    pub updated_at: Timestamp,
    /// When the user was last seen; absent if it never connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_active: Option<Timestamp>,
    /// When the user was deactivated; absent for an active user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deactivated_at: Option<Timestamp>,
    /// When the user was deleted; absent for a user that is not deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// Tokens of this user that were issued before this time are rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke_tokens_issued_before: Option<Timestamp>,
}

/// A user as it sees itself: returned to a user who mutes another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct OwnUserResponse {
    /// The user's id.
    pub id: String,
    /// Display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// URL of the profile image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The role that decides what the user may do.
    pub role: String,
    /// Preferred language; an empty string when none was set.
    pub language: String,
    /// Your own fields.
    #[cfg_attr(feature = "types", tsify(type = "Custom"))]
    pub custom: CustomData,
    /// Teams the user belongs to.
    pub teams: Vec<String>,
    /// The user's role in each team, by team name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string>"))]
    pub teams_role: Option<BTreeMap<String, String>>,
    /// What others can see of the user's activity; absent if never set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_settings: Option<PrivacySettingsResponse>,
    /// Whether the user is banned from the whole app.
    pub banned: bool,
    /// Whether the user has an open connection.
    pub online: bool,
    /// Whether the user appears offline to others.
    pub invisible: bool,
    /// Ids of the users that this user has blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_user_ids: Option<Vec<String>>,
    /// Devices that receive the user's push notifications.
    pub devices: Vec<DeviceResponse>,
    /// Users that this user has muted.
    #[cfg_attr(feature = "types", tsify(type = "UserMuteResponse<Custom>[]"))]
    pub mutes: Vec<UserMuteResponse>,
    /// Channels this user has muted.
    #[cfg_attr(feature = "types", tsify(type = "ChannelMute<Custom>[]"))]
    pub channel_mutes: Vec<ChannelMute>,
    /// Unread messages in all channels.
    pub total_unread_count: u32,
    /// Unread messages in all channels; the older name of `total_unread_count`.
    pub unread_count: u32,
    /// Channels with unread messages.
    pub unread_channels: u32,
    /// Threads with unread messages.
    pub unread_threads: u32,
    /// Unread messages in the channels of each team, by team name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, number>"))]
    pub total_unread_count_by_team: Option<BTreeMap<String, u32>>,
    /// The user's push preferences; absent if never set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_preferences: Option<PushPreferencesResponse>,
    /// Channels that the user has recently hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_hidden_channels: Option<Vec<String>>,
    /// The user's average response time in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avg_response_time: Option<u32>,
    /// When the user was created.
    pub created_at: Timestamp,
    /// When the user was last changed.
    pub updated_at: Timestamp,
    /// When the user was last seen; absent if it never connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_active: Option<Timestamp>,
    /// When the user was deactivated; absent for an active user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deactivated_at: Option<Timestamp>,
    /// When the user was deleted; absent for a user that is not deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// Tokens of this user that were issued before this time are rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke_tokens_issued_before: Option<Timestamp>,
}

/// Whether a user's push notifications are turned off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PushNotificationSettingsResponse {
    /// Whether they are off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    /// When they are turned on again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_until: Option<Timestamp>,
}

/// A device that receives push notifications.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeviceResponse {
    /// The device's push token.
    pub id: String,
    /// Push provider: `firebase`, `apn`, `huawei` or `xiaomi`.
    pub push_provider: String,
    /// The name of the app's configuration of that provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_provider_name: Option<String>,
    /// The owner of the device.
    pub user_id: String,
    /// When the device was registered.
    pub created_at: Timestamp,
    /// Whether the device is disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    /// Why the device is disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_reason: Option<String>,
    /// Whether the token is one for Apple VoIP notifications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voip: Option<bool>,
    /// Stable id of the physical device, which prevents double notifications if two providers know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hardware_id: Option<String>,
}

/// A mute of one user by another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UserMuteResponse {
    /// The muting user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: Option<UserResponse>,
    /// The muted user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub target: Option<UserResponse>,
    /// When the user was muted.
    pub created_at: Timestamp,
    /// When the mute was last changed.
    pub updated_at: Timestamp,
    /// When the mute expires; absent if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

/// A mute of a channel by a user.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct ChannelMute {
    /// The muting user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: Option<UserResponse>,
    /// The channel, as the chat API describes it; dates are not converted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub channel: Option<CustomData>,
    /// When the channel was muted.
    pub created_at: Timestamp,
    /// When the mute was last changed.
    pub updated_at: Timestamp,
    /// When the mute expires; absent if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}
