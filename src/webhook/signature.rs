//! The signature of a call, its `X-Signature` header: HMAC-SHA256 with the app's secret over the JSON before any
//! compression, in lower-case hexadecimal digits.

use crate::auth::SigningKey;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Signs the JSON of a call.
#[must_use]
pub fn signature(key: &SigningKey, json: &[u8]) -> String {
    let digit = |four_bits: u8| char::from(DIGITS.get(usize::from(four_bits)).copied().unwrap_or_default());
    key.authentication_code(json).into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `node:crypto`.
    #[test]
    fn signs_what_other_implementations_sign() {
        for (secret, json, expected) in [
            (
                "secret",
                r#"{"type":"user.updated"}"#,
                "dfc07fef37d1156b382473ced918925a883ac5bec1e8593cf206f9e5ffd248c5",
            ),
            ("", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
            (
                "a-secret-that-is-longer-than-one-block-of-sha-256-which-is-sixty-four-bytes",
                r#"{"name":"jörg 🦀"}"#,
                "9c205b29ec79fa18510132cf09ff38e3e48965ca097d18f082804085aecbaf38",
            ),
        ] {
            assert_eq!(signature(&SigningKey::new(secret), json.as_bytes()), expected);
        }
    }
}
