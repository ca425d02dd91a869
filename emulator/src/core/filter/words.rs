//! Search by the beginnings of words, as people type.

/// Beginnings of words, in small letters. Has at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words(Vec<String>);

impl Words {
    /// The words of a text; `None` when it has none, as one of nothing but symbols.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let words: Vec<String> = split(text).map(str::to_lowercase).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// Whether the first of them begins the text.
    pub(super) fn begin(&self, text: &str) -> bool {
        let first = self.0.first().map(String::as_str).unwrap_or_default();
        split(&text.to_lowercase()).next().is_some_and(|word| word.starts_with(first))
    }

    /// Whether each of them begins a word of `text`. SDK tests show `ro` finding "Curiosity Rover" and "Roxy".
    pub(super) fn are_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().all(|beginning| split(&text).any(|word| word.starts_with(beginning.as_str())))
    }
}

/// Everything but letters and digits stands between words, an underscore too: that finds both words of
/// `curiosity_rover`.
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

    #[test]
    fn symbols_alone_are_no_search() {
        for text in ["", " ", "!?-_."] {
            assert_eq!(Words::parse(text), None, "{text:?}");
        }
    }
}
