//! Deactivating users and bringing them back.

use super::{Input, MAX_USERS, Method, Operation, Path, Rule};

/// Deactivates one user, at once.
pub static DEACTIVATE_USER: Operation = Operation {
    method_name: "deactivateUser",
    method: Method::Post,
    path: Path::parse("/api/v2/users/{user_id}/deactivate"),
    input: Input::Body,
    rules: &[Rule::Text("created_by_id"), Rule::Flag("mark_messages_deleted")],
    public: false,
    idempotent: true,
    result: "DeactivateUserResponse",
};

/// Deactivates users in a task.
pub static DEACTIVATE_USERS: Operation = Operation {
    method_name: "deactivateUsers",
    method: Method::Post,
    path: Path::parse("/api/v2/users/deactivate"),
    input: Input::Body,
    rules: &[
        Rule::UserIds(MAX_USERS),
        Rule::Text("created_by_id"),
        Rule::Flag("mark_messages_deleted"),
        Rule::Flag("mark_channels_deleted"),
    ],
    public: false,
    idempotent: true,
    result: "DeactivateUsersResponse",
};

/// Brings one user back, at once.
pub static REACTIVATE_USER: Operation = Operation {
    method_name: "reactivateUser",
    method: Method::Post,
    path: Path::parse("/api/v2/users/{user_id}/reactivate"),
    input: Input::Body,
    rules: &[Rule::Text("created_by_id"), Rule::Text("name"), Rule::Flag("restore_messages")],
    public: false,
    idempotent: false,
    result: "ReactivateUserResponse",
};

/// Brings users back in a task.
pub static REACTIVATE_USERS: Operation = Operation {
    method_name: "reactivateUsers",
    method: Method::Post,
    path: Path::parse("/api/v2/users/reactivate"),
    input: Input::Body,
    rules: &[
        Rule::UserIds(MAX_USERS),
        Rule::Text("created_by_id"),
        Rule::Flag("restore_messages"),
        Rule::Flag("restore_channels"),
    ],
    public: false,
    idempotent: true,
    result: "ReactivateUsersResponse",
};
