//! Control: the connected clients.

use serde::Serialize;

use super::Asked;
use crate::core::emulator::Emulator;
use crate::core::state::{Handshake, Online};
use crate::core::wire::{Outcome, reply};

#[derive(Debug, Serialize)]
struct Connections<'a> {
    connections: Vec<Shown<'a>>,
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    connection_id: &'a str,
    /// Null for an anonymous visitor.
    user_id: Option<&'a str>,
    /// The path of the socket's handshake.
    path: &'static str,
    /// How many users the connection watches.
    watches: usize,
}

pub(super) fn get(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    let shown = |Online { id, user_id, handshake, watches }| Shown {
        connection_id: id,
        user_id,
        path: match handshake {
            Handshake::V1 => "/connect",
            Handshake::V2 => "/api/v2/connect",
        },
        watches,
    };
    reply(&Connections { connections: emulator.world.connections.online().map(shown).collect() })
}
