//! Block lists: words that an app rejects.

use getstream_users::model::Timestamp;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A block list, in the form of responses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct BlockList {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) r#type: String,
    pub(crate) words: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) team: Option<String>,
    pub(crate) is_confusable_folding_enabled: bool,
    pub(crate) is_leet_check_enabled: bool,
    pub(crate) is_plural_check_enabled: bool,
    pub(crate) is_substring_matching_enabled: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// All block lists by name, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct BlockLists(IndexMap<String, BlockList>);

impl BlockLists {
    pub(crate) fn all(&self) -> impl Iterator<Item = &BlockList> {
        self.0.values()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&BlockList> {
        self.0.get(name)
    }

    /// Adds a list; it replaces the one with the same name.
    pub(crate) fn put(&mut self, list: BlockList) {
        self.0.insert(list.name.clone(), list);
    }

    /// Returns whether there was such a list.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        self.0.shift_remove(name).is_some()
    }
}
