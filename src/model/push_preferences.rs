//! What users want to be notified of.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// Preferences to change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpsertPushPreferencesRequest {
    /// At least one.
    pub preferences: Vec<PushPreferenceInput>,
}

/// The preference of one user, for everything or for one channel. Fields that are left out do not change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PushPreferenceInput {
    /// The user. A server has to name one; a user may leave it out and can only name itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The channel, as `type:id`. Without it, the preference is for everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_cid: Option<String>,
    /// Which messages notify.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_level: Option<ChatPushLevel>,
    /// Which calls notify; not for a channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_level: Option<PushLevel>,
    /// Which events of feeds notify; not for a channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeds_level: Option<PushLevel>,
    /// Nothing notifies before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Date | string"))]
    pub disabled_until: Option<Timestamp>,
    /// Takes back `disabled_until`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_disable: Option<bool>,
    /// Which messages notify, kind by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_preferences: Option<ChatPreferences>,
    /// Which events of feeds notify, kind by kind; not for a channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeds_preferences: Option<FeedsPreferences>,
}

/// Which messages notify.
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
    /// Whatever the app says.
    Default,
}

/// How much notifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PushLevel {
    /// Everything.
    All,
    /// Nothing.
    None,
    /// Whatever the app says.
    Default,
}

/// Whether something notifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PushChoice {
    /// It does.
    All,
    /// It does not.
    None,
}

/// Which messages notify, kind by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ChatPreferences {
    /// Every kind that is not named.
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
    /// Mentions of everyone who is present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub here_mentions: Option<PushChoice>,
    /// Replies in threads of the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread_replies: Option<PushChoice>,
}

/// Which events of feeds notify, kind by kind.
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

/// The preferences of the users whose preferences were changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpsertPushPreferencesResponse {
    /// What each of them wants of everything, by user id.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, PushPreferencesResponse>"))]
    pub user_preferences: BTreeMap<String, PushPreferencesResponse>,
    /// Their preferences for the named channels, by user id and channel.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, Record<string, ChannelPushPreferencesResponse>>"))]
    pub user_channel_preferences: BTreeMap<String, BTreeMap<String, ChannelPushPreferencesResponse>>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// The push preferences of a user. Preferences that were never set are absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PushPreferencesResponse {
    /// Which messages notify.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "ChatPushLevel | (string & {})"))]
    pub chat_level: Option<ChatPushLevel>,
    /// Which calls notify.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "PushLevel | (string & {})"))]
    pub call_level: Option<PushLevel>,
    /// Which events of feeds notify.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "PushLevel | (string & {})"))]
    pub feeds_level: Option<PushLevel>,
    /// Nothing notifies before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_until: Option<Timestamp>,
    /// Which messages notify, kind by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_preferences: Option<ChatPreferences>,
    /// Which events of feeds notify, kind by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeds_preferences: Option<FeedsPreferences>,
}

/// The push preferences of a user in a channel. Preferences that were never set are absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ChannelPushPreferencesResponse {
    /// Which messages notify.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "ChatPushLevel | (string & {})"))]
    pub chat_level: Option<ChatPushLevel>,
    /// Nothing notifies before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_until: Option<Timestamp>,
    /// Which messages notify, kind by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_preferences: Option<ChatPreferences>,
}
