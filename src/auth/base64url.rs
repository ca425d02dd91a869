//! base64url without padding, the encoding of tokens.
//!
//! It is our own code because of size and speed. Tokens are public, so base64ct's constant time, which is a quarter of
//! the time of minting one, protects nothing; the `base64` crate is as fast as this and 2.6 kB gz larger. The tests
//! compare with base64ct.

use alloc::vec::Vec;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends encoded bytes. `out` is not a `String` because that checks every character it takes: a third of the time of
/// minting a token.
pub(super) fn push(out: &mut Vec<u8>, bytes: &[u8]) {
    let start = out.len();
    out.resize(start + (bytes.len() * 4).div_ceil(3), 0);
    let letters = out.get_mut(start..).unwrap_or_default();
    for (letters, bytes) in letters.chunks_mut(4).zip(bytes.chunks(3)) {
        let bits = bytes.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (24 - bytes.len() * 8);
        for (letter, place) in letters.iter_mut().zip([18, 12, 6, 0]) {
            *letter = ALPHABET.get((bits >> place) as usize & 63).copied().unwrap_or_default();
        }
    }
}

/// Decodes a text; `None` if it is not exactly what `push` writes for some bytes.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text.bytes() {
        bits = bits << 6 | u32::from(value(letter)?);
        held += 6;
        if held >= 8 {
            held -= 8;
            #[allow(clippy::cast_possible_truncation, reason = "the bits above are those of earlier bytes")]
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    // Six bits are not a byte, and the unused bits must be zero; otherwise two texts would stand for the same bytes.
    (held < 6 && bits == 0).then_some(bytes)
}

const fn value(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::{Base64UrlUnpadded, Encoding};
    use proptest::prelude::*;

    #[test]
    fn a_letter_that_is_left_over_is_no_byte() {
        for text in ["A", "AAAAA", "-", "AAAA_"] {
            assert_eq!(decode(text), None, "{text}");
        }
        assert_eq!(decode(""), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn writes_what_base64ct_writes(bytes: Vec<u8>) {
            let mut letters = Vec::new();
            push(&mut letters, &bytes);
            let text = Base64UrlUnpadded::encode_string(&bytes);
            prop_assert_eq!(letters, text.as_bytes());
            prop_assert_eq!(decode(&text), Some(bytes));
        }

        #[test]
        fn reads_what_base64ct_reads(text in "[A-Za-z0-9_=+/-]{0,12}") {
            prop_assert_eq!(decode(&text), Base64UrlUnpadded::decode_vec(&text).ok());
        }
    }
}
