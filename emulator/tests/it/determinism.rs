//! The same requests at the same times give the same responses.

use getstream_users_emulator::Config;
use serde_json::json;

use crate::app::App;

/// Requests whose responses contain every kind of id and time.
fn story(app: &mut App) -> Vec<String> {
    let mut answers = vec![
        app.post("/guest", json!({ "user": { "id": "g" } })),
        app.post("/users", json!({ "users": { "b": { "id": "b" }, "a": { "id": "a" } } })),
        app.post("/users/deactivate", json!({ "user_ids": ["a", "b"] })),
        app.post("/export/users", json!({ "user_ids": ["a"] })),
        app.query(json!({ "filter_conditions": {} })),
    ];
    let task = app.finish(&answers[3].clone());
    answers.push(app.query(json!({ "filter_conditions": {}, "include_deactivated_users": true })));
    answers.into_iter().map(|answer| answer.body.to_string()).chain([task.to_string()]).collect()
}

#[test]
fn the_seed_determines_all_results() {
    let told = |seed| story(&mut App::with(Config { seed, ..Config::default() }));
    assert_eq!(told(7), told(7));
    assert_ne!(told(7), told(8));
}

#[test]
fn after_a_reset_the_same_requests_give_the_same_results() {
    let mut app = App::new();
    let first = story(&mut app);
    app.reset();
    app.advance(-50);
    assert_eq!(story(&mut app), first);
}

#[test]
fn users_made_while_the_clock_stands_still_have_an_order() {
    let mut app = App::of(&["a", "b", "c"]);
    assert_eq!(app.find(json!({ "filter_conditions": {} })), ["c", "b", "a"]);
    let ascending = json!({ "filter_conditions": {}, "sort": [{ "field": "created_at" }] });
    assert_eq!(app.find(ascending), ["a", "b", "c"]);
}
