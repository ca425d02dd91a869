//! What the emulator does where the API's own behaviour is not known.

use serde::{Deserialize, Serialize};

/// What the emulator does where sources are silent or contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choices {
    /// Refuses what the API may well refuse but what is seen to be sent to it: a partial update of a user who does not
    /// exist, a hard deletion without that of messages and conversations, ids that no user has.
    pub strict: bool,
    /// Answers a token with a wrong signature as the API did until 2022: code 43 and a text that names the API key.
    pub legacy_signature_errors: bool,
    /// How webhooks write times.
    pub webhook_times: WebhookTimes,
}

/// How webhooks write times. A delivery that was published has text, while SDKs whose events are typed read integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookTimes {
    /// RFC 3339 text: `"2026-01-01T00:00:00.5Z"`.
    #[default]
    Rfc3339,
    /// Whole nanoseconds since 1970, as answers have them.
    Nanoseconds,
}
