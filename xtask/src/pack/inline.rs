//! A module as text, for entries that have it in their code.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use base64ct::{Base64, Encoding};
use flate2::Compression;
use flate2::write::DeflateEncoder;

/// A module by characters that stand for its bytes; `pkg-template/entries/index.js` has the way back.
pub(super) struct Ordered {
    /// The bytes, the most frequent first, each in two hexadecimal digits.
    pub(super) order: String,
    pub(super) text: String,
}

/// How many characters there are. The last two stand for no byte, but say how much further on in the order the next one's is.
const CHARACTERS: u32 = 92;
const SINGLE: u32 = 90;

/// Writes each byte as one character or as two. Base64 cuts across bytes, so what compresses code on its way to a page finds
/// less in it that repeats: it makes 33 kB of the client's module, and this 26, which is what the bytes themselves come to.
pub(super) fn ordered(bytes: &[u8]) -> Ordered {
    let mut counts: BTreeMap<u8, usize> = (0..=u8::MAX).map(|byte| (byte, 0)).collect();
    for byte in bytes {
        *counts.entry(*byte).or_default() += 1;
    }
    let mut order: Vec<u8> = counts.keys().copied().collect();
    order.sort_by_key(|byte| (Reverse(counts.get(byte)), *byte));
    let codes: BTreeMap<u8, String> = order.iter().copied().zip((0..).map(code)).collect();
    Ordered {
        order: order.iter().map(|byte| format!("{byte:02x}")).collect(),
        text: bytes.iter().filter_map(|byte| codes.get(byte)).map(String::as_str).collect(),
    }
}

/// What stands for the byte at a place of the order.
fn code(place: u32) -> String {
    match place.checked_sub(SINGLE) {
        None => character(place).into_iter().collect(),
        Some(further) => {
            [SINGLE + further / CHARACTERS, further % CHARACTERS].into_iter().filter_map(character).collect()
        }
    }
}

/// From `#` to `~`, but for `\`, which a literal would have to escape, and a page's charset has no say in these.
fn character(place: u32) -> Option<char> {
    let character = char::from_u32(u32::from(b'#') + place)?;
    Some(if character == '\\' { '!' } else { character })
}

/// Compresses, and writes in base64: half the length, for those who have the time to undo it.
pub(super) fn deflated(bytes: &[u8]) -> Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(Base64::encode_string(&encoder.finish()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `pkg-template/entries/index.js` does it.
    fn decoded(Ordered { order, text }: &Ordered) -> Vec<u8> {
        let order: Vec<char> = order.chars().collect();
        let known: Vec<u8> =
            order.chunks(2).filter_map(|digits| u8::from_str_radix(&String::from_iter(digits), 16).ok()).collect();
        let mut from = 0;
        let mut bytes = Vec::new();
        for character in text.bytes() {
            let place = u32::from(if character == b'!' { b'\\' } else { character }) - u32::from(b'#');
            if from == 0 && place >= SINGLE {
                from = SINGLE + (place - SINGLE) * CHARACTERS;
            } else {
                bytes.extend(known.get((from + place) as usize));
                from = 0;
            }
        }
        bytes
    }

    #[test]
    fn every_byte_comes_back_after_every_other() {
        let bytes: Vec<u8> =
            (0..=u8::MAX).flat_map(|first| (0..=u8::MAX).flat_map(move |second| [first, second])).collect();
        assert_eq!(decoded(&ordered(&bytes)), bytes);
        // The rarest byte that a module has stands behind those that it has more often.
        let bytes: Vec<u8> = (0..=u8::MAX).flat_map(|byte| vec![byte; usize::from(byte) + 1]).collect();
        let text = ordered(&bytes);
        assert_eq!((decoded(&text), text.order.get(..4)), (bytes, Some("fffe")));
    }

    #[test]
    fn the_text_needs_no_escape_in_a_literal() {
        let Ordered { text, .. } = ordered(&(0..=u8::MAX).collect::<Vec<u8>>());
        assert!(text.chars().all(|character| matches!(character, '!' | '#'..='~') && character != '\\'), "{text}");
    }
}
