//! How events are written to sockets. Times are text for all SDKs: feeds-client and video-client accept text and
//! integers, stream-chat accepts only text. Chat SDKs also expect the keys of custom data among the other fields.

use getstream_users::model::CustomData;
use serde_json::Value;

use super::times;
use crate::core::state::Handshake;

/// The field that chat SDKs expect flattened.
const CUSTOM: &str = "custom";

/// The text of an event, in the form for clients that connected with this handshake.
pub(super) fn text(mut content: CustomData, handshake: Handshake) -> String {
    times::write_as_text(&mut content);
    if handshake == Handshake::V1 {
        flatten(&mut content);
    }
    Value::Object(content).to_string()
}

/// Moves the keys of `custom` into the object around it, in the event and in every user in it. If a name is taken by a
/// field of the API, the field wins. The values of custom data are not changed.
fn flatten(object: &mut CustomData) {
    let custom = object.remove(CUSTOM);
    for value in object.values_mut() {
        match value {
            Value::Object(inner) => flatten(inner),
            Value::Array(elements) => elements.iter_mut().filter_map(Value::as_object_mut).for_each(flatten),
            _ => {}
        }
    }
    match custom {
        Some(Value::Object(custom)) => {
            for (name, value) in custom {
                object.entry(name).or_insert(value);
            }
        }
        Some(other) => drop(object.insert(CUSTOM.to_owned(), other)),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn custom_data_is_where_the_client_expects_it() {
        let event = json!({
            "type": "user.updated", "created_at": 1_500_000_000, "custom": { "type": "mine", "score": 3 },
            "user": { "id": "a", "custom": { "id": "b", "at": 7, "custom": { "deep": 1 } } },
            "me": { "mutes": [{ "target": { "custom": { "color": "red" } } }] },
        });
        let read = |handshake| -> Value {
            serde_json::from_str(&text(event.as_object().unwrap().clone(), handshake)).unwrap()
        };
        assert_eq!(
            read(Handshake::V1),
            json!({
                "type": "user.updated", "created_at": "1970-01-01T00:00:01.5Z", "score": 3,
                "user": { "id": "a", "at": 7, "custom": { "deep": 1 } },
                "me": { "mutes": [{ "target": { "color": "red" } }] },
            })
        );
        assert_eq!(read(Handshake::V2)["user"]["custom"], event["user"]["custom"]);
        assert_eq!(read(Handshake::V2)["created_at"], "1970-01-01T00:00:01.5Z");
    }
}
