//! What happened, for those who listen: the app's hooks.
//!
//! Operations announce what they have done, in the order in which they did it. An event is made when it is announced, as
//! things were then, and waits in the app's [`Deliveries`] until a face of the emulator comes for it: the core calls
//! nobody.
//!
//! [`Deliveries`]: crate::core::state::Deliveries

mod request_info;
mod times;
mod user;

use getstream_users::model::CustomData;
use serde::Serialize;
use serde_json::Value;

use crate::core::state::{Announcement, WebhookTimes, World};
use crate::core::wire::Cause;

pub(crate) use user::{undeleted_user, updated_user, user};

impl World {
    /// Tells the app's hooks that something happened, by the name of the event. To be called when it has happened and
    /// nothing can fail any more. `fields` is what the event has beside what all events have; it is only asked for when a
    /// hook listens, so that nobody else pays for it.
    pub(crate) fn announce(
        &mut self,
        event: &str,
        cause: Cause<'_>,
        fields: impl FnOnce(&Self) -> Vec<(&'static str, Value)>,
    ) {
        if self.hooks.receivers(event).next().is_none() {
            return;
        }
        // Never earlier than what it tells of.
        let created_at = cause.now.max(self.clock.latest());
        let content = self.event(event, cause, value(&created_at), fields(self));
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

    fn event(
        &self,
        event: &str,
        cause: Cause<'_>,
        created_at: Value,
        fields: Vec<(&'static str, Value)>,
    ) -> CustomData {
        let mut content = CustomData::new();
        content.insert("type".to_owned(), event.into());
        content.insert("created_at".to_owned(), created_at);
        // The description of the API has it in every event.
        content.insert("custom".to_owned(), Value::Object(CustomData::new()));
        content.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
        if let Some((request, caller)) = cause.request {
            content.insert("request_info".to_owned(), request_info::of(request, caller));
        }
        content
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
