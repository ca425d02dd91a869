//! Deactivating and reactivating users.

use super::{Answer, Operation, Path, Rule, USUAL};
use crate::limits::MAX_USERS;

/// Deactivates one user immediately.
pub static DEACTIVATE_USER: Operation = Operation {
    method_name: "deactivateUser",
    path: Path::parse("/api/v2/users/{user_id}/deactivate"),
    rules: &[Rule::Text("created_by_id"), Rule::Flag("mark_messages_deleted")],
    idempotent: true,
    result: Answer::DeactivateUserResponse,
    ..USUAL
};

/// Deactivates users in a task.
pub static DEACTIVATE_USERS: Operation = Operation {
    method_name: "deactivateUsers",
    path: Path::parse("/api/v2/users/deactivate"),
    rules: &[
        Rule::Ids("user_ids", MAX_USERS),
        Rule::Text("created_by_id"),
        Rule::Flag("mark_messages_deleted"),
        Rule::Flag("mark_channels_deleted"),
    ],
    idempotent: true,
    ..USUAL
};

/// Reactivates one user immediately.
pub static REACTIVATE_USER: Operation = Operation {
    method_name: "reactivateUser",
    path: Path::parse("/api/v2/users/{user_id}/reactivate"),
    rules: &[Rule::Text("created_by_id"), Rule::Text("name"), Rule::Flag("restore_messages")],
    result: Answer::ReactivateUserResponse,
    ..USUAL
};

/// Reactivates users in a task.
pub static REACTIVATE_USERS: Operation = Operation {
    method_name: "reactivateUsers",
    path: Path::parse("/api/v2/users/reactivate"),
    rules: &[
        Rule::Ids("user_ids", MAX_USERS),
        Rule::Text("created_by_id"),
        Rule::Flag("restore_messages"),
        Rule::Flag("restore_channels"),
    ],
    idempotent: true,
    ..USUAL
};
