//! Exporting users.

use super::{Answer, Input, Method, Operation, Path, Rule, USUAL};
use crate::limits::MAX_EXPORTED_USERS;

/// Exports one user immediately.
pub static EXPORT_USER: Operation = Operation {
    method_name: "exportUser",
    method: Method::Get,
    path: Path::parse("/api/v2/users/{user_id}/export"),
    input: Input::Url,
    result: Answer::ExportUserResponse,
    ..USUAL
};

/// Exports users in a task.
pub static EXPORT_USERS: Operation = Operation {
    method_name: "exportUsers",
    path: Path::parse("/api/v2/export/users"),
    rules: &[Rule::Ids("user_ids", MAX_EXPORTED_USERS)],
    idempotent: true,
    ..USUAL
};
