//! Looking at tasks.

use super::{Input, Method, Operation, Rule};

/// Says where a task stands.
pub static GET_TASK: Operation = Operation {
    method_name: "getTask",
    method: Method::Get,
    path: "/api/v2/tasks/{id}",
    input: Input::Path,
    rules: &[Rule::Segment("id")],
    public: false,
    result: "GetTaskResponse",
};
