//! The export of a user's data.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{CustomData, UserResponse};

/// A user with its messages and reactions. The API does not export a user with more than 10,000 of either.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct ExportUserResponse {
    /// The user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: Option<UserResponse>,
    /// The user's messages, as the chat API describes them; dates are not converted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>[]"))]
    pub messages: Option<Vec<CustomData>>,
    /// The user's reactions, as the chat API describes them; dates are not converted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>[]"))]
    pub reactions: Option<Vec<CustomData>>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Users to export in a task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ExportUsersRequest {
    /// 1 to 25 user ids.
    pub user_ids: Vec<String>,
}

/// The task that exports the users; its result has the `url` of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ExportUsersResponse {
    /// The task to wait for.
    pub task_id: String,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}
