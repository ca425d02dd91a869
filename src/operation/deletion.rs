//! Deleting and restoring users.

use super::{Operation, Path, Rule, USUAL};
use crate::limits::MAX_USERS;

const MODES: &[&str] = &["soft", "pruning", "hard"];
/// Conversations and calls cannot be pruned.
const PLAIN_MODES: &[&str] = &["soft", "hard"];

/// Deletes users immediately, and their data in a task.
///
/// Whether `user: "hard"` requires `hard` for messages and conversations too is left to the API: its description says
/// so, but its own guide shows the opposite.
pub static DELETE_USERS: Operation = Operation {
    method_name: "deleteUsers",
    path: Path::parse("/api/v2/users/delete"),
    rules: &[
        Rule::Ids("user_ids", MAX_USERS),
        Rule::OneOf("user", MODES),
        Rule::OneOf("messages", MODES),
        Rule::OneOf("conversations", PLAIN_MODES),
        Rule::OneOf("calls", PLAIN_MODES),
        Rule::Flag("files"),
        Rule::Text("new_channel_owner_id"),
        Rule::Text("new_call_owner_id"),
    ],
    idempotent: true,
    ..USUAL
};

/// Restores soft-deleted users.
pub static RESTORE_USERS: Operation = Operation {
    method_name: "restoreUsers",
    path: Path::parse("/api/v2/users/restore"),
    rules: &[Rule::Ids("user_ids", MAX_USERS)],
    ..USUAL
};
