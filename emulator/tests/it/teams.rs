//! Separate teams, and roles that cannot search for users.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{App, As};

const FOREIGN: &str = "403 17 you must filter on teams that are from the same user";

fn update(app: &mut App, settings: &Value) {
    assert_eq!(app.call_as(As::Server, Method::Patch, "/app", settings.to_string().as_bytes()).outcome(), "ok");
}

/// The ids of the users that a query finds, in order, or the error.
fn found(app: &mut App, caller: As<'_>, conditions: &Value) -> String {
    let answer = app.query_as(caller, &json!({ "filter_conditions": conditions, "sort": [{ "field": "id" }] }));
    let Some(users) = answer.body["users"].as_array() else { return answer.outcome() };
    users.iter().filter_map(|user| user["id"].as_str()).collect::<Vec<_>>().join(" ")
}

/// A multi-tenant app with a red and a blue team.
fn app() -> App {
    let mut app = App::new();
    for (id, teams) in
        [("both", &["red", "blue"][..]), ("red", &["red"]), ("blue", &["blue"]), ("none", &[]), ("nobody", &[])]
    {
        app.upsert(json!({ "id": id, "teams": teams }));
    }
    update(&mut app, &json!({ "multi_tenant_enabled": true }));
    app
}

#[test]
fn users_see_those_they_share_a_team_with() {
    let mut app = app();
    for (caller, conditions, expected) in [
        (As::User("red"), json!({}), "both red"),
        (As::User("both"), json!({}), "blue both red"),
        (As::User("none"), json!({}), "nobody none"),
        (As::Anonymous, json!({}), "nobody none"),
        (As::Server, json!({}), "blue both nobody none red"),
        (As::User("red"), json!({ "id": "blue" }), ""),
        (As::User("red"), json!({ "$or": [{ "teams": "blue" }, { "id": "red" }] }), "both red"),
        (As::User("red"), json!({ "teams": { "$in": ["red"] } }), "both red"),
        (As::User("both"), json!({ "teams": "blue" }), "blue both"),
        (As::User("red"), json!({ "teams": "blue" }), FOREIGN),
        (As::User("red"), json!({ "teams": { "$in": ["red", "blue"] } }), FOREIGN),
        (As::User("red"), json!({ "teams": null }), FOREIGN),
        (As::User("red"), json!({ "teams": {} }), FOREIGN),
    ] {
        assert_eq!(found(&mut app, caller, &conditions), expected, "{caller:?} {conditions}");
    }
}

#[test]
fn teams_are_separate_unless_granted_otherwise_or_turned_off() {
    let mut app = app();
    update(&mut app, &json!({ "grants": { "user": ["search-user", "search-user-any-team"] } }));
    assert_eq!(found(&mut app, As::User("red"), &json!({})), "both red");
    assert_eq!(found(&mut app, As::User("red"), &json!({ "teams": "blue" })), "blue both");
    assert_eq!(found(&mut app, As::User("red"), &json!({ "teams": {} })), "blue both nobody none red");
    update(&mut app, &json!({ "multi_tenant_enabled": false, "grants": { "user": ["search-user"] } }));
    assert_eq!(found(&mut app, As::User("red"), &json!({})), "blue both nobody none red");
}

#[test]
fn some_roles_cannot_search_for_users() {
    let mut app = App::of(&["u"]);
    app.upsert(json!({ "id": "boss", "role": "admin" }));
    update(&mut app, &json!({ "user_search_disallowed_roles": ["user", "anonymous"] }));
    let barred = |user: &str, role: &str| {
        format!("403 17 {user} with role '{role}' is not allowed to perform action SearchUser")
    };
    for (caller, expected) in [
        (As::User("u"), barred("User 'u'", "user")),
        (As::User("new"), barred("User 'new'", "user")),
        (As::Anonymous, barred("User", "anonymous")),
        (As::User("boss"), "boss u".to_owned()),
        (As::Server, "boss u".to_owned()),
    ] {
        assert_eq!(found(&mut app, caller, &json!({})), expected, "{caller:?}");
    }
    update(&mut app, &json!({ "user_search_disallowed_roles": [] }));
    assert_eq!(found(&mut app, As::User("u"), &json!({})), "boss u");
}

#[test]
fn guests_can_be_turned_off_and_are_off_with_multi_tenancy() {
    let guest = json!({ "user": { "id": "g" } }).to_string();
    for (settings, expected) in [
        (json!({}), "ok"),
        (json!({ "guest_user_creation_disabled": true }), "403 17 guest access is disabled for this application"),
        (json!({ "multi_tenant_enabled": true }), "403 17 guest access is disabled for this application"),
    ] {
        for caller in [As::Anonymous, As::Server] {
            let mut app = App::new();
            update(&mut app, &settings);
            let outcome = app.call_as(caller, Method::Post, "/guest", guest.as_bytes()).outcome();
            assert_eq!(outcome, expected, "{caller:?} {settings}");
        }
    }
}
