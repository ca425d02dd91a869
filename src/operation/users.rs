//! Creating, changing and finding users.

use super::{Answer, Input, Method, Operation, Path, Rule, USUAL};
use crate::limits::{MAX_QUERY_LIMIT, MAX_QUERY_OFFSET, MAX_SORT_TERMS, MAX_USERS};

/// Creates or replaces users, from an object with each user under its id.
pub static UPDATE_USERS: Operation = Operation {
    method_name: "updateUsers",
    path: Path::parse("/api/v2/users"),
    rules: &[Rule::UserMap],
    idempotent: true,
    result: Answer::UpdateUsersResponse,
    ..USUAL
};

/// [`UPDATE_USERS`] with an array of users.
pub static UPSERT_USERS: Operation =
    Operation { method_name: "upsertUsers", input: Input::Users, rules: &[Rule::UserList], ..UPDATE_USERS };

/// Changes some fields of users.
pub static UPDATE_USERS_PARTIAL: Operation = Operation {
    method_name: "updateUsersPartial",
    method: Method::Patch,
    path: Path::parse("/api/v2/users"),
    rules: &[Rule::PartialUpdates],
    idempotent: true,
    result: Answer::UpdateUsersResponse,
    ..USUAL
};

/// Finds users.
pub static QUERY_USERS: Operation = Operation {
    method_name: "queryUsers",
    method: Method::Get,
    path: Path::parse("/api/v2/users"),
    input: Input::Url,
    query: "payload",
    rules: &[Rule::Query { limit: MAX_QUERY_LIMIT, offset: MAX_QUERY_OFFSET, sort: MAX_SORT_TERMS }],
    result: Answer::QueryUsersResponse,
    ..USUAL
};

/// Revokes tokens of users that were issued before a time.
pub static REVOKE_USER_TOKENS: Operation = Operation {
    method_name: "revokeUserTokens",
    input: Input::Revocation,
    rules: &[Rule::Ids("userIds", MAX_USERS), Rule::Time("before")],
    ..UPDATE_USERS_PARTIAL
};

/// [`REVOKE_USER_TOKENS`] for one user.
pub static REVOKE_USER_TOKEN: Operation = Operation {
    method_name: "revokeUserToken",
    input: Input::Revocation,
    rules: &[Rule::Required("userId"), Rule::Time("before")],
    ..UPDATE_USERS_PARTIAL
};
