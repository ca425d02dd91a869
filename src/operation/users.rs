//! Creating, changing and finding users.

use super::{Input, Method, Operation, Path, Rule};

/// Creates users, or replaces them as a whole; takes them under their ids.
pub static UPDATE_USERS: Operation = Operation {
    method_name: "updateUsers",
    method: Method::Post,
    path: Path::parse("/api/v2/users"),
    input: Input::Body,
    rules: &[Rule::UserMap],
    public: false,
    idempotent: true,
    result: "UpdateUsersResponse",
};

/// [`UPDATE_USERS`] for users in a list.
pub static UPSERT_USERS: Operation =
    Operation { method_name: "upsertUsers", input: Input::Users, rules: &[Rule::UserList], ..UPDATE_USERS };

/// Changes some fields of users.
pub static UPDATE_USERS_PARTIAL: Operation = Operation {
    method_name: "updateUsersPartial",
    method: Method::Patch,
    path: Path::parse("/api/v2/users"),
    input: Input::Body,
    rules: &[Rule::PartialUpdates],
    public: false,
    idempotent: true,
    result: "UpdateUsersResponse",
};

/// Finds users.
pub static QUERY_USERS: Operation = Operation {
    method_name: "queryUsers",
    method: Method::Get,
    path: Path::parse("/api/v2/users"),
    input: Input::Payload,
    rules: &[Rule::Query],
    public: false,
    idempotent: false,
    result: "QueryUsersResponse",
};
