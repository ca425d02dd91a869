//! The signature of a webhook's request, its `X-Signature` header: HMAC-SHA256 with the app's secret over the JSON before any
//! compression, in lower-case hexadecimal digits.

use alloc::string::String;

use super::SigningKey;
use super::jwt::is_same;

/// Signs the JSON of a webhook.
#[must_use]
pub fn webhook_signature(key: &SigningKey, json: &[u8]) -> String {
    digits(key, json).map(char::from).iter().collect()
}

/// Whether the signature is that of the JSON. Takes the same time for every signature of the right length.
#[must_use]
pub fn is_webhook_signature(key: &SigningKey, json: &[u8], given: &str) -> bool {
    is_same(&digits(key, json), given.as_bytes())
}

fn digits(key: &SigningKey, json: &[u8]) -> [u8; 64] {
    let mut digits = [0; 64];
    let (pairs, _) = digits.as_chunks_mut::<2>();
    for (pair, byte) in pairs.iter_mut().zip(key.authentication_code(json)) {
        *pair = [digit(byte >> 4), digit(byte & 15)];
    }
    digits
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
            assert!(is_webhook_signature(&key, json.as_bytes(), expected));
            assert!(!is_webhook_signature(&key, json.as_bytes(), &expected.to_uppercase()));
            assert!(!is_webhook_signature(&SigningKey::new("another"), json.as_bytes(), expected));
        }
    }

    proptest! {
        #[test]
        fn knows_its_own_signatures_and_no_others(json: Vec<u8>, other: Vec<u8>, flip in 0_usize..64) {
            let key = SigningKey::new("secret");
            let own = webhook_signature(&key, &json);
            prop_assert!(is_webhook_signature(&key, &json, &own));
            prop_assert_eq!(is_webhook_signature(&key, &other, &own), other == json);
            let mut changed = own.clone().into_bytes();
            changed[flip] = if changed[flip] == b'0' { b'1' } else { b'0' };
            prop_assert!(!is_webhook_signature(&key, &json, &String::from_utf8_lossy(&changed)));
            prop_assert!(!is_webhook_signature(&key, &json, own.get(..flip).unwrap_or_default()));
        }

        #[test]
        fn never_panics_on_hostile_text(text in ".*") {
            let is_one = is_webhook_signature(&SigningKey::new("secret"), b"{}", &text);
            prop_assert!(!is_one);
        }
    }
}
