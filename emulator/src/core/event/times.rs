//! Times in webhook events.
//!
//! Events have the same types as responses, whose times are integers. With the setting `rfc3339`, webhooks contain text
//! instead: the integers in the API's time fields are replaced, by field name. Custom data is not changed, because its
//! numbers have the app's own meaning.

use getstream_users::model::{CustomData, Timestamp};
use serde_json::Value;

use crate::core::wire::rfc3339;

/// The time fields whose names do not end with `_at`.
const NAMES: [&str; 7] = [
    "last_active",
    "expires",
    "expiration",
    "ban_expires",
    "disabled_until",
    "revoke_tokens_issued_before",
    "mute_expires",
];

/// Replaces every time in the object with RFC 3339 text.
pub(super) fn write_as_text(object: &mut CustomData) {
    for (name, value) in object.iter_mut().filter(|(name, _)| *name != "custom") {
        match value {
            Value::Number(number) if is_time(name) => {
                if let Some(nanoseconds) = number.as_i64() {
                    *value = rfc3339::write(Timestamp(nanoseconds)).into();
                }
            }
            Value::Object(inner) => write_as_text(inner),
            Value::Array(elements) => elements.iter_mut().filter_map(Value::as_object_mut).for_each(write_as_text),
            _ => {}
        }
    }
}

fn is_time(name: &str) -> bool {
    name.ends_with("_at") || NAMES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use getstream_users::model::{UserMuteResponse, UserResponse, UserResponsePrivacyFields};
    use serde::Serialize;
    use serde_json::json;

    #[test]
    fn times_become_text_and_nothing_else_does() {
        let mut event = json!({
            "created_at": 1_500_000_000, "total_bans": 1_500_000_000, "expiration": 0,
            "user": { "updated_at": 1, "custom": { "born_at": 5 } }, "target_users": [{ "deleted_at": 2_000_000_000 }],
        });
        write_as_text(event.as_object_mut().unwrap());
        assert_eq!(
            event,
            json!({
                "created_at": "1970-01-01T00:00:01.5Z", "total_bans": 1_500_000_000,
                "expiration": "1970-01-01T00:00:00Z",
                "user": { "updated_at": "1970-01-01T00:00:00.000000001Z", "custom": { "born_at": 5 } },
                "target_users": [{ "deleted_at": "1970-01-01T00:00:02Z" }],
            })
        );
    }

    /// Fails if a type gets a time field whose name is not listed above.
    #[test]
    fn every_time_of_the_shapes_in_events_is_found() {
        fn leaves_none(shape: &impl Serialize) {
            let mut value = json!({ "shape": serde_json::to_value(shape).unwrap() });
            write_as_text(value.as_object_mut().unwrap());
            assert!(!value.to_string().contains("1234567890123456789"), "{value}");
        }
        let at = Timestamp(1_234_567_890_123_456_789);
        let user = UserResponse {
            created_at: at,
            updated_at: at,
            last_active: Some(at),
            ban_expires: Some(at),
            deactivated_at: Some(at),
            deleted_at: Some(at),
            revoke_tokens_issued_before: Some(at),
            ..UserResponse::default()
        };
        leaves_none(&UserMuteResponse {
            created_at: at,
            updated_at: at,
            expires: Some(at),
            ..UserMuteResponse::default()
        });
        leaves_none(&user);
        leaves_none(&UserResponsePrivacyFields {
            created_at: at,
            updated_at: at,
            last_active: Some(at),
            deactivated_at: Some(at),
            deleted_at: Some(at),
            revoke_tokens_issued_before: Some(at),
            ..UserResponsePrivacyFields::default()
        });
    }
}
