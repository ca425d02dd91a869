//! Tokens, and the app's settings for them.

use getstream_users_emulator::{Method, Request};
use serde_json::{Value, json};

use crate::app::{Answer, App, As, START_MS, token};

const START_S: i64 = START_MS / 1000;
const REVOKED: &str = "401 40 This token has been revoked, please generate a new token";

fn update(app: &mut App, settings: &Value) {
    assert_eq!(app.call_as(As::Server, Method::Patch, "/app", settings.to_string().as_bytes()).outcome(), "ok");
}

fn query(app: &mut App, token: &str) -> String {
    let request = Request::new(Method::Get, "/api/v2/users?payload={\"filter_conditions\":{}}&api_key=devkey")
        .header("stream-auth-type", "jwt")
        .header("authorization", token);
    let response = app.send(&request);
    Answer { status: response.status, body: serde_json::from_slice(&response.body).unwrap() }.outcome()
}

#[test]
fn development_tokens_are_accepted_while_checks_are_off() {
    let mut app = App::of(&["u"]);
    let signed = token(r#"{"user_id":"u"}"#);
    let development = format!("{}.devtoken", signed.rsplit_once('.').unwrap().0);
    let not_allowed = "401 5 development tokens are not allowed for this application";
    assert_eq!(query(&mut app, &development), not_allowed);
    update(&mut app, &json!({ "disable_auth_checks": true }));
    assert_eq!(query(&mut app, &development), "ok");
    assert_eq!(query(&mut app, &signed), "ok");
    update(&mut app, &json!({ "disable_auth_checks": false }));
    assert_eq!(query(&mut app, &development), not_allowed);
}

#[test]
fn the_tokens_of_all_users_are_revoked_and_restored_at_once() {
    let mut app = App::of(&["u"]);
    let ageless = token(r#"{"user_id":"u"}"#);
    let issued = |seconds: i64| token(&json!({ "user_id": "u", "iat": START_S + seconds }).to_string());
    update(&mut app, &json!({ "revoke_tokens_issued_before": "2026-01-01T00:00:00Z" }));
    assert_eq!(app.get("/app").body["app"]["revoke_tokens_issued_before"], json!(START_MS * 1_000_000));
    assert_eq!(query(&mut app, &ageless), REVOKED);
    assert_eq!(query(&mut app, &issued(-1)), REVOKED);
    assert_eq!(query(&mut app, &issued(0)), "ok", "a new token counts");
    assert_eq!(query(&mut app, &token(r#"{"server":true}"#)), "ok");
    update(&mut app, &json!({ "disable_auth_checks": false }));
    assert_eq!(query(&mut app, &ageless), REVOKED, "other settings leave it as it is");
    update(&mut app, &json!({ "revoke_tokens_issued_before": null }));
    assert_eq!(query(&mut app, &ageless), "ok");
    assert_eq!(app.get("/app").body["app"].get("revoke_tokens_issued_before"), None);
}
