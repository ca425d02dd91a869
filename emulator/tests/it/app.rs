//! An emulator with short methods for requests.

use getstream_users::auth::SigningKey;
use getstream_users_emulator::{Config, Emulator, Method, Request, Response, Timestamp};
use serde_json::{Value, json};

/// 2026-01-01T00:00:00Z, in milliseconds since 1970.
pub(crate) const START_MS: i64 = 1_767_225_600_000;

/// The caller of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum As<'a> {
    Server,
    User(&'a str),
    Anonymous,
}

pub(crate) struct App {
    emulator: Emulator,
    now_ms: i64,
}

/// A parsed response.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl App {
    pub(crate) fn new() -> Self {
        Self::with(Config::default())
    }

    pub(crate) fn with(config: Config) -> Self {
        Self { emulator: Emulator::new(config), now_ms: START_MS }
    }

    /// An app with active users with these ids.
    pub(crate) fn of(ids: &[&str]) -> Self {
        let mut app = Self::new();
        for id in ids {
            assert_eq!(app.upsert(json!({ "id": id })).status, 201);
        }
        app
    }

    pub(crate) fn advance(&mut self, milliseconds: i64) {
        self.now_ms += milliseconds;
    }

    pub(crate) fn reset(&mut self) {
        self.emulator.reset();
    }

    /// The time of the clock that drives the emulator.
    pub(crate) fn driving(&self) -> Timestamp {
        Timestamp::from_millis(self.now_ms)
    }

    pub(crate) fn emulator(&mut self) -> &mut Emulator {
        &mut self.emulator
    }

    pub(crate) fn seed(&mut self, seed: &Value) -> Result<String, String> {
        let driving = Timestamp::from_millis(self.now_ms);
        let seeded = self.emulator.seed(seed.to_string().as_bytes(), driving);
        seeded.map(|seeded| seeded.to_string()).map_err(|error| error.to_string())
    }

    /// Its saved state, as JSON.
    pub(crate) fn snapshot(&self) -> String {
        serde_json::to_string(&self.emulator.snapshot()).unwrap()
    }

    pub(crate) fn restore(&mut self, json: &str) -> Result<(), String> {
        self.emulator.restore(json.as_bytes()).map_err(|error| error.to_string())
    }

    /// Sends a request unchanged.
    pub(crate) fn send(&mut self, request: &Request) -> Response {
        self.emulator.handle(request, Timestamp::from_millis(self.now_ms))
    }

    /// Sends a request as a caller. `path` is the part after `/api/v2`.
    pub(crate) fn call_as(&mut self, caller: As<'_>, method: Method, path: &str, body: &[u8]) -> Answer {
        let response = self.send(&request(caller, method, path, body));
        Answer { status: response.status, body: serde_json::from_slice(&response.body).unwrap() }
    }

    /// Sends a request without `/api/v2`, as chat SDKs do.
    pub(crate) fn call_v1(&mut self, caller: As<'_>, method: Method, path: &str, body: Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let response = self.send(&request_to(caller, method, path, body.as_bytes()));
        Answer { status: response.status, body: serde_json::from_slice(&response.body).unwrap() }
    }

    pub(crate) fn post(&mut self, path: &str, body: Value) -> Answer {
        self.call_as(As::Server, Method::Post, path, body.to_string().as_bytes())
    }

    pub(crate) fn post_as(&mut self, caller: As<'_>, path: &str, body: &Value) -> Answer {
        self.call_as(caller, Method::Post, path, body.to_string().as_bytes())
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.call_as(As::Server, Method::Get, path, b"")
    }

    pub(crate) fn upsert(&mut self, user: Value) -> Answer {
        let id = user["id"].as_str().unwrap().to_owned();
        self.post("/users", json!({ "users": { id: user } }))
    }

    pub(crate) fn patch(&mut self, users: Value) -> Answer {
        self.call_as(As::Server, Method::Patch, "/users", json!({ "users": users }).to_string().as_bytes())
    }

    pub(crate) fn query_as(&mut self, caller: As<'_>, payload: &Value) -> Answer {
        self.get_with(caller, "/users", payload)
    }

    /// Sends a request with a payload in the query string.
    pub(crate) fn get_with(&mut self, caller: As<'_>, path: &str, payload: &Value) -> Answer {
        let payload: String = form_urlencoded::byte_serialize(payload.to_string().as_bytes()).collect();
        self.call_as(caller, Method::Get, &format!("{path}?payload={payload}"), b"")
    }

    pub(crate) fn query(&mut self, payload: Value) -> Answer {
        self.query_as(As::Server, &payload)
    }

    /// The ids of the users that a query finds, in order.
    pub(crate) fn find(&mut self, payload: Value) -> Vec<String> {
        let answer = self.query(payload);
        assert_eq!(answer.status, 200, "{answer:?}");
        let users = answer.body["users"].as_array().unwrap();
        users.iter().map(|user| user["id"].as_str().unwrap().to_owned()).collect()
    }

    /// The user as a query returns it.
    pub(crate) fn user(&mut self, id: &str) -> Option<Value> {
        let payload = json!({ "filter_conditions": { "id": id }, "include_deactivated_users": true });
        self.query(payload).body["users"].get(0).cloned()
    }

    /// Waits for the task in a response, and returns it.
    pub(crate) fn finish(&mut self, answer: &Answer) -> Value {
        assert_eq!(answer.status, 201, "{answer:?}");
        self.advance(50);
        self.get(&format!("/tasks/{}", answer.body["task_id"].as_str().unwrap())).body
    }
}

impl Answer {
    /// Status, code and the quoted part of the message of a failure; `ok` for a success.
    pub(crate) fn outcome(&self) -> String {
        if self.status < 300 {
            return "ok".to_owned();
        }
        let message = self.body["message"].as_str().unwrap();
        let reason = message.split_once("failed with error: \"").and_then(|(_, rest)| rest.strip_suffix('"'));
        format!("{} {} {}", self.status, self.body["code"], reason.unwrap_or(message))
    }
}

pub(crate) fn token(claims: &str) -> String {
    SigningKey::new("devsecret").sign(claims)
}

/// A valid request of a caller. `path` is the part after `/api/v2`.
pub(crate) fn request(caller: As<'_>, method: Method, path: &str, body: &[u8]) -> Request {
    request_to(caller, method, &format!("/api/v2{path}"), body)
}

/// The same with a whole path.
pub(crate) fn request_to(caller: As<'_>, method: Method, path: &str, body: &[u8]) -> Request {
    let separator = if path.contains('?') { '&' } else { '?' };
    let request = Request::new(method, &format!("{path}{separator}api_key=devkey")).body(body);
    match caller {
        As::Anonymous => request.header("stream-auth-type", "anonymous"),
        As::Server => request.header("stream-auth-type", "jwt").header("authorization", &token(r#"{"server":true}"#)),
        As::User(id) => {
            let claims = json!({ "user_id": id }).to_string();
            request.header("stream-auth-type", "jwt").header("authorization", &token(&claims))
        }
    }
}
