//! Exporting users.

use super::{Input, Method, Operation, Path, Rule};

/// How many users one export may hold.
const MAX_EXPORTED: usize = 25;

/// Exports one user, at once.
pub static EXPORT_USER: Operation = Operation {
    method_name: "exportUser",
    method: Method::Get,
    path: Path::parse("/api/v2/users/{user_id}/export"),
    input: Input::Path,
    rules: &[],
    public: false,
    idempotent: false,
    result: "ExportUserResponse",
};

/// Exports users in a task.
pub static EXPORT_USERS: Operation = Operation {
    method_name: "exportUsers",
    method: Method::Post,
    path: Path::parse("/api/v2/export/users"),
    input: Input::Body,
    rules: &[Rule::UserIds(MAX_EXPORTED)],
    public: false,
    idempotent: true,
    result: "ExportUsersResponse",
};
