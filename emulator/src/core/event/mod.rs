//! Events, for the app's hooks and for connected users.
//!
//! An operation announces what it has done. The event is created with the data of that moment and queued; the core
//! itself sends nothing. The host (the server or `createEmulator`) fetches the queue.

mod audience;
mod content;
mod request_info;
mod user;

use std::collections::BTreeMap;
use std::sync::Arc;

use getstream_users::model::{CustomData, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::core::state::{Announcement, NORMAL, World};
use crate::core::view;
use crate::core::wire::{Cause, Form};
use audience::Audience;

pub(crate) use content::{Content, Event};
pub(crate) use user::{undeleted_user, updated_user, user};

impl World {
    /// Sends an event to the app's hooks and to the connections that receive it. Call this after the change, when
    /// nothing can fail any more. `fields` returns the event's own fields, in addition to those of all events; it is
    /// only called if there is a hook or a connection, so that other requests do not pay for it.
    pub(crate) fn announce(
        &mut self,
        event: &str,
        cause: Cause<'_>,
        fields: impl FnOnce(&Self) -> Vec<(&'static str, Content)>,
    ) {
        let is_for_hooks = self.hooks.receivers(event).next().is_some();
        if !is_for_hooks && !self.connections.any() {
            return;
        }
        // An event is never older than the change it reports, whose time may be slightly ahead of the clock.
        let created_at = cause.now.max(self.clock.latest());
        let content = new_event(event, created_at, fields(self));
        self.send_to_connections(event, &content);
        if is_for_hooks {
            self.queue_for_hooks(event, created_at, cause, content);
        }
    }

    fn queue_for_hooks(&mut self, event: &str, created_at: Timestamp, cause: Cause<'_>, mut content: Event) {
        if let Some((request, caller)) = cause.request {
            content.set("request_info", request_info::of(request, caller));
        }
        // Events of a request are due now, events of a task when the task was due.
        let due_at = cause.request.is_none().then_some(cause.now);
        let mut texts: BTreeMap<Form, String> = BTreeMap::new();
        for receiver in self.hooks.receivers(event) {
            let times = self.webhook_times_by_url.get(receiver.url).copied().unwrap_or(self.choices.webhook_times);
            let json = texts.entry(times.into()).or_insert_with_key(|form| content.text(*form));
            self.deliveries.add(Announcement { event, created_at, json, due_at }, receiver);
        }
    }

    /// Queues an event for the connections that receive it.
    fn send_to_connections(&mut self, event: &str, content: &Event) {
        let Some(audience) = Audience::of(event).filter(|_| self.connections.any()) else { return };
        let Some(user_id) = content.user_id() else { return };
        let own = self.connections.of(user_id);
        let watchers = if audience.watchers { self.connections.watchers(user_id) } else { Vec::new() };
        let mut texts: BTreeMap<Form, Arc<str>> = BTreeMap::new();
        for number in own.iter().filter(|_| audience.user).chain(&watchers) {
            let Some(handshake) = self.connections.handshake(*number) else { continue };
            let text = texts.entry(handshake.into()).or_insert_with_key(|form| content.text(*form).into());
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
        let content = new_event(event, created_at, vec![("me", Content::Me(Box::new(view::own(self, user))))]);
        for number in numbers {
            self.send_to_socket(number, &content);
        }
    }

    /// Sends an event to one socket, in the form for its client.
    pub(crate) fn send_to_socket(&mut self, number: u64, content: &Event) {
        if let Some(handshake) = self.connections.handshake(number) {
            self.connections.send(number, content.text(handshake.into()).into());
        }
    }
}

fn new_event(event: &str, created_at: Timestamp, fields: Vec<(&'static str, Content)>) -> Event {
    // Every event has the field `custom` in the API's description.
    let custom = Value::Object(CustomData::new());
    let mut content =
        Event::new([("type", event.into()), ("created_at", Content::Time(created_at)), ("custom", custom.into())]);
    for (name, field) in fields {
        content.set(name, field);
    }
    content
}

/// A value as JSON.
pub(crate) fn value(content: &impl Serialize) -> Value {
    // Everything that a response can contain can be serialized.
    serde_json::to_value(content).unwrap_or_default()
}
