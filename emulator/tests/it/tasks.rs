//! Tasks: work after the response.

use std::time::Duration;

use getstream_users_emulator::{Choices, Config, Method, Request};
use serde_json::json;

use crate::app::{Answer, App, START_MS};

fn status(app: &mut App, answer: &Answer) -> String {
    let task = app.get(&format!("/tasks/{}", answer.body["task_id"].as_str().unwrap()));
    task.body["status"].as_str().unwrap().to_owned()
}

#[test]
fn a_bulk_deactivation_takes_effect_when_its_task_runs() {
    let mut app = App::of(&["a", "b"]);
    app.advance(1);
    let all = json!({ "filter_conditions": {} });
    let answer = app.post("/users/deactivate", json!({ "user_ids": ["a", "b", "nobody"] }));
    assert_eq!(answer.body["task_id"].as_str().unwrap().len(), 36);
    assert_eq!((status(&mut app, &answer).as_str(), app.find(all.clone()).len()), ("pending", 2));
    app.advance(24);
    assert_eq!((status(&mut app, &answer).as_str(), app.find(all.clone()).len()), ("pending", 2));
    app.advance(1);
    assert_eq!((status(&mut app, &answer).as_str(), app.find(all.clone()).len()), ("running", 0));
    app.advance(25);
    let task = app.get(&format!("/tasks/{}", answer.body["task_id"].as_str().unwrap())).body;
    assert_eq!(task["status"], "completed");
    assert_eq!(task["created_at"], json!((START_MS + 1) * 1_000_000));
    assert_eq!(task["updated_at"], json!((START_MS + 51) * 1_000_000));
    assert_eq!(task["result"]["users"][1]["id"], "b");
    assert_eq!(task["result"]["users"][0]["deactivated_at"], json!((START_MS + 26) * 1_000_000));
    assert_eq!(task["result"]["errors"], json!({ "nobody": "the user nobody does not exist" }));
    assert_eq!(task.get("error"), None);
}

#[test]
fn effects_have_the_time_of_the_task_and_not_of_the_next_request() {
    let mut app = App::of(&["a"]);
    app.post("/users/deactivate", json!({ "user_ids": ["a"] }));
    app.advance(60_000);
    assert_eq!(app.user("a").unwrap()["deactivated_at"], json!((START_MS + 25) * 1_000_000));
}

#[test]
fn tasks_run_in_the_order_in_which_they_were_asked_for() {
    let mut app = App::of(&["a"]);
    app.post("/users/deactivate", json!({ "user_ids": ["a"] }));
    app.post("/users/reactivate", json!({ "user_ids": ["a"] }));
    let again = app.post("/users/reactivate", json!({ "user_ids": ["a"] }));
    let task = app.finish(&again);
    assert_eq!((&task["status"], &task["result"]["users"][0]["id"]), (&json!("completed"), &json!("a")));
    assert_eq!(app.find(json!({ "filter_conditions": {} })), ["a"]);
}

#[test]
fn a_deletion_takes_effect_at_once_and_its_task_reports_every_id() {
    let mut app = App::of(&["a"]);
    let answer = app.post("/users/delete", json!({ "user_ids": ["a", "nobody"] }));
    assert_eq!((status(&mut app, &answer).as_str(), app.user("a")), ("pending", None));
    let task = app.finish(&answer);
    assert_eq!(task["result"], json!({ "a": { "status": "ok" }, "nobody": { "status": "ok" } }));
}

#[test]
fn tasks_may_take_no_time() {
    let mut app = App::with(Config { task_duration: Duration::ZERO, ..Config::default() });
    let answer = app.post("/users/delete", json!({ "user_ids": ["a"] }));
    assert_eq!(status(&mut app, &answer), "completed");
}

#[test]
fn an_unknown_task_is_a_404() {
    let answer = App::new().get("/tasks/x%2Fy");
    assert_eq!(answer.outcome(), r#"404 16 Can't find task with id "x/y""#);
}

#[test]
fn an_export_is_a_file_with_the_users_as_they_were() {
    let mut app = App::of(&["a", "b"]);
    let answer = app.post("/export/users", json!({ "user_ids": ["b", "a"] }));
    let url = app.finish(&answer)["result"]["url"].as_str().unwrap().to_owned();
    app.post("/users/delete", json!({ "user_ids": ["a"], "user": "hard" }));
    assert!(url.starts_with("http://localhost/exports/users/"), "{url}");
    let file = app.send(&Request::new(Method::Get, &url));
    assert_eq!((file.status, file.headers.get("content-type")), (200, Some("application/json")));
    let content: serde_json::Value = serde_json::from_slice(&file.body).unwrap();
    let ids: Vec<&str> =
        content["users"].as_array().unwrap().iter().map(|u| u["user"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["b", "a"]);
    assert_eq!(content["users"][0]["messages"], json!([]));
    let missing = app.send(&Request::new(Method::Get, "/exports/users/other.json"));
    assert_eq!(missing.status, 404);
}

#[test]
fn an_export_of_an_unknown_user_fails_with_the_reason() {
    let mut app = App::of(&["a"]);
    let answer = app.post("/export/users", json!({ "user_ids": ["a", "nobody"] }));
    let task = app.finish(&answer);
    assert_eq!(task["status"], "failed");
    assert_eq!(task["error"]["description"], "the user nobody does not exist");
    assert_eq!(task.get("result"), None);
}

#[test]
fn one_user_is_exported_at_once() {
    let mut app = App::of(&["a"]);
    let body = app.get("/users/a/export").body;
    assert_eq!((&body["user"]["id"], &body["messages"], &body["reactions"]), (&json!("a"), &json!([]), &json!([])));
}

#[test]
fn a_strict_app_requires_complete_hard_deletions_and_reports_unknown_users() {
    let choices = Choices { strict: true, ..Choices::default() };
    let mut app = App::with(Config { choices, ..Config::default() });
    app.upsert(json!({ "id": "a" }));
    for rest in [json!({}), json!({ "messages": "hard" }), json!({ "messages": "hard", "conversations": "soft" })] {
        let mut body = json!({ "user_ids": ["a"], "user": "hard" });
        body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        let refusal = "400 4 user can only be hard together with messages and conversations";
        assert_eq!(app.post("/users/delete", body).outcome(), refusal);
    }
    assert!(app.user("a").is_some());
    let whole = json!({ "user_ids": ["a", "nobody"], "user": "hard", "messages": "hard", "conversations": "hard" });
    let answer = app.post("/users/delete", whole);
    let result = json!({
        "a": { "status": "ok" },
        "nobody": { "status": "error", "error": "the user nobody does not exist" },
    });
    assert_eq!(app.finish(&answer)["result"], result);
}
