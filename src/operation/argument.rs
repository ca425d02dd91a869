//! The trait through which rules read a caller's value.
//!
//! Because of this trait, rules run natively on JSON in tests, and in wasm on JavaScript values, some of which JSON
//! cannot represent.

use alloc::string::String;
use alloc::vec::Vec;

/// The type of a value, as far as rules distinguish it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `undefined` or `null`: not given.
    Absent,
    /// `true` or `false`.
    Boolean,
    /// A number that JSON can represent.
    Number,
    /// `NaN` or an infinity, which JSON would turn into `null`.
    NotANumber,
    /// A string, or an object that JSON writes as one, such as an id of MongoDB.
    Text,
    /// A string with a lone surrogate, which UTF-8 cannot represent.
    MalformedText,
    /// An array.
    Array,
    /// An object with fields.
    Object,
    /// An object with its own `toJSON`, such as a `Date`.
    Encodable,
    /// An invalid `Date`, which JSON would turn into `null`.
    InvalidDate,
    /// An object that loses its content in JSON, such as a `Map` or a `Set`.
    Opaque,
    /// A function.
    Function,
    /// A symbol.
    Symbol,
    /// A big integer.
    BigInt,
    /// A value whose getter throws.
    Unreadable,
}

impl Shape {
    /// All shapes. JavaScript gives a shape as its place in this list.
    pub const ALL: [Self; 15] = [
        Self::Absent,
        Self::Boolean,
        Self::Number,
        Self::NotANumber,
        Self::Text,
        Self::MalformedText,
        Self::Array,
        Self::Object,
        Self::Encodable,
        Self::InvalidDate,
        Self::Opaque,
        Self::Function,
        Self::Symbol,
        Self::BigInt,
        Self::Unreadable,
    ];

    /// The problem of [`Shape::MalformedText`].
    pub const LONE_SURROGATE: &str =
        "has a lone surrogate, as after cutting a string inside a character; use toWellFormed()";

    /// The shape, for a message that ends with "but was …".
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Absent => "missing",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::NotANumber => "NaN or infinite",
            Self::Text => "a string",
            Self::MalformedText => "a string with a lone surrogate",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::Encodable => "a value with its own toJSON, such as a Date",
            Self::InvalidDate => "an invalid Date",
            Self::Opaque => "an object without own fields, such as a Map or a Set",
            Self::Function => "a function",
            Self::Symbol => "a symbol",
            Self::BigInt => "a BigInt",
            Self::Unreadable => "a value that throws when it is read",
        }
    }
}

/// A value from a caller.
pub trait Argument: Sized {
    /// The type of the value.
    fn shape(&self) -> Shape;
    /// The value of a boolean or a number as a number, `true` being 1.
    fn number(&self) -> Option<f64>;
    /// The value of a string.
    fn text(&self) -> Option<String>;
    /// A field of an object, by a name of the API; absent if there is no such field, or the value has no fields.
    fn get(&self, name: &'static str) -> Self {
        self.member(name)
    }
    /// A field of an object, by any name.
    fn member(&self, name: &str) -> Self;
    /// The names of an object's own fields.
    fn names(&self) -> Vec<String>;
    /// The number of items of an array.
    fn size(&self) -> usize;
    /// An item of an array.
    fn item(&self, index: usize) -> Self;
    /// Whether it is a valid `Date`, or a string with a time.
    fn is_time(&self) -> bool;
    /// Whether it is a path that a URL can contain unchanged: encoded, without `..`, query or fragment.
    fn is_path(&self) -> bool;
    /// The number of bytes of its JSON; 0 if it has none.
    fn encoded_size(&self) -> usize;
    /// Whether both are the same object, and not only equal ones.
    fn is(&self, other: &Self) -> bool;

    /// Whether the value is missing.
    fn is_absent(&self) -> bool {
        self.shape() == Shape::Absent
    }
}

#[cfg(any(test, feature = "fetch"))]
impl Argument for serde_json::Value {
    fn shape(&self) -> Shape {
        match self {
            Self::Null => Shape::Absent,
            Self::Bool(_) => Shape::Boolean,
            Self::Number(_) => Shape::Number,
            Self::String(_) => Shape::Text,
            Self::Array(_) => Shape::Array,
            Self::Object(_) => Shape::Object,
        }
    }
    fn number(&self) -> Option<f64> {
        self.as_f64().or_else(|| self.as_bool().map(f64::from))
    }
    fn text(&self) -> Option<String> {
        self.as_str().map(String::from)
    }
    fn member(&self, name: &str) -> Self {
        self.as_object().and_then(|fields| fields.get(name)).cloned().unwrap_or_default()
    }
    fn names(&self) -> Vec<String> {
        self.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
    }
    fn size(&self) -> usize {
        self.as_array().map_or(0, Vec::len)
    }
    fn item(&self, index: usize) -> Self {
        self.as_array().and_then(|items| items.get(index)).cloned().unwrap_or_default()
    }
    fn is_time(&self) -> bool {
        // The API decides; this only catches obvious mistakes.
        self.as_str().and_then(|text| text.split_once('-')).is_some_and(|(year, _)| year.parse::<u16>().is_ok())
    }
    fn is_path(&self) -> bool {
        self.as_str().is_some_and(|path| path.starts_with('/') && !path.contains("/.") && !path.contains('?'))
    }
    fn encoded_size(&self) -> usize {
        alloc::string::ToString::to_string(self).len()
    }
    fn is(&self, _other: &Self) -> bool {
        false // JSON has no cycles.
    }
}

/// A value with a given shape; its text is the replacement character, which a lone surrogate becomes.
#[cfg(test)]
#[derive(Debug)]
pub(super) struct Shaped(pub(super) Shape);

#[cfg(test)]
impl Argument for Shaped {
    fn shape(&self) -> Shape {
        self.0
    }
    fn number(&self) -> Option<f64> {
        None
    }
    fn text(&self) -> Option<String> {
        matches!(self.0, Shape::Text | Shape::MalformedText).then(|| "\u{fffd}".into())
    }
    fn member(&self, _name: &str) -> Self {
        Self(Shape::Absent)
    }
    fn names(&self) -> Vec<String> {
        Vec::new()
    }
    fn size(&self) -> usize {
        0
    }
    fn item(&self, _index: usize) -> Self {
        Self(Shape::Absent)
    }
    fn is_time(&self) -> bool {
        false
    }
    fn is_path(&self) -> bool {
        false
    }
    fn encoded_size(&self) -> usize {
        0
    }
    fn is(&self, _other: &Self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_is_seen_as_javascript_values_are() {
        for (text, is_time) in [("2026-01-31T12:00:00Z", true), ("soon", false), ("to-day", false)] {
            assert_eq!(json!(text).is_time(), is_time, "{text}");
        }
        for (text, is_path) in [("/a/b", true), ("a", false), ("/a/../b", false), ("/a?b", false)] {
            assert_eq!(json!(text).is_path(), is_path, "{text}");
        }
        assert_eq!(json!({ "a": 1 }).encoded_size(), 7);
        assert_eq!((json!(true).number(), json!(2).number(), json!("2").number()), (Some(1.0), Some(2.0), None));
    }
}
