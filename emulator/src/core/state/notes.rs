//! What a response reports in its headers: the ignored fields, and the choices that affected it.

/// Ignored fields, and choices that affected the response.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Notes {
    /// The paths of the ignored fields.
    pub(crate) ignored: Vec<String>,
    /// The emulator's choices that affected the response.
    pub(crate) guesses: Vec<&'static str>,
    /// The connection whose events the response waits for.
    pub(crate) waits_for: Option<u64>,
}

impl Notes {
    /// Notes that a choice affected the response. Each choice is listed once.
    pub(crate) fn guess(&mut self, guess: &'static str) {
        if !self.guesses.contains(&guess) {
            self.guesses.push(guess);
        }
    }
}
