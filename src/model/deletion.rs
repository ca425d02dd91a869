//! Deleting and restoring users.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// Users to delete, and what happens to their data. Queries no longer return the users; a task deletes the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeleteUsersRequest {
    /// 1 to 100 user ids.
    pub user_ids: Vec<String>,
    /// The users themselves: `soft` (the default) keeps their data and can be undone, `pruning` clears their profile,
    /// `hard` removes them permanently and requires `hard` for messages and conversations too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserDeleteMode>,
    /// Their messages; kept by default. `pruning` also removes reactions and flags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<MessageDeleteMode>,
    /// Channels with the user and one other user; kept by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversations: Option<ConversationDeleteMode>,
    /// Calls between the user and one other user; kept by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<CallDeleteMode>,
    /// Whether files that the users uploaded are deleted, including images and attachments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<bool>,
    /// The new owner of the channels of hard-deleted users; by default a generated id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_channel_owner_id: Option<String>,
    /// The new owner of the calls of hard-deleted users.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_call_owner_id: Option<String>,
}

/// How thoroughly users are deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum UserDeleteMode {
    /// Marked as deleted; all data stays, and `restoreUsers` restores the user.
    Soft,
    /// Marked as deleted, and the profile is cleared.
    Pruning,
    /// Removed permanently.
    Hard,
}

/// How thoroughly messages are deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum MessageDeleteMode {
    /// Marked as deleted; nothing is removed.
    Soft,
    /// Marked as deleted and cleared; reactions and flags are removed.
    Pruning,
    /// Removed permanently.
    Hard,
}

/// How thoroughly conversations between two users are deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ConversationDeleteMode {
    /// Marked as deleted.
    Soft,
    /// Removed permanently, including messages.
    Hard,
}

/// How thoroughly calls between two users are deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum CallDeleteMode {
    /// Marked as deleted.
    Soft,
    /// Removed permanently.
    Hard,
}

/// The task that deletes the users.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeleteUsersResponse {
    /// The task to wait for.
    pub task_id: String,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Soft-deleted users to restore. Their memberships, messages and reactions are not restored.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct RestoreUsersRequest {
    /// 1 to 100 user ids.
    pub user_ids: Vec<String>,
}

/// The response of an operation that returns no data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DurationResponse {
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}
