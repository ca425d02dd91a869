//! The app's hooks.
//!
//! An app has either a list of hooks or the older single address with a filter; Stream's documentation says that the
//! two must not be mixed. Hooks to queues and topics are stored; only hooks over HTTP are called, because there is no
//! AWS here.

use std::time::Duration;

use getstream_users::model::EventHook;
use serde::{Deserialize, Serialize};

/// How long a call may take when its hook does not say: what Stream documents.
const TIMEOUT_MS: u32 = 6_000;

/// The kind of hook that gets calls.
pub(crate) const WEBHOOK: &str = "webhook";

/// An app's hooks, under the names they have among its settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Hooks {
    pub(crate) event_hooks: Vec<EventHook>,
    pub(crate) older: OlderHooks,
    /// Whether calls are compressed.
    pub(crate) enable_hook_payload_compression: bool,
}

/// The older kind of hooks: at most one of each sort. An empty text is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct OlderHooks {
    pub(crate) webhook_url: String,
    /// The types of events that all of them get; every type when empty.
    pub(crate) webhook_events: Vec<String>,
    pub(crate) sqs_url: String,
    pub(crate) sqs_key: String,
    pub(crate) sqs_secret: String,
    pub(crate) sns_topic_arn: String,
    pub(crate) sns_key: String,
    pub(crate) sns_secret: String,
}

/// Where an event is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Receiver<'a> {
    pub(crate) url: &'a str,
    pub(crate) timeout: Duration,
}

impl Hooks {
    /// Whether the app uses the list. `use_hook_v2` among its settings.
    pub(crate) fn is_list(&self) -> bool {
        !self.event_hooks.is_empty()
    }

    /// Whether anything may be sent at all.
    pub(crate) fn any(&self) -> bool {
        self.is_list() || !self.older.webhook_url.is_empty()
    }

    /// Where an event of that type is sent, in the order of the hooks.
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

/// A hook that says 0 has not made up its mind.
fn timeout(milliseconds: Option<u32>) -> Duration {
    Duration::from_millis(milliseconds.filter(|ms| *ms > 0).unwrap_or(TIMEOUT_MS).into())
}

fn listens(hook: &EventHook, event: &str) -> bool {
    let types = hook.event_types.as_deref().unwrap_or_default();
    let all = types.is_empty() && (!is_made_up(event) || hook.should_send_custom_events == Some(true));
    hook.enabled != Some(false) && hook.hook_type.as_deref() == Some(WEBHOOK) && (all || lists(types, event))
}

fn lists(types: &[String], event: &str) -> bool {
    types.iter().any(|listed| listed == event)
}

/// Stream's own types have a dot in their name, those of an app must not have one.
fn is_made_up(event: &str) -> bool {
    !event.contains('.')
}

impl OlderHooks {
    fn listens(&self, event: &str) -> bool {
        !self.webhook_url.is_empty() && (self.webhook_events.is_empty() || lists(&self.webhook_events, event))
    }
}
