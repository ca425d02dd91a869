//! Users blocking each other.

use super::{Answer, Input, Method, Operation, Path, Rule, USUAL};

const RULES: &[Rule] = &[Rule::Required("blocked_user_id"), Rule::Text("user_id"), Rule::User("user")];

/// Blocks a user for another.
pub static BLOCK_USERS: Operation = Operation {
    method_name: "blockUsers",
    path: Path::parse("/api/v2/users/block"),
    rules: RULES,
    idempotent: true,
    result: Answer::BlockUsersResponse,
    ..USUAL
};

/// Removes a block.
pub static UNBLOCK_USERS: Operation = Operation {
    method_name: "unblockUsers",
    path: Path::parse("/api/v2/users/unblock"),
    rules: RULES,
    idempotent: true,
    ..USUAL
};

/// Lists the users that a user has blocked.
pub static GET_BLOCKED_USERS: Operation = Operation {
    method_name: "getBlockedUsers",
    method: Method::Get,
    path: Path::parse("/api/v2/users/block"),
    input: Input::Url,
    query: "user_id",
    optional: true,
    rules: &[Rule::Text("user_id")],
    result: Answer::GetBlockedUsersResponse,
    ..USUAL
};
