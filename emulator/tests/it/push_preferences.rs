//! Push preferences.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{Answer, App, As, START_MS};

fn update_as(app: &mut App, caller: As<'_>, preferences: &Value) -> Answer {
    let body = json!({ "preferences": preferences }).to_string();
    app.call_as(caller, Method::Post, "/push_preferences", body.as_bytes())
}

fn update(app: &mut App, preferences: Value) -> Answer {
    update_as(app, As::Server, &preferences)
}

#[test]
fn preferences_are_stored_and_missing_fields_stay_unchanged() {
    let mut app = App::of(&["u", "v"]);
    let answer = update(
        &mut app,
        json!([
            {
                "user_id": "u", "chat_level": "mentions", "call_level": "none", "feeds_level": "default",
                "disabled_until": "2026-01-01T00:00:00Z", "chat_preferences": { "thread_replies": "none" },
                "feeds_preferences": { "follow": "all", "custom_activity_types": { "run": "none" } },
            },
            { "user_id": "v", "channel_cid": "messaging:one", "chat_level": "none", "call_level": "all" },
        ]),
    );
    assert_eq!(answer.status, 201);
    let overall = json!({
        "chat_level": "mentions", "call_level": "none", "feeds_level": "default",
        "disabled_until": START_MS * 1_000_000, "chat_preferences": { "thread_replies": "none" },
        "feeds_preferences": { "follow": "all", "custom_activity_types": { "run": "none" } },
    });
    assert_eq!(
        answer.body,
        json!({
            "user_preferences": { "u": overall, "v": {} },
            "user_channel_preferences": { "v": { "messaging:one": { "chat_level": "none" } } },
            "duration": "0.00ms",
        })
    );
    let answer = update(
        &mut app,
        json!([{
            "user_id": "u", "chat_level": "all", "remove_disable": true,
            "chat_preferences": { "here_mentions": "all" },
            "feeds_preferences": { "custom_activity_types": { "swim": "all" } },
        }]),
    );
    assert_eq!(
        answer.body["user_preferences"]["u"],
        json!({
            "chat_level": "all", "call_level": "none", "feeds_level": "default",
            "chat_preferences": { "thread_replies": "none", "here_mentions": "all" },
            "feeds_preferences": { "follow": "all", "custom_activity_types": { "run": "none", "swim": "all" } },
        })
    );
}

#[test]
fn notifications_of_a_channel_are_paused_and_resumed() {
    let mut app = App::of(&["u"]);
    let mut channel = |change: Value| {
        let mut preference = json!({ "user_id": "u", "channel_cid": "a:b" });
        preference.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        update(&mut app, json!([preference])).body["user_channel_preferences"]["u"]["a:b"].clone()
    };
    let (first, second) = ("2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z");
    let at = |seconds: i64| json!({ "disabled_until": START_MS * 1_000_000 + seconds * 1_000_000_000 });
    assert_eq!(channel(json!({ "disabled_until": first })), at(0));
    assert_eq!(channel(json!({})), at(0));
    assert_eq!(channel(json!({ "disabled_until": second, "remove_disable": true })), at(1));
    assert_eq!(channel(json!({ "remove_disable": true })), json!({}));
}

#[test]
fn users_can_only_set_their_own_preferences() {
    let mut app = App::of(&["u", "v"]);
    for own in [json!([{ "chat_level": "all" }]), json!([{ "user_id": "u", "chat_level": "all" }])] {
        let answer = update_as(&mut app, As::User("u"), &own);
        assert_eq!(answer.body["user_preferences"], json!({ "u": { "chat_level": "all" } }));
    }
    assert_eq!(
        update_as(&mut app, As::User("u"), &json!([{ "user_id": "v", "chat_level": "none" }])).outcome(),
        "403 17 push preferences of other users can only be updated server-side"
    );
    assert_eq!(
        update_as(&mut app, As::Anonymous, &json!([{}])).outcome(),
        "403 17 User with role 'anonymous' is not allowed to perform action UpdatePushNotificationPreferences"
    );
}

#[test]
fn one_invalid_preference_fails_the_whole_request() {
    for (bad, expected) in [
        (json!({}), "400 4 preferences[1].user_id is a required field"),
        (json!({ "user_id": "nobody" }), "404 16 the user nobody does not exist"),
        (
            json!({ "user_id": "u", "chat_level": "some" }),
            "400 4 preferences[1].chat_level must be one of \
             [all mentions direct_mentions all_mentions none default]",
        ),
        (
            json!({ "user_id": "u", "call_level": "mentions" }),
            "400 4 preferences[1].call_level must be one of [all none default]",
        ),
        (
            json!({ "user_id": "u", "chat_preferences": { "here_mentions": "default" } }),
            "400 4 preferences[1].chat_preferences.here_mentions must be one of [all none]",
        ),
        (
            json!({ "user_id": "u", "feeds_preferences": { "custom_activity_types": { "run": "some" } } }),
            "400 4 preferences[1].feeds_preferences.custom_activity_types.run must be one of [all none]",
        ),
        (
            json!({ "user_id": "u", "disabled_until": "later" }),
            "400 4 preferences[1].disabled_until must be an RFC 3339 time",
        ),
    ] {
        let mut app = App::of(&["u"]);
        let good = json!({ "user_id": "u", "chat_level": "none" });
        assert_eq!(update(&mut app, json!([good, bad])).outcome(), expected);
        let kept = update(&mut app, json!([{ "user_id": "u" }])).body["user_preferences"]["u"].clone();
        assert_eq!(kept, json!({}), "{expected}");
    }
    assert_eq!(update(&mut App::new(), json!([])).outcome(), "400 4 preferences must contain at least 1 item");
    assert_eq!(App::new().post("/push_preferences", json!({})).outcome(), "400 4 preferences is a required field");
}
