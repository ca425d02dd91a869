//! Headers that callers add.
//!
//! `fetch` refuses a bad one as well, in words that repeat it, and a header's value may be a credential.

use crate::error::Error;
use crate::wording::{concat, quoted};

/// Checks the name and the value of a header; a value that is not a string at all is none.
///
/// # Errors
/// Says whether the name or the value is at fault, and never repeats the value.
pub fn check_header(name: &str, value: Option<&str>) -> Result<(), Error> {
    let field = || concat(&["headers[", &quoted(name), "]"]);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(Error::argument(&field(), "has a name that no header may have"));
    }
    let is_sendable =
        |value: &str| value.chars().all(|character| matches!(character, '\t' | ' '..='~' | '\u{80}'..='\u{ff}'));
    if value.is_some_and(is_sendable) {
        return Ok(());
    }
    Err(Error::argument(&field(), "must be a string of characters up to U+00FF without line ends"))
}

/// RFC 9110, section 5.6.2.
const fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;

    #[test]
    fn tells_what_a_header_may_be() {
        for (name, value) in [("x-mine", "a"), ("X_Mine~", ""), ("x", "caf\u{e9} \t")] {
            assert_eq!(check_header(name, Some(value)), Ok(()), "{name}");
        }
        let cases = [
            ("", Some("a"), "has a name"),
            ("x y", Some("a"), "has a name"),
            ("x\n", Some("a"), "has a name"),
            ("x", None, "must be a string"),
            ("x", Some("hush\r\n"), "must be a string"),
            ("x", Some("hush\u{2603}"), "must be a string"),
        ];
        for (name, value, words) in cases {
            let message = check_header(name, value).map_err(|error| error.message().to_owned());
            assert!(message.is_err_and(|message| message.contains(words) && !message.contains("hush")), "{name:?}");
        }
    }
}
