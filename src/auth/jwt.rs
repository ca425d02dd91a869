//! HS256 JSON Web Tokens: sign, parse, verify.
//!
//! The signature covers the text as it was sent, so parsing re-encodes nothing, and claims stay bytes until they are
//! needed.

use alloc::string::String;
use alloc::vec::Vec;

use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::base64url;

/// `{"alg":"HS256","typ":"JWT"}`, the only header this crate writes.
const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
const SIGNATURE_BYTES: usize = 32;

/// An app's secret, prepared for signing.
///
/// The secret is hashed into the HMAC once here and not for every token: that is two of the five SHA-256 blocks of a
/// token.
#[derive(Clone)]
pub struct SigningKey(Hmac<Sha256>);

impl SigningKey {
    /// Creates a key from a secret of any length, including an empty one.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        // HMAC takes keys of any length; the error exists for other algorithms with the same trait.
        let keyed = Hmac::new_from_slice(secret.as_bytes());
        Self(keyed.unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    /// Signs claims, given as JSON text, and returns the token.
    #[must_use]
    pub fn sign(&self, claims: &str) -> String {
        String::from_utf8(self.signed(claims)).unwrap_or_default()
    }

    /// [`SigningKey::sign`] as ASCII bytes, which JavaScript decodes. A `String` would check that the bytes are UTF-8, which is 0.5 kB gz of wasm.
    #[must_use]
    pub fn signed(&self, claims: &str) -> Vec<u8> {
        let mut token = Vec::with_capacity(HEADER.len() + claims.len() * 4 / 3 + 48);
        token.extend_from_slice(HEADER.as_bytes());
        token.push(b'.');
        base64url::push(&mut token, claims.as_bytes());
        let signature = self.authentication_code(&token);
        token.push(b'.');
        base64url::push(&mut token, &signature);
        token
    }

    /// Whether this key signed the token. It takes the same time for every signature of the right length.
    #[must_use]
    pub fn verifies(&self, token: &Token<'_>) -> bool {
        self.authenticates(token.signed.as_bytes(), &token.signature)
    }

    /// Whether `code` is this key's authentication code for the message. It takes the same time for every code.
    #[must_use]
    pub fn authenticates(&self, message: &[u8], code: &[u8]) -> bool {
        is_same(&self.authentication_code(message), code)
    }

    /// HMAC-SHA256 of a message.
    #[must_use]
    pub fn authentication_code(&self, message: &[u8]) -> [u8; 32] {
        self.mac(message).finalize().into_bytes().into()
    }

    fn mac(&self, message: &[u8]) -> Hmac<Sha256> {
        self.0.clone().chain_update(message)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// Compares two byte strings in a time that does not depend on where they differ. It is our own code because of its
/// size: hmac's comparison, with traits for every width, is five times as large.
#[must_use]
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    let difference = one.iter().zip(other).fold(0, |difference, (one, other)| difference | (one ^ other));
    one.len() == other.len() && core::hint::black_box(difference) == 0
}

/// A parsed token, whose signature is not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    signed: &'a str,
    /// The first segment, decoded: JSON with the algorithm.
    pub header: Vec<u8>,
    /// The second segment, decoded: JSON with the claims.
    pub claims: Vec<u8>,
    /// The third segment as it was sent; `devtoken` in a development token.
    pub signature_text: &'a str,
    signature: Vec<u8>,
}

/// Why a text is not a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MalformedToken {
    /// It does not have three parts.
    Segments,
    /// A part is not base64url.
    Encoding,
}

impl MalformedToken {
    /// The reason, for messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Segments => "a token has three parts separated by dots",
            Self::Encoding => "a token's parts are base64url without padding",
        }
    }
}

impl fmt::Display for MalformedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl core::error::Error for MalformedToken {}

impl<'a> Token<'a> {
    /// Parses a token.
    ///
    /// # Errors
    /// [`MalformedToken`] if the text does not have the form of a token. A signature that cannot be decoded is no such error: no key verifies it.
    pub fn parse(text: &'a str) -> Result<Self, MalformedToken> {
        let (header, rest) = cut(text).ok_or(MalformedToken::Segments)?;
        let (claims, signature_text) = cut(rest).ok_or(MalformedToken::Segments)?;
        if cut(signature_text).is_some() {
            return Err(MalformedToken::Segments);
        }
        let signed = text.get(..header.len() + 1 + claims.len()).unwrap_or_default();
        let decode = |part| base64url::decode(part).ok_or(MalformedToken::Encoding);
        Ok(Self {
            signed,
            header: decode(header)?,
            claims: decode(claims)?,
            signature_text,
            signature: base64url::decode(signature_text)
                .filter(|bytes| bytes.len() == SIGNATURE_BYTES)
                .unwrap_or_default(),
        })
    }
}

/// The texts before and after the first dot.
fn cut(text: &str) -> Option<(&str, &str)> {
    let dot = text.bytes().position(|byte| byte == b'.')?;
    Some((text.get(..dot)?, text.get(dot + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;
    use proptest::prelude::*;

    /// Vectors made with `node:crypto`: HMAC-SHA256 over the same header and claims.
    const VECTORS: &[(&str, &str, &str)] = &[
        (
            "secret",
            r#"{"server":true}"#,
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzZXJ2ZXIiOnRydWV9.DHnfQolWsEGFcTR7ZwVBbIVUFAvxzDJXzB6UlyU-7JQ",
        ),
        (
            "",
            r#"{"user_id":"jörg-🦀","iat":1700000000}"#,
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiasO2cmct8J-mgCIsImlhdCI6MTcwMDAwMDAwMH0.yfswQwm6N9yaUyXL9lQmY3VVpzL60bYRVhgirlT--n0",
        ),
        (
            "a-secret-that-is-longer-than-one-block-of-sha-256-which-is-sixty-four-bytes",
            r#"{"user_id":"u"}"#,
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoidSJ9.fnVXG43kDaJ0Rac73oGOAu6n-2dUqh2FUU48gqJVGC4",
        ),
    ];

    #[test]
    fn signs_what_other_implementations_sign() {
        for (secret, claims, token) in VECTORS {
            assert_eq!(SigningKey::new(secret).sign(claims), *token);
        }
    }

    #[test]
    fn refuses_texts_without_three_parts() {
        for text in ["", "a", "a.b", "a.b.c.d", "...", "...."] {
            assert_eq!(Token::parse(text), Err(MalformedToken::Segments), "{text}");
        }
        assert_eq!(Token::parse("a=.b.c"), Err(MalformedToken::Encoding));
    }

    #[test]
    fn takes_a_development_token_apart_but_never_verifies_it() {
        let key = SigningKey::new("secret");
        let token = key.sign(r#"{"user_id":"u"}"#);
        let (signed, _) = token.rsplit_once('.').unwrap_or_default();
        let text = format!("{signed}.devtoken");
        let token = Token::parse(&text).ok();
        assert_eq!(token.as_ref().map(|t| t.signature_text), Some("devtoken"));
        assert!(token.is_some_and(|token| !key.verifies(&token)));
    }

    #[test]
    fn says_what_is_wrong_with_a_text_that_is_no_token() {
        assert_eq!(MalformedToken::Segments.to_string(), "a token has three parts separated by dots");
        assert_eq!(MalformedToken::Encoding.to_string(), "a token's parts are base64url without padding");
    }

    #[test]
    fn differences_never_cancel_each_other_out() {
        for (one, other, same) in [
            (&b"ab"[..], &b"ab"[..], true),
            (b"", b"", true),
            (b"aa", b"bb", false),
            (b"abcd", b"badc", false),
            (b"ab", b"abc", false),
            (b"abc", b"ab", false),
        ] {
            assert_eq!(is_same(one, other), same, "{one:?} {other:?}");
        }
    }

    #[test]
    fn never_prints_the_key() {
        assert_eq!(format!("{:?}", SigningKey::new("hush")), "SigningKey(…)");
    }

    proptest! {
        #[test]
        fn verifies_what_it_signed_and_nothing_else(secret in ".*", claims in ".*", flip in any::<proptest::sample::Index>()) {
            let key = SigningKey::new(&secret);
            let token = key.sign(&claims);
            let parsed = Token::parse(&token);
            prop_assert!(parsed.is_ok_and(|t| key.verifies(&t) && t.claims == claims.as_bytes()));

            let mut bytes = token.clone().into_bytes();
            let at = flip.index(bytes.len());
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap_or_default();
            // The last character of a segment may have bits that decode to nothing; strict decoding rejects those.
            prop_assert!(Token::parse(&changed).map_or(true, |t| !key.verifies(&t)));
        }

        #[test]
        fn never_panics_on_hostile_text(text in ".*") {
            let _ = Token::parse(&text);
        }
    }
}
