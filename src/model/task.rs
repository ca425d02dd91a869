//! Tasks: work that the API does after its response.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{CustomData, Timestamp};

/// The status of a task. The last one is `completed` or `failed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Not started.
    #[default]
    Pending,
    /// Running.
    Running,
    /// Successful; see `result`.
    Completed,
    /// Failed; see `error`.
    Failed,
}

/// A task and its status.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetTaskResponse {
    /// The task's id.
    pub task_id: String,
    /// Its status. It may be a status that this version does not know.
    #[cfg_attr(feature = "types", tsify(type = "TaskStatus | (string & {})"))]
    pub status: TaskStatus,
    /// When the task was created.
    pub created_at: Timestamp,
    /// When its status last changed.
    pub updated_at: Timestamp,
    /// Its result; the shape depends on the operation (`{ url }` for `exportUsers`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub result: Option<CustomData>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorResult>,
    /// How long the request took, as text: `"3.02ms"`.
    pub duration: String,
}

/// Why a task failed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ErrorResult {
    /// The type of error.
    pub r#type: String,
    /// The description of the error.
    pub description: String,
    /// The server's stack trace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stacktrace: Option<String>,
    /// The server's version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}
