//! Live locations: where users are, shared in a message.

use getstream_users::model::{SharedLocationResponseData, Timestamp};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// The live locations of all users, by user and message, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Locations(IndexMap<String, IndexMap<String, SharedLocationResponseData>>);

impl Locations {
    pub(crate) fn get(&self, user_id: &str, message_id: &str) -> Option<&SharedLocationResponseData> {
        self.0.get(user_id)?.get(message_id)
    }

    /// Adds a location; it replaces the one of the same message.
    pub(crate) fn put(&mut self, location: SharedLocationResponseData) {
        self.0.entry(location.user_id.clone()).or_default().insert(location.message_id.clone(), location);
    }

    /// The locations that a user shares at `now`.
    pub(crate) fn active(&self, user_id: &str, now: Timestamp) -> impl Iterator<Item = &SharedLocationResponseData> {
        let all = self.0.get(user_id).into_iter().flat_map(IndexMap::values);
        all.filter(move |location| location.end_at.is_none_or(|end_at| end_at > now))
    }

    /// Removes all locations of a user.
    pub(crate) fn remove_all(&mut self, user_id: &str) {
        self.0.shift_remove(user_id);
    }
}
