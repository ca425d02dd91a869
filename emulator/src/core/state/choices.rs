//! What the emulator does where the API's behaviour is unknown.

use serde::{Deserialize, Serialize};

/// What the emulator does where sources are silent or contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorChoices"))]
pub struct Choices {
    /// Rejects requests that the API probably rejects, although clients have been seen to send them: a partial update
    /// of a user that does not exist, a hard deletion of a user without its messages and conversations, ids of no user.
    pub strict: bool,
    /// Responds to a wrong token signature as the API did until 2022: with code 43 and a message that names the API
    /// key.
    pub legacy_signature_errors: bool,
    /// Allows an upsert to create a user with a hard-deleted id. Off by default: two statements by Stream say that such
    /// an id stays taken, while a test suite of its Python SDK passes only if it does not.
    pub reuse_hard_deleted_ids: bool,
    /// The format of times in webhooks.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "EmulatorWebhookTimes"))]
    pub webhook_times: WebhookTimes,
}

/// The format of times in webhooks. Stream's SDKs with typed events read integers and reject text. A published delivery
/// has text, and so have webhooks of the first version of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorWebhookTimes"))]
pub enum WebhookTimes {
    /// Whole nanoseconds since 1970, as in responses.
    #[default]
    Nanoseconds,
    /// RFC 3339 text: `"2026-01-01T00:00:00.5Z"`.
    Rfc3339,
}
