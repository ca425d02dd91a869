//! Long polling, at the level of the core.

use getstream_users_emulator::{Method, Response};
use serde_json::{Value, json};

use crate::app::{App, As, request_to};

fn get(app: &mut App, id: &str, query: &str) -> Response {
    app.send(&request_to(As::User(id), Method::Get, &format!("/longpoll?{query}"), b""))
}

fn body(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

/// Connects a user and returns the id of the connection.
fn open(app: &mut App, id: &str) -> String {
    let json: String = form_urlencoded::byte_serialize(json!({ "user_id": id }).to_string().as_bytes()).collect();
    let response = get(app, id, &format!("json={json}"));
    assert_eq!(response.transmission.waits_for, None);
    body(&response)["event"]["connection_id"].as_str().unwrap().to_owned()
}

fn poll(app: &mut App, user_id: &str, connection_id: &str) -> Response {
    get(app, user_id, &format!("connection_id={connection_id}"))
}

fn nudge(app: &mut App, id: &str) {
    let answer = app.post(&format!("/chat/users/{id}/event"), json!({ "event": { "type": "nudge" } }));
    assert_eq!(answer.status, 201);
}

#[test]
fn a_response_waits_for_events_and_brings_those_that_come() {
    let mut app = App::of(&["ann"]);
    let id = open(&mut app, "ann");
    let response = poll(&mut app, "ann", &id);
    assert_eq!(body(&response)["events"], json!([]));
    let number = response.transmission.waits_for.unwrap();
    assert_eq!(app.emulator().polled_events(number), None);
    nudge(&mut app, "ann");
    assert!(app.emulator().take_woken_sockets().contains(&number));
    let events: Value = serde_json::from_slice(&app.emulator().polled_events(number).unwrap()).unwrap();
    assert_eq!(events["events"][0]["type"], "nudge");
    nudge(&mut app, "ann");
    let response = poll(&mut app, "ann", &id);
    assert_eq!((response.transmission.waits_for, &body(&response)["events"][0]["type"]), (None, &json!("nudge")));
}

#[test]
fn a_client_that_stops_polling_is_disconnected() {
    let mut app = App::of(&["ann", "bob"]);
    let id = open(&mut app, "ann");
    for _ in 0..3 {
        app.advance(60_000);
        assert_eq!(poll(&mut app, "ann", &id).status, 200);
    }
    assert_eq!(app.user("ann").unwrap()["online"], true);
    app.advance(76_000);
    assert_eq!(app.user("ann").unwrap()["online"], false);
    assert_eq!(body(&poll(&mut app, "ann", &id))["code"], 46);
    assert_eq!(app.emulator().open_sockets(), 0);
}

#[test]
fn advancing_the_apps_clock_ends_no_connection() {
    let mut app = App::of(&["ann"]);
    let id = open(&mut app, "ann");
    app.emulator().advance(std::time::Duration::from_secs(3_600));
    assert_eq!(poll(&mut app, "ann", &id).status, 200);
}

#[test]
fn a_client_that_falls_behind_has_to_connect_again() {
    let mut app = App::of(&["ann"]);
    let id = open(&mut app, "ann");
    for _ in 0..600 {
        nudge(&mut app, "ann");
    }
    assert_eq!(body(&poll(&mut app, "ann", &id))["events"], json!([]));
    assert_eq!(body(&poll(&mut app, "ann", &id))["code"], 46);
}

#[test]
fn a_waiting_poll_gets_the_end_of_its_connection_and_nothing_after_it() {
    let mut app = App::of(&["ann"]);
    let id = open(&mut app, "ann");
    let number = poll(&mut app, "ann", &id).transmission.waits_for.unwrap();
    assert_eq!(app.call_as(As::Server, Method::Post, "/users/ann/deactivate", b"{}").status, 201);
    let events: Value = serde_json::from_slice(&app.emulator().polled_events(number).unwrap()).unwrap();
    assert_eq!(events["events"][0]["type"], "user.deactivated");
    assert_eq!(app.emulator().open_sockets(), 0);
}
