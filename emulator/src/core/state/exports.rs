//! Files of exports.
//!
//! A choice, because no source says how long a file is kept: the latest thousand are.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// How many files are kept.
const KEPT: usize = 1_000;

/// Files by name, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Exports(IndexMap<String, String>);

impl Exports {
    pub(crate) fn add(&mut self, name: String, content: String) {
        self.0.insert(name, content);
        if self.0.len() > KEPT {
            self.0.shift_remove_index(0);
        }
    }

    /// The content of a file.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_files_are_forgotten() {
        let mut exports = Exports::default();
        for number in 0..=KEPT {
            exports.add(number.to_string(), "{}".to_owned());
        }
        assert_eq!((exports.get("0"), exports.get("1"), exports.get("1000")), (None, Some("{}"), Some("{}")));
    }
}
