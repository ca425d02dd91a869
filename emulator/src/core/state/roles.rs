//! Roles, by name.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

/// The role of a user that nobody gave one.
pub(crate) const DEFAULT_ROLE: &str = "user";
/// The role of guests.
pub(crate) const GUEST_ROLE: &str = "guest";
/// The role of callers without a token.
pub(crate) const ANONYMOUS_ROLE: &str = "anonymous";

/// Roles that every app has. Some are only seen in one source; too many do no harm.
const BUILT_IN: &[&str] =
    &[DEFAULT_ROLE, GUEST_ROLE, ANONYMOUS_ROLE, "admin", "moderator", "global_admin", "global_moderator"];

/// The roles of an app.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Roles {
    /// Roles that the app has made, by name.
    custom: IndexSet<String>,
}

impl Roles {
    /// Whether a user may be given this role.
    pub(crate) fn has(&self, name: &str) -> bool {
        BUILT_IN.contains(&name) || self.custom.contains(name)
    }
}
