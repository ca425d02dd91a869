//! Connections without a socket, for clients whose network blocks WebSockets: they poll for events.

use getstream_users::model::DurationResponse;

use super::connect::CONNECTION_ID;
use super::connection::{Introduction, JSON};
use crate::core::failure::{Code, Failure};
use crate::core::state::{Frame, World};
use crate::core::wire::{Call, Cause, DURATION, Outcome};

/// `LongPoll`: opens a connection, asks for its events, or closes it.
pub(crate) fn poll(world: &mut World, call: &Call<'_>) -> Outcome {
    if is_opening(call) {
        return open(world, call);
    }
    let id = call.request.parameter(CONNECTION_ID).unwrap_or_default();
    let number = world.connections.polled(&id).ok_or_else(|| unknown(&id))?;
    if call.request.parameter("close").is_some_and(|close| close == "true") {
        world.leave(number, call.cause());
        return call.reply(&DurationResponse { duration: DURATION.to_owned() });
    }
    Ok(events(world, number).unwrap_or_else(|| {
        world.notes.waits_for = Some(number);
        body("events", "[]")
    }))
}

/// Whether a request opens a connection. It may name its previous one.
pub(crate) fn is_opening(call: &Call<'_>) -> bool {
    call.request.parameter(JSON).is_some()
}

/// There is no connection with this id. SDKs then open another one.
pub(crate) fn unknown(id: &str) -> Failure {
    Failure::new(Code::UnknownConnection, format!("there is no connection with connection_id {id}"))
}

/// The response body with the queued events of a connection; `None` while there are none.
pub(crate) fn events(world: &mut World, number: u64) -> Option<Vec<u8>> {
    let frames = world.connections.take(number);
    if frames.is_empty() && world.connections.is_open(number) {
        return None;
    }
    let mut texts = Vec::new();
    for frame in frames {
        match frame {
            Frame::Text(text) => texts.push(text),
            Frame::Wait(_) => {}
            Frame::Close { .. } | Frame::Cut => world.leave(number, Cause::task(world.now)),
        }
    }
    Some(body("events", &format!("[{}]", texts.join(","))))
}

fn open(world: &mut World, call: &Call<'_>) -> Outcome {
    let introduction = Introduction::in_url(call.request)?;
    introduction.check(call.caller)?;
    let number = world.connections.open_polled();
    if let Err(failure) = world.join(number, call.cause(), call.caller, introduction) {
        world.connections.forget(number);
        return Err(failure);
    }
    world.welcome(number, call.now);
    let welcome = world.connections.take(number).into_iter().find_map(|frame| match frame {
        Frame::Text(text) => Some(text),
        Frame::Wait(_) | Frame::Close { .. } | Frame::Cut => None,
    });
    Ok(body("event", welcome.as_deref().unwrap_or("null")))
}

/// Events are JSON already.
fn body(field: &str, json: &str) -> Vec<u8> {
    format!(r#"{{"{field}":{json},"duration":"{DURATION}"}}"#).into_bytes()
}
