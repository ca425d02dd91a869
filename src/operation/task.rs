//! Looking at tasks.

use super::{Answer, Input, Method, Operation, Path, USUAL};

/// Says where a task stands.
pub static GET_TASK: Operation = Operation {
    method_name: "getTask",
    method: Method::Get,
    path: Path::parse("/api/v2/tasks/{id}"),
    input: Input::Url,
    result: Answer::GetTaskResponse,
    ..USUAL
};
