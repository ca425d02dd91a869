//! Deactivating and reactivating users.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::UserResponse;

/// How to deactivate one user immediately; its id is in the path.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeactivateUserRequest {
    /// The acting user, who is recorded and named in the webhook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by_id: Option<String>,
    /// Whether the user's messages are marked as deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark_messages_deleted: Option<bool>,
}

/// The deactivated user.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct DeactivateUserResponse {
    /// The user, with `deactivated_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: Option<UserResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Users to deactivate in a task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeactivateUsersRequest {
    /// 1 to 100 user ids.
    pub user_ids: Vec<String>,
    /// The acting user, who is recorded and named in the webhook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by_id: Option<String>,
    /// Whether the users' messages are marked as deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark_messages_deleted: Option<bool>,
    /// Whether the channels the users created are marked as deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark_channels_deleted: Option<bool>,
}

/// The task that deactivates the users.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct DeactivateUsersResponse {
    /// The task to wait for.
    pub task_id: String,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// How to reactivate one user immediately; its id is in the path.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ReactivateUserRequest {
    /// The acting user, who is recorded and named in the webhook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by_id: Option<String>,
    /// A new name, in case another user has taken the old one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether messages that the deactivation marked as deleted are restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restore_messages: Option<bool>,
}

/// The reactivated user.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct ReactivateUserResponse {
    /// The user, without `deactivated_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: Option<UserResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Users to reactivate in a task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ReactivateUsersRequest {
    /// 1 to 100 user ids.
    pub user_ids: Vec<String>,
    /// The acting user, who is recorded and named in the webhook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by_id: Option<String>,
    /// Whether messages that the deactivation marked as deleted are restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restore_messages: Option<bool>,
    /// Whether channels that the deactivation marked as deleted are restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restore_channels: Option<bool>,
}

/// The task that reactivates the users.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ReactivateUsersResponse {
    /// The task to wait for.
    pub task_id: String,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}
