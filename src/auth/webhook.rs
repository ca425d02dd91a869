//! The signature of a webhook request, its `X-Signature` header: HMAC-SHA256 with the app's secret over the JSON before
//! compression, in lower-case hexadecimal digits.

use alloc::string::String;

use super::SigningKey;

/// Signs the JSON of a webhook. `src/client/webhooks/signature.ts` compares signatures.
#[must_use]
pub fn webhook_signature(key: &SigningKey, json: &[u8]) -> String {
    let code = key.authentication_code(json);
    code.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).map(char::from).collect()
}

const fn digit(four_bits: u8) -> u8 {
    if four_bits < 10 { b'0' + four_bits } else { b'a' + (four_bits - 10) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

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
            let key = SigningKey::new(secret);
            assert_eq!(webhook_signature(&key, json.as_bytes()), expected);
            assert_ne!(webhook_signature(&SigningKey::new("another"), json.as_bytes()), expected);
        }
    }

    proptest! {
        #[test]
        fn signs_each_text_in_its_own_way(json: Vec<u8>, other: Vec<u8>) {
            let key = SigningKey::new("secret");
            let own = webhook_signature(&key, &json);
            prop_assert_eq!(own.len(), 64);
            prop_assert_eq!(webhook_signature(&key, &other) == own, other == json);
        }
    }
}
