//! Seeds.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{App, As, START_MS};

#[test]
fn users_are_seeded_with_their_history_and_their_state() {
    let mut app = App::of(&["early"]);
    let seeded = app.seed(&json!({ "users": [
        "plain",
        { "id": "old", "name": "Old", "created_at": "2020-01-01T00:00:00Z", "teams": ["red"], "custom": { "a": 1 } },
        { "id": "asleep", "deactivated": true },
        { "id": "long-asleep", "deactivated": "2021-01-01T00:00:00Z", "created_at": "2020-06-01T00:00:00Z" },
        { "id": "awake", "deactivated": false, "deleted": false },
        { "id": "gone", "deleted": "hard" },
        { "id": "revoked", "revoke_tokens_issued_before": "2026-01-01T00:00:00Z" },
    ] }));
    assert_eq!(seeded.as_deref(), Ok("users: 7"));
    let everyone = json!({ "filter_conditions": {}, "include_deactivated_users": true });
    let expected = ["revoked", "awake", "asleep", "plain", "early", "long-asleep", "old"];
    assert_eq!(app.find(everyone), expected, "the newest first, also among those who were there");
    let ns = |text: &str| Value::from(text.parse::<i64>().unwrap());
    let old = app.user("old").unwrap();
    assert_eq!([&old["created_at"], &old["updated_at"]], [&ns("1577836800000000000"); 2]);
    assert_eq!([&old["name"], &old["teams"], &old["custom"]], [&json!("Old"), &json!(["red"]), &json!({ "a": 1 })]);
    assert_eq!(app.user("long-asleep").unwrap()["deactivated_at"], ns("1609459200000000000"));
    assert_eq!(app.user("revoked").unwrap()["revoke_tokens_issued_before"], START_MS * 1_000_000);
    assert_eq!(app.upsert(json!({ "id": "gone" })).outcome(), "404 16 the user gone was deleted");
    assert_eq!(
        app.query_as(As::User("asleep"), &json!({ "filter_conditions": {} })).outcome(),
        "404 16 the user asleep was deactivated"
    );
}

#[test]
fn a_seed_with_a_fault_is_refused_as_a_whole() {
    for (seed, expected) in [
        (json!([]), "the seed must be a JSON object"),
        (
            json!({ "user": [] }),
            "a seed has no \"user\"; it may have app, roles, users, groups, blocks, bans, mutes, devices",
        ),
        (json!({ "users": {} }), "expected array for field \"users\" but got object"),
        (json!({ "users": ["a", 1] }), "users[1] must be an object, or a string with its id"),
        (json!({ "users": ["a", { "name": "b" }] }), "users[1].id is a required field"),
        (json!({ "users": ["a", ""] }), "users[1].id is a required field"),
        (
            json!({ "users": ["a", "no space"] }),
            "users[1]: users[no space].id can only contain letters, digits and the characters @, _ and -",
        ),
        (
            json!({ "users": ["a", { "id": "b", "colour": "red" }] }),
            "users[1]: a user has no field \"colour\"; put your own fields into custom",
        ),
        (json!({ "users": ["a", { "id": "b", "role": "king" }] }), "users[1]: role \"king\" provided but not defined"),
        (
            json!({ "users": ["a", { "id": "b", "name": 1 }] }),
            "users[1]: expected string for field \"users[b].name\" but got number",
        ),
        (json!({ "users": ["a", "b", "a"] }), "users[2]: users[0] has the id \"a\" too"),
        (
            json!({ "users": ["a", { "id": "b", "created_at": "soon" }] }),
            "users[1].created_at must be an RFC 3339 time",
        ),
        (
            json!({ "users": ["a", { "id": "b", "deactivated": "soon" }] }),
            "users[1].deactivated must be a boolean or an RFC 3339 time",
        ),
        (
            json!({ "users": ["a", { "id": "b", "deleted": "softly" }] }),
            "users[1].deleted must be a boolean or one of [soft pruning hard]",
        ),
        (json!({ "users": ["a"], "blocks": [1] }), "blocks[0] must be an object"),
    ] {
        let mut app = App::of(&["u"]);
        let (before, revision) = (app.snapshot(), app.emulator().revision());
        assert_eq!(app.seed(&seed), Err(expected.to_owned()));
        assert_eq!(app.snapshot(), before, "{seed}");
        assert_eq!(app.emulator().revision(), revision);
    }
    // It is longer than a request may be, so that a short seed with many values cannot use up the machine's memory.
    let long = json!({ "users": [{ "id": "a", "custom": { "x": vec![0; 2_000_000] } }] });
    let expected = "users[0] has 4000027 bytes; a request can have 2097152";
    assert_eq!(App::new().seed(&long), Err(expected.to_owned()));
    let deep = format!(r#"{{"users":[{{"id":"a","custom":{}}}]}}"#, "[".repeat(100_000) + &"]".repeat(100_000));
    let error = App::new().emulator().seed(deep.as_bytes(), getstream_users_emulator::Timestamp(0)).unwrap_err();
    assert!(error.to_string().starts_with("users[0]: recursion limit exceeded"), "{error}");
    let error = App::new().emulator().seed(b"{", getstream_users_emulator::Timestamp(0)).unwrap_err();
    assert!(error.to_string().starts_with("the seed is not JSON: EOF"), "{error}");
}

#[test]
fn seeding_twice_is_the_same_as_seeding_once_for_users_who_are_active() {
    let seed = json!({ "users": [{ "id": "ann", "created_at": "2020-01-01T00:00:00Z" }] });
    let mut app = App::new();
    app.seed(&seed).unwrap();
    let once = app.user("ann");
    app.seed(&seed).unwrap();
    assert_eq!(app.user("ann"), once);
    assert_eq!(app.call_as(As::Server, Method::Get, "/tasks/x", b"").status, 404, "nothing else was made");
}

#[test]
fn everything_else_is_made_by_its_operation() {
    let mut app = App::new();
    let seeded = app.seed(&json!({
        "app": { "user_search_disallowed_roles": ["guest"] },
        "roles": ["teacher", { "name": "pupil" }],
        "users": [{ "id": "ann", "role": "teacher" }, { "id": "gone", "deactivated": true }],
        "groups": ["empty", { "id": "staff", "name": "Staff", "member_ids": ["ann", "gone"] }],
    }));
    assert_eq!(seeded.as_deref(), Ok("app: 1, roles: 2, users: 2, groups: 2"));
    assert_eq!(app.user("ann").unwrap()["role"], "teacher");
    let group = app.get("/usergroups/staff").body["user_group"].clone();
    assert_eq!(group["members"].as_array().unwrap().len(), 2, "users are active until everything is made");
    assert_eq!(app.get("/app").body["app"]["user_search_disallowed_roles"], json!(["guest"]));
    assert_eq!(app.seed(&json!({ "roles": ["teacher"] })), Err("roles[0]: role \"teacher\" already exists".to_owned()));
}

#[test]
fn users_made_at_the_same_time_come_by_id_in_every_query() {
    let mut app = App::new();
    let at = |id: &str| json!({ "id": id, "created_at": "2025-01-01T00:00:00Z" });
    app.seed(&json!({ "users": [at("b"), at("c"), at("a")] })).unwrap();
    let sort = json!([{ "field": "created_at", "direction": -1 }]);
    let ids = json!({ "id": { "$in": ["a", "b", "c"] } });
    for payload in [
        json!({ "filter_conditions": {} }),
        json!({ "filter_conditions": ids }),
        json!({ "filter_conditions": {}, "sort": sort }),
    ] {
        assert_eq!(app.find(payload), ["c", "b", "a"]);
    }
}

#[test]
fn a_seed_sends_no_events() {
    let mut app = App::new();
    let hook = json!({ "hook_type": "webhook", "webhook_url": "http://localhost:1", "enabled": true });
    app.seed(&json!({ "app": { "event_hooks": [hook] }, "users": [{ "id": "ann", "deactivated": true }] })).unwrap();
    let quiet = app.snapshot();
    assert!(!quiet.contains("user.deactivated"), "{quiet}");
    app.post("/users/ann/reactivate", json!({}));
    assert!(app.snapshot().contains("user.reactivated"));
}

#[test]
fn users_created_after_a_seed_with_future_times_are_older() {
    let mut app = App::new();
    app.seed(&json!({ "users": [{ "id": "future", "created_at": "2030-01-01T00:00:00Z" }] })).unwrap();
    app.upsert(json!({ "id": "a" }));
    app.upsert(json!({ "id": "b" }));
    let sort = json!([{ "field": "created_at", "direction": -1 }]);
    for payload in [json!({ "filter_conditions": {} }), json!({ "filter_conditions": {}, "sort": sort })] {
        assert_eq!(app.find(payload), ["future", "b", "a"]);
    }
}
