//! Looking at tasks.

use super::{Input, Method, Operation, Path};

/// Says where a task stands.
pub static GET_TASK: Operation = Operation {
    method_name: "getTask",
    method: Method::Get,
    path: Path::parse("/api/v2/tasks/{id}"),
    input: Input::Path,
    rules: &[],
    public: false,
    idempotent: false,
    result: "GetTaskResponse",
};
