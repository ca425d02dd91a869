//! Checks of credentials, which are done when a client is created.
//!
//! A key goes into URLs and a token into a header, so neither may contain characters that change a request's structure.
//! No message contains a secret or a token.

use alloc::borrow::ToOwned;

use super::{MalformedToken, Token};
use crate::error::{Error, Kind};
use crate::wording::{count_characters, say};

/// Checks an API key.
///
/// # Errors
/// If it is empty or contains a control character, most often a line end from a file.
pub fn check_api_key(key: &str) -> Result<(), Error> {
    present("apiKey", key)?;
    no_control("apiKey", key)
}

/// Checks an app's secret.
///
/// # Errors
/// If it is empty or contains a control character: with a line end from a file, the API would reject every token, and
/// the reason would be hard to find.
pub fn check_secret(secret: &str) -> Result<(), Error> {
    present("secret", secret)?;
    no_control("secret", secret)
}

/// Checks the form of a user's token. Only the API can tell whether it is valid.
///
/// # Errors
/// If it does not have the form of a token.
pub fn check_token(token: &str) -> Result<(), Error> {
    present("token", token)?;
    // The signature is not decoded, because that of a development token is not base64url; but it goes into a header
    // like the rest.
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let malformed = match Token::parse(token) {
        Ok(_) if token.bytes().all(in_alphabet) => return Ok(()),
        Ok(_) => MalformedToken::Encoding,
        Err(malformed) => malformed,
    };
    Err(Error::new(Kind::Config, say("token is invalid: $", &[malformed.as_str()], &[])))
}

/// The error of a client without a secret, for an operation that needs one.
#[must_use]
pub fn no_secret() -> Error {
    Error::new(Kind::Config, "this needs the app's secret, which this client does not have".to_owned())
}

fn present(name: &str, value: &str) -> Result<(), Error> {
    if value.is_empty() { Err(Error::new(Kind::Config, say("$ must not be empty", &[name], &[]))) } else { Ok(()) }
}

fn no_control(name: &str, value: &str) -> Result<(), Error> {
    let Some(at) = value.chars().position(|character| character < ' ' || ('\x7f'..='\u{9f}').contains(&character))
    else {
        return Ok(());
    };
    let template = "$ must not have control characters, but has one at position # of #; trim line ends";
    Err(Error::new(Kind::Config, say(template, &[name], &[at, count_characters(value)])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;

    #[test]
    fn refuses_what_would_break_a_request() {
        let message = |result: Result<(), Error>| result.map_err(|error| error.message().to_owned());
        assert_eq!(message(check_api_key("")), Err("apiKey must not be empty".into()));
        assert_eq!(
            message(check_api_key("key\n")),
            Err("apiKey must not have control characters, but has one at position 3 of 4; trim line ends".into())
        );
        assert_eq!(message(check_api_key("k e/y?&")), Ok(()));
        assert!(check_token("ey\r\n.a.b").is_err());
        assert!(check_token("not-a-token").is_err());
        assert!(check_token("e30.e30.devtoken").is_ok());
    }

    #[test]
    fn never_repeats_a_secret() {
        for result in
            [check_secret("hush\n"), check_token("hush.hush"), check_token("hu sh.a.b"), check_token("e30.e30.hush\nx")]
        {
            assert!(result.is_err_and(|error| !error.message().contains("hu")));
        }
    }
}
