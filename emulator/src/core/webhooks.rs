//! Webhook calls that are due, for the server or the object that makes them.
//!
//! After everything that may cause a call, that host asks what is due, makes those calls, reports how each ended, and
//! asks again: an address gets its next call when the previous one has ended. When nothing is due, the host waits as
//! long as the answer says.

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

/// A call of a webhook that has to be made now: a POST. Redirects are not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookCall {
    /// Names the event; the same for every attempt.
    pub id: String,
    /// Where.
    pub url: String,
    /// The header fields, `content-length` and `host` excepted.
    pub headers: Headers,
    /// The body.
    pub body: Vec<u8>,
    /// How long the receiver has for its answer.
    pub timeout: Duration,
}

/// An event on its way to one address, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorWebhook"))]
pub struct WebhookDelivery {
    /// The event's id, as the receiver sees it in `X-Webhook-Id`. The same event has another one for every address.
    pub id: String,
    /// The event's type: `user.updated`.
    pub r#type: String,
    /// The address.
    pub url: String,
    /// When the event happened; RFC 3339 in JSON.
    #[serde(serialize_with = "as_text")]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub created_at: Timestamp,
    /// Where it stands.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "EmulatorWebhookProgress"))]
    pub progress: Progress,
    /// How often it was sent.
    pub attempts: u32,
    /// The HTTP status that answered the latest attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub status: Option<u16>,
    /// Why the latest attempt got no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub error: Option<String>,
    /// What is sent, before any compression.
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
            Some(CallResult::TimedOut) => (None, Some("there was no answer in time".to_owned())),
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
    /// The calls that have to be made now. Each is handed out once; [`Emulator::webhook_called`] has to follow.
    #[must_use]
    pub fn due_webhooks(&mut self, driving: Timestamp) -> Vec<WebhookCall> {
        let now = self.time(driving);
        let mark = self.world.mark();
        // What tasks have done by now is told now, not when somebody asks for it.
        catch_up(&mut self.world, now);
        self.revision += u64::from(self.world.mark() != mark);
        let due = self.world.deliveries.take_due(now);
        due.into_iter().map(|entry| self.call(entry)).collect()
    }

    /// Notes how a call ended. Nothing happens for one that is not known any more.
    pub fn webhook_called(&mut self, id: &str, result: CallResult, driving: Timestamp) {
        let now = self.time(driving);
        if self.world.deliveries.end(id, result, now) {
            self.revision += 1;
        }
    }

    /// How long it takes until there may be a call to make, by the clock that drives the emulator. `None` when nothing
    /// waits but for the end of calls that are under way, or for a clock that stands still.
    #[must_use]
    pub fn next_webhook_in(&self, driving: Timestamp) -> Option<Duration> {
        let next = self.next_webhook_at()?;
        let wait = u64::try_from(next.0.saturating_sub(self.time(driving).0)).unwrap_or_default();
        (wait == 0 || self.world.clock.frozen_at().is_none()).then_some(Duration::from_nanos(wait))
    }

    /// Whether there is, or will be by itself, anything to tell a hook or who is connected that is not under way: [`Emulator::next_webhook_in`]
    /// says when, this costs next to nothing.
    #[must_use]
    pub fn expects_webhooks(&self) -> bool {
        self.next_webhook_at().is_some()
    }

    fn next_webhook_at(&self) -> Option<Timestamp> {
        let task = self.world.tasks.next_run().filter(|_| self.world.hooks.any() || self.world.connections.any());
        self.world.deliveries.next_due().into_iter().chain(task).min()
    }

    /// The events that hooks were told or wait to be told, in the order in which they happened. Of those that are done
    /// with, the latest 1,000 are remembered.
    #[must_use]
    pub fn webhook_deliveries(&self) -> Vec<WebhookDelivery> {
        self.world.deliveries.all().into_iter().map(WebhookDelivery::from).collect()
    }

    /// Sends the event of that id again, or all that are remembered, and returns how many that makes. They keep their
    /// ids and their content, and their attempts are counted from 1 again. Events that wait or are under way are sent
    /// anyway and not counted.
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

/// Writing into memory does not fail; if it did, the call would go out as it is.
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
    fn nothing_waits_for_a_clock_that_stands_still() {
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
