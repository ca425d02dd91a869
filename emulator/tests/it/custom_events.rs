//! Custom events that the app sends to a user.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{App, As};

#[test]
fn a_custom_event_reaches_an_existing_user() {
    for (id, event, expected) in [
        ("u", json!({ "type": "friendship_request", "custom": { "text": "hi" } }), "ok"),
        ("u", json!({ "type": "my-custom-event" }), "ok"),
        ("nobody", json!({ "type": "my-custom-event" }), "404 16 the user nobody does not exist"),
        ("asleep", json!({ "type": "my-custom-event" }), "404 16 the user asleep was deactivated"),
        ("u", json!({ "type": "user.updated" }), "400 4 event.type cannot contain dots, they are for built-in events"),
        ("u", json!({ "type": "" }), "400 4 event.type is a required field"),
        ("u", json!({}), "400 4 event.type is a required field"),
        ("u", json!({ "type": "x", "custom": [] }), "400 4 expected object for field \"event.custom\" but got array"),
        ("u", json!(null), "400 4 event is a required field"),
    ] {
        let mut app = App::of(&["u", "asleep"]);
        app.post("/users/asleep/deactivate", json!({}));
        let answer = app.post(&format!("/chat/users/{id}/event"), json!({ "event": event }));
        assert_eq!(answer.outcome(), expected, "{event}");
    }
}

#[test]
fn hooks_with_custom_events_receive_them() {
    let mut app = App::of(&["u"]);
    let hooks = json!({ "event_hooks": [{ "webhook_url": "http://hook", "should_send_custom_events": true }] });
    app.call_as(As::Server, Method::Patch, "/app", hooks.to_string().as_bytes());
    app.post("/chat/users/u/event", json!({ "event": { "type": "poke", "custom": { "hard": true } } }));
    let driving = app.driving();
    let calls = app.emulator().due_webhooks(driving);
    let told: Vec<Value> = calls.iter().map(|call| serde_json::from_slice(&call.body).unwrap()).collect();
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0]["type"], &told[0]["custom"]), (&json!("poke"), &json!({ "hard": true })));
    assert_eq!(told[0]["user"]["id"], "u");
}

#[test]
fn only_the_server_sends_them() {
    let mut app = App::of(&["u"]);
    let body = json!({ "event": { "type": "x" } }).to_string();
    assert_eq!(
        app.call_as(As::User("u"), Method::Post, "/chat/users/u/event", body.as_bytes()).outcome(),
        "403 17 User 'u' with role 'user' is not allowed to perform action SendUserCustomEvent"
    );
}
