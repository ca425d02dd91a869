//! Devices that receive push notifications.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{Answer, App, As, START_MS};

fn create(app: &mut App, device: &Value) -> Answer {
    app.post("/devices", device.clone())
}

fn delete(app: &mut App, query: &str) -> Answer {
    app.call_as(As::Server, Method::Delete, &format!("/devices?{query}"), b"")
}

fn listed(app: &mut App, user_id: &str) -> Vec<String> {
    let answer = app.get(&format!("/devices?user_id={user_id}"));
    assert_eq!(answer.status, 200, "{answer:?}");
    let devices = answer.body["devices"].as_array().unwrap();
    devices.iter().map(|device| device["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_device_is_registered_listed_and_removed() {
    let mut app = App::of(&["u"]);
    assert_eq!(listed(&mut app, "u"), [""; 0]);
    let device = json!({
        "id": "token", "push_provider": "apn", "push_provider_name": "main", "user_id": "u", "voip_token": true,
        "hardware_id": "phone",
    });
    let answer = create(&mut app, &device);
    assert_eq!((answer.status, answer.body), (201, json!({ "duration": "0.00ms" })));
    let device = json!({
        "id": "token", "push_provider": "apn", "push_provider_name": "main", "user_id": "u", "voip": true,
        "hardware_id": "phone", "created_at": START_MS * 1_000_000 + 1000,
    });
    assert_eq!(app.get("/devices?user_id=u").body, json!({ "devices": [device], "duration": "0.00ms" }));
    assert_eq!(app.user("u").unwrap()["devices"], json!([device]));
    assert_eq!(delete(&mut app, "id=token&user_id=u").outcome(), "ok");
    assert_eq!(listed(&mut app, "u"), [""; 0]);
    assert_eq!(delete(&mut app, "id=token&user_id=u").outcome(), "404 16 the user u has no device \"token\"");
}

#[test]
fn a_device_belongs_to_the_user_who_registered_it_last() {
    let mut app = App::of(&["a", "b"]);
    for (id, user_id) in [("x", "a"), ("y", "a"), ("x", "b"), ("y", "a")] {
        create(&mut app, &json!({ "id": id, "push_provider": "firebase", "user_id": user_id }));
    }
    assert_eq!((listed(&mut app, "a"), listed(&mut app, "b")), (vec!["y".to_owned()], vec!["x".to_owned()]));
}

#[test]
fn users_have_their_own_devices_and_see_no_others() {
    let mut app = App::of(&["a", "b"]);
    create(&mut app, &json!({ "id": "x", "push_provider": "huawei", "user_id": "b" }));
    let body = json!({ "id": "y", "push_provider": "xiaomi", "user_id": "b" }).to_string();
    assert_eq!(app.call_as(As::User("a"), Method::Post, "/devices", body.as_bytes()).outcome(), "ok");
    assert_eq!((listed(&mut app, "a"), listed(&mut app, "b")), (vec!["y".to_owned()], vec!["x".to_owned()]));
    let own = app.call_as(As::User("a"), Method::Get, "/devices?user_id=b", b"");
    assert_eq!(own.body["devices"][0]["id"], "y");
    let foreign = app.call_as(As::User("a"), Method::Delete, "/devices?id=x&user_id=b", b"").outcome();
    assert_eq!(foreign, "404 16 the user a has no device \"x\"");
    let seen = app.query_as(As::User("a"), &json!({ "filter_conditions": {}, "sort": [{ "field": "id" }] }));
    assert_eq!(seen.body["users"][0]["devices"][0]["id"], "y");
    assert_eq!(seen.body["users"][1]["devices"], json!([]));
    let refused = app.call_as(As::Anonymous, Method::Get, "/devices", b"").outcome();
    assert_eq!(refused, "403 17 User with role 'anonymous' is not allowed to perform action ListDevices");
}

#[test]
fn a_device_needs_an_id_a_service_and_a_user() {
    let nobody = "400 4 either user or user_id must be provided when using server side auth.";
    for (device, expected) in [
        (json!({ "push_provider": "apn", "user_id": "u" }), "400 4 id is a required field"),
        (json!({ "id": "", "push_provider": "apn", "user_id": "u" }), "400 4 id is a required field"),
        (json!({ "id": "x", "user_id": "u" }), "400 4 push_provider is a required field"),
        (
            json!({ "id": "x", "push_provider": "pigeon", "user_id": "u" }),
            "400 4 push_provider must be one of [firebase apn huawei xiaomi]",
        ),
        (
            json!({ "id": "x".repeat(256), "push_provider": "apn", "user_id": "u", "hardware_id": "x".repeat(256) }),
            "400 4 id must be a maximum of 255 characters in length, \
             hardware_id must be a maximum of 255 characters in length",
        ),
        (json!({ "id": "x", "push_provider": "apn" }), nobody),
        (json!({ "id": "x", "push_provider": "apn", "user_id": "v" }), "ok"),
        (json!({ "id": "x", "push_provider": "apn", "user_id": "gone" }), "404 16 the user gone was deleted"),
    ] {
        let mut app = App::of(&["u", "gone"]);
        app.post("/users/delete", json!({ "user_ids": ["gone"] }));
        assert_eq!(create(&mut app, &device).outcome(), expected);
    }
    let mut app = App::new();
    let sent_along = json!({ "id": "x", "push_provider": "apn", "user": { "id": "new", "name": "New" } });
    assert_eq!(create(&mut app, &sent_along).outcome(), "ok");
    assert_eq!(app.user("new").unwrap()["devices"][0]["id"], "x");
    assert_eq!(app.get("/devices").outcome(), nobody);
    assert_eq!(delete(&mut app, "user_id=new").outcome(), "400 4 id is a required field");
}

#[test]
fn a_deleted_user_has_no_devices_any_more() {
    let mut app = App::of(&["u"]);
    create(&mut app, &json!({ "id": "x", "push_provider": "apn", "user_id": "u" }));
    app.post("/users/delete", json!({ "user_ids": ["u"] }));
    app.post("/users/restore", json!({ "user_ids": ["u"] }));
    assert_eq!(listed(&mut app, "u"), [""; 0]);
}
