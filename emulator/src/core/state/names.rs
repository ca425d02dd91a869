//! An index of names, for apps with unique names.
//!
//! Stream's documentation treats names as equal when they have the same letters and digits, whatever their case and
//! other characters. A choice: a name without letters and digits is not indexed.

use std::collections::{BTreeMap, BTreeSet};

/// User ids by normalized name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Names(BTreeMap<String, BTreeSet<String>>);

impl Names {
    pub(super) fn add(&mut self, id: &str, key: String) {
        self.0.entry(key).or_default().insert(id.to_owned());
    }

    pub(super) fn remove(&mut self, id: &str, key: &str) {
        if let Some(ids) = self.0.get_mut(key) {
            ids.remove(id);
            if ids.is_empty() {
                self.0.remove(key);
            }
        }
    }

    /// The ids of the users with a name, normalized by [`key`].
    pub(super) fn holders(&self, key: &str) -> impl Iterator<Item = &str> {
        self.0.get(key).into_iter().flatten().map(String::as_str)
    }
}

/// The normalized name: its letters and digits, in lower case. `None` if it has none.
pub(super) fn key(name: &str) -> Option<String> {
    let key: String = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (!key.is_empty()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_count_in_any_case() {
        for (name, expected) in [
            ("Ann Lee", Some("annlee")),
            (" ann-LEE!\t", Some("annlee")),
            ("Zoë 2", Some("zoë2")),
            ("李", Some("李")),
            ("", None),
            (" -!", None),
        ] {
            assert_eq!(key(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn what_is_added_can_be_removed_without_a_trace() {
        let mut names = Names::default();
        names.add("a", "ann".to_owned());
        names.add("b", "ann".to_owned());
        assert_eq!(names.holders("ann").collect::<Vec<_>>(), ["a", "b"]);
        names.remove("a", "ann");
        assert_eq!(names.holders("ann").collect::<Vec<_>>(), ["b"]);
        names.remove("b", "ann");
        assert_eq!(names, Names::default());
    }
}
