//! Work that the API does after it has answered.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{CustomData, Timestamp};

/// Where a task stands. It ends with `completed` or `failed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Not begun.
    #[default]
    Pending,
    /// Under way.
    Running,
    /// Ended well; `result` says with what.
    Completed,
    /// Ended badly; `error` says why.
    Failed,
}

/// A task and where it stands.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetTaskResponse {
    /// The task's id.
    pub task_id: String,
    /// Where it stands. It may say what this version does not know.
    #[cfg_attr(feature = "types", tsify(type = "TaskStatus | (string & {})"))]
    pub status: TaskStatus,
    /// When it was requested.
    pub created_at: Timestamp,
    /// When it last moved on.
    pub updated_at: Timestamp,
    /// Its result; the shape depends on the operation (`{ url }` for `exportUsers`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub result: Option<CustomData>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorResult>,
    /// How long the server took to answer, for reading: `"3.02ms"`.
    pub duration: String,
}

/// Why a task failed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ErrorResult {
    /// The kind of failure.
    pub r#type: String,
    /// The failure in words.
    pub description: String,
    /// Where in the server it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stacktrace: Option<String>,
    /// The server's version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}
