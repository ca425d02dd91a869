//! An event as a value, with the types of its fields. [`Form::write`] writes it for webhooks and sockets.

use getstream_users::model::{OwnUserResponse, Timestamp, UserGroup, UserResponsePrivacyFields};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::Value;

use crate::core::state::{Handshake, WebhookTimes};
use crate::core::wire::{EVENT, Form};

/// The fields of an event, in order.
#[derive(Debug, Clone)]
pub(crate) struct Event(Vec<(&'static str, Content)>);

impl Event {
    pub(crate) fn new(fields: impl IntoIterator<Item = (&'static str, Content)>) -> Self {
        Self(fields.into_iter().collect())
    }

    /// Adds a field; it replaces the one with the same name.
    pub(crate) fn set(&mut self, name: &'static str, content: impl Into<Content>) {
        let content = content.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = content,
            None => self.0.push((name, content)),
        }
    }

    /// The id of the event's user, if there is one.
    pub(super) fn user_id(&self) -> Option<&str> {
        self.0.iter().find_map(|(name, content)| match content {
            Content::User(user) if *name == "user" => Some(user.id.as_str()),
            _ => None,
        })
    }

    pub(super) fn text(&self, form: Form) -> String {
        // An event contains nothing that JSON cannot represent.
        form.write(self).ok().and_then(|json| String::from_utf8(json).ok()).unwrap_or_default()
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut event = serializer.serialize_struct(EVENT, self.0.len())?;
        for (name, content) in &self.0 {
            event.serialize_field(name, content)?;
        }
        event.end()
    }
}

/// A field of an event. What contains times or users has its type, so that each form can write them.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(untagged)]
pub(crate) enum Content {
    Time(Timestamp),
    User(Box<UserResponsePrivacyFields>),
    Users(Vec<Content>),
    Me(Box<OwnUserResponse>),
    Group(UserGroup),
    Json(Value),
}

impl<T: Into<Value>> From<T> for Content {
    fn from(value: T) -> Self {
        Self::Json(value.into())
    }
}

impl From<WebhookTimes> for Form {
    fn from(times: WebhookTimes) -> Self {
        Self { times_as_text: times == WebhookTimes::Rfc3339, custom_beside: false }
    }
}

/// Times are text for all SDKs: feeds-client and video-client accept text and integers, stream-chat accepts only text.
/// Chat SDKs also expect custom data beside the other fields.
impl From<Handshake> for Form {
    fn from(handshake: Handshake) -> Self {
        Self { times_as_text: true, custom_beside: handshake == Handshake::V1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const AT: Timestamp = Timestamp(1_500_000_000);

    fn event() -> Event {
        let user = UserResponsePrivacyFields {
            id: "a".to_owned(),
            custom: json!({ "id": "b", "born_at": 7, "custom": { "deep": 1 } }).as_object().cloned().unwrap(),
            created_at: AT,
            ..UserResponsePrivacyFields::default()
        };
        Event::new([
            ("type", "user.updated".into()),
            ("created_at", Content::Time(AT)),
            ("custom", json!({ "type": "mine", "score_at": 3 }).into()),
            ("user", Content::User(Box::new(user.clone()))),
            ("target_users", Content::Users(vec![Content::User(Box::new(user))])),
            ("expires", json!({ "seconds": 3 }).into()),
        ])
    }

    fn read(form: impl Into<Form>) -> Value {
        serde_json::from_str(&event().text(form.into())).unwrap()
    }

    #[test]
    fn chat_sdks_get_custom_data_beside_the_fields_and_times_as_text() {
        let event = read(Handshake::V1);
        assert_eq!((&event["type"], &event["score_at"]), (&json!("user.updated"), &json!(3)));
        assert_eq!((&event["created_at"], event.get("custom")), (&json!("1970-01-01T00:00:01.5Z"), None));
        for user in [&event["user"], &event["target_users"][0]] {
            assert_eq!((&user["id"], &user["born_at"]), (&json!("a"), &json!(7)));
            assert_eq!((&user["custom"], &user["created_at"]), (&json!({ "deep": 1 }), &event["created_at"]));
        }
    }

    #[test]
    fn feeds_and_video_sdks_get_times_as_text_and_custom_data_in_its_field() {
        let event = read(Handshake::V2);
        assert_eq!((&event["custom"]["score_at"], &event["expires"]["seconds"]), (&json!(3), &json!(3)));
        for user in [&event["user"], &event["target_users"][0]] {
            assert_eq!(
                (&user["custom"]["born_at"], &user["created_at"]),
                (&json!(7), &json!("1970-01-01T00:00:01.5Z"))
            );
        }
    }

    #[test]
    fn webhooks_get_times_in_the_chosen_format() {
        for (times, at) in [
            (WebhookTimes::Nanoseconds, json!(1_500_000_000)),
            (WebhookTimes::Rfc3339, json!("1970-01-01T00:00:01.5Z")),
        ] {
            let event = read(times);
            assert_eq!((&event["created_at"], &event["user"]["created_at"]), (&at, &at));
            assert_eq!((&event["custom"]["score_at"], &event["user"]["custom"]["id"]), (&json!(3), &json!("b")));
        }
    }

    #[test]
    fn a_field_is_replaced_in_its_place() {
        let mut event = event();
        event.set("custom", json!({ "score": 4 }));
        let text = event.text(WebhookTimes::Nanoseconds.into());
        assert!(text.contains(r#""created_at":1500000000,"custom":{"score":4},"user""#), "{text}");
    }
}
