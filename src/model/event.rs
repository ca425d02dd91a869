//! Types that occur only in events.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CustomData, PrivacySettingsResponse, Timestamp};

/// A user inside an event.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UserResponsePrivacyFields {
    /// The user's id.
    pub id: String,
    /// Display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// URL of the profile image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Preferred language; an empty string when none was set.
    pub language: String,
    /// The role that decides what the user may do.
    pub role: String,
    /// Your own fields.
    #[cfg_attr(feature = "types", tsify(type = "Custom"))]
    pub custom: CustomData,
    /// Teams the user belongs to.
    pub teams: Vec<String>,
    /// The user's role in each team, by team name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string>"))]
    pub teams_role: Option<BTreeMap<String, String>>,
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
    /// Whether the user is banned from the whole app.
    pub banned: bool,
    /// Whether the user has an open connection.
    pub online: bool,
    /// Ids of the users that this user has blocked.
    pub blocked_user_ids: Vec<String>,
    /// The user's average response time in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avg_response_time: Option<u32>,
    /// Whether the user appears offline to others; only in `user.updated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invisible: Option<bool>,
    /// What the user lets others see; only in `user.updated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_settings: Option<PrivacySettingsResponse>,
}
