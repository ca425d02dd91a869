//! Sockets: a face opens them, hands in what clients send, and writes the frames that wait.
//!
//! Every socket is accepted, and whoever cannot connect is told so over it: to the clients of Stream, a refused upgrade is
//! a network that fails, and they try again. What the clients send is a handshake and, every 25 seconds, a `health.check`.

use std::collections::BTreeSet;
use std::time::Duration;

use getstream_users::model::{APIError, CustomData, OwnUserResponse, Timestamp};
use serde_json::{Value, json};

use crate::core::caller::Caller;
use crate::core::emulator::Emulator;
use crate::core::event;
use crate::core::failure::{Code, Failure};
use crate::core::gate::{Arrival, Fault, Via};
use crate::core::jobs::catch_up;
use crate::core::log::Answered;
use crate::core::operation::connect::{connect, tell_presence};
use crate::core::routes::CONNECT;
use crate::core::state::{ANONYMOUS_ROLE, Frame, Handshake, NORMAL};
use crate::core::view;
use crate::core::wire::{Cause, Request};

/// The close code for what is no text.
const UNSUPPORTED: u16 = 1003;
/// The close code for text that is no JSON.
const INVALID: u16 = 1007;
/// What a visitor that says no id of its own is called.
const VISITOR: &str = "!anon";
/// How Stream writes a time that there is none of.
const NO_TIME: &str = "0001-01-01T00:00:00Z";

/// How a request for a socket is going to introduce itself; `None` for a path that has no socket.
fn handshake_of(path: &str) -> Option<Handshake> {
    match path {
        "/connect" => Some(Handshake::V1),
        "/api/v2/connect" | "/video/connect" => Some(Handshake::V2),
        _ => None,
    }
}

/// Whether there is a socket at a path.
pub fn is_socket_path(path: &str) -> bool {
    handshake_of(path).is_some()
}

/// Who asks for a connection, and what it says of itself.
#[derive(Debug)]
struct Introduction {
    details: Option<Value>,
    /// Who the client says it is, where it does beside its token.
    user_id: Option<String>,
}

impl Emulator {
    /// How long a socket may be without a message before a face gives it up: three times what clients are silent for.
    pub const SOCKET_IDLE: Duration = Duration::from_secs(75);

    /// How long a client may take for its handshake.
    pub const SOCKET_GREETING: Duration = Duration::from_secs(10);

    /// The largest message of a client that a face takes, in bytes. Clients send a token, a user and health checks.
    pub const SOCKET_MESSAGE_BYTES: usize = 64 * 1024;

    /// Takes a socket in that a client has opened with this request, and returns the number it has from here on. `None`
    /// when there is no socket at its path.
    pub fn open_socket(&mut self, request: &Request, driving: Timestamp) -> Option<u64> {
        let handshake = handshake_of(&request.path)?;
        let number = self.world.connections.open(handshake);
        if handshake == Handshake::V1 {
            match introduction(request) {
                Ok(introduction) => self.greet(number, request, introduction, driving),
                Err(failure) => self.refuse_socket(number, &failure.envelope(None), driving),
            }
        }
        Some(number)
    }

    /// Hands in a text that a client has sent. `request` is the one that opened the socket.
    pub fn socket_text(&mut self, number: u64, request: &Request, text: &str, driving: Timestamp) {
        if self.world.connections.handshake(number).is_none() || self.world.connections.is_silent(number) {
            return;
        }
        let Ok(message) = serde_json::from_str::<Value>(text) else {
            self.world.connections.close(number, INVALID, "a message must be JSON");
            return;
        };
        if self.world.connections.id(number).is_some() {
            if is_health_check(&message) {
                self.tell_health(number, driving);
            }
            return;
        }
        match authentication(request, message) {
            Ok((request, introduction)) => self.greet(number, &request, introduction, driving),
            Err(failure) => self.refuse_socket(number, &failure.envelope(None), driving),
        }
    }

    /// Hands in that a client has sent bytes, which no client of Stream does.
    pub fn socket_bytes(&mut self, number: u64) {
        self.world.connections.close(number, UNSUPPORTED, "a message must be text");
    }

    /// Takes note that a socket is closed. Its number means nothing from here on.
    pub fn socket_closed(&mut self, number: u64, driving: Timestamp) {
        let now = self.time(driving);
        catch_up(&mut self.world, now);
        if let Some(user_id) = self.world.connections.forget(number) {
            tell_presence(&mut self.world, Cause::task(now), &user_id);
        }
    }

    /// The frames that wait for a socket, in order; each is handed out once.
    pub fn take_frames(&mut self, number: u64) -> Vec<Frame> {
        self.world.connections.take(number)
    }

    /// The sockets for which frames wait, each told once.
    pub fn take_woken_sockets(&mut self) -> BTreeSet<u64> {
        self.world.connections.take_woken()
    }

    /// How many sockets are open.
    #[must_use]
    pub fn open_sockets(&self) -> usize {
        self.world.connections.count()
    }

    /// Connects whoever a request and an introduction name, or says why not.
    fn greet(&mut self, number: u64, request: &Request, introduction: Introduction, driving: Timestamp) {
        let now = self.time(driving);
        let mark = self.world.mark();
        catch_up(&mut self.world, now);
        let caller = self.socket_caller(request, &introduction, now);
        let known = caller.as_ref().ok().cloned();
        let user_id = known.as_ref().and_then(Caller::user_id);
        let struck = self.faults.strike(Arrival { request, operation: Some(CONNECT), user_id });
        let fault = struck.as_ref().ok().cloned().flatten();
        if let Some(delay) = fault.as_ref().and_then(Fault::delay) {
            self.world.connections.wait(number, delay);
        }
        let outcome = match fault.as_ref().and_then(|fault| fault.instead(None)) {
            Some(envelope) => Err(envelope),
            None => struck
                .and(caller)
                .and_then(|caller| self.connect(number, request, &caller, introduction, now))
                .map_err(|failure| failure.envelope(None)),
        };
        let error = outcome.as_ref().err();
        self.log
            .add(request, Answered { at: now, operation: Some(CONNECT), caller: known, error, fault: fault.clone() });
        if self.world.mark() != mark || outcome.is_ok() {
            self.revision += 1;
        }
        match fault {
            Some(fault) if fault.is_silent() => self.world.connections.silence(number),
            Some(fault) if fault.drops() => self.world.connections.cut(number),
            fault => {
                match outcome {
                    Ok(()) => self.welcome(number, now),
                    Err(envelope) => self.refuse_socket(number, &envelope, driving),
                }
                if let Some(code) = fault.and_then(|fault| fault.close_code()) {
                    self.world.connections.close(number, code, "a fault says so");
                }
            }
        }
    }

    /// # Errors
    /// When nobody can be made out who could connect.
    fn socket_caller(&self, request: &Request, introduction: &Introduction, now: Timestamp) -> Result<Caller, Failure> {
        let caller = self.identify(request, Via::Process, None, now)?;
        match (&caller, &introduction.user_id) {
            (Caller::Server, _) => Err(Failure::new(
                Code::Authentication,
                "a connection needs the token of a user, and this is a server's",
            )),
            (Caller::User(id), Some(named)) if id != named => Err(Failure::new(
                Code::Authentication,
                format!("the token is of the user {id}, and user_id names another"),
            )),
            _ => Ok(caller),
        }
    }

    fn connect(
        &mut self,
        number: u64,
        request: &Request,
        caller: &Caller,
        Introduction { details, user_id }: Introduction,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let cause = Cause { request: Some((request, caller)), now };
        let handshake = self.world.connections.handshake(number).unwrap_or(Handshake::V2);
        if let Caller::User(id) = caller {
            connect(&mut self.world, cause, id, details, handshake)?;
        }
        // A visitor has no user; the id it chose tells its connections apart.
        let visitor = || user_id.or_else(|| details_id(request)).unwrap_or_default();
        let id = match caller {
            Caller::User(id) => format!("{}-{id}", self.world.ids.uuid()),
            Caller::Anonymous | Caller::Server => format!("{}-{VISITOR}-{}", self.world.ids.uuid(), visitor()),
        };
        let is_first = self.world.connections.connect(number, id, caller.user_id().map(str::to_owned));
        if let Some(id) = caller.user_id().filter(|_| is_first) {
            tell_presence(&mut self.world, cause, id);
        }
        Ok(())
    }

    /// The first message of a connection.
    fn welcome(&mut self, number: u64, now: Timestamp) {
        let Some(handshake) = self.world.connections.handshake(number) else { return };
        let mut message = self.health(number, now);
        if handshake == Handshake::V2 {
            message.insert("type".to_owned(), "connection.ok".into());
        }
        let user = self.world.connections.user_of(number).and_then(|id| self.world.users.active(id).ok());
        let me = match user {
            Some(user) => event::value(&view::own(&self.world, user)),
            None => visitor(self.world.connections.id(number).unwrap_or_default()),
        };
        message.insert("me".to_owned(), me);
        self.world.tell_socket(number, message);
    }

    fn tell_health(&mut self, number: u64, driving: Timestamp) {
        let now = self.time(driving);
        let message = self.health(number, now);
        self.world.tell_socket(number, message);
    }

    fn health(&self, number: u64, now: Timestamp) -> CustomData {
        let id = self.world.connections.id(number).unwrap_or_default();
        CustomData::from_iter([
            ("type".to_owned(), "health.check".into()),
            ("connection_id".to_owned(), id.into()),
            ("cid".to_owned(), "*".into()),
            ("created_at".to_owned(), event::value(&now)),
        ])
    }

    /// Says why there is no connection, and closes. 1000 is what clients take for final; whether to fetch another token
    /// they see by the code in the message.
    fn refuse_socket(&mut self, number: u64, envelope: &APIError, driving: Timestamp) {
        let Some(handshake) = self.world.connections.handshake(number) else { return };
        let error = event::value(envelope);
        let message = match handshake {
            Handshake::V1 => json!({ "error": error }),
            Handshake::V2 => json!({
                "type": "connection.error",
                "connection_id": "",
                "created_at": event::value(&self.time(driving)),
                "error": error,
            }),
        };
        if let Value::Object(message) = message {
            self.world.tell_socket(number, message);
        }
        self.world.connections.close(number, NORMAL, &envelope.message);
    }
}

/// A client says so in a list or by itself.
fn is_health_check(message: &Value) -> bool {
    let is_one = |message: &Value| message.get("type").is_some_and(|name| name == "health.check");
    is_one(message) || message.as_array().is_some_and(|messages| messages.iter().any(is_one))
}

/// What the URL of a socket says.
fn introduction(request: &Request) -> Result<Introduction, Failure> {
    let json = request.parameter("json").unwrap_or_default();
    let Ok(Value::Object(mut said)) = serde_json::from_str(&json) else {
        return Err(Failure::field("json", "must be a JSON object"));
    };
    let user_id = said.remove("user_id").and_then(|id| id.as_str().map(str::to_owned));
    Ok(Introduction { details: said.remove("user_details"), user_id: user_id.filter(|id| !id.is_empty()) })
}

/// The id in the details that the URL of a socket has.
fn details_id(request: &Request) -> Option<String> {
    let id = introduction(request).ok()?.details?.get("id")?.as_str()?.to_owned();
    Some(id).filter(|id| !id.is_empty())
}

/// What the first message of a client says, and a request that says it as the API's other requests do.
fn authentication(request: &Request, message: Value) -> Result<(Request, Introduction), Failure> {
    let Value::Object(mut said) = message else {
        return Err(Failure::input("the first message must be an object with a token and user_details"));
    };
    let mut request = Request { body: Vec::new(), ..request.clone() };
    match said.remove("token") {
        Some(Value::String(token)) => request.headers.set("authorization", token),
        None | Some(Value::Null) => {}
        Some(_) => return Err(Failure::field("token", "must be a string")),
    }
    let scheme = request.parameter("stream-auth-type").unwrap_or_else(|| "jwt".to_owned());
    request.headers.set("stream-auth-type", scheme);
    Ok((request, Introduction { details: said.remove("user_details"), user_id: None }))
}

/// A visitor, as it sees itself. It is no user, so it was never made and never changed.
fn visitor(connection_id: &str) -> Value {
    let id = connection_id.find(VISITOR).and_then(|at| connection_id.get(at..)).unwrap_or(VISITOR);
    let me = OwnUserResponse {
        id: id.to_owned(),
        role: ANONYMOUS_ROLE.to_owned(),
        online: true,
        blocked_user_ids: Some(Vec::new()),
        ..OwnUserResponse::default()
    };
    let mut me = event::value(&me);
    if let Value::Object(fields) = &mut me {
        for name in ["created_at", "updated_at"] {
            fields.insert(name.to_owned(), NO_TIME.into());
        }
    }
    me
}
