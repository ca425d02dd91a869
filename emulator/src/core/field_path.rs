//! Dotted field paths into custom data: `address.city`.

use std::fmt;

use serde_json::{Map, Value};

/// The most parts of a path. JSON of that depth is rejected too: a caller must not decide how deep the recursion here
/// goes.
const MAX_DEPTH: usize = 100;

/// A path, split at its dots. It has at least one part, and no part is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    first: String,
    rest: Vec<String>,
}

/// The path is invalid: a part is empty or contains a space (the API rejects both in SDK tests), or there are too many
/// parts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct InvalidPath;

/// A value on the path exists and is not an object.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotAnObject;

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first)?;
        self.rest.iter().try_for_each(|part| write!(f, ".{part}"))
    }
}

impl Path {
    /// # Errors
    /// [`InvalidPath`] if a part is empty or contains a space, or if there are more than 100 parts.
    pub(crate) fn parse(name: &str) -> Result<Self, InvalidPath> {
        let spaced = name.chars().any(char::is_whitespace);
        if spaced || name.split('.').any(str::is_empty) || name.split('.').count() > MAX_DEPTH {
            return Err(InvalidPath);
        }
        let mut parts = name.split('.').map(str::to_owned);
        let first = parts.next().ok_or(InvalidPath)?;
        Ok(Self { first, rest: parts.collect() })
    }

    /// The first part.
    pub(crate) fn first(&self) -> &str {
        &self.first
    }

    /// The parts, in order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.first).chain(&self.rest).map(String::as_str)
    }

    /// The number of parts.
    pub(crate) fn depth(&self) -> usize {
        1 + self.rest.len()
    }

    /// The path without its first part; `None` if that was the only one.
    pub(crate) fn tail(&self) -> Option<Self> {
        let (first, rest) = self.rest.split_first()?;
        Some(Self { first: first.clone(), rest: rest.to_vec() })
    }

    /// The value at the path. Text search reads custom data with it.
    #[cfg(test)]
    pub(crate) fn get<'a>(&self, object: &'a Map<String, Value>) -> Option<&'a Value> {
        self.rest.iter().try_fold(object.get(&self.first)?, |value, part| value.get(part.as_str()))
    }

    /// Sets the value at the path, and creates the missing objects on the way.
    ///
    /// # Errors
    /// [`NotAnObject`] if a value on the path exists and is not an object; nothing is written then. The API's behaviour is unknown, and overwriting data that the caller did not name would be the worse guess.
    pub(crate) fn set(&self, object: &mut Map<String, Value>, value: Value) -> Result<(), NotAnObject> {
        let Some(tail) = self.tail() else {
            object.insert(self.first.clone(), value);
            return Ok(());
        };
        match object.get_mut(&self.first) {
            Some(Value::Object(inner)) => tail.set(inner, value),
            Some(_) => Err(NotAnObject),
            None => {
                let mut inner = Map::new();
                tail.set(&mut inner, value)?;
                object.insert(self.first.clone(), Value::Object(inner));
                Ok(())
            }
        }
    }

    /// Removes the value at the path, if there is one. The objects on the way stay, even if they become empty.
    pub(crate) fn unset(&self, object: &mut Map<String, Value>) {
        match self.tail() {
            // `shift_remove` keeps the order of the other keys.
            None => drop(object.shift_remove(&self.first)),
            Some(tail) => {
                if let Some(Value::Object(inner)) = object.get_mut(&self.first) {
                    tail.unset(inner);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    fn path(name: &str) -> Path {
        Path::parse(name).unwrap()
    }

    #[test]
    fn names_with_empty_parts_or_spaces_are_refused() {
        for name in ["", ".", "a.", ".a", "a..b", " ", "a b", "a. b", "a\tb"] {
            assert_eq!(Path::parse(name), Err(InvalidPath), "{name:?}");
        }
        assert_eq!(Path::parse(&["a"; MAX_DEPTH].join(".")).map(|path| path.depth()), Ok(MAX_DEPTH));
        assert_eq!(Path::parse(&["a"; MAX_DEPTH + 1].join(".")), Err(InvalidPath));
    }

    #[test]
    fn setting_makes_the_objects_on_the_way_and_leaves_siblings() {
        let mut custom = object(json!({ "field": { "text": "value" } }));
        assert_eq!(path("field.path").set(&mut custom, json!("test")), Ok(()));
        assert_eq!(path("other.deep.er").set(&mut custom, json!(1)), Ok(()));
        assert_eq!(
            Value::Object(custom),
            json!({ "field": { "text": "value", "path": "test" }, "other": { "deep": { "er": 1 } } })
        );
    }

    #[test]
    fn setting_below_something_that_is_no_object_changes_nothing() {
        for value in [json!(1), json!("text"), json!([{}]), json!(null)] {
            let mut custom = object(json!({ "a": { "b": value } }));
            let before = custom.clone();
            assert_eq!(path("a.b.c").set(&mut custom, json!(2)), Err(NotAnObject));
            assert_eq!(custom, before);
        }
    }

    #[test]
    fn unsetting_the_last_child_leaves_an_empty_object() {
        let mut custom = object(json!({ "fields": { "one": 1 }, "text": "x" }));
        for name in ["fields.one", "fields.two", "text.more", "nothing.here"] {
            path(name).unset(&mut custom);
        }
        assert_eq!(Value::Object(custom), json!({ "fields": {}, "text": "x" }));
    }

    proptest! {
        #[test]
        fn what_was_set_is_read_back_and_can_be_unset(
            name in "[a-d](\\.[a-d]){0,4}",
            others in proptest::collection::vec("[e-h](\\.[e-h]){0,3}", 0..4),
        ) {
            let mut custom = Map::new();
            for other in &others {
                // The path may cross a value that was set before. Then the call fails and nothing changes.
                let _ = path(other).set(&mut custom, json!("other"));
            }
            let before = custom.clone();
            prop_assert_eq!(path(&name).set(&mut custom, json!("mine")), Ok(()));
            prop_assert_eq!(path(&name).get(&custom), Some(&json!("mine")));
            path(&name).unset(&mut custom);
            prop_assert_eq!(path(&name).get(&custom), None);
            custom.remove(path(&name).first());
            prop_assert_eq!(custom, before);
        }
    }
}
