//! Search by the beginnings of words, as people type them.

use std::borrow::Cow;

/// Beginnings of words, in lower case. There is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words(Vec<String>);

impl Words {
    /// The words of a text; `None` if it has none, such as a text of symbols.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let words: Vec<String> = split(text).map(str::to_lowercase).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// Whether the text begins with the first word.
    pub(super) fn begin(&self, text: &str) -> bool {
        let first = self.0.first().map(String::as_str).unwrap_or_default();
        let text = small(text);
        split(&text).next().is_some_and(|word| begins(word, first))
    }

    /// Whether `text` has, for each word, a word that begins with it. SDK tests show `ro` finding "Curiosity Rover" and
    /// "Roxy".
    pub(super) fn are_in(&self, text: &str) -> bool {
        let text = small(text);
        self.0.iter().all(|beginning| split(&text).any(|word| begins(word, beginning)))
    }

    /// Bits that are set for every text that matches.
    pub(super) fn bits(&self) -> u64 {
        self.0.iter().fold(0, |bits, word| bits | bits_of(word))
    }

    /// The bits of a text: those of the beginnings of all its words.
    pub(super) fn bits_in(text: &str) -> u64 {
        split(&text.to_lowercase()).fold(0, |bits, word| bits | bits_of(word))
    }
}

/// How many letters of a word set bits. With more letters, fewer texts match by mistake, but each text sets more bits.
const LETTERS: usize = 3;

/// One bit for each of a word's first letters; it depends on the letters before, too. The word is in lower case.
fn bits_of(word: &str) -> u64 {
    let mut hash = 0_u64;
    word.chars().take(LETTERS).fold(0, |bits, letter| {
        // Knuth's multiplier. The highest bits of the product are mixed best, so those are used.
        hash = hash.wrapping_add(u64::from(letter) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        bits | 1 << (hash >> 58)
    })
}

/// A text in lower case. ASCII is returned as it is, because it is compared ignoring case.
fn small(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { text.into() } else { text.to_lowercase().into() }
}

fn begins(word: &str, beginning: &str) -> bool {
    word.as_bytes().get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning.as_bytes()))
}

/// Splits a text at everything except letters and digits. The underscore splits too, so that both words of
/// `curiosity_rover` are found.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_words_are_found_in_any_case() {
        for (search, text, expected) in [
            ("ro", "Curiosity Rover", true),
            ("RO", "roxy", true),
            ("ro", "Sparrow", false),
            ("curiosity ro", "Rover, Curiosity", true),
            ("curiosity_r", "curiosity_rover", true),
            ("user-1", "user-12", true),
            ("ÄR", "ärger", true),
            ("ro x", "Roxy", false),
        ] {
            assert_eq!(Words::parse(search).unwrap().are_in(text), expected, "{search} in {text}");
        }
    }

    /// Otherwise the search would skip a text that matches.
    #[test]
    fn a_text_has_the_bits_of_every_beginning_of_its_words() {
        let letters = || 'a'..='z';
        let words = letters().flat_map(|one| letters().map(move |two| [one, two]));
        let words: Vec<String> =
            words.flat_map(|[one, two]| letters().map(move |last| format!("{one}{two}{last}"))).collect();
        for word in &words {
            let (bits, beginning) = (Words::bits_in(word), word.split_at(2).0);
            assert_eq!(bits_of(beginning) & !bits, 0, "{word}");
            // A repeated word must not clear its bits.
            let twice = Words::bits_in(&format!("{word} {beginning} {word}"));
            assert_eq!(bits & !twice, 0, "{word}");
        }
    }

    #[test]
    fn symbols_alone_are_no_search() {
        for text in ["", " ", "!?-_."] {
            assert_eq!(Words::parse(text), None, "{text:?}");
        }
    }
}
