//! The form of requests, for every operation with a body or a payload: a value of a wrong type is rejected with the
//! API's message, before the users, groups and lists in the request are looked up.

use getstream_users_emulator::{Choices, Config, Method, operations};
use serde_json::{Value, json};

use crate::app::{App, As};

/// Fields with times, which may be text or numbers.
const TIMES: [&str; 6] = [
    "end_at",
    "preferences[0].disabled_until",
    "users[0].set.revoke_tokens_issued_before",
    "revoke_tokens_issued_before",
    "created_at",
    "updated_at",
];

/// A request with a valid form, for objects that do not exist.
struct Example {
    operation: &'static str,
    method: Method,
    path: &'static str,
    body: Value,
}

const fn is_payload(method: Method) -> bool {
    matches!(method, Method::Get)
}

fn user() -> Value {
    json!({ "id": "x", "name": "X", "image": "i", "role": "user", "language": "en", "invisible": true, "custom": {},
        "teams": ["t"], "teams_role": { "t": "user" },
        "privacy_settings": { "typing_indicators": { "enabled": true }, "read_receipts": { "enabled": true },
            "delivery_receipts": { "enabled": true } } })
}

fn examples() -> Vec<Example> {
    let example = |operation, method, path, body| Example { operation, method, path, body };
    let (post, get, put, patch) = (Method::Post, Method::Get, Method::Put, Method::Patch);
    let ids = json!(["x"]);
    vec![
        example("UpdateUsers", post, "/users", json!({ "users": { "x": user() } })),
        example(
            "UpdateUsersPartial",
            patch,
            "/users",
            json!({ "users": [{ "id": "x", "unset": ["name"], "set": { "name": "X", "image": "i", "role": "user",
                "language": "en", "invisible": true, "teams": ["t"], "teams_role": { "t": "user" }, "custom": {},
                "privacy_settings": { "read_receipts": { "enabled": true } },
                "revoke_tokens_issued_before": "2026-01-01T00:00:00Z" } }] }),
        ),
        example(
            "QueryUsers",
            get,
            "/users",
            json!({ "filter_conditions": {}, "sort": [{ "field": "name", "direction": 1, "type": "number" }], "limit": 1,
                "offset": 1, "presence": false, "include_deactivated_users": true, "user_id": "x" }),
        ),
        example(
            "DeactivateUsers",
            post,
            "/users/deactivate",
            json!({ "user_ids": ids, "created_by_id": "x", "mark_messages_deleted": true, "mark_channels_deleted": true }),
        ),
        example(
            "ReactivateUsers",
            post,
            "/users/reactivate",
            json!({ "user_ids": ids, "created_by_id": "x", "restore_messages": true, "restore_channels": true }),
        ),
        example(
            "DeleteUsers",
            post,
            "/users/delete",
            json!({ "user_ids": ids, "user": "hard", "messages": "hard", "conversations": "hard", "calls": "hard",
                "files": true, "new_channel_owner_id": "x", "new_call_owner_id": "x" }),
        ),
        example("RestoreUsers", post, "/users/restore", json!({ "user_ids": ids })),
        example("ExportUsers", post, "/export/users", json!({ "user_ids": ids })),
        example(
            "UpdateApp",
            patch,
            "/app",
            json!({ "disable_auth_checks": false, "multi_tenant_enabled": false, "enforce_unique_usernames": "no",
                "user_search_disallowed_roles": ["guest"], "revoke_tokens_issued_before": "2026-01-01T00:00:00Z",
                "webhook_url": "", "webhook_events": ["user.updated"], "grants": { "user": ["search-user"] },
                "event_hooks": [{ "hook_type": "webhook", "webhook_url": "https://example.com/x", "enabled": true,
                    "event_types": ["user.updated"], "timeout_ms": 1 }] }),
        ),
        example(
            "CreateDevice",
            post,
            "/devices",
            json!({ "id": "d", "push_provider": "firebase", "push_provider_name": "n", "voip_token": true,
                "hardware_id": "h", "user_id": "x" }),
        ),
        example(
            "UpdatePushNotificationPreferences",
            post,
            "/push_preferences",
            json!({ "preferences": [{ "user_id": "x", "channel_cid": "messaging:x", "chat_level": "all",
                "call_level": "all", "feeds_level": "all", "disabled_until": "2026-01-01T00:00:00Z",
                "remove_disable": false, "chat_preferences": { "here_mentions": "all" },
                "feeds_preferences": { "comment": "all", "custom_activity_types": { "run": "all" } } }] }),
        ),
        example(
            "UpdateLiveLocation",
            put,
            "/users/live_locations?user_id=x",
            json!({ "message_id": "m", "latitude": 1.5, "longitude": 1.5, "end_at": "2026-01-01T00:00:00Z" }),
        ),
        example("SendUserCustomEvent", post, "/chat/users/x/event", json!({ "event": { "type": "t", "custom": {} } })),
        example("CreateGuest", post, "/guest", json!({ "user": user() })),
        example("BlockUsers", post, "/users/block", json!({ "blocked_user_id": "y", "user_id": "x" })),
        example("UnblockUsers", post, "/users/unblock", json!({ "blocked_user_id": "y", "user_id": "x" })),
        example(
            "Ban",
            post,
            "/moderation/ban",
            json!({ "target_user_id": "y", "banned_by_id": "x", "reason": "r", "timeout": 1, "shadow": true,
                "ip_ban": true, "channel_cid": "messaging:x", "delete_messages": "soft",
                "ban_from_future_channels": true }),
        ),
        example("Unban", post, "/moderation/unban?target_user_id=y", json!({ "unbanned_by_id": "x" })),
        example("Mute", post, "/moderation/mute", json!({ "target_ids": ids, "timeout": 1, "user_id": "x" })),
        example("Unmute", post, "/moderation/unmute", json!({ "target_ids": ids, "user_id": "x" })),
        example(
            "Flag",
            post,
            "/moderation/flag",
            json!({ "entity_type": "stream:user", "entity_id": "y", "entity_creator_id": "z", "reason": "r",
                "custom": {}, "user_id": "x" }),
        ),
        example(
            "GetFlagCount",
            post,
            "/moderation/flag_count",
            json!({ "entity_creator_id": "y", "entity_type": "stream:user" }),
        ),
        example(
            "QueryBannedUsers",
            get,
            "/chat/query_banned_users",
            json!({ "filter_conditions": {}, "sort": [{ "field": "created_at", "direction": 1 }], "limit": 1, "offset": 1,
                "exclude_expired_bans": true, "user_id": "x" }),
        ),
        example(
            "QueryFutureChannelBans",
            get,
            "/chat/query_future_channel_bans",
            json!({ "target_user_id": "y", "exclude_expired_bans": true, "limit": 1, "offset": 1, "user_id": "x" }),
        ),
        example(
            "DeactivateUser",
            post,
            "/users/x/deactivate",
            json!({ "created_by_id": "x", "mark_messages_deleted": true }),
        ),
        example(
            "ReactivateUser",
            post,
            "/users/x/reactivate",
            json!({ "created_by_id": "x", "name": "n", "restore_messages": true }),
        ),
        example(
            "CreateUserGroup",
            post,
            "/usergroups",
            json!({ "id": "g", "name": "n", "description": "d", "team_id": "t", "member_ids": ids }),
        ),
        example("UpdateUserGroup", put, "/usergroups/g", json!({ "name": "n", "description": "d", "team_id": "t" })),
        example(
            "AddUserGroupMembers",
            post,
            "/usergroups/g/members",
            json!({ "member_ids": ids, "as_admin": true, "team_id": "t" }),
        ),
        example(
            "RemoveUserGroupMembers",
            post,
            "/usergroups/g/members/delete",
            json!({ "member_ids": ids, "team_id": "t" }),
        ),
        example("CreateRole", post, "/roles", json!({ "name": "r" })),
        example(
            "UpsertPushProvider",
            post,
            "/push_providers",
            json!({ "push_provider": { "name": "n", "type": "firebase" } }),
        ),
        example(
            "CheckPush",
            post,
            "/check_push",
            json!({ "skip_devices": true, "event_type": "message.new", "user_id": "x" }),
        ),
        example("CheckSQS", post, "/check_sqs", json!({ "sqs_url": "u", "sqs_key": "k", "sqs_secret": "s" })),
        example("CheckSNS", post, "/check_sns", json!({ "sns_topic_arn": "a", "sns_key": "k", "sns_secret": "s" })),
        example(
            "CreateBlockList",
            post,
            "/blocklists",
            json!({ "name": "l", "words": ["w"], "type": "word", "team": "t", "is_leet_check_enabled": true }),
        ),
        example(
            "UpdateBlockList",
            put,
            "/blocklists/l",
            json!({ "words": ["w"], "team": "t", "is_plural_check_enabled": true }),
        ),
    ]
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The paths of all values of an example, in the API's notation and as JSON pointers. Values of maps are in brackets,
/// those of structs after a dot.
fn paths(value: &Value, api: &str, pointer: &str, found: &mut Vec<(String, String)>) {
    if !pointer.is_empty() {
        found.push((api.to_owned(), pointer.to_owned()));
    }
    match value {
        Value::Object(object) => {
            let is_map = (api == "users" && !pointer.is_empty()) || api.ends_with("teams_role") || api == "grants";
            for (name, value) in object {
                let inner = match (api.is_empty(), is_map) {
                    (true, _) => name.clone(),
                    (false, true) => format!("{api}[{name}]"),
                    (false, false) => format!("{api}.{name}"),
                };
                paths(value, &inner, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                paths(value, &format!("{api}[{index}]"), &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn send(app: &mut App, example: &Example, body: &Value) -> String {
    let answer = if is_payload(example.method) {
        app.get_with(As::Server, example.path, body)
    } else {
        app.call_as(As::Server, example.method, example.path, body.to_string().as_bytes())
    };
    answer.outcome()
}

fn strict() -> App {
    App::with(Config { choices: Choices { strict: true, ..Choices::default() }, ..Config::default() })
}

#[test]
fn every_operation_rejects_wrong_types_with_the_apis_message_even_if_users_are_missing() {
    for mut app in [App::new(), strict()] {
        for example in examples() {
            let mut places = Vec::new();
            paths(&example.body, "", "", &mut places);
            for (path, pointer) in places {
                let right = example.body.pointer(&pointer).map_or("null", kind);
                for wrong in [json!(true), json!(7), json!("text"), json!([]), json!({})] {
                    let reads = |kind: &str| {
                        kind == right || (TIMES.contains(&path.as_str()) && ["number", "string"].contains(&kind))
                    };
                    if reads(kind(&wrong)) {
                        continue;
                    }
                    let mut body = example.body.clone();
                    *body.pointer_mut(&pointer).unwrap() = wrong.clone();
                    let outcome = send(&mut app, &example, &body);
                    let expected = format!("400 4 expected {right} for field \"{path}\" but got {}", kind(&wrong));
                    assert_eq!(outcome, expected, "{}", example.operation);
                }
            }
        }
    }
}

#[test]
fn every_operation_with_a_body_has_a_valid_example() {
    let examples = examples();
    let reads = |method: Method| matches!(method, Method::Post | Method::Put | Method::Patch);
    let of_v2 = operations().filter(|operation| operation.path.starts_with("/api/v2"));
    for operation in of_v2.filter(|operation| reads(operation.method) && operation.name != "SendCallClientEvent") {
        assert!(examples.iter().any(|example| example.operation == operation.name), "{}", operation.name);
    }
    for example in examples {
        let outcome = send(&mut strict(), &example, &example.body);
        assert!(
            !outcome.contains("expected ") && !outcome.contains("is not known"),
            "{}: {outcome}",
            example.operation
        );
    }
}

#[test]
fn a_strict_app_checks_the_form_of_all_users_before_it_looks_them_up() {
    let mut app = strict();
    app.upsert(json!({ "id": "asleep" }));
    assert_eq!(app.post("/users/asleep/deactivate", json!({})).outcome(), "ok");
    let teams = vec!["t"; 251];
    let upsert = json!({ "users": { "asleep": { "id": "asleep" }, "x": { "id": "x", "teams": teams } } });
    assert_eq!(app.post("/users", upsert).outcome(), "400 4 users[x].teams must contain at maximum 250 items");
    let partial = json!([{ "id": "nobody" }, { "id": "x", "set": { "teams": vec!["t"; 251] } }]);
    assert_eq!(app.patch(partial).outcome(), "400 4 users[1].teams must contain at maximum 250 items");
    let preferences = json!({ "preferences": [{ "user_id": "nobody" }, { "chat_level": "all" }] });
    let outcome = app.post("/push_preferences", preferences).outcome();
    assert_eq!(outcome, "400 4 preferences[1].user_id is a required field");
}
