//! Unique names.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{Answer, App, As};

const TAKEN: &str = "400 6 username 'Ann' already exists";

fn enforce(app: &mut App, scope: &str) {
    let body = json!({ "enforce_unique_usernames": scope }).to_string();
    assert_eq!(app.call_as(As::Server, Method::Patch, "/app", body.as_bytes()).outcome(), "ok");
}

/// An app with unique names and a user `a` with the name Ann.
fn app() -> App {
    let mut app = App::new();
    enforce(&mut app, "app");
    app.upsert(json!({ "id": "a", "name": "Ann" }));
    app
}

fn upsert(app: &mut App, users: &[(&str, &str)]) -> Answer {
    let users = users.iter().map(|(id, name)| ((*id).to_owned(), json!({ "id": id, "name": name })));
    app.post("/users", json!({ "users": Value::Object(users.collect()) }))
}

#[test]
fn names_may_repeat_unless_the_app_says_otherwise() {
    let mut app = App::new();
    assert_eq!(upsert(&mut app, &[("a", "Ann"), ("b", "Ann")]).outcome(), "ok");
    enforce(&mut app, "app");
    assert_eq!(upsert(&mut app, &[("c", "Ann")]).outcome(), TAKEN);
    enforce(&mut app, "no");
    assert_eq!(upsert(&mut app, &[("c", "Ann")]).outcome(), "ok");
    enforce(&mut app, "app");
    app.post("/users/delete", json!({ "user_ids": ["a", "b"] }));
    assert_eq!(upsert(&mut app, &[("d", "Ann")]).outcome(), TAKEN, "those who came in between count");
}

#[test]
fn a_name_is_taken_once_in_every_spelling() {
    for name in ["Ann", "ann", " A n n ", "a-n-n!"] {
        let mut app = app();
        assert_eq!(upsert(&mut app, &[("b", name)]).outcome(), format!("400 6 username '{name}' already exists"));
        assert_eq!(app.user("b"), None);
    }
    for name in ["Anna", "Ann2", "", "!"] {
        let mut app = app();
        assert_eq!(upsert(&mut app, &[("b", name), ("c", "other")]).outcome(), "ok", "{name}");
    }
    let mut nameless = App::new();
    enforce(&mut nameless, "app");
    assert_eq!(nameless.post("/users", json!({ "users": { "a": { "id": "a" }, "b": { "id": "b" } } })).outcome(), "ok");
}

#[test]
fn a_batch_gives_no_name_twice_but_may_move_one() {
    let mut app = app();
    assert_eq!(upsert(&mut app, &[("b", "Bea"), ("c", "bea")]).outcome(), "400 6 username 'Bea' already exists");
    assert_eq!(app.user("b"), None);
    assert_eq!(upsert(&mut app, &[("a", "Cleo"), ("b", "Ann")]).outcome(), "ok");
    assert_eq!(upsert(&mut app, &[("a", "Ann"), ("b", "Cleo")]).outcome(), "ok");
    assert_eq!(app.user("b").unwrap()["name"], "Cleo");
}

#[test]
fn every_operation_that_sets_a_name_is_checked() {
    let taken = "username 'Ann' already exists";
    for way in ["partial", "reactivate", "reactivate with a name", "reactivate many", "restore", "guest", "self"] {
        let mut app = App::new();
        enforce(&mut app, "app");
        app.upsert(json!({ "id": "b", "name": "Ann" }));
        match way {
            "restore" => drop(app.post("/users/delete", json!({ "user_ids": ["b"] }))),
            "partial" | "guest" | "self" => drop(app.upsert(json!({ "id": "b", "name": "Bea" }))),
            _ => drop(app.post("/users/b/deactivate", json!({}))),
        }
        assert_eq!(upsert(&mut app, &[("a", "Ann")]).outcome(), "ok", "{way}: the name is free");
        let answer = match way {
            "partial" => app.patch(json!([{ "id": "b", "set": { "name": "Ann" } }])),
            "reactivate" => app.post("/users/b/reactivate", json!({})),
            "reactivate with a name" => app.post("/users/b/reactivate", json!({ "name": "Ann" })),
            "restore" => app.post("/users/restore", json!({ "user_ids": ["b"] })),
            "guest" => app.post("/guest", json!({ "user": { "id": "g", "name": "Ann" } })),
            "self" => {
                let body = json!({ "users": { "b": { "id": "b", "name": "Ann" } } }).to_string();
                app.call_as(As::User("b"), Method::Post, "/users", body.as_bytes())
            }
            _ => {
                let task = app.post("/users/reactivate", json!({ "user_ids": ["b"] }));
                let result = app.finish(&task)["result"].clone();
                assert_eq!(result, json!({ "users": [], "errors": { "b": taken } }));
                continue;
            }
        };
        assert_eq!(answer.outcome(), format!("400 6 {taken}"), "{way}");
    }
}

#[test]
fn a_reactivated_user_may_take_another_name() {
    let mut app = app();
    app.post("/users/a/deactivate", json!({}));
    upsert(&mut app, &[("b", "Ann")]);
    assert_eq!(app.post("/users/a/reactivate", json!({ "name": "Anna" })).outcome(), "ok");
    assert_eq!(upsert(&mut app, &[("c", "anna")]).outcome(), "400 6 username 'anna' already exists");
}

#[test]
fn existing_duplicate_names_stay() {
    let mut app = App::of(&[]);
    upsert(&mut app, &[("a", "Ann"), ("b", "ann")]);
    enforce(&mut app, "app");
    assert_eq!(upsert(&mut app, &[("a", "Ann"), ("b", "ANN")]).outcome(), "ok");
    assert_eq!(app.patch(json!([{ "id": "a", "set": { "color": "red" } }])).outcome(), "ok");
    upsert(&mut app, &[("b", "Bea")]);
    assert_eq!(upsert(&mut app, &[("b", "Ann")]).outcome(), TAKEN, "a name that was given up is gone");
}

#[test]
fn names_are_unique_within_a_team_only() {
    let mut app = App::new();
    enforce(&mut app, "team");
    let member = |app: &mut App, id: &str, teams: &[&str]| {
        app.upsert(json!({ "id": id, "name": "Ann", "teams": teams })).outcome()
    };
    assert_eq!(member(&mut app, "a", &["red", "blue"]), "ok");
    assert_eq!(member(&mut app, "b", &["green", "blue"]), "400 6 username 'Ann' already exists in team 'blue'");
    assert_eq!(member(&mut app, "b", &["green"]), "ok");
    assert_eq!(member(&mut app, "c", &[]), "ok");
    assert_eq!(member(&mut app, "d", &[]), "ok", "those without a team share none");
    let join = json!([{ "id": "c", "set": { "teams": ["red"] } }]);
    assert_eq!(app.patch(join).outcome(), "400 6 username 'Ann' already exists in team 'red'");
}

#[test]
fn only_one_of_many_users_gets_a_name() {
    let mut app = App::new();
    enforce(&mut app, "app");
    let names: Vec<String> = (0..25).map(|n| format!("u{n}")).collect();
    let winners = names.iter().filter(|id| upsert(&mut app, &[(id, "Ann")]).status == 201).count();
    assert_eq!(winners, 1);
}

#[test]
fn a_full_batch_in_full_teams_is_checked_at_once() {
    let mut app = App::new();
    enforce(&mut app, "team");
    let teams: Vec<String> = (0..250).map(|team| format!("t{team}")).collect();
    let batch = |name: fn(usize) -> String| {
        let users = (0..100).map(|user| (format!("u{user}"), user));
        let users = users.map(|(id, user)| (id.clone(), json!({ "id": id, "name": name(user), "teams": teams })));
        json!({ "users": Value::Object(users.collect()) })
    };
    assert_eq!(app.post("/users", batch(|user| format!("Ann {user}"))).outcome(), "ok");
    assert_eq!(
        app.post("/users", batch(|user| format!("Bea {}", user.max(1)))).outcome(),
        "400 6 username 'Bea 1' already exists in team 't0'"
    );
}
