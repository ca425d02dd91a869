//! What the emulator does where the API's behaviour is unknown.

use serde::{Deserialize, Serialize};

/// What the emulator does where sources are silent or contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorChoices"))]
pub struct Choices {
    /// Refuses what the API may well refuse but what is seen to be sent to it: a partial update of a user who does not
    /// exist, a hard deletion without that of messages and conversations, ids that no user has.
    pub strict: bool,
    /// Answers a token with a wrong signature as the API did until 2022: code 43 and a text that names the API key.
    pub legacy_signature_errors: bool,
    /// Lets an upsert make a user anew whose id was hard-deleted. Off: two answers of Stream say that such an id stays
    /// taken, while a suite of its Python SDK can only pass where it does not.
    pub reuse_hard_deleted_ids: bool,
    /// How webhooks write times.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "EmulatorWebhookTimes"))]
    pub webhook_times: WebhookTimes,
}

/// How webhooks write times. SDKs whose events are typed read integers and refuse text; a delivery that was published has
/// text, which consumers of the first version of the API need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorWebhookTimes"))]
pub enum WebhookTimes {
    /// Whole nanoseconds since 1970, as answers have them.
    #[default]
    Nanoseconds,
    /// RFC 3339 text: `"2026-01-01T00:00:00.5Z"`.
    Rfc3339,
}
