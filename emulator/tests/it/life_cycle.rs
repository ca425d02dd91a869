//! The result of every operation on a user in every state.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{Answer, App, As};

/// A state of a user, with the requests that lead to it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Absent,
    Active,
    Deactivated,
    Soft,
    /// Soft-deleted after it was deactivated.
    DeactivatedSoft,
    Pruned,
    Hard,
    Guest,
}

const STATES: [State; 8] = [
    State::Absent,
    State::Active,
    State::Deactivated,
    State::Soft,
    State::DeactivatedSoft,
    State::Pruned,
    State::Hard,
    State::Guest,
];

/// An app with one user in this state, and the user's id.
fn app_with(state: State) -> (App, String) {
    let mut app = App::new();
    if state == State::Guest {
        let guest = app.post("/guest", json!({ "user": { "id": "u" } }));
        return (app, guest.body["user"]["id"].as_str().unwrap().to_owned());
    }
    if state != State::Absent {
        app.upsert(json!({ "id": "u", "name": "Ann", "custom": { "color": "red" } }));
    }
    if matches!(state, State::Deactivated | State::DeactivatedSoft) {
        app.post("/users/u/deactivate", json!({}));
    }
    let mode = match state {
        State::Soft | State::DeactivatedSoft => Some("soft"),
        State::Pruned => Some("pruning"),
        State::Hard => Some("hard"),
        State::Absent | State::Active | State::Deactivated | State::Guest => None,
    };
    if let Some(mode) = mode {
        app.post("/users/delete", json!({ "user_ids": ["u"], "user": mode }));
    }
    (app, "u".to_owned())
}

fn task_outcome(app: &mut App, answer: &Answer, id: &str) -> String {
    let task = app.finish(answer);
    let error = task["error"]["description"].as_str().or_else(|| task["result"]["errors"][id].as_str());
    error.map_or_else(|| task["status"].as_str().unwrap().to_owned(), |error| format!("{}: {error}", task["status"]))
}

/// Sends a request from another active user to the user.
fn towards(app: &mut App, path: &str, body: Value) -> String {
    app.upsert(json!({ "id": "other" }));
    let answer = app.post(path, body);
    if answer.body.get("non_existing_users").is_some() { "passed over".to_owned() } else { answer.outcome() }
}

/// Runs an operation on the user, or on its behalf, and returns the result.
fn outcome(operation: &str, app: &mut App, id: &str) -> String {
    let ids = json!({ "user_ids": [id] });
    let query =
        |deactivated: bool| json!({ "filter_conditions": { "id": id }, "include_deactivated_users": deactivated });
    let found = |ids: Vec<String>| if ids.is_empty() { "hidden" } else { "found" }.to_owned();
    match operation {
        "query" => found(app.find(query(false))),
        "query with deactivated" => found(app.find(query(true))),
        "upsert" => app.upsert(json!({ "id": id })).outcome(),
        "partial" => app.patch(json!([{ "id": id, "set": { "color": "blue" } }])).outcome(),
        "act as" => app.query_as(As::User(id), &json!({ "filter_conditions": {} })).outcome(),
        "deactivate" => app.post(&format!("/users/{id}/deactivate"), json!({})).outcome(),
        "reactivate" => app.post(&format!("/users/{id}/reactivate"), json!({})).outcome(),
        "export" => app.get(&format!("/users/{id}/export")).outcome(),
        "restore" => app.post("/users/restore", ids).outcome(),
        "block" => towards(app, "/users/block", json!({ "blocked_user_id": id, "user_id": "other" })),
        "block as" => towards(app, "/users/block", json!({ "blocked_user_id": "other", "user_id": id })),
        "unblock" => towards(app, "/users/unblock", json!({ "blocked_user_id": id, "user_id": "other" })),
        "list blocks as" => app.get(&format!("/users/block?user_id={id}")).outcome(),
        "ban" => towards(app, "/moderation/ban", json!({ "target_user_id": id, "banned_by_id": "other" })),
        "ban as" => towards(app, "/moderation/ban", json!({ "target_user_id": "other", "banned_by_id": id })),
        "unban" => towards(app, &format!("/moderation/unban?target_user_id={id}"), json!({})),
        "mute" => towards(app, "/moderation/mute", json!({ "target_ids": [id], "user_id": "other" })),
        "mute as" => towards(app, "/moderation/mute", json!({ "target_ids": ["other"], "user_id": id })),
        "unmute" => towards(app, "/moderation/unmute", json!({ "target_ids": [id], "user_id": "other" })),
        "flag" => {
            towards(app, "/moderation/flag", json!({ "entity_type": "user", "entity_id": id, "user_id": "other" }))
        }
        "flag as" => {
            towards(app, "/moderation/flag", json!({ "entity_type": "user", "entity_id": "other", "user_id": id }))
        }
        "delete" | "deactivate many" | "reactivate many" | "export many" => {
            let path = match operation {
                "delete" => "/users/delete",
                "deactivate many" => "/users/deactivate",
                "reactivate many" => "/users/reactivate",
                _ => "/export/users",
            };
            let answer = app.post(path, ids);
            task_outcome(app, &answer, id)
        }
        other => panic!("no such operation: {other}"),
    }
}

#[test]
fn every_operation_does_what_the_state_of_the_user_lets_it() {
    const DELETED: &str = "404 16 the user u was deleted";
    const ASLEEP: &str = "404 16 the user u was deactivated";
    const UNKNOWN: &str = "404 16 the user u does not exist";
    const NOT_ASLEEP: &str = r#"400 4 user "u" is not deactivated"#;
    const NOT_DELETED: &str = r#"400 4 user "u" is not deleted, it can't be restored"#;
    const NOT_SOFT: &str = r#"400 4 user "u" was not deleted softly, it can't be restored"#;
    const SKIPPED_DELETED: &str = r#""completed": the user u was deleted"#;
    const SKIPPED_UNKNOWN: &str = r#""completed": the user u does not exist"#;
    const FAILED_DELETED: &str = r#""failed": the user u was deleted"#;
    const FAILED_UNKNOWN: &str = r#""failed": the user u does not exist"#;
    // In the order of `STATES`; `u` stands for the id.
    #[rustfmt::skip]
    let table: [(&str, [&str; 8]); 25] = [
        //                          absent           active        deactivated  soft             deactivated+soft pruned           hard             guest
        ("query",                  ["hidden",        "found",      "hidden",    "hidden",        "hidden",        "hidden",        "hidden",        "found"]),
        ("query with deactivated", ["hidden",        "found",      "found",     "hidden",        "hidden",        "hidden",        "hidden",        "found"]),
        ("upsert",                 ["ok",            "ok",         ASLEEP,      DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("partial",                ["ok",            "ok",         ASLEEP,      DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("act as",                 ["ok",            "ok",         ASLEEP,      DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("deactivate",             [UNKNOWN,         "ok",         "ok",        DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("reactivate",             [UNKNOWN,         NOT_ASLEEP,   "ok",        DELETED,         DELETED,         DELETED,         DELETED,         NOT_ASLEEP]),
        ("delete",                 ["completed",     "completed",  "completed", "completed",     "completed",     "completed",     "completed",     "completed"]),
        ("restore",                [NOT_DELETED,     NOT_DELETED,  NOT_DELETED, "ok",            "ok",            NOT_SOFT,        NOT_SOFT,        NOT_DELETED]),
        ("export",                 [UNKNOWN,         "ok",         "ok",        DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("deactivate many",        [SKIPPED_UNKNOWN, "completed",  "completed", SKIPPED_DELETED, SKIPPED_DELETED, SKIPPED_DELETED, SKIPPED_DELETED, "completed"]),
        ("reactivate many",        [SKIPPED_UNKNOWN, "completed",  "completed", SKIPPED_DELETED, SKIPPED_DELETED, SKIPPED_DELETED, SKIPPED_DELETED, "completed"]),
        ("export many",            [FAILED_UNKNOWN,  "completed",  "completed", FAILED_DELETED,  FAILED_DELETED,  FAILED_DELETED,  FAILED_DELETED,  "completed"]),
        ("block",                  [UNKNOWN,         "ok",         "ok",        DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("block as",               [UNKNOWN,         "ok",         ASLEEP,      DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("unblock",                ["ok",            "ok",         "ok",        "ok",            "ok",            "ok",            "ok",            "ok"]),
        ("list blocks as",         [UNKNOWN,         "ok",         ASLEEP,      DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("ban",                    [UNKNOWN,         "ok",         "ok",        DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("ban as",                 ["ok",            "ok",         ASLEEP,      DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("unban",                  ["ok",            "ok",         "ok",        "ok",            "ok",            "ok",            "ok",            "ok"]),
        ("mute",                   ["passed over",   "ok",         "ok",        "passed over",   "passed over",   "passed over",   "passed over",   "ok"]),
        ("mute as",                [UNKNOWN,         "ok",         ASLEEP,      DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("unmute",                 ["passed over",   "ok",         "ok",        "passed over",   "passed over",   "passed over",   "passed over",   "ok"]),
        ("flag",                   [UNKNOWN,         "ok",         "ok",        DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
        ("flag as",                [UNKNOWN,         "ok",         ASLEEP,      DELETED,         DELETED,         DELETED,         DELETED,         "ok"]),
    ];
    for (operation, expected) in table {
        for (state, expected) in STATES.into_iter().zip(expected) {
            let (mut app, id) = app_with(state);
            let expected = expected.replace("\"u\"", &format!("\"{id}\"")).replace("user u ", &format!("user {id} "));
            assert_eq!(outcome(operation, &mut app, &id), expected, "{operation} of a user that is {state:?}");
        }
    }
}

#[test]
fn a_restored_user_keeps_its_state_including_deactivation() {
    for (state, visible) in [(State::Soft, true), (State::DeactivatedSoft, false)] {
        let (mut app, id) = app_with(state);
        assert_eq!(app.post("/users/restore", json!({ "user_ids": [id] })).outcome(), "ok");
        assert_eq!(app.find(json!({ "filter_conditions": {} })).len(), usize::from(visible));
        let user = app.user(&id).unwrap();
        assert_eq!((&user["name"], &user["custom"]), (&json!("Ann"), &json!({ "color": "red" })));
        assert_eq!(user.get("deactivated_at").is_none(), visible);
    }
}

#[test]
fn restoring_is_all_or_nothing() {
    let mut app = App::of(&["a", "b"]);
    app.post("/users/delete", json!({ "user_ids": ["a"] }));
    let answer = app.post("/users/restore", json!({ "user_ids": ["a", "b"] }));
    assert_eq!(answer.outcome(), r#"400 4 user "b" is not deleted, it can't be restored"#);
    assert_eq!(app.user("a"), None);
}

#[test]
fn a_deletion_becomes_more_thorough_but_never_less() {
    for (first, second, restorable) in
        [("soft", "soft", true), ("soft", "hard", false), ("hard", "soft", false), ("pruning", "soft", false)]
    {
        let mut app = App::of(&["u"]);
        app.post("/users/delete", json!({ "user_ids": ["u"], "user": first }));
        app.post("/users/delete", json!({ "user_ids": ["u"], "user": second }));
        let restored = app.post("/users/restore", json!({ "user_ids": ["u"] })).outcome() == "ok";
        assert_eq!(restored, restorable, "{first} then {second}");
    }
}

#[test]
fn deactivating_twice_keeps_the_first_time() {
    let mut app = App::of(&["u"]);
    let first = app.post("/users/u/deactivate", json!({}));
    app.advance(1000);
    let second =
        app.post("/users/u/deactivate", json!({ "created_by_id": "nobody", "reason": "unknown keys do no harm" }));
    assert_eq!((first.status, second.status), (201, 201));
    assert!(first.body["user"]["deactivated_at"].is_i64());
    assert_eq!(first.body["user"], second.body["user"]);
}

#[test]
fn a_reactivated_user_may_get_a_new_name() {
    let mut app = App::of(&["u"]);
    app.post("/users/u/deactivate", json!({}));
    let user = app.post("/users/u/reactivate", json!({ "name": "Bea" })).body["user"].clone();
    assert_eq!((&user["name"], user.get("deactivated_at")), (&json!("Bea"), None));
}

#[test]
fn posts_without_a_body_are_taken_where_every_field_is_optional() {
    let mut app = App::of(&["u"]);
    for path in ["/users/u/deactivate", "/users/u/reactivate"] {
        assert_eq!(app.call_as(As::Server, Method::Post, path, b"").status, 201);
    }
}

#[test]
fn delete_accepts_every_option_and_rejects_unknown_values() {
    let all = json!({
        "user_ids": ["u"], "user": "hard", "messages": "pruning", "conversations": "soft", "calls": "hard",
        "files": true, "new_channel_owner_id": "o", "new_call_owner_id": "o",
    });
    assert_eq!(App::of(&["u"]).post("/users/delete", all).outcome(), "ok");
    for (option, value, expected) in [
        ("user", json!("archive"), "400 4 user must be one of [soft pruning hard]"),
        ("messages", json!(true), "400 4 expected string for field \"messages\" but got boolean"),
        ("conversations", json!("pruning"), "400 4 conversations must be one of [soft hard]"),
        ("calls", json!("pruning"), "400 4 calls must be one of [soft hard]"),
        ("files", json!("yes"), "400 4 expected boolean for field \"files\" but got string"),
        ("new_channel_owner_id", json!(1), "400 4 expected string for field \"new_channel_owner_id\" but got number"),
    ] {
        let mut app = App::of(&["u"]);
        let answer = app.post("/users/delete", json!({ "user_ids": ["u"], option: value }));
        assert_eq!(answer.outcome(), expected);
        assert!(answer.body["exception_fields"][option].is_string());
        assert!(app.user("u").is_some(), "a refused deletion deletes nobody");
    }
    for untouched in [Value::Null, json!("")] {
        let body = json!({ "user_ids": ["u"], "user": untouched, "messages": untouched, "calls": untouched });
        assert_eq!(App::of(&["u"]).post("/users/delete", body).outcome(), "ok");
    }
}

#[test]
fn batches_of_ids_have_their_sizes() {
    let ids = |count: usize| json!({ "user_ids": (0..count).map(|n| format!("u{n}")).collect::<Vec<_>>() });
    for (path, most) in [
        ("/users/deactivate", 100),
        ("/users/reactivate", 100),
        ("/users/delete", 100),
        ("/users/restore", 100),
        ("/export/users", 25),
    ] {
        let mut app = App::new();
        assert_eq!(app.post(path, json!({})).outcome(), "400 4 user_ids is a required field");
        assert_eq!(app.post(path, ids(0)).outcome(), "400 4 user_ids must contain at least 1 item");
        assert_eq!(
            app.post(path, ids(most + 1)).outcome(),
            format!("400 4 user_ids must contain at maximum {most} items")
        );
        assert!(!app.post(path, ids(most)).outcome().contains("maximum"), "{path}");
    }
}
