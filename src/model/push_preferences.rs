//! Push preferences: what users are notified of.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// Preferences to change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpsertPushPreferencesRequest {
    /// The preferences, at least one.
    pub preferences: Vec<PushPreferenceInput>,
}

/// The preference of one user, for everything or for one channel. Fields that are left out stay unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PushPreferenceInput {
    /// The user. A server has to name one; a user may leave it out and can only name itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The channel, as `type:id`. Without it, the preference is for everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_cid: Option<String>,
    /// Which messages cause notifications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_level: Option<ChatPushLevel>,
    /// Which calls cause notifications; not for a channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_level: Option<PushLevel>,
    /// Which feed events cause notifications; not for a channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeds_level: Option<PushLevel>,
    /// No notifications are sent before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Date | string"))]
    pub disabled_until: Option<Timestamp>,
    /// Removes `disabled_until`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_disable: Option<bool>,
    /// Which messages cause notifications, by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_preferences: Option<ChatPreferences>,
    /// Which feed events cause notifications, by kind; not for a channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeds_preferences: Option<FeedsPreferences>,
}

/// Which messages cause notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ChatPushLevel {
    /// All of them.
    All,
    /// The older name of `direct_mentions`.
    Mentions,
    /// Those that mention the user.
    DirectMentions,
    /// Those that mention the user or a group it belongs to.
    AllMentions,
    /// None.
    None,
    /// The app's default.
    Default,
}

/// What causes notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PushLevel {
    /// Everything.
    All,
    /// Nothing.
    None,
    /// The app's default.
    Default,
}

/// Whether something causes notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PushChoice {
    /// Yes.
    All,
    /// No.
    None,
}

/// Which messages cause notifications, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ChatPreferences {
    /// Every kind without a field here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_preference: Option<PushChoice>,
    /// Those that mention the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direct_mentions: Option<PushChoice>,
    /// Those that mention a group of the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_mentions: Option<PushChoice>,
    /// Those that mention a role of the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_mentions: Option<PushChoice>,
    /// Those that mention the whole channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_mentions: Option<PushChoice>,
    /// Those that mention everyone who is online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub here_mentions: Option<PushChoice>,
    /// Replies in the user's threads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread_replies: Option<PushChoice>,
}

/// Which feed events cause notifications, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct FeedsPreferences {
    /// Comments on the user's activities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<PushChoice>,
    /// Comments that mention the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment_mention: Option<PushChoice>,
    /// Reactions to the user's comments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment_reaction: Option<PushChoice>,
    /// Replies to the user's comments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment_reply: Option<PushChoice>,
    /// New followers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow: Option<PushChoice>,
    /// Activities that mention the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention: Option<PushChoice>,
    /// Reactions to the user's activities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reaction: Option<PushChoice>,
    /// Activities of the app's own types, by type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, PushChoice>"))]
    pub custom_activity_types: Option<BTreeMap<String, PushChoice>>,
}

/// The changed preferences.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpsertPushPreferencesResponse {
    /// The users' preferences for everything, by user id.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, PushPreferencesResponse>"))]
    pub user_preferences: BTreeMap<String, PushPreferencesResponse>,
    /// The users' preferences for channels, by user id and channel.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, Record<string, ChannelPushPreferencesResponse>>"))]
    pub user_channel_preferences: BTreeMap<String, BTreeMap<String, ChannelPushPreferencesResponse>>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// The push preferences of a user. Preferences that were never set are absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PushPreferencesResponse {
    /// Which messages cause notifications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "ChatPushLevel | (string & {})"))]
    pub chat_level: Option<ChatPushLevel>,
    /// Which calls cause notifications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "PushLevel | (string & {})"))]
    pub call_level: Option<PushLevel>,
    /// Which feed events cause notifications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "PushLevel | (string & {})"))]
    pub feeds_level: Option<PushLevel>,
    /// No notifications are sent before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_until: Option<Timestamp>,
    /// Which messages cause notifications, by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_preferences: Option<ChatPreferences>,
    /// Which feed events cause notifications, by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeds_preferences: Option<FeedsPreferences>,
}

/// The push preferences of a user in a channel. Preferences that were never set are absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ChannelPushPreferencesResponse {
    /// Which messages cause notifications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "ChatPushLevel | (string & {})"))]
    pub chat_level: Option<ChatPushLevel>,
    /// No notifications are sent before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_until: Option<Timestamp>,
    /// Which messages cause notifications, by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_preferences: Option<ChatPreferences>,
}
