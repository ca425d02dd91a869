//! A connection: its user and its first message, for sockets and long polling.

use getstream_users::model::{CustomData, OwnUserResponse, Timestamp};
use serde_json::Value;

use super::connect::{announce_presence, connect};
use crate::core::caller::Caller;
use crate::core::event::{self, Content, Event};
use crate::core::failure::{Code, Failure};
use crate::core::state::{ANONYMOUS_ROLE, Handshake, World};
use crate::core::view;
use crate::core::wire::{Cause, Request};

/// The query parameter with all data of the client.
pub(crate) const JSON: &str = "json";
/// The id of a visitor who sends none.
const VISITOR: &str = "!anon";
/// Stream's text for a missing time.
const NO_TIME: &str = "0001-01-01T00:00:00Z";

/// What the client sends to connect.
#[derive(Debug)]
pub(crate) struct Introduction {
    details: Option<Value>,
    /// The user id that the client sends in addition to its token.
    user_id: Option<String>,
}

impl Introduction {
    /// Reads the parameters of the URL.
    ///
    /// # Errors
    /// If they are missing or invalid.
    pub(crate) fn in_url(request: &Request) -> Result<Self, Failure> {
        let json = request.parameter(JSON).unwrap_or_default();
        let Ok(Value::Object(mut data)) = serde_json::from_str(&json) else {
            return Err(Failure::field(JSON, "must be a JSON object"));
        };
        let user_id = data.remove("user_id").and_then(|id| id.as_str().map(str::to_owned));
        Ok(Self { details: data.remove("user_details"), user_id: user_id.filter(|id| !id.is_empty()) })
    }

    /// Reads a first message, except for its token.
    pub(crate) fn in_message(data: &mut CustomData) -> Self {
        Self { details: data.remove("user_details"), user_id: None }
    }

    /// # Errors
    /// If the caller cannot connect, or is not the user that the client named.
    pub(crate) fn check(&self, caller: &Caller) -> Result<(), Failure> {
        match (caller, &self.user_id) {
            (Caller::Server, _) => {
                Err(Failure::new(Code::Authentication, "a connection needs a user token, not a server token"))
            }
            (Caller::User(id), Some(named)) if id != named => Err(Failure::new(
                Code::Authentication,
                format!("the token is of the user {id}, and user_id names another"),
            )),
            _ => Ok(()),
        }
    }

    /// The id that a visitor sent, which identifies its connections. There is no such user.
    fn visitor_id(&self) -> &str {
        let in_details = || self.details.as_ref()?.get("id")?.as_str();
        self.user_id.as_deref().or_else(in_details).unwrap_or_default()
    }
}

impl World {
    /// Connects a caller that [`Introduction::check`] has accepted.
    ///
    /// # Errors
    /// If the caller's user cannot connect.
    pub(crate) fn join(
        &mut self,
        number: u64,
        cause: Cause<'_>,
        caller: &Caller,
        introduction: Introduction,
    ) -> Result<(), Failure> {
        let handshake = self.connections.handshake(number).unwrap_or(Handshake::V2);
        let Some(user_id) = caller.user_id() else {
            let id = format!("{}-{VISITOR}-{}", self.ids.uuid(), introduction.visitor_id());
            self.connections.connect(number, id, None);
            return Ok(());
        };
        connect(self, cause, user_id, introduction.details, handshake)?;
        let id = format!("{}-{user_id}", self.ids.uuid());
        if self.connections.connect(number, id, Some(user_id.to_owned())) {
            announce_presence(self, cause, user_id);
        }
        Ok(())
    }

    /// Sends the first event of a connection.
    pub(crate) fn welcome(&mut self, number: u64, now: Timestamp) {
        let Some(handshake) = self.connections.handshake(number) else { return };
        let mut message = self.health(number, now);
        if handshake == Handshake::V2 {
            message.set("type", "connection.ok");
        }
        let user = self.connections.user_of(number).and_then(|id| self.users.active(id).ok());
        let me = match user {
            Some(user) => Content::Me(Box::new(view::own(self, user))),
            None => visitor(self.connections.id(number).unwrap_or_default(), handshake).into(),
        };
        message.set("me", me);
        self.send_to_socket(number, &message);
    }

    /// The event of a health check.
    pub(crate) fn health(&self, number: u64, now: Timestamp) -> Event {
        let id = self.connections.id(number).unwrap_or_default();
        Event::new([
            ("type", "health.check".into()),
            ("connection_id", id.into()),
            ("cid", "*".into()),
            ("created_at", Content::Time(now)),
        ])
    }

    /// Ends a connection, and announces that its user is offline.
    pub(crate) fn leave(&mut self, number: u64, cause: Cause<'_>) {
        if let Some(user_id) = self.connections.forget(number) {
            announce_presence(self, cause, &user_id);
        }
    }
}

/// The data of an anonymous visitor. It was never created or changed, and [`Timestamp`] has no value for that, so this
/// is JSON in the form of the handshake.
fn visitor(connection_id: &str, handshake: Handshake) -> Value {
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
        if handshake == Handshake::V1 {
            fields.remove("custom");
        }
    }
    me
}
