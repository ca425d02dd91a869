//! Users blocking each other.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{App, As};

const NOBODY: &str = "400 4 either user or user_id must be provided when using server side auth.";

fn block(app: &mut App, blocked: &str) -> Value {
    let answer = app.post("/users/block", json!({ "blocked_user_id": blocked, "user_id": "u" }));
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body
}

/// The users that `u` has blocked, in the list and in the user.
fn blocked(app: &mut App) -> (Vec<String>, Value) {
    let answer = app.get("/users/block?user_id=u");
    assert_eq!(answer.status, 200, "{answer:?}");
    let blocks = answer.body["blocks"].as_array().unwrap();
    let ids = blocks.iter().map(|block| block["blocked_user_id"].as_str().unwrap().to_owned()).collect();
    (ids, app.user("u").unwrap()["blocked_user_ids"].clone())
}

#[test]
fn a_block_is_in_the_list_and_in_the_user_until_it_is_removed() {
    let mut app = App::of(&["u", "a", "b"]);
    assert_eq!(blocked(&mut app), (vec![], json!([])));
    let first = block(&mut app, "a");
    assert_eq!((&first["blocked_by_user_id"], &first["blocked_user_id"]), (&json!("u"), &json!("a")));
    block(&mut app, "b");
    app.advance(1000);
    assert_eq!(block(&mut app, "a")["created_at"], first["created_at"], "the first block stays");
    assert_eq!(blocked(&mut app), (vec!["a".to_owned(), "b".to_owned()], json!(["a", "b"])));

    let entry = app.get("/users/block?user_id=u").body["blocks"][0].clone();
    assert_eq!((&entry["user"]["id"], &entry["user_id"]), (&json!("u"), &json!("u")));
    assert_eq!((&entry["blocked_user"]["id"], &entry["created_at"]), (&json!("a"), &first["created_at"]));
    assert_eq!(app.user("a").unwrap()["blocked_user_ids"], json!([]), "a block has one direction");

    for _ in 0..2 {
        let answer = app.post("/users/unblock", json!({ "blocked_user_id": "a", "user_id": "u" }));
        assert_eq!(answer.outcome(), "ok", "taking back what is not there is no failure");
        assert_eq!(blocked(&mut app), (vec!["b".to_owned()], json!(["b"])));
    }
}

#[test]
fn a_user_blocks_for_itself_and_a_server_for_the_user_it_names() {
    let mut app = App::of(&["u", "v", "a"]);
    let body = json!({ "blocked_user_id": "a", "user_id": "v" });
    assert_eq!(app.post_as(As::User("u"), "/users/block", &body).outcome(), "ok");
    assert_eq!(blocked(&mut app).0, ["a"], "whatever a user sends, it acts for itself");
    let own = app.call_as(As::User("u"), Method::Get, "/users/block?user_id=v", b"");
    assert_eq!(own.body["blocks"].as_array().map(Vec::len), Some(1));

    let sent = json!({ "blocked_user_id": "a", "user": { "id": "new", "name": "New" } });
    assert_eq!(app.post("/users/block", sent).body["blocked_by_user_id"], "new");
    assert_eq!(app.user("new").unwrap()["blocked_user_ids"], json!(["a"]));

    for (caller, expected) in [
        (As::Server, NOBODY),
        (As::Anonymous, "403 17 User with role 'anonymous' is not allowed to perform action BlockUsers"),
    ] {
        assert_eq!(app.post_as(caller, "/users/block", &json!({ "blocked_user_id": "a" })).outcome(), expected);
    }
    assert_eq!(app.post("/users/unblock", json!({ "blocked_user_id": "a" })).outcome(), NOBODY);
    assert_eq!(app.get("/users/block").outcome(), NOBODY);
}

#[test]
fn blocks_that_make_no_sense_are_refused_and_change_nothing() {
    for (body, expected) in [
        (json!({ "user_id": "u" }), "400 4 blocked_user_id is a required field"),
        (json!({ "user_id": "u", "blocked_user_id": "" }), "400 4 blocked_user_id is a required field"),
        (
            json!({ "user_id": "u", "blocked_user_id": 1 }),
            "400 4 expected string for field \"blocked_user_id\" but got number",
        ),
        (json!({ "user_id": "u", "blocked_user_id": "u" }), "400 4 users cannot block themselves"),
        (json!({ "user": { "id": "n" }, "blocked_user_id": "x" }), "404 16 the user x does not exist"),
        (json!({ "user_id": "x", "blocked_user_id": "u" }), "404 16 the user x does not exist"),
        (
            json!({ "user_id": "u", "user": { "id": "u" }, "blocked_user_id": "a" }),
            "400 4 cannot set both user and user_id.",
        ),
    ] {
        let mut app = App::of(&["u", "a"]);
        assert_eq!(app.post("/users/block", body).outcome(), expected);
        assert_eq!(blocked(&mut app).0, [""; 0]);
        assert_eq!(app.user("n"), None);
    }
}

#[test]
fn a_user_who_was_deleted_is_blocked_again_once_restored() {
    let mut app = App::of(&["u", "a", "b"]);
    block(&mut app, "a");
    block(&mut app, "b");
    app.post("/users/delete", json!({ "user_ids": ["a"] }));
    app.post("/users/b/deactivate", json!({}));
    assert_eq!(blocked(&mut app), (vec!["b".to_owned()], json!(["b"])), "who sleeps is still blocked");
    app.post("/users/restore", json!({ "user_ids": ["a"] }));
    assert_eq!(blocked(&mut app).1, json!(["a", "b"]));
}
