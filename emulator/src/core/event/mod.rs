//! Events, for the app's hooks and for connected users.
//!
//! An operation announces what it has done. The event is created with the data of that moment and queued; the core
//! itself sends nothing. The host (the server or `createEmulator`) fetches the queue.

mod audience;
mod request_info;
mod socket_form;
mod times;
mod user;

use std::collections::BTreeMap;
use std::sync::Arc;

use getstream_users::model::{CustomData, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::core::state::{Announcement, Handshake, NORMAL, WebhookTimes, World};
use crate::core::view;
use crate::core::wire::Cause;
use audience::Audience;

pub(crate) use user::{undeleted_user, updated_user, user};

impl World {
    /// Sends an event to the app's hooks and to the connections that receive it. Call this after the change, when
    /// nothing can fail any more. `fields` returns the event's own fields, in addition to those of all events; it is
    /// only called if there is a hook or a connection, so that other requests do not pay for it.
    pub(crate) fn announce(
        &mut self,
        event: &str,
        cause: Cause<'_>,
        fields: impl FnOnce(&Self) -> Vec<(&'static str, Value)>,
    ) {
        let is_for_hooks = self.hooks.receivers(event).next().is_some();
        if !is_for_hooks && !self.connections.any() {
            return;
        }
        // An event is never older than the change it reports, whose time may be slightly ahead of the clock.
        let created_at = cause.now.max(self.clock.latest());
        let content = self.event(event, value(&created_at), fields(self));
        self.send_to_connections(event, &content);
        if is_for_hooks {
            self.queue_for_hooks(event, created_at, cause, content);
        }
    }

    fn queue_for_hooks(&mut self, event: &str, created_at: Timestamp, cause: Cause<'_>, mut content: CustomData) {
        if let Some((request, caller)) = cause.request {
            content.insert("request_info".to_owned(), request_info::of(request, caller));
        }
        // Events of a request are due now, events of a task when the task was due.
        let due_at = cause.request.is_none().then_some(cause.now);
        let (mut with_numbers, mut with_text) = (None, None);
        for receiver in self.hooks.receivers(event) {
            let times = self.webhook_times_by_url.get(receiver.url).copied().unwrap_or(self.choices.webhook_times);
            let json: &String = match times {
                WebhookTimes::Nanoseconds => with_numbers.get_or_insert_with(|| json(content.clone())),
                WebhookTimes::Rfc3339 => with_text.get_or_insert_with(|| {
                    let mut content = content.clone();
                    times::write_as_text(&mut content);
                    json(content)
                }),
            };
            self.deliveries.add(Announcement { event, created_at, json, due_at }, receiver);
        }
    }

    fn event(&self, event: &str, created_at: Value, fields: Vec<(&'static str, Value)>) -> CustomData {
        let mut content = CustomData::new();
        content.insert("type".to_owned(), event.into());
        content.insert("created_at".to_owned(), created_at);
        // Every event has this field in the API's description.
        content.insert("custom".to_owned(), Value::Object(CustomData::new()));
        content.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
        content
    }

    /// Queues an event for the connections that receive it.
    fn send_to_connections(&mut self, event: &str, content: &CustomData) {
        let Some(audience) = Audience::of(event).filter(|_| self.connections.any()) else { return };
        let Some(user_id) = content.get("user").and_then(|user| user.get("id")).and_then(Value::as_str) else { return };
        let own = self.connections.of(user_id);
        let watchers = if audience.watchers { self.connections.watchers(user_id) } else { Vec::new() };
        let mut texts: BTreeMap<bool, Arc<str>> = BTreeMap::new();
        for number in own.iter().filter(|_| audience.user).chain(&watchers) {
            let Some(handshake) = self.connections.handshake(*number) else { continue };
            let text = texts
                .entry(handshake == Handshake::V1)
                .or_insert_with(|| socket_form::text(content.clone(), handshake).into());
            self.connections.send(*number, Arc::clone(text));
        }
        if let Some(reason) = audience.ends {
            for number in own {
                self.connections.close(number, NORMAL, &format!("the user {user_id} {reason}"));
            }
        }
    }

    /// Sends a user's own connections an event about that user: `me`, with the current state.
    pub(crate) fn send_own_user(&mut self, event: &str, user_id: &str) {
        let numbers = self.connections.of(user_id);
        if numbers.is_empty() {
            return;
        }
        let created_at = self.now.max(self.clock.latest());
        let Ok(user) = self.users.active(user_id) else { return };
        let me = value(&view::own(self, user));
        let content = self.event(event, value(&created_at), vec![("me", me)]);
        for number in numbers {
            self.send_to_socket(number, content.clone());
        }
    }

    /// Sends an event to one socket, in the form that its client reads.
    pub(crate) fn send_to_socket(&mut self, number: u64, content: CustomData) {
        if let Some(handshake) = self.connections.handshake(number) {
            self.connections.send(number, socket_form::text(content, handshake).into());
        }
    }
}

fn json(content: CustomData) -> String {
    Value::Object(content).to_string()
}

/// A field of an event.
pub(crate) fn value(content: &impl Serialize) -> Value {
    // Everything that a response can contain can be serialized.
    serde_json::to_value(content).unwrap_or_default()
}
