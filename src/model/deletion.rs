//! Deleting users and taking a deletion back.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// Users to delete, and what happens to what they leave behind. Users are gone from queries at once; the rest is
/// done by a task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeleteUsersRequest {
    /// 1 to 100 user ids.
    pub user_ids: Vec<String>,
    /// The users themselves: `soft` (the default) keeps their data and can be taken back, `pruning` empties their
    /// profile, `hard` removes them for good and wants `hard` for messages and conversations as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserDeleteMode>,
    /// Their messages; untouched when left out. `pruning` also removes reactions and flags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<MessageDeleteMode>,
    /// Channels that consist of the user and one other; untouched when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversations: Option<ConversationDeleteMode>,
    /// Calls between the user and one other; untouched when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<CallDeleteMode>,
    /// Whether files the users uploaded are deleted, images and attachments included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<bool>,
    /// Who owns the channels of users that are deleted hard; a generated id when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_channel_owner_id: Option<String>,
    /// Who owns the calls of users that are deleted hard.
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
    /// Marked as deleted, and the profile is emptied.
    Pruning,
    /// Removed for good.
    Hard,
}

/// How thoroughly messages are deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum MessageDeleteMode {
    /// Marked as deleted; nothing is removed.
    Soft,
    /// Marked as deleted and emptied; reactions and flags are removed.
    Pruning,
    /// Removed for good.
    Hard,
}

/// How thoroughly conversations between two users are deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ConversationDeleteMode {
    /// Marked as deleted.
    Soft,
    /// Removed for good, messages included.
    Hard,
}

/// How thoroughly calls between two users are deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum CallDeleteMode {
    /// Marked as deleted.
    Soft,
    /// Removed for good.
    Hard,
}

/// The task that deletes the users.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeleteUsersResponse {
    /// The task to wait for.
    pub task_id: String,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Soft-deleted users to bring back. Memberships, messages and reactions do not come back with them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct RestoreUsersRequest {
    /// 1 to 100 user ids.
    pub user_ids: Vec<String>,
}

/// The answer of an operation that returns nothing but success.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DurationResponse {
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}
