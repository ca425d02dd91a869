//! Who may do what.

use getstream_users_emulator::{Method, Request};
use serde_json::{Value, json};

use crate::app::{Answer, App, As, START_MS, token};

fn post_as(app: &mut App, caller: As<'_>, path: &str, body: &Value) -> String {
    app.call_as(caller, Method::Post, path, body.to_string().as_bytes()).outcome()
}

#[test]
fn only_the_server_may_call_what_is_the_servers() {
    const EXPORT: &str = "403 17 users can only be exported server side";
    for (method, path, operation) in [
        (Method::Post, "/users/v/deactivate", "DeactivateUser"),
        (Method::Post, "/users/v/reactivate", "ReactivateUser"),
        (Method::Post, "/users/deactivate", "DeactivateUsers"),
        (Method::Post, "/users/reactivate", "ReactivateUsers"),
        (Method::Post, "/users/delete", "DeleteUsers"),
        (Method::Post, "/users/restore", "RestoreUsers"),
        (Method::Get, "/users/v/export", "ExportUser"),
        (Method::Post, "/export/users", "ExportUsers"),
        (Method::Get, "/tasks/x", "GetTask"),
    ] {
        for (caller, role) in [(As::User("u"), "user"), (As::Anonymous, "anonymous")] {
            let answer = App::of(&["u", "v"]).call_as(caller, method, path, b"");
            let user = if matches!(caller, As::User(_)) { "User 'u'" } else { "User" };
            let usual = format!("403 17 {user} with role '{role}' is not allowed to perform action {operation}");
            let expected = if operation.starts_with("Export") { EXPORT } else { usual.as_str() };
            assert_eq!(answer.outcome(), expected);
            let message = answer.body["message"].as_str().unwrap();
            assert!(message.starts_with(&format!("{operation} failed with error: \"")), "{message}");
        }
    }
}

#[test]
fn a_user_may_change_itself_but_not_its_rights() {
    const ROLE: &str = "403 17 user role can only be updated server-side";
    const NAMES_ROLE: &str = "403 17 User 'u' with role 'user' is not allowed to perform action UpdateUserRole";
    const TEAMS: &str = "403 17 user teams can only be updated server-side";
    const OTHER: &str = "403 17 User 'u' with role 'user' is not allowed to perform action UpdateUser";
    for (user, expected) in [
        (json!({ "id": "u", "name": "Ann", "custom": { "color": "red" } }), "ok"),
        (json!({ "id": "u", "role": "user" }), "ok"),
        (json!({ "id": "u", "role": "admin" }), ROLE),
        (json!({ "id": "u", "teams": ["red", "blue"] }), "ok"),
        (json!({ "id": "u", "teams": ["blue", "red"] }), "ok"),
        (json!({ "id": "u", "teams": [] }), "ok"),
        (json!({ "id": "u", "teams": null }), "ok"),
        (json!({ "id": "u", "teams": ["red"] }), TEAMS),
        (json!({ "id": "u", "teams_role": { "red": "admin" } }), TEAMS),
        (json!({ "id": "v" }), OTHER),
        (json!({ "id": "new" }), OTHER),
    ] {
        let mut app = App::of(&["v"]);
        app.upsert(json!({ "id": "u", "teams": ["red", "blue"] }));
        let id = user["id"].as_str().unwrap();
        assert_eq!(post_as(&mut app, As::User("u"), "/users", &json!({ "users": { id: user } })), expected, "{user}");
        assert_eq!(app.user("u").unwrap()["teams"].as_array().map(Vec::len), Some(2), "{user}");
    }
    for (change, expected) in [
        (json!({ "id": "u", "set": { "color": "red" }, "unset": ["name"] }), "ok"),
        (json!({ "id": "u", "set": { "role": "admin" } }), NAMES_ROLE),
        (json!({ "id": "u", "set": { "role": "user" } }), NAMES_ROLE),
        (json!({ "id": "u", "unset": ["role"] }), NAMES_ROLE),
        (json!({ "id": "u", "set": { "teams": ["red"] } }), TEAMS),
        (
            json!({ "id": "u", "set": { "revoke_tokens_issued_before": "2030-01-01T00:00:00Z" } }),
            "403 17 user tokens can only be revoked server-side",
        ),
        (json!({ "id": "v", "set": { "color": "red" } }), OTHER),
    ] {
        let mut app = App::of(&["u", "v"]);
        let body = json!({ "users": [change] }).to_string();
        assert_eq!(
            app.call_as(As::User("u"), Method::Patch, "/users", body.as_bytes()).outcome(),
            expected,
            "{change}"
        );
    }
}

#[test]
fn a_visitor_may_only_read_and_create_guests() {
    let mut app = App::of(&["u"]);
    assert_eq!(post_as(&mut app, As::Anonymous, "/guest", &json!({ "user": { "id": "g" } })), "ok");
    assert_eq!(
        post_as(&mut app, As::Anonymous, "/users", &json!({ "users": { "u": { "id": "u" } } })),
        "403 17 User with role 'anonymous' is not allowed to perform action UpdateUser"
    );
}

#[test]
fn the_user_of_a_token_is_created_when_it_first_calls() {
    let mut app = App::new();
    assert_eq!(app.query_as(As::User("new"), &json!({ "filter_conditions": {} })).body["users"][0]["id"], "new");
    assert_eq!(app.user("new").unwrap()["role"], "user");
    assert_eq!(
        app.query_as(As::User("n w"), &json!({ "filter_conditions": {} })).outcome(),
        "400 4 user_id can only contain letters, digits and the characters @, _ and -"
    );
    let refused = app.call_as(As::User("other"), Method::Post, "/users/delete", b"");
    assert_eq!((refused.status, app.user("other")), (403, None), "a call that is refused creates nobody");
}

#[test]
fn revoked_tokens_are_rejected_until_the_revocation_is_removed() {
    let mut app = App::of(&["u"]);
    let revoke = |app: &mut App, when: Value| {
        app.patch(json!([{ "id": "u", "set": { "revoke_tokens_issued_before": when } }])).body["users"]["u"].clone()
    };
    let user = revoke(&mut app, json!("2026-01-01T00:00:00.5Z"));
    assert_eq!(user["revoke_tokens_issued_before"], json!(START_MS * 1_000_000 + 500_000_000));
    let call = |app: &mut App, claims: Value| -> Answer {
        let request = Request::new(Method::Get, "/api/v2/users?payload={\"filter_conditions\":{}}&api_key=devkey")
            .header("stream-auth-type", "jwt")
            .header("authorization", &token(&claims.to_string()));
        let response = app.send(&request);
        Answer { status: response.status, body: serde_json::from_slice(&response.body).unwrap() }
    };
    let revoked = "401 40 This token has been revoked, please generate a new token";
    let start_s = START_MS / 1000;
    assert_eq!(call(&mut app, json!({ "user_id": "u" })).outcome(), revoked);
    assert_eq!(call(&mut app, json!({ "user_id": "u", "iat": start_s - 1 })).outcome(), revoked);
    assert_eq!(call(&mut app, json!({ "user_id": "u", "iat": start_s })).outcome(), "ok");
    assert_eq!(call(&mut app, json!({ "server": true })).outcome(), "ok");
    assert_eq!(revoke(&mut app, Value::Null).get("revoke_tokens_issued_before"), None);
    assert_eq!(call(&mut app, json!({ "user_id": "u" })).outcome(), "ok");
}

#[test]
fn failures_of_authentication_name_the_operation() {
    let mut app = App::new();
    let answer = |app: &mut App, url: &str, kind: Option<&str>| {
        let request = Request::new(Method::Get, url);
        let request = kind.into_iter().fold(request, |request, kind| request.header("stream-auth-type", kind));
        let response = app.send(&request);
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        format!("{} {} {}", response.status, body["code"], body["message"].as_str().unwrap())
    };
    assert_eq!(answer(&mut app, "/api/v2/users", None), "401 2 QueryUsers failed with error: \"api_key not provided\"");
    assert_eq!(
        answer(&mut app, "/api/v2/users?api_key=devkey", None),
        "401 5 QueryUsers failed with error: \"stream-auth-type missing or invalid\""
    );
    assert_eq!(answer(&mut app, "/api/v2/nothing?api_key=devkey", None), "401 5 stream-auth-type missing or invalid");
    assert_eq!(
        answer(&mut app, "/api/v2/nothing?api_key=devkey", Some("anonymous")),
        "404 16 there is no endpoint at /api/v2/nothing"
    );
}
