//! Sockets. The host opens them, passes on the clients' messages, and sends the queued frames.
//!
//! Every socket is accepted, and a client that cannot connect gets its error as a frame: Stream's clients take a
//! refused upgrade for a network failure and try again. Clients send a handshake and, every 25 seconds, a
//! `health.check`.

use std::collections::BTreeSet;
use std::time::Duration;

use getstream_users::model::{APIError, Timestamp};
use serde_json::Value;

use crate::core::caller::Caller;
use crate::core::emulator::Emulator;
use crate::core::event::{self, Content, Event};
use crate::core::failure::Failure;
use crate::core::gate::{Arrival, Fault, Via};
use crate::core::jobs::catch_up;
use crate::core::log::Answered;
use crate::core::operation::connection::Introduction;
use crate::core::operation::long_poll;
use crate::core::routes::CONNECT;
use crate::core::state::{Frame, Handshake, NORMAL};
use crate::core::wire::{Cause, Request};

/// The close code for a message that is not text.
const UNSUPPORTED: u16 = 1003;
/// The close code for text that is not JSON.
const INVALID: u16 = 1007;

/// The handshake that a socket at this path expects; `None` if there is no socket.
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

impl Emulator {
    /// The host closes a socket that has received no message for this long: three intervals of the clients' health
    /// checks.
    pub const SOCKET_IDLE: Duration = Duration::from_secs(75);

    /// How long a client may take to send its handshake.
    pub const SOCKET_GREETING: Duration = Duration::from_secs(10);

    /// The largest message that the host accepts from a client, in bytes. Clients send a token, a user and health
    /// checks.
    pub const SOCKET_MESSAGE_BYTES: usize = 64 * 1024;

    /// Registers a socket that a client has opened with this request, and returns its number. `None` if there is no
    /// socket at this path.
    pub fn open_socket(&mut self, request: &Request, driving: Timestamp) -> Option<u64> {
        let handshake = handshake_of(&request.path)?;
        let number = self.world.connections.open(handshake);
        if handshake == Handshake::V1 {
            match Introduction::in_url(request) {
                Ok(introduction) => self.connect_socket(number, request, introduction, driving),
                Err(failure) => self.refuse_socket(number, &failure.envelope(None), driving),
            }
        }
        Some(number)
    }

    /// Handles a text message of a client. `request` is the one that opened the socket.
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
            Ok((request, introduction)) => self.connect_socket(number, &request, introduction, driving),
            Err(failure) => self.refuse_socket(number, &failure.envelope(None), driving),
        }
    }

    /// Handles a binary message, which no client of Stream sends.
    pub fn socket_bytes(&mut self, number: u64) {
        self.world.connections.close(number, UNSUPPORTED, "a message must be text");
    }

    /// Notes that a socket is closed. Its number is invalid from now on.
    pub fn socket_closed(&mut self, number: u64, driving: Timestamp) {
        let now = self.time(driving);
        catch_up(&mut self.world, now);
        self.world.leave(number, Cause::task(now));
    }

    /// How long the host lets a long poll wait before it responds without events. Clients wait for half a minute.
    pub const LONG_POLL: Duration = Duration::from_secs(20);

    /// The response body for the long poll with this number; `None` while there are no events.
    pub fn polled_events(&mut self, number: u64) -> Option<Vec<u8>> {
        long_poll::events(&mut self.world, number)
    }

    /// The frames queued for a socket, in order. Each is returned once.
    pub fn take_frames(&mut self, number: u64) -> Vec<Frame> {
        self.world.connections.take(number)
    }

    /// The sockets with new frames. Each is returned once.
    pub fn take_woken_sockets(&mut self) -> BTreeSet<u64> {
        self.world.connections.take_woken()
    }

    /// How many sockets are open.
    #[must_use]
    pub fn open_sockets(&self) -> usize {
        self.world.connections.count()
    }

    /// Connects the user of a request and its first message, or sends the error.
    fn connect_socket(&mut self, number: u64, request: &Request, introduction: Introduction, driving: Timestamp) {
        let now = self.time(driving);
        let mark = self.world.mark();
        catch_up(&mut self.world, now);
        let caller = self.socket_caller(request, &introduction, now);
        let known = caller.as_ref().ok().cloned();
        let user_id = known.as_ref().and_then(Caller::user_id);
        let struck = self.faults.fault_for(Arrival { request, operation: Some(CONNECT), user_id });
        let fault = struck.as_ref().ok().cloned().flatten();
        if let Some(delay) = fault.as_ref().and_then(Fault::delay) {
            self.world.connections.wait(number, delay);
        }
        let outcome = match fault.as_ref().and_then(|fault| fault.instead(None)) {
            Some(envelope) => Err(envelope),
            None => struck
                .and(caller)
                .and_then(|caller| {
                    let cause = Cause { request: Some((request, &caller)), now };
                    self.world.join(number, cause, &caller, introduction)
                })
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
                    Ok(()) => self.world.welcome(number, now),
                    Err(envelope) => self.refuse_socket(number, &envelope, driving),
                }
                if let Some(code) = fault.and_then(|fault| fault.close_code()) {
                    self.world.connections.close(number, code, "closed by a fault");
                }
            }
        }
    }

    /// # Errors
    /// If the request names no user who can connect.
    fn socket_caller(&self, request: &Request, introduction: &Introduction, now: Timestamp) -> Result<Caller, Failure> {
        let caller = self.identify(request, Via::Process, None, now)?;
        introduction.check(&caller)?;
        Ok(caller)
    }

    fn tell_health(&mut self, number: u64, driving: Timestamp) {
        let now = self.time(driving);
        let message = self.world.health(number, now);
        self.world.send_to_socket(number, &message);
    }

    /// Sends the error and closes the socket with 1000, which clients take for final. The code in the message tells
    /// them whether a new token helps.
    fn refuse_socket(&mut self, number: u64, envelope: &APIError, driving: Timestamp) {
        let Some(handshake) = self.world.connections.handshake(number) else { return };
        let error = ("error", event::value(envelope).into());
        let message = match handshake {
            Handshake::V1 => Event::new([error]),
            Handshake::V2 => Event::new([
                ("type", "connection.error".into()),
                ("connection_id", "".into()),
                ("created_at", Content::Time(self.time(driving))),
                error,
            ]),
        };
        self.world.send_to_socket(number, &message);
        self.world.connections.close(number, NORMAL, &envelope.message);
    }
}

/// A client sends it in a list or by itself.
fn is_health_check(message: &Value) -> bool {
    let is_one = |message: &Value| message.get("type").is_some_and(|name| name == "health.check");
    is_one(message) || message.as_array().is_some_and(|messages| messages.iter().any(is_one))
}

/// The client's first message, and a request that authenticates in the same way as the API's other requests.
fn authentication(request: &Request, message: Value) -> Result<(Request, Introduction), Failure> {
    let Value::Object(mut data) = message else {
        return Err(Failure::input("the first message must be an object with a token and user_details"));
    };
    let mut request = Request { body: Vec::new(), ..request.clone() };
    match data.remove("token") {
        Some(Value::String(token)) => request.headers.set("authorization", token),
        None | Some(Value::Null) => {}
        Some(_) => return Err(Failure::field("token", "must be a string")),
    }
    let scheme = request.parameter("stream-auth-type").unwrap_or_else(|| "jwt".to_owned());
    request.headers.set("stream-auth-type", scheme);
    Ok((request, Introduction::in_message(&mut data)))
}
