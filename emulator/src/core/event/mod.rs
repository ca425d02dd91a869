//! Events, for the app's hooks and for connected users.
//!
//! Operations announce what they did, in order. An event is created with the data of that moment, and waits in the
//! app's deliveries until a server or `createEmulator` fetches it: the core sends nothing.

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
    /// Tells the app's hooks and whom else it concerns that something happened, by the name of the event. To be called when
    /// it has happened and nothing can fail any more. `fields` is what the event has beside what all events have; it is only
    /// asked for when a hook listens or somebody is connected, so that nobody else pays for it.
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
        // Never earlier than what it tells of.
        let created_at = cause.now.max(self.clock.latest());
        let content = self.event(event, value(&created_at), fields(self));
        self.tell_connected(event, &content);
        if is_for_hooks {
            self.tell_hooks(event, created_at, cause, content);
        }
    }

    fn tell_hooks(&mut self, event: &str, created_at: Timestamp, cause: Cause<'_>, mut content: CustomData) {
        if let Some((request, caller)) = cause.request {
            content.insert("request_info".to_owned(), request_info::of(request, caller));
        }
        // What a request did is told at once, what a task did when the task was there.
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
        // The description of the API has it in every event.
        content.insert("custom".to_owned(), Value::Object(CustomData::new()));
        content.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
        content
    }

    /// Queues an event for the connections that receive it.
    fn tell_connected(&mut self, event: &str, content: &CustomData) {
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

    /// Tells a user's own connections something about the user itself: `me`, as it is now.
    pub(crate) fn tell_own(&mut self, event: &str, user_id: &str) {
        let numbers = self.connections.of(user_id);
        if numbers.is_empty() {
            return;
        }
        let created_at = self.now.max(self.clock.latest());
        let Ok(user) = self.users.active(user_id) else { return };
        let me = value(&view::own(self, user));
        let content = self.event(event, value(&created_at), vec![("me", me)]);
        for number in numbers {
            self.tell_socket(number, content.clone());
        }
    }

    /// Sends an event to one socket, in the form that its client reads.
    pub(crate) fn tell_socket(&mut self, number: u64, content: CustomData) {
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
    // What an answer could hold can be written.
    serde_json::to_value(content).unwrap_or_default()
}
