//! Limits of a connection: sizes and times.

use std::time::Duration;

/// What a client may make the server wait for and read. The limit for bodies is [`Emulator::body_limit`].
///
/// [`Emulator::body_limit`]: crate::Emulator::body_limit
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a connection may wait for a complete head, since it was opened or its last response was sent. SDKs keep
    /// idle connections for up to a minute, so it has to be longer than that.
    pub head_time: Duration,
    /// The largest head (request line and headers), in bytes. A head with more than 100 headers is rejected too.
    pub head_bytes: usize,
    /// How long a body may take to arrive.
    pub body_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_time: Duration::from_secs(75),
            // The query is part of the head: one for a hundred users with ids of the usual length takes a tenth of
            // this.
            head_bytes: 64 * 1024,
            body_time: Duration::from_secs(30),
        }
    }
}
