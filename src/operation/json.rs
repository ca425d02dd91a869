//! Detects values that JSON cannot represent.
//!
//! The engine's `JSON.stringify` changes them silently: a function or a symbol disappears, `NaN` becomes `null`, a
//! `Map` becomes `{}`. The caller should learn about lost data before it is sent. `undefined` is allowed, because it
//! means "missing" everywhere in JavaScript.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::rule::items;
use super::{Argument, Shape};
use crate::error::Error;
use crate::wording::{concat, quoted};

/// Deeper than any data the API accepts, and shallow enough for the stack.
const MAX_DEPTH: usize = 100;

/// Checks `value`, which messages call `name`, and everything in it.
///
/// # Errors
/// The path of the first value that JSON cannot represent, and the problem.
pub fn check<A: Argument>(name: &str, value: &A) -> Result<(), Error> {
    walk(value, None).map_err(|error| match (name, error.field()) {
        ("", Some("")) => error.inside("the argument"),
        ("", _) => error,
        (name, _) => error.inside(name),
    })
}

/// An object on the path from the argument to the current value.
struct Above<'a, A> {
    object: &'a A,
    above: Option<&'a Above<'a, A>>,
    depth: usize,
}

fn walk<A: Argument>(value: &A, above: Option<&Above<'_, A>>) -> Result<(), Error> {
    let shape = value.shape();
    match shape {
        Shape::Array | Shape::Object => {
            let here = enter(value, above)?;
            if shape == Shape::Array {
                return items(value, |item| walk(item, Some(&here)));
            }
            value.names().iter().try_for_each(|name| {
                walk(&value.member(name), Some(&here)).map_err(|error| error.inside(&member(name)))
            })
        }
        Shape::NotANumber => refuse("is NaN or infinite, which JSON cannot carry; pass a finite number or null"),
        Shape::MalformedText => refuse(Shape::LONE_SURROGATE),
        Shape::InvalidDate => refuse("is an invalid Date, which JSON turns into null; pass a valid one"),
        Shape::Opaque => refuse("would lose its content in JSON; pass a plain object or an array"),
        Shape::Function => refuse("is a function, which JSON cannot carry"),
        Shape::Symbol => refuse("is a symbol, which JSON cannot carry"),
        Shape::BigInt => refuse("is a BigInt, which JSON cannot carry; pass a number or a string"),
        Shape::Unreadable => refuse("throws when it is read"),
        Shape::Absent | Shape::Boolean | Shape::Number | Shape::Text | Shape::Encodable => Ok(()),
    }
}

fn enter<'a, A: Argument>(object: &'a A, above: Option<&'a Above<'a, A>>) -> Result<Above<'a, A>, Error> {
    let mut each = above;
    while let Some(level) = each {
        if level.object.is(object) {
            return refuse("contains itself, which JSON cannot carry");
        }
        each = level.above;
    }
    let depth = above.map_or(0, |above| above.depth + 1);
    if depth > MAX_DEPTH {
        return refuse("is nested too deep");
    }
    Ok(Above { object, above, depth })
}

fn refuse<T>(problem: &str) -> Result<T, Error> {
    Err(Error::argument("", problem))
}

/// The access to a field, as JavaScript would write it.
pub(super) fn member(name: &str) -> String {
    let is_identifier = !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_identifier { name.to_owned() } else { concat(&["[", &quoted(name), "]"]) }
}

#[cfg(test)]
mod tests {
    use super::super::argument::Shaped;
    use super::super::{Operation, UPDATE_USERS, UPSERT_USERS};
    use super::*;
    use serde_json::json;

    #[test]
    fn lets_json_through() {
        assert_eq!(check("", &json!({ "a": [1, "x", null, { "b": true }] })), Ok(()));
    }

    #[test]
    fn refuses_bottomless_nesting() {
        let nested = |levels| (0..levels).fold(json!(1), |inner, _| json!({ "in": inner }));
        // The argument itself is on level 0.
        assert_eq!(check("custom", &nested(MAX_DEPTH + 1)), Ok(()));
        for levels in [MAX_DEPTH + 2, 200] {
            let error = check("custom", &nested(levels)).map_err(|error| error.message().to_owned());
            assert!(error.is_err_and(|message| message.ends_with("is nested too deep")), "{levels}");
        }
    }

    #[test]
    fn refuses_what_json_has_no_word_for() {
        for (shape, problem) in [
            (Shape::NotANumber, "is NaN or infinite"),
            (Shape::MalformedText, "has a lone surrogate"),
            (Shape::InvalidDate, "is an invalid Date"),
            (Shape::Opaque, "would lose its content"),
            (Shape::Function, "is a function"),
            (Shape::Symbol, "is a symbol"),
            (Shape::BigInt, "is a BigInt"),
            (Shape::Unreadable, "throws when it is read"),
        ] {
            let message = |name| check(name, &Shaped(shape)).map_err(|error| error.message().to_owned());
            assert!(message("").is_err_and(|text| text.starts_with(&concat(&["the argument ", problem]))), "{shape:?}");
            assert!(message("a").is_err_and(|text| text.starts_with(&concat(&["a ", problem]))), "{shape:?}");
        }
        for shape in [Shape::Absent, Shape::Boolean, Shape::Number, Shape::Text, Shape::Encodable] {
            assert_eq!(check("", &Shaped(shape)), Ok(()), "{shape:?}");
        }
    }

    #[test]
    fn names_the_operation_and_the_place() {
        let deep = (0..200).fold(json!(1), |inner, _| json!([inner]));
        let message = |operation: &Operation| operation.check_json(&deep).map_err(|error| error.message().to_owned());
        assert!(message(&UPSERT_USERS).is_err_and(|text| text.starts_with("upsertUsers: users[0][0]")));
        assert!(message(&UPDATE_USERS).is_err_and(|text| text.starts_with("updateUsers: [0][0]")));
    }

    #[test]
    fn writes_fields_as_javascript_does() {
        assert_eq!(member("color"), "color");
        assert_eq!(member("new-field"), "[\"new-field\"]");
        assert_eq!(member(""), "[\"\"]");
    }
}
