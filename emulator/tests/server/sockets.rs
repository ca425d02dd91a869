//! Connecting over real sockets.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use getstream_users::auth::SigningKey;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::running::{Running, json as body_of, request};

const PATIENCE: Duration = Duration::from_secs(20);

fn v1_path(id: &str, details: &Value) -> String {
    let token = SigningKey::new("devsecret").sign(&json!({ "user_id": id }).to_string());
    let said = json!({ "user_id": id, "user_details": details }).to_string();
    let said: String = form_urlencoded::byte_serialize(said.as_bytes()).collect();
    format!("/connect?json={said}&api_key=devkey&authorization={token}&stream-auth-type=jwt")
}

/// A client with blocking reads.
struct Client {
    socket: WebSocketStream<TcpStream>,
    runtime: Runtime,
}

impl Client {
    fn open(server: &Running, path: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let url = format!("ws://{}{path}", server.address);
        let socket = runtime.block_on(async {
            let stream = TcpStream::connect(server.address).await.unwrap();
            client_async(url, stream).await.unwrap().0
        });
        Self { socket, runtime }
    }

    fn user(server: &Running, id: &str) -> Self {
        Self::open(server, &v1_path(id, &json!({ "id": id })))
    }

    fn read(&mut self) -> Message {
        let next = self.runtime.block_on(async { timeout(PATIENCE, self.socket.next()).await });
        next.unwrap().unwrap().unwrap()
    }

    fn json(&mut self) -> Value {
        serde_json::from_str(self.read().to_text().unwrap()).unwrap()
    }

    fn send(&mut self, message: Message) {
        self.runtime.block_on(self.socket.send(message)).unwrap();
    }

    /// The code of the next close frame.
    fn close_code(&mut self) -> u16 {
        match self.read() {
            Message::Close(Some(frame)) => frame.code.into(),
            other => panic!("{other:?}"),
        }
    }

    /// Writes bytes that need not be frames.
    fn raw(&mut self, bytes: &[u8]) {
        self.runtime.block_on(self.socket.get_mut().write_all(bytes)).unwrap();
    }
}

/// Whether the server returns a user as online.
fn online(server: &Running, id: &str) -> Value {
    let payload = json!({ "filter_conditions": { "id": id } }).to_string();
    let payload: String = form_urlencoded::byte_serialize(payload.as_bytes()).collect();
    let request = request("GET", "/api/v2/users", "").replacen("?api_key", &format!("?payload={payload}&api_key"), 1);
    body_of(&server.exchange(request))["users"][0]["online"].clone()
}

/// Waits until the user is offline: the server notices the end of a connection when it reads.
fn until_offline(server: &Running, id: &str) {
    let begun = std::time::Instant::now();
    while online(server, id) != json!(false) {
        assert!(begun.elapsed() < PATIENCE, "{id} stays online");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn both_handshakes_and_health_checks_go_over_real_sockets() {
    let server = Running::start();
    let mut chat = Client::user(&server, "ann");
    let welcome = chat.json();
    assert_eq!((&welcome["type"], &welcome["me"]["id"]), (&json!("health.check"), &json!("ann")));
    chat.send(Message::text(r#"[{"type":"health.check"}]"#));
    assert_eq!(chat.json()["connection_id"], welcome["connection_id"]);
    let mut feeds = Client::open(&server, "/api/v2/connect?api_key=devkey&stream-auth-type=jwt");
    let token = SigningKey::new("devsecret").sign(r#"{"user_id":"bob"}"#);
    feeds.send(Message::text(json!({ "token": token, "user_details": { "id": "bob" } }).to_string()));
    assert_eq!(feeds.json()["type"], "connection.ok");
    assert_eq!((online(&server, "ann"), online(&server, "bob")), (json!(true), json!(true)));
}

#[test]
fn events_reach_a_socket_when_a_request_makes_them() {
    let server = Running::start();
    let mut client = Client::user(&server, "ann");
    client.json();
    server.exchange(request("POST", "/api/v2/users", r#"{"users":{"ann":{"id":"ann","custom":{"color":"red"}}}}"#));
    let event = client.json();
    assert_eq!((&event["type"], &event["user"]["color"]), (&json!("user.updated"), &json!("red")));
}

#[test]
fn what_a_task_does_reaches_a_socket_without_a_request() {
    let server = Running::start();
    let mut client = Client::user(&server, "ann");
    client.json();
    server.exchange(request("POST", "/api/v2/users/deactivate", r#"{"user_ids":["ann"]}"#));
    assert_eq!(client.json()["type"], "user.deactivated");
    assert_eq!(client.close_code(), 1000);
}

#[test]
fn a_refusal_comes_over_the_socket_and_a_close_after_it() {
    let server = Running::start();
    let mut client = Client::open(&server, "/connect?json={}&api_key=wrong&stream-auth-type=anonymous");
    assert_eq!(client.json()["error"]["code"], 2);
    assert_eq!(client.close_code(), 1000);
}

#[test]
fn a_socket_that_ends_in_any_way_frees_its_entry() {
    let server = Running::start();
    let closed = |client: &mut Client| drop(client.runtime.block_on(client.socket.close(None)));
    let dropped = |_: &mut Client| {};
    let hostile = |client: &mut Client| client.raw(&[0xff; 16]);
    for (id, ending) in [("a", &closed as &dyn Fn(&mut Client)), ("b", &dropped), ("c", &hostile)] {
        let mut client = Client::user(&server, id);
        client.json();
        assert_eq!(online(&server, id), true, "{id}");
        ending(&mut client);
        drop(client);
        until_offline(&server, id);
    }
}

#[test]
fn a_client_that_closes_is_answered_with_its_own_code() {
    let server = Running::start();
    let mut client = Client::user(&server, "ann");
    client.json();
    client.send(Message::Close(Some(CloseFrame { code: CloseCode::Normal, reason: "bye".into() })));
    assert_eq!(client.close_code(), 1000);
    until_offline(&server, "ann");
}

#[test]
fn hostile_frames_end_in_the_close_code_for_them() {
    let server = Running::start();
    let text = |payload: &[u8]| {
        // Masked with zeros, because clients have to mask frames.
        let mut frame = vec![0x81, 0x80 | u8::try_from(payload.len()).unwrap(), 0, 0, 0, 0];
        frame.extend_from_slice(payload);
        frame
    };
    let unmasked = [0x81, 0x02, b'h', b'i'];
    let reserved_opcode = [0x83, 0x80, 0, 0, 0, 0];
    let too_long = [0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    for (bytes, code) in [
        (text(b"\xff\xfe"), 1007),
        (text(b"{"), 1007),
        (unmasked.to_vec(), 1002),
        (reserved_opcode.to_vec(), 1002),
        (too_long.to_vec(), 1009),
        (vec![0x82, 0x80, 0, 0, 0, 0], 1003),
    ] {
        let mut client = Client::user(&server, "ann");
        client.json();
        client.raw(&bytes);
        assert_eq!(client.close_code(), code, "{bytes:x?}");
    }
}

#[test]
fn a_request_for_a_socket_where_there_is_none_is_answered_like_any_other() {
    let server = Running::start();
    let upgrade = "Connection: close, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                   Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    for path in ["/elsewhere", "/connect/"] {
        let answer = server.exchange(format!("GET {path}?api_key=devkey HTTP/1.1\r\nHost: x\r\n{upgrade}\r\n"));
        assert!(answer.starts_with("HTTP/1.1 40"), "{answer}");
    }
    let without_upgrade = "GET /connect?api_key=devkey HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert!(server.exchange(without_upgrade).starts_with("HTTP/1.1 40"));
}

#[test]
fn a_server_that_stops_says_so_with_a_code_after_which_clients_connect_again() {
    let mut server = Running::start();
    let mut client = Client::user(&server, "ann");
    client.json();
    server.stop();
    assert_eq!(client.close_code(), 1001);
}
