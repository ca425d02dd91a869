//! Connections, at the level of the core: messages of a client, and queued frames.

use getstream_users_emulator::{Frame, Method, Request};
use serde_json::{Value, json};

use crate::app::{Answer, App, As, token};

fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

fn v1_url(id: &str, token: &str, details: &Value) -> String {
    let said = encoded(&json!({ "user_id": id, "user_details": details }).to_string());
    format!("/connect?json={said}&api_key=devkey&authorization={token}&stream-auth-type=jwt")
}

fn user_token(id: &str) -> String {
    token(&json!({ "user_id": id }).to_string())
}

/// A socket of a client.
struct Client {
    number: u64,
    request: Request,
}

impl Client {
    fn open(app: &mut App, url: &str) -> Self {
        let request = Request::new(Method::Get, url);
        let driving = app.driving();
        let number = app.emulator().open_socket(&request, driving).unwrap();
        Self { number, request }
    }

    /// Connects as chat SDKs do.
    fn v1(app: &mut App, details: &Value) -> Self {
        let id = details["id"].as_str().unwrap();
        Self::open(app, &v1_url(id, &user_token(id), details))
    }

    /// Connects as feeds SDKs do.
    fn v2(app: &mut App, details: &Value) -> Self {
        let client = Self::open(app, "/api/v2/connect?api_key=devkey&stream-auth-type=jwt");
        let token = user_token(details["id"].as_str().unwrap());
        client.says(app, &json!({ "token": token, "user_details": details, "products": ["feeds"] }).to_string());
        client
    }

    fn says(&self, app: &mut App, text: &str) {
        let driving = app.driving();
        app.emulator().socket_text(self.number, &self.request, text, driving);
    }

    fn frames(&self, app: &mut App) -> Vec<Frame> {
        app.emulator().take_frames(self.number)
    }

    /// The queued messages, parsed.
    fn messages(&self, app: &mut App) -> Vec<Value> {
        let texts = self.frames(app).into_iter().filter_map(|frame| match frame {
            Frame::Text(text) => Some(serde_json::from_str(&text).unwrap()),
            _ => None,
        });
        texts.collect()
    }

    fn types(&self, app: &mut App) -> Vec<String> {
        self.messages(app).iter().map(|message| message["type"].as_str().unwrap_or("none").to_owned()).collect()
    }

    /// The code and message of an error, and the code of the close after it.
    fn refusal(&self, app: &mut App) -> String {
        let frames = self.frames(app);
        let [Frame::Text(text), Frame::Close { code, reason }] = frames.as_slice() else { panic!("{frames:?}") };
        assert!(reason.len() <= 123, "{reason}");
        let error = serde_json::from_str::<Value>(text).unwrap()["error"].clone();
        format!("{} {} {code}", error["code"], error["message"].as_str().unwrap())
    }

    fn close(&self, app: &mut App) {
        let driving = app.driving();
        app.emulator().socket_closed(self.number, driving);
    }
}

/// Queries users by id with `presence: true`, with a connection.
fn watch(app: &mut App, caller: &str, connection_id: &str, ids: &[&str]) -> Answer {
    let payload = json!({ "filter_conditions": { "id": { "$in": ids } }, "presence": true }).to_string();
    let path = format!("/users?payload={}&connection_id={connection_id}", encoded(&payload));
    app.call_as(As::User(caller), Method::Get, &path, b"")
}

fn welcome(client: &Client, app: &mut App) -> Value {
    client.messages(app).remove(0)
}

#[test]
fn a_chat_sdk_gets_a_health_check_with_its_user_first() {
    let mut app = App::new();
    let client = Client::v1(&mut app, &json!({ "id": "ann", "name": "Ann", "color": "red" }));
    let message = welcome(&client, &mut app);
    assert_eq!((&message["type"], &message["cid"]), (&json!("health.check"), &json!("*")));
    assert!(message["connection_id"].as_str().unwrap().ends_with("-ann"));
    let me = &message["me"];
    assert_eq!(
        (&me["id"], &me["name"], &me["color"], &me["role"], &me["online"], &me["custom"]),
        (&json!("ann"), &json!("Ann"), &json!("red"), &json!("user"), &json!(true), &Value::Null)
    );
    for list in ["devices", "mutes", "channel_mutes", "blocked_user_ids", "teams"] {
        assert_eq!(me[list], json!([]), "{list}");
    }
    for count in ["unread_count", "total_unread_count", "unread_channels", "unread_threads"] {
        assert_eq!(me[count], 0, "{count}");
    }
    for time in ["created_at", "updated_at", "last_active"] {
        assert_eq!(me[time], "2026-01-01T00:00:00Z", "{time}");
    }
}

#[test]
fn feeds_and_video_sdks_connect_with_their_first_message() {
    for path in ["/api/v2/connect", "/video/connect"] {
        let mut app = App::new();
        let client = Client::open(&mut app, &format!("{path}?api_key=devkey&stream-auth-type=jwt"));
        assert_eq!(client.frames(&mut app), [], "{path}");
        let details = json!({ "id": "ann", "custom": { "color": "red" } });
        client.says(&mut app, &json!({ "token": user_token("ann"), "user_details": details }).to_string());
        let message = welcome(&client, &mut app);
        assert_eq!((&message["type"], &message["me"]["custom"]["color"]), (&json!("connection.ok"), &json!("red")));
        assert!(message["connection_id"].as_str().is_some_and(|id| !id.is_empty()), "{path}");
    }
}

#[test]
fn a_visitor_is_connected_without_a_user() {
    let mut app = App::new();
    let said = encoded(&json!({ "user_details": { "id": "x1", "anon": true } }).to_string());
    let url = format!("/connect?json={said}&api_key=devkey&authorization=&stream-auth-type=anonymous");
    let client = Client::open(&mut app, &url);
    let me = welcome(&client, &mut app)["me"].clone();
    assert_eq!(
        (&me["id"], &me["role"], &me["created_at"], &me["mutes"]),
        (&json!("!anon-x1"), &json!("anonymous"), &json!("0001-01-01T00:00:00Z"), &json!([]))
    );
    assert_eq!(app.find(json!({ "filter_conditions": {} })), [""; 0]);
}

#[test]
fn a_guest_connects_with_its_token_and_stays_a_guest() {
    let mut app = App::new();
    let guest = app.post_as(As::Anonymous, "/guest", &json!({ "user": { "id": "g", "name": "Gus" } })).body;
    let (id, token) = (guest["user"]["id"].as_str().unwrap(), guest["access_token"].as_str().unwrap());
    // The data that SDKs send back about a guest.
    let details = json!({
        "id": id, "role": "guest", "teams": [], "banned": false, "shadow_banned": false, "invisible": false,
        "language": "", "blocked_user_ids": [], "devices": [], "mutes": [], "unread_count": 0, "name": "Gus",
    });
    let client = Client::open(&mut app, &v1_url(id, token, &details));
    let me = welcome(&client, &mut app)["me"].clone();
    assert_eq!((&me["id"], &me["role"], &me["updated_at"]), (&json!(id), &json!("guest"), &me["created_at"]));
    assert_eq!(app.user(id).unwrap()["custom"], json!({}));
}

#[test]
fn a_client_that_cannot_connect_gets_the_error_and_the_socket_closes() {
    let mut app = App::of(&["ann", "gone", "away"]);
    app.post("/users/delete", json!({ "user_ids": ["gone"] }));
    app.post("/users/away/deactivate", json!({}));
    let expired = token(r#"{"user_id":"ann","exp":1}"#);
    let server = token(r#"{"server":true}"#);
    let details = |id: &str| json!({ "id": id });
    let big = json!({ "id": "ann", "text": "x".repeat(6_000) });
    for (url, expected) in [
        (v1_url("ann", &expired, &details("ann")), "40 JWTAuth error: token is expired (exp) 1000"),
        (v1_url("ann", "x", &details("ann")), "5 JWTAuth error: token contains an invalid number of segments 1000"),
        (
            v1_url("bob", &user_token("ann"), &details("bob")),
            "5 the token is of the user ann, and user_id names another 1000",
        ),
        (
            v1_url("ann", &user_token("ann"), &details("bob")),
            "5 the token is of the user ann, and user_details.id names another 1000",
        ),
        (v1_url("ann", &server, &details("ann")), "5 a connection needs a user token, not a server token 1000"),
        (v1_url("gone", &user_token("gone"), &details("gone")), "16 the user gone was deleted 1000"),
        (v1_url("away", &user_token("away"), &details("away")), "16 the user away was deactivated 1000"),
        (
            v1_url("ann", &user_token("ann"), &json!({ "id": "ann", "teams": ["red"] })),
            "4 user teams cannot be changed at connection time 1000",
        ),
        (
            v1_url("ann", &user_token("ann"), &json!({ "id": "ann", "created_at": "2020-01-01T00:00:00Z" })),
            "4 user_details.created_at is a reserved field 1000",
        ),
        ("/connect?api_key=devkey".to_owned(), "4 json must be a JSON object 1000"),
        (v1_url("ann", &user_token("ann"), &details("ann")).replace("devkey", "x"), "2 api_key not valid 1000"),
    ] {
        assert_eq!(Client::open(&mut app, &url).refusal(&mut app), expected, "{url}");
    }
    let refusal = Client::v1(&mut app, &big).refusal(&mut app);
    assert!(refusal.starts_with("22 custom data of user \"ann\" is too big"), "{refusal}");
    let client = Client::v2(&mut app, &details("gone"));
    let messages = client.messages(&mut app);
    assert_eq!(
        (&messages[0]["type"], &messages[0]["connection_id"], &messages[0]["error"]["code"]),
        (&json!("connection.error"), &json!(""), &json!(16))
    );
    assert_eq!(app.user("ann").unwrap()["online"], false, "nobody came online by that");
}

#[test]
fn connecting_merges_the_users_data_and_keeps_other_fields() {
    let mut app = App::new();
    app.upsert(json!({ "id": "ann", "name": "Ann", "role": "admin", "teams": ["red"], "custom": { "a": 1, "b": 2 } }));
    let before = app.user("ann").unwrap();
    app.advance(1_000);
    Client::v1(&mut app, &json!({ "id": "ann", "name": "Ann", "a": 1, "role": "user", "teams": ["red"] }));
    let same = app.user("ann").unwrap();
    assert_eq!(same["updated_at"], before["updated_at"], "nothing new was said");
    assert_eq!((&same["role"], &same["custom"]), (&json!("admin"), &json!({ "a": 1, "b": 2 })));
    assert_eq!(same["last_active"], 1_767_225_601_000_000_000_i64);
    Client::v2(&mut app, &json!({ "id": "ann", "custom": { "b": 3 }, "image": "i" }));
    let changed = app.user("ann").unwrap();
    assert_eq!((&changed["custom"], &changed["image"]), (&json!({ "a": 1, "b": 3 }), &json!("i")));
    assert!(changed["updated_at"].as_i64() > before["updated_at"].as_i64());
}

#[test]
fn a_health_check_is_answered_with_the_same_connection_id() {
    let mut app = App::new();
    for client in [Client::v1(&mut app, &json!({ "id": "ann" })), Client::v2(&mut app, &json!({ "id": "bob" }))] {
        let id = welcome(&client, &mut app)["connection_id"].clone();
        client.says(&mut app, r#"[{"type":"health.check","client_id":"c"}]"#);
        let answers = client.messages(&mut app);
        assert_eq!(
            (answers.len(), &answers[0]["type"], &answers[0]["connection_id"]),
            (1, &json!("health.check"), &id)
        );
        client.says(&mut app, r#"{"type":"something.else"}"#);
        assert_eq!(client.frames(&mut app), []);
    }
}

#[test]
fn a_user_is_online_while_a_connection_is_open_and_it_is_not_invisible() {
    let mut app = App::of(&["ann"]);
    let online = |app: &mut App, id: &str| app.user(id).unwrap()["online"].clone();
    assert_eq!(online(&mut app, "ann"), false);
    let (one, two) = (Client::v1(&mut app, &json!({ "id": "ann" })), Client::v2(&mut app, &json!({ "id": "ann" })));
    one.close(&mut app);
    assert_eq!(online(&mut app, "ann"), true);
    two.close(&mut app);
    assert_eq!(online(&mut app, "ann"), false);
    let hidden = Client::v1(&mut app, &json!({ "id": "bob", "invisible": true }));
    assert_eq!((online(&mut app, "bob"), &welcome(&hidden, &mut app)["me"]["invisible"]), (json!(false), &json!(true)));
    assert_eq!(app.emulator().open_sockets(), 1);
}

#[test]
fn presence_events_go_to_connections_that_watch_the_user() {
    let mut app = App::of(&["ann", "bob", "eve"]);
    let ann = Client::v1(&mut app, &json!({ "id": "ann" }));
    let id = welcome(&ann, &mut app)["connection_id"].as_str().unwrap().to_owned();
    assert_eq!(watch(&mut app, "ann", &id, &["bob"]).outcome(), "ok");
    let bob = Client::v2(&mut app, &json!({ "id": "bob" }));
    Client::v2(&mut app, &json!({ "id": "eve" }));
    let told = ann.messages(&mut app);
    assert_eq!(
        (told.len(), &told[0]["type"], &told[0]["user"]["id"], &told[0]["user"]["online"]),
        (1, &json!("user.presence.changed"), &json!("bob"), &json!(true))
    );
    bob.close(&mut app);
    assert_eq!(ann.messages(&mut app)[0]["user"]["online"], false);
    app.patch(json!([{ "id": "bob", "set": { "color": "red" } }]));
    let told = ann.messages(&mut app);
    assert_eq!((&told[0]["type"], &told[0]["user"]["color"]), (&json!("user.updated"), &json!("red")));
}

#[test]
fn presence_needs_a_connection_of_the_callers_own() {
    let mut app = App::of(&["ann", "bob"]);
    let bob = Client::v1(&mut app, &json!({ "id": "bob" }));
    let id = welcome(&bob, &mut app)["connection_id"].as_str().unwrap().to_owned();
    for id in ["nonsense", &id] {
        let expected = format!("400 46 there is no connection with connection_id {id}");
        assert_eq!(watch(&mut app, "ann", id, &["bob"]).outcome(), expected);
    }
    bob.close(&mut app);
    assert!(watch(&mut app, "bob", &id, &["ann"]).outcome().starts_with("400 46"), "a closed connection is none");
    let payload = json!({ "filter_conditions": {}, "presence": true });
    let refused = app.query_as(As::User("ann"), &payload).outcome();
    assert!(refused.starts_with("400 4 Watch or Presence requires an active websocket connection"), "{refused}");
}

#[test]
fn a_user_receives_events_about_itself() {
    let mut app = App::of(&["ann", "bob"]);
    let (chat, feeds) = (Client::v1(&mut app, &json!({ "id": "ann" })), Client::v2(&mut app, &json!({ "id": "ann" })));
    for client in [&chat, &feeds] {
        client.frames(&mut app);
    }
    app.upsert(json!({ "id": "ann", "custom": { "color": "red" } }));
    app.post("/moderation/ban", json!({ "target_user_id": "ann", "banned_by_id": "bob", "reason": "spam" }));
    app.post("/moderation/unban?target_user_id=ann", json!({}));
    app.post("/chat/users/ann/event", json!({ "event": { "type": "friendship", "custom": { "score": 3 } } }));
    let expected = ["user.updated", "user.banned", "user.unbanned", "friendship"];
    let told = chat.messages(&mut app);
    let types: Vec<&str> = told.iter().map(|message| message["type"].as_str().unwrap()).collect();
    assert_eq!(types, expected);
    assert_eq!(
        (&told[0]["user"]["color"], &told[1]["reason"], &told[3]["score"]),
        (&json!("red"), &json!("spam"), &json!(3))
    );
    assert!(told[0]["created_at"].is_string() && told[0].get("request_info").is_none(), "{}", told[0]);
    let told = feeds.messages(&mut app);
    assert_eq!((&told[0]["user"]["custom"]["color"], &told[3]["custom"]["score"]), (&json!("red"), &json!(3)));
}

#[test]
fn a_muting_user_receives_its_mutes() {
    let mut app = App::of(&["ann", "bob"]);
    let (ann, bob) = (Client::v1(&mut app, &json!({ "id": "ann" })), Client::v1(&mut app, &json!({ "id": "bob" })));
    for client in [&ann, &bob] {
        client.frames(&mut app);
    }
    for (path, mutes) in [("mute", 1), ("unmute", 0)] {
        app.post(&format!("/moderation/{path}"), json!({ "target_ids": ["bob"], "user_id": "ann" }));
        let told = ann.messages(&mut app);
        assert_eq!((told.len(), &told[0]["type"]), (1, &json!("notification.mutes_updated")));
        assert_eq!(told[0]["me"]["mutes"].as_array().unwrap().len(), mutes);
    }
    assert_eq!(bob.frames(&mut app), []);
}

#[test]
fn deactivated_and_deleted_users_get_an_event_and_are_disconnected() {
    let mut app = App::of(&["ann", "bob"]);
    let (ann, bob) = (Client::v1(&mut app, &json!({ "id": "ann" })), Client::v2(&mut app, &json!({ "id": "bob" })));
    app.post("/users/ann/deactivate", json!({}));
    app.post("/users/delete", json!({ "user_ids": ["bob"] }));
    for (client, event, reason) in
        [(ann, "user.deactivated", "the user ann was deactivated"), (bob, "user.deleted", "the user bob was deleted")]
    {
        let mut frames = client.frames(&mut app);
        assert_eq!(frames.pop(), Some(Frame::Close { code: 1000, reason: reason.to_owned() }));
        assert!(matches!(frames.pop(), Some(Frame::Text(text)) if text.contains(event)), "{event}");
    }
}

#[test]
fn invalid_messages_close_the_socket_with_their_code() {
    let code = |frames: Vec<Frame>| match frames.last() {
        Some(Frame::Close { code, .. }) => *code,
        _ => panic!("{frames:?}"),
    };
    let mut app = App::new();
    let client = Client::v1(&mut app, &json!({ "id": "ann" }));
    client.says(&mut app, "{");
    assert_eq!(code(client.frames(&mut app)), 1007);
    client.says(&mut app, "[]");
    assert_eq!(client.frames(&mut app), [], "nothing follows a close");
    let client = Client::v1(&mut app, &json!({ "id": "ann" }));
    app.emulator().socket_bytes(client.number);
    assert_eq!(code(client.frames(&mut app)), 1003);
    for first in ["[]", "1", r#"{"token":1}"#, r#"{"user_details":{}}"#, r#"{"token":"x","user_details":7}"#] {
        let client = Client::open(&mut app, "/api/v2/connect?api_key=devkey");
        client.says(&mut app, first);
        assert_eq!(code(client.frames(&mut app)), 1000, "{first}");
    }
    let request = Request::new(Method::Get, "/connection?json={}");
    let driving = app.driving();
    assert_eq!(app.emulator().open_socket(&request, driving), None, "there is no socket there");
}

#[test]
fn a_reset_and_a_restore_close_every_socket_so_that_clients_connect_again() {
    let mut app = App::new();
    let saved = app.snapshot();
    let doings: [fn(&mut App, &str); 2] = [|app, _| app.reset(), |app, saved| app.restore(saved).unwrap()];
    for doing in doings {
        let client = Client::v1(&mut app, &json!({ "id": "ann" }));
        client.frames(&mut app);
        doing(&mut app, &saved);
        assert!(matches!(client.frames(&mut app).as_slice(), [Frame::Close { code: 1001, .. }]));
        client.close(&mut app);
        assert_eq!(app.emulator().open_sockets(), 0);
        assert!(app.find(json!({ "filter_conditions": {} })).is_empty());
    }
}

fn fault(app: &mut App, rule: Value) {
    let rule = Request::new(Method::Post, "/__emulator/faults").body(rule.to_string());
    let response = app.send(&rule);
    assert_eq!(response.status, 200, "{}", String::from_utf8_lossy(&response.body));
}

#[test]
fn faults_hit_connections_as_they_hit_requests() {
    let mut app = App::new();
    let once = |fault: Value| json!({ "operation": "Connect", "times": 1, "fault": fault });
    let ann = json!({ "id": "ann" });
    fault(&mut app, once(json!({ "status": 401, "code": 40, "message": "expired" })));
    assert_eq!(Client::v1(&mut app, &ann).refusal(&mut app), "40 expired 1000");
    fault(&mut app, once(json!({ "drop": "before" })));
    assert_eq!(Client::v1(&mut app, &ann).frames(&mut app), [Frame::Cut]);
    fault(&mut app, once(json!({ "close": 4001 })));
    let frames = Client::v1(&mut app, &ann).frames(&mut app);
    assert!(matches!(frames.as_slice(), [Frame::Text(_), Frame::Close { code: 4001, .. }]), "{frames:?}");
    fault(&mut app, once(json!({ "latency_ms": 500 })));
    let frames = Client::v1(&mut app, &ann).frames(&mut app);
    assert!(matches!(frames.as_slice(), [Frame::Wait(wait), Frame::Text(_)] if wait.as_millis() == 500), "{frames:?}");
    fault(&mut app, once(json!({ "silence": true })));
    let silent = Client::v1(&mut app, &ann);
    silent.says(&mut app, r#"[{"type":"health.check"}]"#);
    assert_eq!(silent.frames(&mut app), []);
    let client = Client::v1(&mut app, &ann);
    assert_eq!(client.types(&mut app), ["health.check"], "no rule is left");
}

#[test]
fn a_fault_for_a_socket_is_checked_like_any_other() {
    let mut app = App::new();
    for (fault, expected) in [
        (json!({ "close": 1005 }), "fault.close must be a code that is allowed in a close frame"),
        (json!({ "close": 99 }), "fault.close must be between 1000 and 4999"),
        (json!({ "close": 1001, "status": 500 }), "fault cannot combine close or silence with"),
        (json!({ "silence": true, "drop": "after" }), "fault cannot combine close or silence with"),
    ] {
        let rule = json!({ "fault": fault }).to_string();
        let response = app.send(&Request::new(Method::Post, "/__emulator/faults").body(rule));
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        assert!(body["message"].as_str().unwrap().contains(expected), "{body}");
    }
}

#[test]
fn connections_are_among_the_requests_without_their_tokens() {
    let mut app = App::new();
    Client::v1(&mut app, &json!({ "id": "ann" }));
    Client::v2(&mut app, &json!({ "id": "bob" }));
    let response = app.send(&Request::new(Method::Get, "/__emulator/requests?operation=Connect"));
    let text = String::from_utf8(response.body).unwrap();
    let body: Value = serde_json::from_str(&text).unwrap();
    let users: Vec<&Value> = body["requests"].as_array().unwrap().iter().map(|request| &request["user_id"]).collect();
    assert_eq!(users, ["ann", "bob"]);
    assert!(!text.contains(&user_token("ann")) && !text.contains(&user_token("bob")), "{text}");
}

#[test]
fn the_controls_list_connections_and_count_changes() {
    let mut app = App::of(&["ann", "bob"]);
    let asked = |app: &mut App, path: &str| -> Value {
        serde_json::from_slice(&app.send(&Request::new(Method::Get, &format!("/__emulator/{path}"))).body).unwrap()
    };
    let nobody = asked(&mut app, "revision");
    let (ann, bob) = (Client::v1(&mut app, &json!({ "id": "ann" })), Client::v2(&mut app, &json!({ "id": "bob" })));
    let there = asked(&mut app, "connections");
    let who = |there: &Value| -> Vec<String> {
        let connections = there["connections"].as_array().unwrap().iter();
        connections
            .map(|one| format!("{} {}", one["user_id"].as_str().unwrap(), one["path"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(who(&there), ["ann /connect", "bob /api/v2/connect"]);
    let both = asked(&mut app, "revision");
    assert_ne!(both["connections"], nobody["connections"]);
    ann.close(&mut app);
    assert_eq!(who(&asked(&mut app, "connections")), ["bob /api/v2/connect"]);
    assert_ne!(asked(&mut app, "revision")["connections"], both["connections"]);
    bob.close(&mut app);
}
