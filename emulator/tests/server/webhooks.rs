//! Webhooks over real sockets, with a receiver written by hand.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::running::{Running, json as body_of, request};

const PATIENCE: Duration = Duration::from_secs(20);

/// A received request.
#[derive(Debug)]
struct Call {
    line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Call {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|(header, value)| (header == name).then_some(value.as_str()))
    }

    fn event(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Accepts requests and responds to each with the next of these responses, and to all further ones with the last. An
/// empty one means no response.
struct Hook {
    address: SocketAddr,
    calls: Receiver<Call>,
}

impl Hook {
    fn answering(answers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, calls) = channel();
        std::thread::spawn(move || {
            let mut unanswered = Vec::new();
            for (number, connection) in listener.incoming().enumerate() {
                let mut connection = connection.unwrap();
                let Some(call) = read(&connection) else { continue };
                let answer = answers[number.min(answers.len() - 1)];
                if answer.is_empty() {
                    unanswered.push(connection);
                } else {
                    let answer = format!("HTTP/1.1 {answer}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                    connection.write_all(answer.as_bytes()).unwrap();
                }
                if sender.send(call).is_err() {
                    return;
                }
            }
        });
        Self { address, calls }
    }

    fn url(&self) -> String {
        format!("http://{}/hook?a=b", self.address)
    }

    fn next(&self) -> Call {
        self.calls.recv_timeout(PATIENCE).unwrap()
    }
}

fn read(connection: &TcpStream) -> Option<Call> {
    let mut reader = BufReader::new(connection);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let line = lines.remove(0);
    let field = |line: &String| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers: Vec<(String, String)> = lines.iter().filter_map(field).collect();
    let mut call = Call { line, headers, body: Vec::new() };
    call.body.resize(call.header("content-length")?.parse().ok()?, 0);
    reader.read_exact(&mut call.body).ok()?;
    Some(call)
}

fn ok(server: &Running, method: &str, path: &str, body: &Value) -> String {
    let answer = server.exchange(request(method, path, &body.to_string()));
    assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
    answer
}

fn listen(server: &Running, settings: &Value) {
    ok(server, "PATCH", "/api/v2/app", settings);
}

fn upsert(server: &Running, id: &str) {
    ok(server, "POST", "/api/v2/users", &json!({ "users": { id: { "id": id } } }));
}

fn signature(json: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(b"devsecret").unwrap().chain_update(json).finalize().into_bytes();
    mac.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_hook_is_called_with_signed_events_in_their_order() {
    let (server, hook) = (Running::start(), Hook::answering(&["204 No Content"]));
    listen(&server, &json!({ "event_hooks": [{ "hook_type": "webhook", "webhook_url": hook.url() }] }));
    for id in ["a", "b"] {
        upsert(&server, id);
    }
    for id in ["a", "b"] {
        let call = hook.next();
        assert_eq!(call.line, "POST /hook?a=b HTTP/1.1");
        assert_eq!(call.header("host"), Some(hook.address.to_string().as_str()));
        assert_eq!(call.header("content-type"), Some("application/json"));
        assert_eq!(call.header("x-api-key"), Some("devkey"));
        assert_eq!(call.header("x-webhook-attempt"), Some("1"));
        assert_eq!(call.header("x-signature"), Some(signature(&call.body).as_str()));
        let event = call.event();
        assert_eq!((&event["type"], &event["user"]["id"]), (&json!("user.updated"), &json!(id)));
    }
}

#[test]
fn the_signature_covers_the_uncompressed_body() {
    let (server, hook) = (Running::start(), Hook::answering(&["200 OK"]));
    listen(&server, &json!({ "webhook_url": hook.url(), "enable_hook_payload_compression": true }));
    upsert(&server, "u");
    let call = hook.next();
    assert_eq!(call.header("content-encoding"), Some("gzip"));
    let mut json = Vec::new();
    GzDecoder::new(call.body.as_slice()).read_to_end(&mut json).unwrap();
    assert_eq!(call.header("x-signature"), Some(signature(&json).as_str()));
}

#[test]
fn events_of_a_task_are_sent_when_it_runs_without_a_request() {
    let (server, hook) = (Running::start(), Hook::answering(&["200 OK"]));
    upsert(&server, "u");
    listen(&server, &json!({ "webhook_url": hook.url() }));
    ok(&server, "POST", "/api/v2/users/deactivate", &json!({ "user_ids": ["u"] }));
    assert_eq!(hook.next().event()["type"], "user.deactivated");
}

#[test]
fn neither_responses_nor_the_servers_end_wait_for_a_hook() {
    let hook = Hook::answering(&[""]);
    let server = Running::start();
    listen(&server, &json!({ "webhook_url": hook.url() }));
    let begun = Instant::now();
    upsert(&server, "u");
    // It has the request now, and does not respond for six seconds.
    hook.next();
    drop(server);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

/// Waits until the latest delivery has this state, and returns it.
fn stands(server: &Running, progress: &str, attempts: u64) -> Value {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let known = body_of(&ok(server, "GET", "/__emulator/webhooks", &json!({})));
        let latest = known["deliveries"].as_array().unwrap().last().unwrap().clone();
        if latest["progress"] == progress && latest["attempts"] == attempts {
            return latest;
        }
        assert!(Instant::now() < deadline, "{latest}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_failed_webhook_is_retried_and_can_be_replayed() {
    let (server, hook) = (Running::start(), Hook::answering(&["500 Oh", "503 No", "200 OK"]));
    listen(&server, &json!({ "webhook_url": hook.url() }));
    upsert(&server, "u");
    let first = hook.next();
    for (attempt, pause) in [("2", 1_000), ("3", 2_000)] {
        stands(&server, "waiting", attempt.parse::<u64>().unwrap() - 1);
        // So that nobody has to wait for it.
        ok(&server, "POST", "/__emulator/clock", &json!({ "advance_ms": pause }));
        let again = hook.next();
        assert_eq!(again.header("x-webhook-attempt"), Some(attempt));
        assert_eq!((again.header("x-webhook-id"), &again.body), (first.header("x-webhook-id"), &first.body));
    }
    assert_eq!(stands(&server, "delivered", 3)["status"], 200);
    ok(&server, "POST", "/__emulator/webhooks/replay", &json!({ "id": first.header("x-webhook-id") }));
    let replayed = hook.next();
    assert_eq!(replayed.header("x-webhook-attempt"), Some("1"));
    assert_eq!((replayed.header("x-webhook-id"), &replayed.body), (first.header("x-webhook-id"), &first.body));
}

#[test]
fn a_redirect_is_not_followed() {
    let (server, hook) = (Running::start(), Hook::answering(&["302 Found\r\nLocation: /other"]));
    listen(&server, &json!({ "webhook_url": hook.url() }));
    upsert(&server, "u");
    assert_eq!(stands(&server, "failed", 1)["status"], 302);
    hook.next();
    assert!(hook.calls.try_recv().is_err());
}

#[test]
fn the_reasons_of_failed_webhooks_are_reported() {
    let (server, slow) = (Running::start(), Hook::answering(&[""]));
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (url, expected) in [
        (slow.url(), "no response in time"),
        (format!("http://{closed}/"), "refused"),
        (slow.url().replace("http:", "https:"), "tls"),
    ] {
        listen(&server, &json!({ "event_hooks": [{ "webhook_url": url, "timeout_ms": 100 }] }));
        upsert(&server, "u");
        let error = stands(&server, "waiting", 1)["error"].as_str().unwrap().to_owned();
        assert!(error.contains(expected), "{url}: {error}");
    }
}
