//! Live locations.

use getstream_users_emulator::{Choices, Config, Method};
use serde_json::{Value, json};

use crate::app::{Answer, App, As, START_MS};

const PATH: &str = "/users/live_locations";

fn put(app: &mut App, user_id: &str, body: &Value) -> Answer {
    app.call_as(As::Server, Method::Put, &format!("{PATH}?user_id={user_id}"), body.to_string().as_bytes())
}

fn active(app: &mut App, user_id: &str) -> Value {
    let answer = app.get(&format!("{PATH}?user_id={user_id}"));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body["active_live_locations"].clone()
}

#[test]
fn a_location_is_updated_until_it_ends() {
    let mut app = App::of(&["u", "v"]);
    assert_eq!(active(&mut app, "u"), json!([]));
    let end_at = "2026-01-01T00:00:10Z";
    let begun = put(&mut app, "u", &json!({ "message_id": "m", "latitude": 52.5, "longitude": -13, "end_at": end_at }));
    assert_eq!(begun.status, 201);
    app.advance(1000);
    let moved = put(&mut app, "u", &json!({ "message_id": "m", "latitude": 53 }));
    let mut expected = json!({
        "message_id": "m", "channel_cid": "", "user_id": "u", "created_by_device_id": "", "latitude": 53.0,
        "longitude": -13.0, "created_at": begun.body["created_at"], "updated_at": (START_MS + 1000) * 1_000_000,
        "end_at": (START_MS + 10_000) * 1_000_000,
    });
    assert_eq!((active(&mut app, "u"), active(&mut app, "v")), (json!([expected]), json!([])));
    expected["duration"] = json!("0.00ms");
    assert_eq!(moved.body, expected);
    app.advance(9000);
    assert_eq!(active(&mut app, "u"), json!([]), "it ends at its time");
}

#[test]
fn bad_locations_are_refused() {
    for (body, expected) in [
        (json!({ "latitude": 1, "longitude": 1 }), "400 4 message_id is a required field"),
        (json!({ "message_id": "m", "latitude": 1 }), "400 4 longitude is a required field"),
        (json!({ "message_id": "m", "latitude": 90.5, "longitude": 1 }), "400 4 latitude must be 90 or less"),
        (json!({ "message_id": "m", "latitude": 1, "longitude": -181 }), "400 4 longitude must be -180 or greater"),
        (
            json!({ "message_id": "m", "latitude": "1", "longitude": 1 }),
            "400 4 expected number for field \"latitude\" but got string",
        ),
        (
            json!({ "message_id": "m", "latitude": 1, "longitude": 1, "end_at": "soon" }),
            "400 4 end_at must be an RFC 3339 time",
        ),
    ] {
        let mut app = App::of(&["u"]);
        assert_eq!(put(&mut app, "u", &body).outcome(), expected);
        assert_eq!(active(&mut app, "u"), json!([]));
    }
    let nobody = "400 4 either user or user_id must be provided when using server side auth.";
    assert_eq!(App::new().get(PATH).outcome(), nobody);
    let place = json!({ "message_id": "m", "latitude": 1, "longitude": 1 });
    let choices = Choices { strict: true, ..Choices::default() };
    let mut strict = App::with(Config { choices, ..Config::default() });
    strict.upsert(json!({ "id": "u" }));
    assert_eq!(put(&mut strict, "u", &place).outcome(), "404 16 there is no live location in message \"m\"");
}

#[test]
fn users_share_their_own() {
    let mut app = App::of(&["u", "v"]);
    let place = json!({ "message_id": "m", "latitude": 1, "longitude": 1 }).to_string();
    let path = format!("{PATH}?user_id=v");
    assert_eq!(app.call_as(As::User("u"), Method::Put, &path, place.as_bytes()).body["user_id"], "u");
    assert_eq!(active(&mut app, "v"), json!([]));
    let own = app.call_as(As::User("u"), Method::Get, &path, b"");
    assert_eq!(own.body["active_live_locations"][0]["message_id"], "m");
}
