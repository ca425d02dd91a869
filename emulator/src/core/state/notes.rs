//! What a response reports beside its body: ignored fields, and the guess that decided.

/// Ignored fields, and guesses that decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Notes {
    /// The paths of the ignored fields.
    pub(crate) ignored: Vec<String>,
    /// Choices of the emulator that have decided something.
    pub(crate) guesses: Vec<&'static str>,
    /// The connection whose events the answer waits for.
    pub(crate) waits_for: Option<u64>,
}

impl Notes {
    /// Notes that a choice has decided something. Once is enough.
    pub(crate) fn guess(&mut self, guess: &'static str) {
        if !self.guesses.contains(&guess) {
            self.guesses.push(guess);
        }
    }
}
