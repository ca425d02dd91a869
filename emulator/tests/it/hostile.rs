//! Hostile requests: each gets an error envelope, and nothing changes.

use getstream_users_emulator::{Config, Method, Request};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::app::{App, As, request};

const POSTS: &[&str] = &[
    "/users",
    "/guest",
    "/users/deactivate",
    "/users/reactivate",
    "/users/delete",
    "/users/restore",
    "/export/users",
    "/users/u/deactivate",
    "/users/u/reactivate",
    "/usergroups",
    "/usergroups/g/members",
    "/usergroups/g/members/delete",
    "/roles",
    "/users/block",
    "/users/unblock",
    "/moderation/ban",
    "/moderation/unban",
    "/moderation/mute",
    "/moderation/unmute",
    "/moderation/flag",
    "/moderation/flag_count",
];

fn nested(depth: usize) -> String {
    format!(r#"{{"users":{{"u":{{"id":"u","custom":{{"a":{}1{}}}}}}}}}"#, "[".repeat(depth), "]".repeat(depth))
}

#[test]
fn bodies_that_are_not_json_objects_are_rejected() {
    let deep = nested(100_000);
    let bodies: [&[u8]; 8] = [b"{", b"[]", b"1", b"\"x\"", b"\xff\xfe", b"{\"a\":\"\xff\"}", b"{} {}", deep.as_bytes()];
    for path in POSTS {
        for body in bodies {
            let answer = App::of(&["u"]).call_as(As::Server, Method::Post, path, body);
            assert_eq!(answer.outcome(), "400 4 invalid json data", "{path}");
        }
    }
    let patch = App::new().call_as(As::Server, Method::Patch, "/users", b"\xff");
    assert_eq!(patch.outcome(), "400 4 invalid json data");
}

#[test]
fn json_may_be_nested_as_deep_as_a_parser_allows() {
    let mut app = App::new();
    assert_eq!(app.call_as(As::Server, Method::Post, "/users", nested(100).as_bytes()).status, 201);
    assert_eq!(app.find(json!({ "filter_conditions": { "a": { "$exists": true } } })), ["u"]);
}

#[test]
fn bodies_beyond_the_limit_are_too_big() {
    let mut app = App::with(Config { max_body_bytes: 100, ..Config::default() });
    let body = |length: usize| format!(r#"{{"user_ids":["u"],"pad":"{}"}}"#, "x".repeat(length - 27));
    assert_eq!(body(100).len(), 100);
    assert_eq!(app.call_as(As::Server, Method::Post, "/users/delete", body(100).as_bytes()).status, 201);
    let answer = app.call_as(As::Server, Method::Post, "/users/delete", body(101).as_bytes());
    assert_eq!(answer.outcome(), "413 22 the request body is too big, it can have 100 bytes");
}

#[test]
fn ids_of_any_characters_get_through_the_path_unharmed() {
    let mut app = App::new();
    for (encoded, id) in [
        ("a%2F..%2Fb%3Fx%3D1", "a/../b?x=1"),
        ("%24%26", "$&"),
        ("%F0%9F%A6%80", "🦀"),
        ("%2E%2E", ".."),
        ("a%20b", "a b"),
        ("..", ".."),
    ] {
        let answer = app.post(&format!("/users/{encoded}/deactivate"), json!({}));
        assert_eq!(answer.outcome(), format!("404 16 the user {id} does not exist"));
    }
}

#[test]
fn a_refused_call_takes_neither_times_nor_ids() {
    let long = "x".repeat(5_000);
    let new = || json!({ "id": "new" });
    let (post, patch, put) = (Method::Post, Method::Patch, Method::Put);
    for (method, path, body, outcome) in [
        (post, "/users", json!({ "users": { "v": { "id": "v" }, "u": { "id": "u", "role": "x" } } }), "400 4"),
        (post, "/users", json!({ "users": { "v": { "id": "v", "name": "U" } } }), "400 6"),
        (patch, "/users", json!({ "users": [{ "id": "v" }, { "id": "u", "set": { "role": "x" } }] }), "400 4"),
        (patch, "/users", json!({ "users": [{ "id": "u", "set": { "a": long } }, { "id": "off" }] }), "404 16"),
        (post, "/guest", json!({ "user": { "id": "v", "custom": { "a": long, "b": long } } }), "413 22"),
        (post, "/guest", json!({ "user": { "id": "v", "name": "U" } }), "400 6"),
        (post, "/users/off/reactivate", json!({ "name": "U" }), "400 6"),
        (post, "/users/restore", json!({ "user_ids": ["gone", "u"] }), "400 4"),
        (post, "/users/block", json!({ "blocked_user_id": "nobody", "user": new() }), "404 16"),
        (post, "/users/block", json!({ "blocked_user_id": "new", "user": new() }), "400 4"),
        (post, "/moderation/ban", json!({ "target_user_id": "nobody", "banned_by": new() }), "404 16"),
        (post, "/moderation/ban", json!({ "target_user_id": "u", "banned_by": { "id": "v", "name": "U" } }), "400 6"),
        (post, "/moderation/flag", json!({ "entity_type": "user", "entity_id": "x", "user": new() }), "404 16"),
        (post, "/devices", json!({ "id": "d", "push_provider": "apn", "user": { "id": "a b" } }), "400 4"),
        (post, "/usergroups", json!({ "name": "g", "member_ids": ["u", "nobody"] }), "404 16"),
        (put, "/users/live_locations?user_id=u", json!({ "message_id": "m", "latitude": 1 }), "400 4"),
        (post, "/roles", json!({ "name": "admin" }), "400 4"),
        (
            patch,
            "/app",
            json!({
                "grants": { "user": [] }, "event_hooks": [{ "webhook_url": "http://x" }], "webhook_url": "http://y",
            }),
            "400 4",
        ),
    ] {
        let mut app = App::new();
        app.upsert(json!({ "id": "u", "name": "U" }));
        app.upsert(json!({ "id": "off", "name": "U" }));
        app.upsert(json!({ "id": "gone" }));
        app.post("/users/off/deactivate", json!({}));
        app.post("/users/delete", json!({ "user_ids": ["gone"] }));
        app.call_as(As::Server, patch, "/app", br#"{"enforce_unique_usernames":"app"}"#);
        app.advance(1_000);
        app.get("/app");
        let before = app.snapshot();
        let answer = app.call_as(As::Server, method, path, body.to_string().as_bytes());
        assert!(answer.outcome().starts_with(outcome), "{path} {body} {answer:?}");
        assert_eq!(app.snapshot(), before, "{path} {body}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z$.@ ]{0,6}".prop_map(Value::from),
    ];
    let key = prop_oneof![
        Just("id".to_owned()),
        Just("users".to_owned()),
        Just("user_ids".to_owned()),
        Just("user_id".to_owned()),
        Just("target_user_id".to_owned()),
        Just("target_ids".to_owned()),
        Just("timeout".to_owned()),
        Just("set".to_owned()),
        Just("custom".to_owned()),
        Just("$and".to_owned()),
        Just("$in".to_owned()),
        Just("filter_conditions".to_owned()),
        Just("sort".to_owned()),
        "[a-z$.]{0,5}",
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((key.clone(), inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_body_on_any_path_is_answered_with_json(
        method in prop_oneof![Just(Method::Get), Just(Method::Post), Just(Method::Patch), Just(Method::Other)],
        path in prop_oneof![proptest::sample::select(POSTS).prop_map(str::to_owned), "/[a-z/%.]{0,12}"],
        body in any_json(),
    ) {
        let mut app = App::of(&["u"]);
        let answer = app.call_as(As::Server, method, &path, body.to_string().as_bytes());
        prop_assert!(answer.body.is_object());
        if answer.status >= 300 {
            prop_assert_eq!(&answer.body["StatusCode"], &json!(answer.status));
            prop_assert_ne!(answer.status, 500);
        }
    }

    #[test]
    fn any_filter_and_sort_is_answered_or_refused(filter in any_json(), sort in any_json()) {
        let payload = json!({ "filter_conditions": { "a": filter.clone(), "$or": [filter.clone()] }, "sort": sort });
        let answer = App::of(&["u"]).query(payload);
        prop_assert!(answer.status == 200 || answer.status == 400, "{:?}", answer);
        let payload = json!({ "filter_conditions": { "user_id": filter }, "sort": sort });
        let answer = App::of(&["u"]).get_with(As::Server, "/chat/query_banned_users", &payload);
        prop_assert!(answer.status == 200 || answer.status == 400, "{:?}", answer);
    }

    #[test]
    fn any_headers_and_query_are_answered(token in ".{0,80}", kind in "jwt|anonymous|.{0,5}", query in ".{0,40}") {
        let request = Request::new(Method::Get, &format!("/api/v2/users?api_key=devkey&{query}"))
            .header("authorization", &token)
            .header("stream-auth-type", &kind);
        let response = App::new().send(&request);
        prop_assert!(serde_json::from_slice::<Value>(&response.body).is_ok());
    }

    #[test]
    fn a_refused_batch_leaves_no_trace(bad in any_json()) {
        let mut app = App::of(&["u"]);
        let before = app.find(json!({ "filter_conditions": {} }));
        let user = app.user("u");
        let body = json!({ "users": [{ "id": "u", "set": { "name": "changed" } }, { "id": "v", "set": bad }, {}] });
        let answer = app.send(&request(As::Server, Method::Patch, "/users", body.to_string().as_bytes()));
        prop_assert_eq!(answer.status, 400);
        prop_assert_eq!(app.user("u"), user);
        prop_assert_eq!(app.find(json!({ "filter_conditions": {} })), before);
    }
}
