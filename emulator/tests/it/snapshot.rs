//! Saving and restoring an app.

use getstream_users_emulator::{Config, Method};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::app::{App, As, request};

/// An app with objects of every kind, in the middle of a task.
fn busy() -> App {
    let mut app = App::of(&["a", "b", "c"]);
    app.upsert(json!({ "id": "d", "custom": { "float": 0.1, "big": u64::MAX, "text": "\u{0}\u{1f980}\"" } }));
    app.post("/guest", json!({ "user": { "id": "g" } }));
    let export = app.post("/export/users", json!({ "user_ids": ["a"] }));
    app.finish(&export);
    app.post("/users/deactivate", json!({ "user_ids": ["b"] }));
    app.post("/users/delete", json!({ "user_ids": ["c"] }));
    app
}

/// The app's responses to later requests.
fn story(app: &mut App) -> Vec<Value> {
    let export = app.post("/export/users", json!({ "user_ids": ["a"] }));
    let answers = [
        app.query(json!({ "filter_conditions": {}, "include_deactivated_users": true })),
        app.post("/guest", json!({ "user": { "id": "h" } })),
        app.upsert(json!({ "id": "c" })),
        app.upsert(json!({ "id": "e" })),
    ];
    let task = app.finish(&export);
    let later = app.query(json!({ "filter_conditions": {}, "include_deactivated_users": true }));
    answers.into_iter().map(|answer| answer.body).chain([task, later.body]).collect()
}

#[test]
fn a_restored_app_continues_as_if_it_had_not_been_saved() {
    let mut app = busy();
    let saved = app.snapshot();
    let expected = story(&mut app);
    let mut other = App::with(Config { seed: 9, ..Config::default() });
    other.advance(50);
    other.restore(&saved).unwrap();
    assert_eq!(other.snapshot(), saved);
    assert_eq!(story(&mut other), expected);
}

#[test]
fn settings_of_the_emulator_are_not_saved() {
    let config = || Config { api_secret: "top-secret".to_owned(), ..Config::default() };
    let saved = App::with(config()).snapshot();
    assert!(!saved.contains("top-secret") && !saved.contains("strict"), "{saved}");
    let mut strict = Config::default();
    strict.choices.strict = true;
    strict.task_duration = std::time::Duration::ZERO;
    let mut app = App::with(strict);
    app.restore(&busy().snapshot()).unwrap();
    assert_eq!(app.patch(json!([{ "id": "nobody" }])).status, 404, "it is as strict as before");
    let answer = app.post("/users/deactivate", json!({ "user_ids": ["a"] }));
    let task = app.get(&format!("/tasks/{}", answer.body["task_id"].as_str().unwrap()));
    assert_eq!(task.body["status"], "completed", "its tasks take as long as before");
}

#[test]
fn custom_data_of_the_greatest_depth_is_restored() {
    let mut app = App::of(&["u"]);
    let deep = format!(
        r#"{{"users":[{{"id":"u","set":{{"{}":{}1{}}}}}]}}"#,
        ["a"; 100].join("."),
        "[".repeat(120),
        "]".repeat(120)
    );
    assert_eq!(app.send(&request(As::Server, Method::Patch, "/users", deep.as_bytes())).status, 200);
    let saved = app.snapshot();
    let mut other = App::new();
    other.restore(&saved).unwrap();
    assert_eq!(other.snapshot(), saved);
}

#[test]
fn json_that_is_no_state_is_rejected_and_changes_nothing() {
    let saved = busy().snapshot();
    let with = |pointer: &str, value: Value| {
        let mut json: Value = serde_json::from_str(&saved).unwrap();
        *json.pointer_mut(pointer).unwrap() = value;
        json.to_string()
    };
    let cut = saved.split_at(saved.len() / 2).0.to_owned();
    let not_a_state =
        "the JSON is not the state of an emulator: it does not say \"format\": \"getstream-users-emulator state\"";
    let damaged = "the state is damaged at";
    for (json, expected) in [
        (String::new(), "the state is not JSON: EOF while parsing a value at line 1 column 0".to_owned()),
        ("{]".to_owned(), "the state is not JSON: key must be a string at line 1 column 2".to_owned()),
        (
            format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000)),
            "the state is not JSON: it is nested deeper than 500 levels".to_owned(),
        ),
        ("[]".to_owned(), not_a_state.to_owned()),
        ("{}".to_owned(), not_a_state.to_owned()),
        (r#"{"users":[]}"#.to_owned(), not_a_state.to_owned()),
        (with("/format", json!("other")), not_a_state.to_owned()),
        (with("/version", json!(2)), "the state has version 2; this emulator reads version 1".to_owned()),
        (with("/version", json!("1")), format!("{damaged} version: it is not a number")),
        (with("/app", json!(1)), format!("{damaged} app: invalid type: integer `1`, expected struct World")),
        (
            with("/app/users/a/created_at", json!("now")),
            format!("{damaged} app.users.a.created_at: invalid type: string \"now\", expected i64"),
        ),
        (with("/app/users/a", json!({ "id": "a" })), format!("{damaged} app.users.a: missing field `profile`")),
        (with("/app/users/a/id", json!("z")), format!("{damaged} app.users.a: its id differs from its key")),
        (
            with("/app/users/d/teams", json!(["x", "y", 1])),
            format!("{damaged} app.users.d.teams[2]: invalid type: integer `1`, expected a string"),
        ),
    ] {
        let mut app = App::of(&["u"]);
        let (before, revision) = (app.snapshot(), app.emulator().revision());
        assert_eq!(app.restore(&json), Err(expected));
        assert_eq!(app.snapshot(), before);
        assert_eq!(app.emulator().revision(), revision);
    }
    let error = App::new().restore(&cut).unwrap_err();
    assert!(error.starts_with("the state is not JSON: EOF while parsing"), "{error}");
}

#[test]
fn the_revision_changes_when_there_is_something_to_save() {
    let mut app = App::of(&["u"]);
    let mut changed = |act: &dyn Fn(&mut App)| {
        let (before, revision) = (app.snapshot(), app.emulator().revision());
        act(&mut app);
        assert!(app.snapshot() == before || app.emulator().revision() != revision, "a change went unnoticed");
        app.emulator().revision() != revision
    };
    assert!(!changed(&|app| drop(app.query(json!({ "filter_conditions": {} })))));
    assert!(!changed(&|app| drop(app.get("/tasks/x"))));
    assert!(!changed(&|app| drop(app.post("/users/deactivate", json!({})))));
    assert!(changed(&|app| drop(app.upsert(json!({ "id": "v" })))));
    assert!(changed(&|app| drop(app.post("/users/delete", json!({ "user_ids": ["v"] })))));
    assert!(changed(&|app| {
        app.advance(50);
        app.get("/tasks/x");
    }));
    assert!(changed(&|app| drop(app.query_as(As::User("w"), &json!({ "filter_conditions": {} })))));
    assert!(changed(&|app| drop(app.seed(&json!({ "users": ["x"] })))));
    assert!(changed(&|app| {
        let saved = app.snapshot();
        app.restore(&saved).unwrap();
    }));
    assert!(changed(&|app| app.emulator().advance(std::time::Duration::from_secs(1))));
    assert!(changed(&App::reset));
}

/// One request of many kinds. Some are rejected.
fn any_call() -> impl Strategy<Value = (Method, String, Value)> {
    let id = || proptest::sample::select(vec!["a", "b", "c", "d"]);
    let ids = || proptest::collection::vec(id(), 1..4);
    let post = |path: &str, body: Value| (Method::Post, path.to_owned(), body);
    prop_oneof![
        (id(), any::<f64>()).prop_map(move |(id, number)| {
            post("/users", json!({ "users": { id: { "id": id, "custom": { "number": number } } } }))
        }),
        (id(), "[a-c.]{1,5}").prop_map(|(id, name)| {
            (Method::Patch, "/users".to_owned(), json!({ "users": [{ "id": id, "set": { name: 1 } }] }))
        }),
        (ids(), proptest::sample::select(vec!["deactivate", "reactivate", "delete", "restore"]))
            .prop_map(move |(ids, what)| post(&format!("/users/{what}"), json!({ "user_ids": ids }))),
        ids().prop_map(move |ids| post("/export/users", json!({ "user_ids": ids }))),
        id().prop_map(move |id| post("/guest", json!({ "user": { "id": id } }))),
        (id(), id())
            .prop_map(move |(one, other)| post("/users/block", json!({ "user_id": one, "blocked_user_id": other }))),
        (id(), ids())
            .prop_map(move |(id, ids)| post("/usergroups", json!({ "id": id, "name": id, "member_ids": ids }))),
        id().prop_map(move |id| post("/roles", json!({ "name": id }))),
        id().prop_map(move |id| post("/devices", json!({ "user_id": id, "id": id, "push_provider": "firebase" }))),
        (id(), id()).prop_map(move |(one, other)| {
            post("/moderation/ban", json!({ "target_user_id": one, "banned_by_id": other, "timeout": 1 }))
        }),
        any::<bool>().prop_map(|on| {
            let hooks = json!([{ "hook_type": "webhook", "webhook_url": "http://localhost:1", "enabled": on }]);
            (Method::Patch, "/app".to_owned(), json!({ "event_hooks": hooks, "guest_user_creation_disabled": on }))
        }),
    ]
}

/// Sends requests with time in between, and returns the responses unchanged.
fn answers(app: &mut App, calls: &[(Method, String, Value)]) -> Vec<Vec<u8>> {
    let mut answers = Vec::new();
    for (method, path, body) in calls {
        answers.push(app.send(&request(As::Server, *method, path, body.to_string().as_bytes())).body);
        app.advance(10);
    }
    let everyone = r#"/users?payload={"filter_conditions":{},"include_deactivated_users":true}"#;
    for path in [everyone, "/usergroups", "/roles", "/app", r#"/query_banned_users?payload={"filter_conditions":{}}"#] {
        answers.push(app.send(&request(As::Server, Method::Get, path, b"")).body);
    }
    answers
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_sequence_of_requests_continues_the_same_after_a_restore(
        before in proptest::collection::vec(any_call(), 0..20),
        after in proptest::collection::vec(any_call(), 0..10),
    ) {
        let mut app = App::new();
        answers(&mut app, &before);
        let saved = app.snapshot();
        let mut other = App::new();
        other.advance(10 * i64::try_from(before.len()).unwrap());
        other.restore(&saved).unwrap();
        prop_assert_eq!(other.snapshot(), saved);
        prop_assert_eq!(answers(&mut other, &after), answers(&mut app, &after));
    }
}
