//! What happened, for those who listen: the app's hooks.

use serde::Serialize;
use serde_json::Value;

use crate::core::state::World;
use crate::core::wire::Cause;

impl World {
    /// Tells the app's hooks that something happened, by the name of the event. To be called when it has happened and
    /// nothing can fail any more. `fields` is what the event has beside `type` and `created_at`; it is only asked for when
    /// a hook listens.
    #[allow(clippy::unused_self, dead_code, reason = "hooks come next")]
    pub(crate) fn announce(
        &mut self,
        _event: &str,
        _cause: Cause<'_>,
        _fields: impl FnOnce(&Self) -> Vec<(&'static str, Value)>,
    ) {
    }
}

/// A field of an event.
#[allow(dead_code, reason = "hooks come next")]
pub(crate) fn value(content: &impl Serialize) -> Value {
    // What an answer could hold can be written.
    serde_json::to_value(content).unwrap_or_default()
}
