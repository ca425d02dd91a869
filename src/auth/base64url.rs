//! base64url without padding, as tokens have it.
//!
//! Written here because of its weight and its speed. Everybody may read a token, so base64ct's constant time, which is a
//! quarter of what minting one takes, protects nothing; the `base64` crate is as quick as this and 2.6 kB gz larger.
//! base64ct is what the tests compare with.

use alloc::vec::Vec;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends bytes. To bytes, because a `String` checks each letter it takes in: a third of what minting a token took.
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

/// Reads bytes, or nothing where the text is not what `push` would have written for any.
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
    // Six bits are no byte, and what is left over must be zero, or two texts would stand for the same bytes.
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
