//! Blocks: which user has blocked which.

use getstream_users::model::Timestamp;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// All blocks, with their time: by blocking user, then by blocked user, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Blocks(IndexMap<String, IndexMap<String, Timestamp>>);

impl Blocks {
    /// The users that a user has blocked, and when.
    pub(crate) fn of(&self, user_id: &str) -> impl Iterator<Item = (&str, Timestamp)> {
        self.0.get(user_id).into_iter().flatten().map(|(blocked, at)| (blocked.as_str(), *at))
    }

    /// Adds a block, unless it exists, and returns its time.
    pub(crate) fn add(&mut self, user_id: &str, blocked_id: &str, at: Timestamp) -> Timestamp {
        *self.0.entry(user_id.to_owned()).or_default().entry(blocked_id.to_owned()).or_insert(at)
    }

    /// Removes a block, if it exists.
    pub(crate) fn remove(&mut self, user_id: &str, blocked_id: &str) {
        if let Some(blocks) = self.0.get_mut(user_id) {
            // `shift_remove` keeps the order of the others.
            blocks.shift_remove(blocked_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_keeps_its_time_until_it_is_removed() {
        let mut blocks = Blocks::default();
        for (blocked, at, expected) in [("a", 1, 1), ("b", 2, 2), ("a", 3, 1)] {
            assert_eq!(blocks.add("u", blocked, Timestamp(at)), Timestamp(expected));
        }
        blocks.remove("u", "a");
        blocks.remove("u", "nobody");
        blocks.remove("nobody", "a");
        assert_eq!(blocks.add("u", "a", Timestamp(4)), Timestamp(4));
        let blocked: Vec<&str> = blocks.of("u").map(|(blocked, _)| blocked).collect();
        assert_eq!((blocked, blocks.of("a").count()), (vec!["b", "a"], 0));
    }
}
