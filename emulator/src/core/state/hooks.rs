//! The app's hooks.
//!
//! An app has either a list of hooks or the older single URL with a filter; Stream's documentation says that the two
//! must not be mixed. Hooks to queues and topics are only stored, because the emulator has no AWS; hooks over HTTP are
//! called.

use std::time::Duration;

use getstream_users::model::EventHook;
use serde::{Deserialize, Serialize};

/// The timeout of a hook that sets none: the one that Stream documents.
const TIMEOUT_MS: u32 = 6_000;

/// The type of hooks that are called over HTTP.
pub(crate) const WEBHOOK: &str = "webhook";

/// An app's hooks, named as in its settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Hooks {
    pub(crate) event_hooks: Vec<EventHook>,
    pub(crate) older: OlderHooks,
    /// Whether request bodies are compressed.
    pub(crate) enable_hook_payload_compression: bool,
}

/// The older settings: at most one hook of each kind. An empty string is no hook.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct OlderHooks {
    pub(crate) webhook_url: String,
    /// The types of events that these hooks receive; all types if empty.
    pub(crate) webhook_events: Vec<String>,
    pub(crate) sqs_url: String,
    pub(crate) sqs_key: String,
    pub(crate) sqs_secret: String,
    pub(crate) sns_topic_arn: String,
    pub(crate) sns_key: String,
    pub(crate) sns_secret: String,
}

/// A URL that receives an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Receiver<'a> {
    pub(crate) url: &'a str,
    pub(crate) timeout: Duration,
}

impl Hooks {
    /// Whether the app uses the list. It is `use_hook_v2` among the settings.
    pub(crate) fn is_list(&self) -> bool {
        !self.event_hooks.is_empty()
    }

    /// Whether there is any hook.
    pub(crate) fn any(&self) -> bool {
        self.is_list() || !self.older.webhook_url.is_empty()
    }

    /// The receivers of an event of this type, in the order of the hooks.
    pub(crate) fn receivers(&self, event: &str) -> impl Iterator<Item = Receiver<'_>> {
        let listed = self.event_hooks.iter().filter(move |hook| listens(hook, event)).filter_map(|hook| {
            let url = hook.webhook_url.as_deref()?;
            Some(Receiver { url, timeout: timeout(hook.timeout_ms) })
        });
        let older = (!self.is_list() && self.older.listens(event))
            .then_some(Receiver { url: &self.older.webhook_url, timeout: timeout(None) });
        listed.chain(older)
    }
}

/// A timeout of 0 counts as not set.
fn timeout(milliseconds: Option<u32>) -> Duration {
    Duration::from_millis(milliseconds.filter(|ms| *ms > 0).unwrap_or(TIMEOUT_MS).into())
}

fn listens(hook: &EventHook, event: &str) -> bool {
    let types = hook.event_types.as_deref().unwrap_or_default();
    let all = types.is_empty() && (!is_custom(event) || hook.should_send_custom_events == Some(true));
    hook.enabled != Some(false) && hook.hook_type.as_deref() == Some(WEBHOOK) && (all || lists(types, event))
}

fn lists(types: &[String], event: &str) -> bool {
    types.iter().any(|listed| listed == event)
}

/// Whether it is a custom event: Stream's own types have a dot in their name, an app's must not.
fn is_custom(event: &str) -> bool {
    !event.contains('.')
}

impl OlderHooks {
    fn listens(&self, event: &str) -> bool {
        !self.webhook_url.is_empty() && (self.webhook_events.is_empty() || lists(&self.webhook_events, event))
    }
}
