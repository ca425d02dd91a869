//! Upserts, partial updates and guests.

use getstream_users::model::{QueryUsersResponse, UpdateUsersResponse};
use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{App, As, START_MS, request};

#[test]
fn a_new_user_has_every_field_of_the_response_type_and_no_other() {
    let mut app = App::new();
    let answer = app.upsert(json!({ "id": "u1", "role": "admin", "name": "Ann", "custom": { "color": "red" } }));
    let now = START_MS * 1_000_000;
    assert_eq!(answer.status, 201);
    assert_eq!(
        answer.body,
        json!({
            "users": { "u1": {
                "id": "u1", "role": "admin", "name": "Ann", "language": "", "banned": false, "shadow_banned": false,
                "online": false, "invisible": false, "teams": [], "blocked_user_ids": [], "devices": [], "mutes": [],
                "channel_mutes": [], "custom": { "color": "red" }, "unread_count": 0, "total_unread_count": 0,
                "unread_channels": 0, "unread_threads": 0, "created_at": now, "updated_at": now,
            } },
            "membership_deletion_task_id": "",
            "duration": "0.00ms",
        })
    );
    assert_eq!(app.user("u1"), Some(answer.body["users"]["u1"].clone()), "queries return what was answered");
}

#[test]
fn responses_with_users_equal_the_model_byte_for_byte() {
    let mut app = App::of(&["muted", "blocked"]);
    let written = app.send(&request(
        As::Server,
        Method::Post,
        "/users",
        json!({ "users": { "u": {
            "id": "u", "name": "Ann \"é\"", "image": "i", "role": "admin", "language": "nl", "invisible": true,
            "custom": { "z": 1.0, "a": [{ "b": null }, "\u{1}"], "id": "own" }, "teams": ["red"],
            "teams_role": { "red": "admin" }, "privacy_settings": { "read_receipts": { "enabled": false } },
        }, "plain": { "id": "plain" } } })
        .to_string()
        .as_bytes(),
    ));
    let model: UpdateUsersResponse = serde_json::from_slice(&written.body).unwrap();
    assert_eq!(String::from_utf8_lossy(&written.body), serde_json::to_string(&model).unwrap());

    app.post("/devices", json!({ "id": "d", "push_provider": "apn", "user_id": "u" }));
    app.post("/moderation/mute", json!({ "target_ids": ["muted"], "user_id": "u" }));
    app.post("/users/block", json!({ "blocked_user_id": "blocked", "user_id": "u" }));
    app.post("/moderation/ban", json!({ "target_user_id": "u", "banned_by_id": "plain", "timeout": 5 }));
    app.patch(json!([{ "id": "u", "set": { "revoke_tokens_issued_before": "2026-01-01T00:00:00Z" } }]));
    app.post("/users/u/deactivate", json!({}));
    let payload = r#"{"filter_conditions":{},"include_deactivated_users":true}"#;
    let payload: String = form_urlencoded::byte_serialize(payload.as_bytes()).collect();
    let found = app.send(&request(As::Server, Method::Get, &format!("/users?payload={payload}"), b""));
    let model: QueryUsersResponse = serde_json::from_slice(&found.body).unwrap();
    let user = model.users.iter().find(|user| user.id == "u").unwrap();
    assert_eq!((user.devices.len(), user.mutes.len(), user.blocked_user_ids.len()), (1, 1, 1));
    assert!(user.ban_expires.is_some() && user.deactivated_at.is_some(), "{user:?}");
    assert_eq!(String::from_utf8_lossy(&found.body), serde_json::to_string(&model).unwrap());
}

#[test]
fn an_upsert_replaces_the_profile_and_keeps_role_and_teams() {
    let mut app = App::new();
    app.upsert(json!({
        "id": "u", "name": "Ann", "image": "i", "role": "admin", "language": "nl", "invisible": true,
        "custom": { "color": "red", "kept": 1 }, "teams": ["red"], "teams_role": { "red": "admin" },
        "privacy_settings": { "read_receipts": { "enabled": false }, "typing_indicators": { "enabled": false } },
    }));
    app.advance(5);
    let answer = app.upsert(json!({
        "id": "u", "custom": { "kept": 2 }, "privacy_settings": { "typing_indicators": { "enabled": true } },
    }));
    let user = &answer.body["users"]["u"];
    assert_eq!((user.get("name"), user.get("image")), (None, None));
    assert_eq!((&user["language"], &user["invisible"]), (&json!(""), &json!(false)));
    assert_eq!(user["custom"], json!({ "kept": 2 }));
    assert_eq!(user["privacy_settings"], json!({ "typing_indicators": { "enabled": true } }));
    assert_eq!((&user["role"], &user["teams"]), (&json!("admin"), &json!(["red"])));
    assert_eq!(user["teams_role"], json!({ "red": "admin" }));
    assert_eq!(user["created_at"], json!(START_MS * 1_000_000));
    assert_eq!(user["updated_at"], json!((START_MS + 5) * 1_000_000));
}

#[test]
fn one_bad_user_fails_the_batch_and_nothing_changes() {
    let good = json!({ "id": "good" });
    for (id, bad, expected) in [
        ("bad", json!({}), "400 4 users[bad].id is a required field"),
        ("bad", json!({ "id": "" }), "400 4 users[bad].id is a required field"),
        ("bad", json!({ "id": "worse" }), "400 4 users[bad].id must be equal to its key"),
        ("bad", json!("bad"), "400 4 expected object for field \"users[bad]\" but got string"),
        (
            "bad",
            json!({ "id": "bad", "name": 1 }),
            "400 4 expected string for field \"users[bad].name\" but got number",
        ),
        (
            "bad",
            json!({ "id": "bad", "custom": [] }),
            "400 4 expected object for field \"users[bad].custom\" but got array",
        ),
        ("bad", json!({ "id": "bad", "role": "king" }), r#"400 4 role "king" provided but not defined"#),
        ("bad", json!({ "id": "bad", "online": true, "created_at": 1 }), "400 4 users[bad].online is a reserved field"),
        (
            "b d",
            json!({ "id": "b d" }),
            "400 4 users[b d].id can only contain letters, digits and the characters @, _ and -",
        ),
        ("gone", json!({ "id": "gone" }), "404 16 the user gone was deleted"),
        ("asleep", json!({ "id": "asleep" }), "404 16 the user asleep was deactivated"),
        (
            "bad",
            json!({ "id": "bad", "custom": { "text": "x".repeat(5120) } }),
            r#"413 22 custom data of user "bad" is too big: 5131 bytes, it has to be less than 5120"#,
        ),
    ] {
        let mut app = App::of(&["gone", "asleep"]);
        app.post("/users/delete", json!({ "user_ids": ["gone"] }));
        app.post("/users/asleep/deactivate", json!({}));
        let answer = app.post("/users", json!({ "users": { "good": good, id: bad } }));
        assert_eq!(answer.outcome(), expected);
        assert_eq!(app.user("good"), None, "{expected}");
    }
}

#[test]
fn batches_have_1_to_100_users() {
    let users = |count: usize| -> Value {
        let users = (0..count).map(|n| (format!("u{n}"), json!({ "id": format!("u{n}") })));
        json!({ "users": Value::Object(users.collect()) })
    };
    let mut app = App::new();
    assert_eq!(app.post("/users", json!({})).outcome(), "400 4 users is a required field");
    assert_eq!(app.post("/users", users(0)).outcome(), "400 4 users must contain at least 1 item");
    assert_eq!(app.post("/users", users(101)).outcome(), "400 4 users must contain at maximum 100 items");
    assert_eq!(app.post("/users", users(100)).outcome(), "ok");
    let changes = |count: usize| Value::Array((0..count).map(|n| json!({ "id": format!("u{n}") })).collect());
    assert_eq!(app.patch(changes(0)).outcome(), "400 4 users must contain at least 1 item");
    assert_eq!(app.patch(changes(101)).outcome(), "400 4 users must contain at maximum 100 items");
    assert_eq!(app.patch(changes(100)).outcome(), "ok");
}

#[test]
fn custom_data_may_have_any_names() {
    let mut app = App::new();
    let custom = json!({ "created_at": "2024-01-01T00:00:00.000Z", "online": true, "name": 1 });
    assert_eq!(app.upsert(json!({ "id": "u", "custom": custom })).outcome(), "ok");
    assert_eq!(app.user("u").unwrap()["custom"], custom);
}

#[test]
fn violations_come_with_their_fields() {
    let answer = App::new().upsert(json!({ "id": "u", "online": true }));
    assert_eq!(
        answer.body,
        json!({
            "code": 4,
            "message": "UpdateUsers failed with error: \"users[u].online is a reserved field\"",
            "StatusCode": 400,
            "duration": "0.00ms",
            "more_info": "https://getstream.io/chat/docs/api_errors_response",
            "details": [],
            "exception_fields": { "users[u].online": "users[u].online is a reserved field" },
        })
    );
}

#[test]
fn a_partial_update_changes_what_it_names() {
    let mut app = App::new();
    app.upsert(json!({ "id": "u1", "name": "Ann", "image": "i", "custom": { "color": "red" } }));
    let answer = app.patch(json!([{
        "id": "u1",
        "set": { "new-field": "value", "teams": ["blue"], "teams_role": { "blue": "admin" } },
        "unset": ["name"],
    }]));
    assert_eq!(answer.status, 200);
    let user = &answer.body["users"]["u1"];
    assert_eq!((user.get("name"), &user["image"]), (None, &json!("i")));
    assert_eq!(user["custom"], json!({ "color": "red", "new-field": "value" }));
    assert_eq!((&user["teams"], &user["teams_role"]), (&json!(["blue"]), &json!({ "blue": "admin" })));
    assert_eq!(app.user("u1").as_ref(), Some(user));
}

#[test]
fn partial_updates_of_one_user_in_one_batch_follow_each_other() {
    let mut app = App::new();
    let answer = app.patch(json!([{ "id": "u", "set": { "a": 1 } }, { "id": "u", "set": { "b": 2 }, "unset": ["a"] }]));
    assert_eq!(answer.body["users"]["u"]["custom"], json!({ "b": 2 }));
}

#[test]
fn one_bad_partial_update_fails_the_batch() {
    let mut app = App::of(&["a"]);
    let answer = app.patch(json!([{ "id": "a", "set": { "name": "Ann" } }, { "id": "b", "set": { "a..b": 1 } }]));
    assert_eq!(answer.outcome(), "400 4 users[1].set.a..b is not a valid path");
    assert_eq!(app.user("a").unwrap().get("name"), None);
    assert_eq!(app.user("b"), None);
    for (bad, expected) in [
        (json!([{}]), "400 4 users[0].id is a required field"),
        (json!([1]), "400 4 expected object for field \"users[0]\" but got number"),
        (json!({ "a": {} }), "400 4 expected array for field \"users\" but got object"),
        (json!([{ "id": "a", "unset": "name" }]), "400 4 expected array for field \"users[0].unset\" but got string"),
        (json!([{ "id": "a", "set": { "role": "king" } }]), r#"400 4 role "king" provided but not defined"#),
    ] {
        assert_eq!(app.patch(bad).outcome(), expected);
    }
}

#[test]
fn custom_data_may_not_grow_beyond_its_limit_in_steps() {
    let mut app = App::new();
    let half = "x".repeat(3000);
    assert_eq!(app.patch(json!([{ "id": "u", "set": { "one": half } }])).outcome(), "ok");
    assert!(app.patch(json!([{ "id": "u", "set": { "two": half } }])).outcome().starts_with("413 22 "));
}

#[test]
fn a_guest_gets_an_id_of_its_own_and_a_token_that_works() {
    let mut app = App::new();
    let body = json!({ "user": {
        "id": "visitor", "name": "Guest 3", "custom": { "color": "red" }, "role": "admin", "teams": ["red"],
    } });
    let answer = app.call_as(As::Anonymous, Method::Post, "/guest", body.to_string().as_bytes());
    assert_eq!(answer.status, 201);
    let guest = &answer.body["user"];
    let id = guest["id"].as_str().unwrap();
    assert!(id.starts_with("guest-") && id.ends_with("-visitor") && id.len() == "guest--visitor".len() + 36, "{id}");
    assert_eq!((&guest["role"], &guest["name"], &guest["teams"]), (&json!("guest"), &json!("Guest 3"), &json!([])));
    assert_eq!(guest["custom"], json!({ "color": "red" }));
    assert_eq!(answer.body["access_token"], json!(crate::app::token(&json!({ "user_id": id }).to_string())));
    assert_eq!(app.query_as(As::User(id), &json!({ "filter_conditions": { "id": id } })).body["users"][0]["id"], id);
    let second = app.call_as(As::Anonymous, Method::Post, "/guest", body.to_string().as_bytes());
    assert_ne!(second.body["user"]["id"], id);
}

#[test]
fn a_guest_needs_a_user_with_a_good_id() {
    let mut app = App::new();
    for (body, expected) in [
        (json!({}), "400 4 user is a required field"),
        (json!({ "user": {} }), "400 4 user.id is a required field"),
        (json!({ "user": "x" }), "400 4 expected object for field \"user\" but got string"),
        (
            json!({ "user": { "id": "a/b" } }),
            "400 4 user.id can only contain letters, digits and the characters @, _ and -",
        ),
        (json!({ "user": { "id": "a", "online": true } }), "400 4 user.online is a reserved field"),
        (json!({ "user": { "id": "a", "banned": true, "created_at": 1 } }), "ok"),
    ] {
        assert_eq!(app.post("/guest", body).outcome(), expected);
    }
}
