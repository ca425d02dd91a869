//! The id of a new user.
//!
//! Stream documents letters, digits, `@`, `_` and `-`, and at most 255 of them. The rule is only applied where a user
//! is created; any other id is allowed, so that every existing user can be addressed and deleted.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::rule::too_much;
use crate::error::Error;
use crate::wording::{concat, count_characters, hexadecimal, say};

/// The longest id, in characters.
const MAX_LENGTH: usize = 255;

/// Checks the id of a new user; the caller adds its path.
///
/// # Errors
/// If it is empty or too long, or contains an invalid character.
pub fn check_new_id(id: &str) -> Result<(), Error> {
    if id.is_empty() {
        return Err(Error::argument("", "must not be empty"));
    }
    let characters = count_characters(id);
    if characters > MAX_LENGTH {
        return Err(too_much(MAX_LENGTH, "characters", characters));
    }
    match id.chars().find(|character| !is_allowed(*character)) {
        None => Ok(()),
        Some(bad) => {
            let problem = "may hold letters (a-z, A-Z), digits, '@', '_' and '-' only, but has $";
            Err(Error::refused("", say(problem, &[&named(bad)], &[])))
        }
    }
}

/// Whether every line of `ids` is a valid new id. This checks a whole batch quickly; only if it fails, each id is
/// checked.
#[must_use]
pub fn all_valid(ids: &str) -> bool {
    ids.split('\n').all(|id| {
        !id.is_empty() && id.len() <= MAX_LENGTH && id.bytes().all(|byte| byte.is_ascii() && is_allowed(byte.into()))
    })
}

const fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '@' | '_' | '-')
}

/// A character for a message: quoted if it is printable, otherwise its code point.
fn named(character: char) -> String {
    if character == ' ' {
        return "a space".to_owned();
    }
    let number = hexadecimal(character);
    if character.is_ascii_control() || ('\u{80}'..='\u{9f}').contains(&character) {
        return concat(&["U+", &number]);
    }
    let mut name = String::from("'");
    name.push(character);
    name.push_str(if character.is_ascii() { "'" } else { "' (U+" });
    if !character.is_ascii() {
        name.push_str(&number);
        name.push(')');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_the_first_problem() {
        let long = "x".repeat(256);
        let cases = [
            ("", "id must not be empty"),
            (long.as_str(), "id must have at most 255 characters, but has 256"),
            ("a b", "but has a space"),
            ("a/b?c", "but has '/'"),
            ("jörg", "but has 'ö' (U+00F6)"),
            ("a\nb", "but has U+000A"),
            ("a.b", "but has '.'"),
            ("🦀", "but has '🦀' (U+1F980)"),
        ];
        for (id, problem) in cases {
            let message = check_new_id(id).map_err(|error| error.inside("id").message().to_owned());
            assert!(message.as_ref().is_err_and(|text| text.ends_with(problem)), "{id:?}: {message:?}");
        }
        for id in ["a", "A-Z_0@9", "__proto__", &"x".repeat(255)] {
            assert_eq!(check_new_id(id), Ok(()));
        }
    }

    proptest! {
        #[test]
        fn the_quick_look_agrees_with_the_close_one(
            ids in proptest::collection::vec("[^\n]{0,4}|[a-zA-Z0-9@_-]{1,300}", 1..5),
        ) {
            let each = ids.iter().all(|id| check_new_id(id).is_ok());
            prop_assert_eq!(all_valid(&ids.join("\n")), each);
        }
    }
}
