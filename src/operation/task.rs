//! Reading tasks.

use super::{Answer, Input, Method, Operation, Path, USUAL};

/// Returns the state of a task.
pub static GET_TASK: Operation = Operation {
    method_name: "getTask",
    method: Method::Get,
    path: Path::parse("/api/v2/tasks/{id}"),
    input: Input::Url,
    result: Answer::GetTaskResponse,
    ..USUAL
};
