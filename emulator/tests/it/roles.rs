//! Creating, searching and deleting roles.

use getstream_users_emulator::Method;
use serde_json::json;

use crate::app::{Answer, App, As, START_MS};

fn create(app: &mut App, name: &str) -> Answer {
    app.post("/roles", json!({ "name": name }))
}

fn delete(app: &mut App, name: &str) -> String {
    app.call_as(As::Server, Method::Delete, &format!("/roles/{name}"), b"").outcome()
}

fn names(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body["roles"].as_array().unwrap().iter().map(|role| role["name"].as_str().unwrap()).collect()
}

#[test]
fn a_role_is_listed_until_it_is_deleted() {
    let mut app = App::new();
    let created = create(&mut app, "editor");
    let at = START_MS * 1_000_000;
    let role = json!({ "name": "editor", "custom": true, "scopes": [], "created_at": at, "updated_at": at });
    assert_eq!((created.status, &created.body["role"]), (201, &role));
    let listed = app.get("/roles");
    assert_eq!(listed.body["roles"].as_array().unwrap().last(), Some(&role));
    let user = listed.body["roles"].as_array().unwrap().iter().find(|role| role["name"] == "user").unwrap().clone();
    assert_eq!((&user["custom"], &user["scopes"]), (&json!(false), &json!([".app"])));

    assert_eq!(delete(&mut app, "editor"), "ok");
    assert!(!names(&app.get("/roles")).contains(&"editor"));
    assert_eq!(create(&mut app, "editor").outcome(), "ok", "the name is free again");
}

#[test]
fn names_are_unique_and_no_longer_than_allowed() {
    let mut app = App::new();
    for (name, expected) in [
        (json!("editor"), "ok"),
        (json!("editor"), "400 4 role \"editor\" already exists"),
        (json!("admin"), "400 4 role \"admin\" already exists"),
        (json!("é".repeat(64)), "ok"),
        (json!("e".repeat(65)), "400 4 name must be a maximum of 64 characters in length"),
        (json!(""), "400 4 name is a required field"),
        (json!(null), "400 4 name is a required field"),
        (json!(1), "400 4 expected string for field \"name\" but got number"),
    ] {
        assert_eq!(app.post("/roles", json!({ "name": name })).outcome(), expected, "{name}");
    }
}

#[test]
fn an_app_can_make_25_roles() {
    let mut app = App::new();
    for index in 0..25 {
        assert_eq!(create(&mut app, &format!("role-{index}")).outcome(), "ok");
    }
    assert_eq!(create(&mut app, "one-more").outcome(), "400 4 an app can have a maximum of 25 custom roles");
    assert_eq!(delete(&mut app, "role-3"), "ok");
    assert_eq!(create(&mut app, "one-more").outcome(), "ok");
}

#[test]
fn a_role_that_is_built_in_unknown_or_used_cannot_be_deleted() {
    let mut app = App::of(&["v"]);
    assert_eq!(delete(&mut app, "admin"), "400 4 role \"admin\" is a built-in role and cannot be deleted");
    assert_eq!(delete(&mut app, "king"), "400 4 role \"king\" does not exist");

    create(&mut app, "editor");
    let used = |id: &str| {
        format!("400 4 role \"editor\" cannot be deleted, at least one user is using this role (ie. \"{id}\")")
    };
    assert_eq!(app.upsert(json!({ "id": "u", "role": "editor" })).outcome(), "ok");
    assert_eq!(delete(&mut app, "editor"), used("u"));
    app.post("/users/u/deactivate", json!({}));
    assert_eq!(delete(&mut app, "editor"), used("u"), "a user that may come back");
    app.post("/users/delete", json!({ "user_ids": ["u"] }));
    app.upsert(json!({ "id": "v", "teams": ["red"], "teams_role": { "red": "editor" } }));
    assert_eq!(delete(&mut app, "editor"), used("v"), "in one team");
    app.upsert(json!({ "id": "v", "teams_role": { "red": "user" } }));
    assert_eq!(delete(&mut app, "editor"), "ok");
    assert_eq!(
        app.upsert(json!({ "id": "v", "role": "editor" })).outcome(),
        "400 4 role \"editor\" provided but not defined"
    );
}

#[test]
fn search_goes_by_the_beginning_of_names_in_pages() {
    let mut app = App::new();
    for name in ["Moderators", "mods", "model"] {
        create(&mut app, name);
    }
    for (query, expected) in [
        ("query=mod", &["Moderators", "model", "moderator", "mods"][..]),
        ("query=MOD&limit=2", &["Moderators", "model"]),
        ("query=mod&limit=2&name_gt=model", &["moderator", "mods"]),
        ("query=oderator", &[]),
        ("query=global_", &[]),
        ("query=global_&include_global_roles=true", &["global_admin", "global_moderator"]),
        ("query=c&role_type=user", &[]),
        ("query=c&role_type=channel", &["channel_member", "channel_moderator"]),
        ("query=mo&role_type=channel", &["Moderators", "model", "mods"]),
    ] {
        assert_eq!(names(&app.get(&format!("/roles/search?{query}"))), expected, "{query}");
    }
    for (query, expected) in [
        ("", "400 4 query is a required field"),
        ("query=", "400 4 query is a required field"),
        ("query=a&limit=26", "400 4 limit must be 25 or less"),
        ("query=a&limit=-1", "400 4 limit must be 1 or greater"),
        ("query=a&limit=ten", "400 4 limit must be an integer"),
        ("query=a&role_type=team", "400 4 role_type must be one of [user channel]"),
        ("query=a&include_global_roles=yes", "400 4 include_global_roles must be a boolean"),
    ] {
        assert_eq!(app.get(&format!("/roles/search?{query}")).outcome(), expected, "{query}");
    }
}

#[test]
fn search_returns_ten_unless_more_are_asked_for() {
    let mut app = App::new();
    for index in 0..20 {
        create(&mut app, &format!("role-{index}"));
    }
    for (query, count) in [("query=role", 10), ("query=role&limit=0", 10), ("query=role&limit=25", 20)] {
        assert_eq!(names(&app.get(&format!("/roles/search?{query}"))).len(), count, "{query}");
    }
}
