//! The form of the API without `/api/v2`, which chat SDKs use.

use getstream_users_emulator::{Choices, Config, Method, operations};
use serde_json::{Value, json};

use crate::app::{Answer, App, As, request_to};

const START: &str = "2026-01-01T00:00:00Z";

fn server(app: &mut App, method: Method, path: &str, body: Value) -> Answer {
    app.call_v1(As::Server, method, path, body)
}

fn post(app: &mut App, path: &str, body: Value) -> Answer {
    server(app, Method::Post, path, body)
}

fn get(app: &mut App, path: &str) -> Answer {
    server(app, Method::Get, path, Value::Null)
}

fn with_payload(path: &str, payload: &Value) -> String {
    let payload: String = form_urlencoded::byte_serialize(payload.to_string().as_bytes()).collect();
    format!("{path}?payload={payload}")
}

fn is_time(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("2026-01-01T00:00:0") && text.ends_with('Z'))
}

#[test]
fn custom_data_is_beside_the_fields_of_a_user_in_requests_and_responses() {
    let mut app = App::new();
    let ann =
        json!({ "id": "ann", "name": "Ann", "role": "admin", "color": "red", "custom": { "deep": [1] }, "gone": null });
    let answer = post(&mut app, "/users", json!({ "users": { "ann": ann } }));
    let user = &answer.body["users"]["ann"];
    assert_eq!((answer.status, &user["color"], &user["custom"]), (201, &json!("red"), &json!({ "deep": [1] })));
    assert_eq!((&user["created_at"], user.get("gone")), (&json!(START), Some(&Value::Null)));
    let today = app.user("ann").unwrap();
    assert_eq!(today["custom"], json!({ "color": "red", "custom": { "deep": [1] }, "gone": null }));

    let found = get(&mut app, &with_payload("/users", &json!({ "filter_conditions": { "color": "red" } })));
    assert_eq!((&found.body["users"][0]["id"], &found.body["users"][0]["color"]), (&json!("ann"), &json!("red")));

    let partial = json!({ "users": [{ "id": "ann", "set": { "plan": "pro" }, "unset": ["color"] }] });
    let changed = server(&mut app, Method::Patch, "/users", partial);
    assert_eq!((changed.status, &changed.body["users"]["ann"]["plan"]), (200, &json!("pro")));
    assert_eq!(changed.body["users"]["ann"].get("color"), None);
}

#[test]
fn a_user_that_was_read_can_be_sent_back_with_all_that_only_the_server_writes() {
    let mut app = App::of(&["mod", "ben"]);
    post(&mut app, "/users", json!({ "users": { "ann": { "id": "ann", "color": "red" } } }));
    post(&mut app, "/devices", json!({ "id": "d", "push_provider": "firebase", "user_id": "ann" }));
    post(&mut app, "/moderation/mute", json!({ "target_id": "ben", "user_id": "ann" }));
    post(&mut app, "/moderation/ban", json!({ "target_user_id": "ann", "user_id": "mod", "timeout": 5 }));
    let revoked = json!({ "revoke_tokens_issued_before": START });
    server(&mut app, Method::Patch, "/users", json!({ "users": [{ "id": "ann", "set": revoked }] }));
    let muted = post(&mut app, "/moderation/mute", json!({ "target_id": "ben", "user_id": "ann" }));
    let found = get(&mut app, &with_payload("/users", &json!({ "filter_conditions": { "id": "ann" } })));
    for mut read in [found.body["users"][0].clone(), muted.body["own_user"].clone()] {
        read["online"] = json!(true);
        read["push_preferences"] = json!({});
        let sent = post(&mut app, "/users", json!({ "users": { "ann": read } }));
        assert_eq!(sent.outcome(), "ok");
        assert_eq!(app.user("ann").unwrap()["custom"], json!({ "color": "red" }));
    }
}

#[test]
fn users_inside_other_objects_have_the_same_form() {
    let mut app = App::of(&["ben"]);
    let user = json!({ "id": "ann", "color": "red" });
    let answer = post(&mut app, "/users/block", json!({ "blocked_user_id": "ben", "user": user }));
    assert_eq!(answer.outcome(), "ok");
    assert!(is_time(&answer.body["created_at"]), "{answer:?}");
    let blocked = get(&mut app, "/users/block?user_id=ann");
    assert_eq!(blocked.body["blocks"][0]["user"]["color"], "red");
    let user = json!({ "id": "mod", "rank": 3 });
    assert_eq!(post(&mut app, "/moderation/ban", json!({ "target_user_id": "ann", "user": user })).outcome(), "ok");
    let bans = get(&mut app, &with_payload("/query_banned_users", &json!({ "filter_conditions": {} })));
    let ban = &bans.body["bans"][0];
    assert_eq!((&ban["user"]["color"], &ban["banned_by"]["rank"]), (&json!("red"), &json!(3)));
    assert!(is_time(&ban["created_at"]), "{ban}");
}

/// All responses of an app with objects of every kind.
#[test]
fn no_response_has_a_numeric_time_or_a_user_with_a_custom_field() {
    let mut app = App::of(&["ben", "mod"]);
    post(&mut app, "/users", json!({ "users": { "ann": { "id": "ann", "color": "red" } } }));
    let mut answers = vec![
        post(&mut app, "/guest", json!({ "user": { "id": "g", "color": "red" } })),
        post(&mut app, "/users/ann/deactivate", json!({})),
        post(&mut app, "/users/ann/reactivate", json!({})),
        post(&mut app, "/users/block", json!({ "blocked_user_id": "ben", "user_id": "ann" })),
        get(&mut app, "/users/block?user_id=ann"),
        post(&mut app, "/moderation/ban", json!({ "target_user_id": "ann", "user_id": "mod", "timeout": 5 })),
        get(&mut app, &with_payload("/query_banned_users", &json!({ "filter_conditions": {} }))),
        post(&mut app, "/moderation/mute", json!({ "target_id": "ann", "user_id": "ben", "timeout": 5 })),
        post(&mut app, "/moderation/mute", json!({ "target_ids": ["ann", "mod"], "user_id": "ben" })),
        post(&mut app, "/moderation/flag", json!({ "target_user_id": "ann", "user_id": "ben" })),
        post(&mut app, "/moderation/unflag", json!({ "target_user_id": "ann", "user_id": "ben" })),
        post(&mut app, "/devices", json!({ "id": "d", "push_provider": "firebase", "user_id": "ann" })),
        get(&mut app, "/devices?user_id=ann"),
        get(&mut app, &with_payload("/users", &json!({ "filter_conditions": {} }))),
        get(&mut app, "/users/ann/export"),
        post(&mut app, "/usergroups", json!({ "id": "team", "name": "Team", "member_ids": ["ann"] })),
        get(&mut app, "/usergroups"),
        post(&mut app, "/roles", json!({ "name": "editor" })),
        get(&mut app, "/roles"),
        server(
            &mut app,
            Method::Patch,
            "/app",
            json!({ "revoke_tokens_issued_before": START,
            "event_hooks": [{ "hook_type": "webhook", "webhook_url": "https://example.com/x" }] }),
        ),
        get(&mut app, "/app"),
        post(
            &mut app,
            "/push_providers",
            json!({ "push_provider":
            { "name": "f", "type": "firebase", "firebase_credentials": "{}" } }),
        ),
        get(&mut app, "/push_providers"),
        post(&mut app, "/blocklists", json!({ "name": "words", "words": ["a"] })),
        get(&mut app, "/blocklists"),
        post(
            &mut app,
            "/push_preferences",
            json!({ "preferences":
            [{ "user_id": "ann", "chat_level": "none", "disabled_until": "2026-01-01T00:00:09Z" }] }),
        ),
    ];
    let task = post(&mut app, "/users/deactivate", json!({ "user_ids": ["ann"] }));
    app.advance(50);
    let ended = get(&mut app, &format!("/tasks/{}", task.body["task_id"].as_str().unwrap()));
    assert_eq!(ended.body["result"]["users"][0]["color"], "red", "{ended:?}");
    assert!(is_time(&ended.body["result"]["users"][0]["deactivated_at"]), "{ended:?}");
    let deleted = server(&mut app, Method::Delete, "/users/ann", Value::Null);
    assert!(is_time(&deleted.body["user"]["deleted_at"]), "{deleted:?}");
    answers.extend([ended, deleted]);
    let mut users = 0;
    for answer in &answers {
        assert_eq!(answer.outcome(), "ok", "{answer:?}");
        look_through(&answer.body, &mut users);
    }
    assert!(users > 20, "{users}");
}

fn look_through(value: &Value, users: &mut usize) {
    match value {
        Value::Number(number) => {
            assert!(number.as_i64().is_some_and(|number| number.abs() < 1_000_000_000_000_000), "{number}")
        }
        Value::Array(elements) => elements.iter().for_each(|element| look_through(element, users)),
        Value::Object(fields) => {
            if fields.contains_key("role") && fields.contains_key("id") {
                *users += 1;
                assert!(!fields.contains_key("custom"), "{value}");
                if fields["id"] == "ann" {
                    assert_eq!(fields["color"], "red", "{value}");
                }
            }
            fields.values().for_each(|field| look_through(field, users));
        }
        _ => {}
    }
}

#[test]
fn a_user_is_deleted_at_once_and_can_be_restored_unless_it_was_deleted_hard() {
    let mut app = App::of(&["a", "b", "c"]);
    let soft = server(&mut app, Method::Delete, "/users/a?mark_messages_deleted=true", Value::Null);
    assert_eq!((soft.status, soft.body.get("task_id")), (200, None));
    assert_eq!(app.find(json!({ "filter_conditions": {} })), ["c", "b"]);
    assert_eq!(post(&mut app, "/users/restore", json!({ "user_ids": ["a"] })).outcome(), "ok");
    let hard = "/users/b?hard_delete=true&mark_messages_deleted=true&delete_conversation_channels=true";
    let hard = server(&mut app, Method::Delete, hard, Value::Null);
    assert!(hard.body["task_id"].is_string(), "{hard:?}");
    assert_eq!(
        post(&mut app, "/users/restore", json!({ "user_ids": ["b"] })).outcome(),
        "400 4 user \"b\" was not deleted softly, it can't be restored"
    );
    let unknown = server(&mut app, Method::Delete, "/users/nobody", Value::Null);
    assert_eq!(unknown.outcome(), "404 16 the user nobody does not exist");
    let wrong = server(&mut app, Method::Delete, "/users/c?hard_delete=maybe", Value::Null);
    assert_eq!(wrong.outcome(), "400 4 hard_delete must be a boolean");
    assert_eq!(app.find(json!({ "filter_conditions": {} })), ["c", "a"]);
}

#[test]
fn a_ban_is_removed_in_the_query_string_by_the_user_it_names() {
    let mut app = App::of(&["a", "mod"]);
    let banned = |app: &mut App| app.user("a").unwrap()["banned"] == json!(true);
    for who in ["user_id=mod", "banned_by_id=mod", "unbanned_by_id=mod", "connection_id="] {
        post(&mut app, "/moderation/ban", json!({ "target_user_id": "a", "banned_by_id": "mod" }));
        assert!(banned(&mut app));
        let answer = server(&mut app, Method::Delete, &format!("/moderation/ban?target_user_id=a&{who}"), Value::Null);
        assert_eq!((answer.status, answer.body["duration"].is_string()), (200, true), "{who}");
        assert!(!banned(&mut app), "{who}");
    }
    let missing = server(&mut app, Method::Delete, "/moderation/ban", Value::Null);
    assert_eq!(missing.outcome(), "400 4 target_user_id is a required field");
}

#[test]
fn a_ban_from_a_channel_has_its_type_and_its_id() {
    let mut app = App::of(&["a", "mod"]);
    let bans = |app: &mut App| {
        let payload = json!({ "filter_conditions": { "channel_cid": "messaging:x" } });
        get(app, &with_payload("/query_banned_users", &payload)).body["bans"].as_array().unwrap().len()
    };
    let ban = json!({ "target_user_id": "a", "user_id": "mod", "type": "messaging", "id": "x" });
    assert_eq!(post(&mut app, "/moderation/ban", ban).outcome(), "ok");
    assert_eq!((bans(&mut app), app.user("a").unwrap()["banned"] == true), (1, false));
    let half = json!({ "target_user_id": "a", "user_id": "mod", "type": "messaging" });
    assert_eq!(post(&mut app, "/moderation/ban", half).outcome(), "400 4 id is a required field together with type");
    server(&mut app, Method::Delete, "/moderation/ban?target_user_id=a&type=messaging&id=x", Value::Null);
    assert_eq!(bans(&mut app), 0);
}

#[test]
fn one_mute_is_an_object_and_several_are_a_list() {
    let mut app = App::of(&["a", "b", "c"]);
    let one = post(&mut app, "/moderation/mute", json!({ "target_id": "b", "target_ids": null, "user_id": "a" }));
    assert_eq!((&one.body["mute"]["target"]["id"], one.body.get("mutes")), (&json!("b"), None));
    assert_eq!(one.body["own_user"]["mutes"][0]["target"]["id"], "b");
    let two = post(&mut app, "/moderation/mute", json!({ "target_id": "", "target_ids": ["b", "c"], "user_id": "a" }));
    assert_eq!((two.body["mutes"].as_array().unwrap().len(), two.body.get("mute")), (2, None));
    let none = post(&mut app, "/moderation/mute", json!({ "target_id": "x", "user_id": "a" }));
    assert_eq!((&none.body["non_existing_users"], none.body.get("mute")), (&json!(["x"]), None));
    assert_eq!(post(&mut app, "/moderation/unmute", json!({ "target_id": "b", "user_id": "a" })).outcome(), "ok");
    assert_eq!(app.user("a").unwrap()["mutes"].as_array().unwrap().len(), 1);
    let whom = post(&mut app, "/moderation/mute", json!({ "user_id": "a" }));
    assert_eq!(whom.outcome(), "400 4 target_ids is a required field");
}

#[test]
fn a_flag_is_returned_and_can_be_removed() {
    let mut app = App::of(&["a", "b"]);
    let body = json!({ "target_user_id": "b", "user_id": "a", "reason": "spam", "custom": { "n": 1 } });
    let flag = post(&mut app, "/moderation/flag", body).body["flag"].clone();
    assert_eq!((&flag["user"]["id"], &flag["target_user"]["id"]), (&json!("a"), &json!("b")));
    assert_eq!(
        (&flag["reason"], &flag["custom"], is_time(&flag["created_at"])),
        (&json!("spam"), &json!({ "n": 1 }), true)
    );
    let count =
        |app: &mut App| app.post("/moderation/flag_count", json!({ "entity_creator_id": "b" })).body["count"].clone();
    assert_eq!(count(&mut app), 1);
    let body = json!({ "target_user_id": "b", "user_id": "a" });
    assert_eq!(post(&mut app, "/moderation/unflag", body.clone()).body["flag"]["reason"], "spam");
    assert_eq!(count(&mut app), 0);
    assert_eq!(post(&mut app, "/moderation/unflag", body).body.get("flag"), None);
    let message = post(&mut app, "/moderation/flag", json!({ "target_message_id": "m", "user_id": "a" }));
    assert!(message.outcome().starts_with("404 16 target_message_id names a message"), "{message:?}");
}

#[test]
fn custom_permissions_are_granted_like_any_other() {
    let mut app = App::of(&["a", "b"]);
    let own = json!({ "id": "rename", "name": "Rename", "action": "UpdateUser", "condition": { "$eq": 1 } });
    let made = post(&mut app, "/permissions", own.clone());
    assert_eq!((made.status, &made.body["permission"]["custom"]), (201, &json!(true)));
    assert_eq!(post(&mut app, "/permissions", own).outcome(), "400 4 permission \"rename\" already exists");
    let rename = |app: &mut App| {
        let body = json!({ "users": [{ "id": "b", "set": { "name": "x" } }] });
        app.call_v1(As::User("a"), Method::Patch, "/users", body).outcome()
    };
    assert!(rename(&mut app).starts_with("403 17"));
    server(&mut app, Method::Patch, "/app", json!({ "grants": { "user": ["rename"] } }));
    assert_eq!(rename(&mut app), "ok");
    let narrow = json!({ "name": "Rename", "action": "UpdateUser", "owner": true });
    assert_eq!(server(&mut app, Method::Put, "/permissions/rename", narrow).outcome(), "ok");
    assert!(rename(&mut app).starts_with("403 17"));
    let saved = app.snapshot();
    app.restore(&saved).unwrap();
    assert_eq!(get(&mut app, "/permissions/rename").body["permission"]["owner"], true);
    let listed = get(&mut app, "/permissions");
    assert_eq!(listed.body["permissions"].as_array().unwrap().last().unwrap()["id"], "rename");
    let delete = |app: &mut App| server(app, Method::Delete, "/permissions/rename", Value::Null).outcome();
    assert_eq!(delete(&mut app), "400 4 permission \"rename\" cannot be deleted, it is granted to a role");
    server(&mut app, Method::Patch, "/app", json!({ "grants": { "user": [] } }));
    assert_eq!(delete(&mut app), "ok");
    assert_eq!(delete(&mut app), "404 16 permission \"rename\" does not exist");
    let built_in = server(&mut app, Method::Delete, "/permissions/ban-user", Value::Null);
    assert_eq!(built_in.outcome(), "400 4 permission \"ban-user\" is built in, it can't be changed");
}

#[test]
fn nothing_is_unread_where_there_are_no_channels() {
    let mut app = App::of(&["a"]);
    for answer in
        [get(&mut app, "/unread?user_id=a"), app.call_v1(As::User("a"), Method::Get, "/unread?user_id=a", Value::Null)]
    {
        assert_eq!((answer.status, &answer.body["total_unread_count"]), (200, &json!(0)));
        assert_eq!((&answer.body["channels"], &answer.body["threads"]), (&json!([]), &json!([])));
    }
    let batch = post(&mut app, "/unread_batch", json!({ "user_ids": ["a", "x"] }));
    let counts = batch.body["counts_by_user"].as_object().unwrap();
    assert_eq!((counts.len(), &counts["a"]["total_unread_count"]), (1, &json!(0)));
    assert_eq!(post(&mut app, "/channels/read", json!({ "user_id": "a" })).outcome(), "ok");
    assert_eq!(get(&mut app, "/channeltypes").body["channel_types"], json!({}));
    assert_eq!(app.call_v1(As::Anonymous, Method::Get, "/hi", Value::Null).status, 200);
    assert_eq!(
        get(&mut app, "/unread").outcome(),
        "400 4 either user or user_id must be provided when using server side auth."
    );
}

#[test]
fn chat_endpoints_have_another_error_than_unknown_ones() {
    let mut app = App::new();
    let chat = post(&mut app, "/channels/messaging/x/query", json!({}));
    assert_eq!((chat.status, &chat.body["code"]), (404, &json!(16)));
    let message = chat.body["message"].as_str().unwrap();
    assert!(message.starts_with("/channels/messaging/x/query is an endpoint of chat, and"), "{message}");
    assert!(message.contains("it has users, guests, bans"), "{message}");
    assert_eq!(get(&mut app, "/nothing").outcome(), "404 16 there is no endpoint at /nothing");
    // These have another form than below `/api/v2`.
    assert_eq!(post(&mut app, "/moderation/unban?target_user_id=a", json!({})).status, 404);
}

#[test]
fn custom_events_may_have_their_data_beside_the_type() {
    let mut app = App::of(&["a"]);
    let hook = json!({ "event_hooks": [{ "hook_type": "webhook", "enabled": true, "webhook_url": "https://example.com/x",
        "event_types": [], "should_send_custom_events": true }] });
    assert_eq!(server(&mut app, Method::Patch, "/app", hook).outcome(), "ok");
    let event = json!({ "event": { "type": "friendship_request", "text": "hello", "custom": { "n": 1 } } });
    assert_eq!(post(&mut app, "/users/a/event", event).outcome(), "ok");
    let told = app.snapshot();
    assert!(told.contains(r#"\"custom\":{\"n\":1,\"text\":\"hello\"}"#), "{told}");
}

#[test]
fn a_strict_emulator_rejects_misspelt_fields_here_too_but_not_custom_data() {
    let strict = Choices { strict: true, ..Choices::default() };
    let mut app = App::with(Config { choices: strict, ..Config::default() });
    let user = json!({ "users": { "a": { "id": "a", "nmae": "A", "created_at": "x", "push_preferences": {} } } });
    assert_eq!(post(&mut app, "/users", user).outcome(), "ok");
    assert_eq!(app.user("a").unwrap()["custom"], json!({ "nmae": "A" }));
    let slip = post(&mut app, "/moderation/mute", json!({ "target": "a", "user_id": "a" }));
    assert!(slip.outcome().starts_with("400 4 target is not known: Mute has no field \"target\" there"), "{slip:?}");
    let slip = server(&mut app, Method::Delete, "/users/a?hard_delet=true", json!({}));
    let expected = "400 4 hard_delet is not known: DeleteUser has no parameter \"hard_delet\" \
        (did you mean \"hard_delete\"?)";
    assert_eq!(slip.outcome(), expected);
    let unban = "/moderation/ban?target_user_id=a&type=messaging&id=x&shadow=true&unbanned_by_id=a";
    assert_eq!(server(&mut app, Method::Delete, unban, json!({})).outcome(), "ok");
}

#[test]
fn an_ignored_parameter_is_reported_in_a_header() {
    let mut app = App::of(&["a"]);
    let response = app.send(&request_to(As::Server, Method::Delete, "/users/a?hard_delet=true&user_id=b", b""));
    let ignored = response.headers.iter().find(|(name, _)| name.ends_with("ignored")).map(|(_, value)| value);
    assert_eq!((response.status, ignored), (200, Some("?hard_delet (did you mean \"hard_delete\"?)")));
}

#[test]
fn ignored_fields_are_reported_in_a_header() {
    let mut app = App::new();
    let body = json!({ "users": { "a": { "id": "a", "nmae": "A", "created_at": "x" } }, "user": 1 }).to_string();
    let response = app.send(&request_to(As::Server, Method::Post, "/users", body.as_bytes()));
    let ignored = response.headers.iter().find(|(name, _)| name.ends_with("ignored")).map(|(_, value)| value);
    assert_eq!(ignored, Some("users[a].created_at (only the server writes it), user (did you mean \"users\"?)"));
}

#[test]
fn every_operation_of_users_has_a_path_without_prefix_unless_it_differs_there() {
    let absent = ["/api/v2/moderation/flag_count", "/api/v2/moderation/unban"];
    for operation in operations().filter(|operation| !absent.contains(&operation.path.as_str())) {
        let mut app = App::of(&["x"]);
        let path = operation.path.replace("{id}", "x");
        let path = path.strip_prefix("/api/v2").unwrap_or(&path);
        let path = path.replacen("/chat/", "/", 1);
        let answer = app.call_v1(As::Server, operation.method, &path, json!({}));
        let message = answer.body["message"].as_str().unwrap_or_default();
        assert!(!message.contains("endpoint"), "{} {path}: {message}", operation.name);
    }
}
