//! Paths, and ids as path segments that cannot change the path's structure.

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::error::Error;
use crate::wording::{digit, say};

const WAY_OUT: &str = "; an operation on several users takes it in `user_ids`";

/// A path with at most one parameter, whose position is stored as two numbers: storing the parts as strings took half a
/// kilobyte more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Path<'a> {
    /// The whole template, such as `/users/{user_id}/export`.
    pub template: &'a str,
    open: u8,
    close: u8,
}

impl<'a> Path<'a> {
    /// Finds the parameter of a template, at compile time.
    #[must_use]
    pub const fn parse(template: &'a str) -> Self {
        Self { template, open: position(template, b'{'), close: position(template, b'}') }
    }

    /// The parameter's name.
    #[must_use]
    pub fn parameter(&self) -> Option<&'a str> {
        self.template.get(usize::from(self.open) + 1..usize::from(self.close))
    }

    /// The part before the parameter; the whole path if there is none.
    #[must_use]
    pub fn before(&self) -> &'a str {
        self.template.get(..usize::from(self.open)).unwrap_or(self.template)
    }

    /// The part after the parameter.
    #[must_use]
    pub fn after(&self) -> &'a str {
        self.template.get(usize::from(self.close) + 1..).unwrap_or_default()
    }
}

/// The index of the first such byte; the length of the text if there is none.
#[allow(clippy::cast_possible_truncation, reason = "no path has 255 characters")]
const fn position(text: &str, byte: u8) -> u8 {
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == byte {
            break;
        }
        rest = after;
    }
    (text.len() - rest.len()) as u8
}

/// Encodes a text as one component of a URL.
#[must_use]
pub fn encode_component(text: &str) -> String {
    if text.bytes().all(is_unreserved) {
        return text.to_owned();
    }
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if is_unreserved(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(digit(byte >> 4));
            encoded.push(digit(byte & 15));
        }
    }
    encoded
}

/// RFC 3986, section 2.3: these characters need no escape.
const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Encodes an id as one segment of a path.
///
/// # Errors
/// For `.` and `..`: in a URL, both mean a step in the path, escaped or not, so they would address another resource.
pub(super) fn encode_segment(field: &str, id: &str) -> Result<String, Error> {
    if id == "." || id == ".." {
        let way_out = if field == "user_id" { WAY_OUT } else { "" };
        let problem = say("$ must not be \"$\", which no URL can carry$", &[field, id, way_out], &[]);
        return Err(Error::refused(field, problem));
    }
    Ok(encode_component(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    #[test]
    fn takes_templates_apart() {
        let path = Path::parse("/users/{user_id}/export");
        assert_eq!((path.before(), path.parameter(), path.after()), ("/users/", Some("user_id"), "/export"));
        let path = Path::parse("/users");
        assert_eq!((path.before(), path.parameter(), path.after()), ("/users", None, ""));
    }

    #[test]
    fn escapes_what_has_a_meaning_in_urls() {
        assert_eq!(encode_component("a/../b?x=1"), "a%2F..%2Fb%3Fx%3D1");
        assert_eq!(encode_component("$&#%+ "), "%24%26%23%25%2B%20");
        assert_eq!(encode_component("jörg🦀"), "j%C3%B6rg%F0%9F%A6%80");
        assert_eq!(encode_component("A-z_0.9~"), "A-z_0.9~");
    }

    proptest! {
        #[test]
        fn no_id_changes_the_structure_of_a_path(id in any::<String>()) {
            let encoded = encode_component(&id);
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
            prop_assert_eq!(percent_decode_str(&encoded).decode_utf8_lossy(), id);
        }
    }
}
