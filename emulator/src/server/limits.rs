//! Limits of a connection: sizes and times.

use std::time::Duration;

/// What a client may make the server wait for and read. The longest body is [`Emulator::body_limit`].
///
/// [`Emulator::body_limit`]: crate::Emulator::body_limit
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a connection may be without a whole head, from when it was opened or its last answer was sent. SDKs keep
    /// idle connections for up to a minute, so it has to be more than that.
    pub head_time: Duration,
    /// How large a head, the first line and all header fields, may be in bytes. One that has more than 100 fields is too
    /// large as well.
    pub head_bytes: usize,
    /// How long a body may take to arrive.
    pub body_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_time: Duration::from_secs(75),
            // A query is part of the head: one for a hundred users with ids of the usual length takes a tenth of it.
            head_bytes: 64 * 1024,
            body_time: Duration::from_secs(30),
        }
    }
}
