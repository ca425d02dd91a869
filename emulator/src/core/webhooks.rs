//! Due webhook requests. The host (the server or `createEmulator`) sends them.
//!
//! After everything that may cause an event, the host asks for due requests, sends them, reports each outcome, and asks
//! again: a URL gets its next request after the previous one has ended. If nothing is due, the host waits as long as
//! [`Emulator::next_webhook_in`] says.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use getstream_users::auth::webhook_signature;
use getstream_users::model::Timestamp;
use serde::{Serialize, Serializer};

use crate::core::emulator::Emulator;
use crate::core::jobs::catch_up;
use crate::core::state::{CallResult, Entry, Progress};
use crate::core::wire::{Headers, rfc3339};

/// A webhook request to be sent now, with POST. The host must not follow redirects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookCall {
    /// The id of the event; all attempts have the same.
    pub id: String,
    /// The receiver's URL.
    pub url: String,
    /// The headers, except `content-length` and `host`.
    pub headers: Headers,
    /// The body.
    pub body: Vec<u8>,
    /// How long to wait for the response.
    pub timeout: Duration,
}

/// The delivery of an event to one URL, with its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorWebhook"))]
pub struct WebhookDelivery {
    /// The event's id, which the receiver gets in `X-Webhook-Id`. Each URL has its own id for the same event.
    pub id: String,
    /// The event's type: `user.updated`.
    pub r#type: String,
    /// The receiver's URL.
    pub url: String,
    /// When the event happened; RFC 3339 in JSON.
    #[serde(serialize_with = "as_text")]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub created_at: Timestamp,
    /// The state of the delivery.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "EmulatorWebhookProgress"))]
    pub progress: Progress,
    /// The number of attempts.
    pub attempts: u32,
    /// The HTTP status of the response to the latest attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub status: Option<u16>,
    /// Why the latest attempt got no response.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub error: Option<String>,
    /// The request body, before compression.
    pub body: String,
}

fn as_text<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&rfc3339::write(*time))
}

impl From<&Entry> for WebhookDelivery {
    fn from(entry: &Entry) -> Self {
        let (status, error) = match &entry.result {
            None => (None, None),
            Some(CallResult::Status(status)) => (Some(*status), None),
            Some(CallResult::TimedOut) => (None, Some("no response in time".to_owned())),
            Some(CallResult::Unreachable(reason)) => (None, Some(reason.clone())),
        };
        Self {
            id: entry.id.clone(),
            r#type: entry.event.clone(),
            url: entry.url.clone(),
            created_at: entry.created_at,
            progress: entry.progress,
            attempts: entry.attempts,
            status,
            error,
            body: entry.json.clone(),
        }
    }
}

impl Emulator {
    /// The requests to be sent now. Each is returned once; the host then calls [`Emulator::webhook_called`].
    #[must_use]
    pub fn due_webhooks(&mut self, driving: Timestamp) -> Vec<WebhookCall> {
        let now = self.time(driving);
        let mark = self.world.mark();
        // Runs due tasks first, so that their events do not wait for the next API request.
        catch_up(&mut self.world, now);
        self.revision += u64::from(self.world.mark() != mark);
        let due = self.world.deliveries.take_due(now);
        due.into_iter().map(|entry| self.call(entry)).collect()
    }

    /// Records the outcome of a webhook request. An unknown id is ignored.
    pub fn webhook_called(&mut self, id: &str, result: CallResult, driving: Timestamp) {
        let now = self.time(driving);
        if self.world.deliveries.end(id, result, now) {
            self.revision += 1;
        }
    }

    /// How long until a request may be due, by the host's clock. `None` if nothing is queued, or if it waits for a
    /// request under way or for a stopped clock.
    #[must_use]
    pub fn next_webhook_in(&self, driving: Timestamp) -> Option<Duration> {
        let next = self.next_webhook_at()?;
        let wait = u64::try_from(next.0.saturating_sub(self.time(driving).0)).unwrap_or_default();
        (wait == 0 || self.world.clock.frozen_at().is_none()).then_some(Duration::from_nanos(wait))
    }

    /// Whether an event is, or will be, due for a hook or a connection and is not under way. It costs next to nothing;
    /// [`Emulator::next_webhook_in`] returns the time.
    #[must_use]
    pub fn expects_webhooks(&self) -> bool {
        self.next_webhook_at().is_some()
    }

    fn next_webhook_at(&self) -> Option<Timestamp> {
        let task = self.world.tasks.next_run().filter(|_| self.world.hooks.any() || self.world.connections.any());
        self.world.deliveries.next_due().into_iter().chain(task).min()
    }

    /// The deliveries, made and queued, in the order of the events. Of those that are finished, the latest 1,000 are
    /// kept.
    #[must_use]
    pub fn webhook_deliveries(&self) -> Vec<WebhookDelivery> {
        self.world.deliveries.all().into_iter().map(WebhookDelivery::from).collect()
    }

    /// Sends the event with this id again, or all that are kept, and returns how many. They keep their id and content,
    /// and attempts are counted from 1 again. Events that are queued or under way are not included, since they will be
    /// sent anyway.
    pub fn replay_webhooks(&mut self, id: Option<&str>) -> usize {
        let count = self.world.deliveries.replay(id);
        self.revision += u64::from(count > 0);
        count
    }

    fn call(&self, entry: Entry) -> WebhookCall {
        let json = entry.json.into_bytes();
        let mut headers = Headers::default();
        headers.append("content-type", "application/json");
        headers.append("x-webhook-id", entry.id.as_str());
        headers.append("x-webhook-attempt", entry.attempts.saturating_add(1).to_string());
        headers.append("x-api-key", self.config().api_key.as_str());
        headers.append("x-signature", webhook_signature(&self.world.signing_key, &json));
        let compressed = self.world.hooks.enable_hook_payload_compression.then(|| gzip(&json)).flatten();
        if compressed.is_some() {
            headers.append("content-encoding", "gzip");
        }
        WebhookCall {
            id: entry.id,
            url: entry.url,
            headers,
            body: compressed.unwrap_or(json),
            timeout: Duration::from_millis(entry.timeout_ms),
        }
    }
}

/// Writing to memory does not fail; if it did, the body would be sent uncompressed.
fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::config::Config;
    use crate::core::wire::Cause;

    #[test]
    fn no_webhook_is_due_while_the_clock_is_stopped() {
        let mut emulator = Emulator::new(Config::default());
        emulator.world.hooks.older.webhook_url = "http://x".to_owned();
        emulator.world.clock.freeze(Timestamp(500));
        emulator.world.announce("user.updated", Cause::task(Timestamp(400)), |_| Vec::new());
        let (early, late) = (Timestamp(0), Timestamp(i64::MAX));
        assert_eq!(emulator.next_webhook_in(early), Some(Duration::ZERO));
        let id = emulator.due_webhooks(early).remove(0).id;
        emulator.webhook_called(&id, CallResult::Status(500), late);
        assert_eq!((emulator.next_webhook_in(late), emulator.due_webhooks(late)), (None, vec![]));
        emulator.advance(Duration::from_secs(1));
        assert_eq!((emulator.next_webhook_in(late), emulator.due_webhooks(late).len()), (Some(Duration::ZERO), 1));
    }
}
