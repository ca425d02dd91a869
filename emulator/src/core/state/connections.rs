//! Connections: the user of each socket, and its queued frames.
//!
//! A socket has a number from the moment it opens; its connection has an id from the moment the API accepts it. Nothing
//! is sent here: the host takes the queued frames and sends them. A slow reader is disconnected, so that it neither
//! fills the memory nor delays others.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use getstream_users::model::Timestamp;

/// How many frames can be queued for a socket.
const MAX_FRAMES: usize = 512;
/// How many bytes of text can be queued for a socket.
const MAX_BYTES: usize = 1024 * 1024;
/// How many users a connection may watch. A choice.
const MAX_WATCHED: usize = 10_000;
/// The longest reason in a close frame.
const MAX_REASON_BYTES: usize = 123;

/// The code of a regular close, which clients take for final.
pub(crate) const NORMAL: u16 = 1000;
/// The code of a close after which clients connect again.
pub(crate) const GOING_AWAY: u16 = 1001;
/// The code of a close because of the client's behaviour.
pub(crate) const POLICY: u16 = 1008;

/// An action for the host to perform on a socket, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// Send this text.
    Text(Arc<str>),
    /// Wait this long before the next frame.
    Wait(Duration),
    /// Close the socket with this code and a reason of at most 123 bytes. This is the last frame.
    Close {
        /// The code.
        code: u16,
        /// The reason.
        reason: String,
    },
    /// Break the connection without a close frame. This is the last frame.
    Cut,
}

/// How a client connects, which also decides the form of its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Handshake {
    /// `/connect`: the URL contains all data, and the first response is a `health.check`. Used by chat SDKs.
    V1,
    /// `/api/v2/connect` and `/video/connect`: the first message authenticates, and the first response is
    /// `connection.ok`. Used by feeds and video SDKs.
    V2,
}

/// A connection that the API has accepted.
#[derive(Debug, Clone)]
struct Connection {
    id: String,
    /// `None` for an anonymous visitor.
    user_id: Option<String>,
    /// The users whose presence it watches.
    watched: HashSet<String>,
}

/// A socket and its queued frames.
#[derive(Debug, Clone)]
struct Socket {
    handshake: Handshake,
    connection: Option<Connection>,
    frames: VecDeque<Frame>,
    /// The bytes of text among the frames.
    bytes: usize,
    /// Whether the last frame is queued.
    is_ending: bool,
    /// Whether a fault suppresses all frames.
    is_silent: bool,
}

/// All sockets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Connections {
    sockets: BTreeMap<u64, Socket>,
    by_id: HashMap<String, u64>,
    by_user: HashMap<String, BTreeSet<u64>>,
    /// The sockets with frames queued since they were last taken.
    woken: BTreeSet<u64>,
    last: u64,
    /// How often a connection was opened or closed.
    changes: u64,
    /// When each long-polling client last sent a poll.
    polled_at: BTreeMap<u64, Timestamp>,
    /// The latest time of the host's clock. Idle clients are timed by it, so that advancing the app's clock disconnects
    /// nobody.
    driving: Timestamp,
}

/// A connection, as the control lists it.
#[derive(Debug)]
pub(crate) struct Online<'a> {
    pub(crate) id: &'a str,
    pub(crate) user_id: Option<&'a str>,
    pub(crate) handshake: Handshake,
    /// How many users it watches.
    pub(crate) watches: usize,
}

impl Connections {
    /// Registers a socket.
    pub(crate) fn open(&mut self, handshake: Handshake) -> u64 {
        self.last += 1;
        let socket = Socket {
            handshake,
            connection: None,
            frames: VecDeque::new(),
            bytes: 0,
            is_ending: false,
            is_silent: false,
        };
        self.sockets.insert(self.last, socket);
        self.last
    }

    /// Registers a long-polling client, which has no socket.
    pub(crate) fn open_polled(&mut self) -> u64 {
        let number = self.open(Handshake::V1);
        self.polled_at.insert(number, self.driving);
        number
    }

    /// The long-polling client of a connection, and notes that it has polled.
    pub(crate) fn polled(&mut self, id: &str) -> Option<u64> {
        let number = *self.by_id.get(id)?;
        *self.polled_at.get_mut(&number)? = self.driving;
        Some(number)
    }

    /// Updates the time, and returns the clients whose next poll is overdue.
    pub(crate) fn overdue(&mut self, driving: Timestamp, idle: Duration) -> Vec<u64> {
        self.driving = driving;
        let idle = i64::try_from(idle.as_nanos()).unwrap_or(i64::MAX);
        let is_overdue = |at: &Timestamp| driving.0.saturating_sub(at.0) > idle;
        self.polled_at.iter().filter(|(_, at)| is_overdue(at)).map(|(number, _)| *number).collect()
    }

    /// Whether there is a socket with this number.
    pub(crate) fn is_open(&self, number: u64) -> bool {
        self.sockets.contains_key(&number)
    }

    /// Whether there is any connection.
    pub(crate) fn any(&self) -> bool {
        !self.by_id.is_empty()
    }

    /// The connections, oldest first.
    pub(crate) fn online(&self) -> impl Iterator<Item = Online<'_>> {
        self.sockets.values().filter_map(|Socket { handshake, connection, .. }| {
            let Connection { id, user_id, watched } = connection.as_ref()?;
            Some(Online { id, user_id: user_id.as_deref(), handshake: *handshake, watches: watched.len() })
        })
    }

    /// A counter that increases whenever a connection opens, closes or watches another user.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// How many sockets there are.
    pub(crate) fn count(&self) -> usize {
        self.sockets.len()
    }

    /// Notes that the API has accepted a socket's connection. Returns whether its user was offline before.
    pub(crate) fn connect(&mut self, number: u64, id: String, user_id: Option<String>) -> bool {
        let Some(socket) = self.sockets.get_mut(&number) else { return false };
        self.by_id.insert(id.clone(), number);
        self.changes += 1;
        let is_first = user_id.as_ref().is_some_and(|user_id| {
            let numbers = self.by_user.entry(user_id.clone()).or_default();
            numbers.insert(number);
            numbers.len() == 1
        });
        socket.connection = Some(Connection { id, user_id, watched: HashSet::new() });
        is_first
    }

    /// Removes a socket. Returns its user, if the user is offline now.
    pub(crate) fn forget(&mut self, number: u64) -> Option<String> {
        self.woken.remove(&number);
        self.polled_at.remove(&number);
        let left = self.disconnect(number);
        self.sockets.remove(&number);
        left
    }

    /// Ends the connection of a socket. The socket stays until its last frame was taken.
    fn disconnect(&mut self, number: u64) -> Option<String> {
        let Connection { id, user_id, .. } = self.sockets.get_mut(&number)?.connection.take()?;
        self.by_id.remove(&id);
        self.changes += 1;
        let user_id = user_id?;
        let numbers = self.by_user.get_mut(&user_id)?;
        numbers.remove(&number);
        if !numbers.is_empty() {
            return None;
        }
        self.by_user.remove(&user_id);
        Some(user_id)
    }

    /// The handshake of a socket; `None` if it is closing or gone.
    pub(crate) fn handshake(&self, number: u64) -> Option<Handshake> {
        self.sockets.get(&number).filter(|socket| !socket.is_ending).map(|socket| socket.handshake)
    }

    /// The id of a socket's connection.
    pub(crate) fn id(&self, number: u64) -> Option<&str> {
        self.sockets.get(&number)?.connection.as_ref().map(|connection| connection.id.as_str())
    }

    /// The user of a socket's connection; `None` for an anonymous visitor.
    pub(crate) fn user_of(&self, number: u64) -> Option<&str> {
        self.sockets.get(&number)?.connection.as_ref()?.user_id.as_deref()
    }

    /// Whether the connection with this id is this user's.
    pub(crate) fn belongs_to(&self, id: &str, user_id: Option<&str>) -> bool {
        let socket = self.by_id.get(id).and_then(|number| self.sockets.get(number));
        let connection = socket.and_then(|socket| socket.connection.as_ref());
        connection.is_some_and(|connection| connection.user_id.as_deref() == user_id)
    }

    /// Whether a user has a connection.
    pub(crate) fn is_connected(&self, user_id: &str) -> bool {
        self.by_user.contains_key(user_id)
    }

    /// Sends presence events of these users to the connection from now on. Users beyond the limit are ignored.
    pub(crate) fn watch(&mut self, id: &str, user_ids: impl Iterator<Item = String>) {
        let socket = self.by_id.get(id).and_then(|number| self.sockets.get_mut(number));
        if let Some(connection) = socket.and_then(|socket| socket.connection.as_mut()) {
            let free = MAX_WATCHED.saturating_sub(connection.watched.len());
            connection.watched.extend(user_ids.take(free));
            self.changes += 1;
        }
    }

    /// The sockets of a user.
    pub(crate) fn of(&self, user_id: &str) -> Vec<u64> {
        self.by_user.get(user_id).into_iter().flatten().copied().collect()
    }

    /// The sockets that watch a user's presence, without the user's own.
    pub(crate) fn watchers(&self, user_id: &str) -> Vec<u64> {
        let watches = |socket: &Socket| {
            let connection = socket.connection.as_ref();
            connection.is_some_and(|connection| {
                connection.user_id.as_deref() != Some(user_id) && connection.watched.contains(user_id)
            })
        };
        self.sockets.iter().filter(|(_, socket)| watches(socket)).map(|(number, _)| *number).collect()
    }

    /// Queues a text. If too much is queued, the socket is closed instead.
    pub(crate) fn send(&mut self, number: u64, text: Arc<str>) {
        let Some(socket) = self.sockets.get_mut(&number).filter(|socket| !socket.is_ending && !socket.is_silent) else {
            return;
        };
        if socket.frames.len() >= MAX_FRAMES || socket.bytes.saturating_add(text.len()) > MAX_BYTES {
            socket.frames.clear();
            self.close(number, POLICY, "the client reads too slowly");
            return;
        }
        socket.bytes = socket.bytes.saturating_add(text.len());
        socket.frames.push_back(Frame::Text(text));
        self.woken.insert(number);
    }

    /// Delays the frames that follow.
    pub(crate) fn wait(&mut self, number: u64, time: Duration) {
        if let Some(socket) = self.sockets.get_mut(&number).filter(|socket| !socket.is_ending) {
            socket.frames.push_back(Frame::Wait(time));
            self.woken.insert(number);
        }
    }

    /// Closes a socket after its queued frames. A reason that is too long for a close frame is cut off.
    pub(crate) fn close(&mut self, number: u64, code: u16, reason: &str) {
        let end = reason.floor_char_boundary(MAX_REASON_BYTES);
        let reason = reason.get(..end).unwrap_or_default().to_owned();
        self.end(number, Frame::Close { code, reason });
    }

    /// Breaks a socket's connection after its queued frames.
    pub(crate) fn cut(&mut self, number: u64) {
        self.end(number, Frame::Cut);
    }

    fn end(&mut self, number: u64, last: Frame) {
        if let Some(socket) = self.sockets.get_mut(&number).filter(|socket| !socket.is_ending) {
            socket.is_ending = true;
            socket.frames.push_back(last);
            self.woken.insert(number);
        }
    }

    /// Closes every socket, as a server does that shuts down.
    pub(crate) fn close_all(&mut self, reason: &str) {
        let numbers: Vec<u64> = self.sockets.keys().copied().collect();
        for number in numbers {
            self.close(number, GOING_AWAY, reason);
            self.disconnect(number);
        }
    }

    /// Sends nothing more to a socket.
    pub(crate) fn silence(&mut self, number: u64) {
        if let Some(socket) = self.sockets.get_mut(&number) {
            socket.is_silent = true;
        }
    }

    /// Whether a fault has silenced the socket, whose messages are then ignored too.
    pub(crate) fn is_silent(&self, number: u64) -> bool {
        self.sockets.get(&number).is_some_and(|socket| socket.is_silent)
    }

    /// Removes and returns the queued frames of a socket.
    pub(crate) fn take(&mut self, number: u64) -> Vec<Frame> {
        self.woken.remove(&number);
        let Some(socket) = self.sockets.get_mut(&number) else { return Vec::new() };
        socket.bytes = 0;
        socket.frames.drain(..).collect()
    }

    /// The sockets with new frames; each is returned once.
    pub(crate) fn take_woken(&mut self) -> BTreeSet<u64> {
        std::mem::take(&mut self.woken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_reader_that_falls_behind_is_disconnected() {
        let mut connections = Connections::default();
        let (slow, quick) = (connections.open(Handshake::V1), connections.open(Handshake::V1));
        for number in 0..=MAX_FRAMES {
            for socket in [slow, quick] {
                connections.send(socket, number.to_string().into());
            }
            connections.take(quick);
        }
        assert_eq!(
            connections.take(slow),
            [Frame::Close { code: POLICY, reason: "the client reads too slowly".to_owned() }],
            "what waited is given up"
        );
        connections.send(slow, "more".into());
        assert_eq!((connections.take(slow), connections.handshake(quick)), (vec![], Some(Handshake::V1)));
        connections.send(quick, "x".repeat(MAX_BYTES + 1).into());
        assert!(matches!(connections.take(quick).as_slice(), [Frame::Close { .. }]), "a text beyond all bounds");
    }

    #[test]
    fn a_user_is_connected_until_its_last_connection_is_gone() {
        let mut connections = Connections::default();
        let (one, two) = (connections.open(Handshake::V1), connections.open(Handshake::V2));
        assert!(connections.connect(one, "a".to_owned(), Some("ann".to_owned())));
        assert!(!connections.connect(two, "b".to_owned(), Some("ann".to_owned())));
        assert_eq!((connections.forget(one), connections.is_connected("ann")), (None, true));
        assert_eq!((connections.forget(two), connections.is_connected("ann")), (Some("ann".to_owned()), false));
        assert_eq!((connections.any(), connections.count(), connections.forget(two)), (false, 0, None));
    }

    #[test]
    fn a_reason_fits_into_a_close_frame_without_breaking_a_character() {
        let mut connections = Connections::default();
        let number = connections.open(Handshake::V1);
        connections.close(number, NORMAL, &"é".repeat(100));
        let frames = connections.take(number);
        assert_eq!(frames, [Frame::Close { code: NORMAL, reason: "é".repeat(61) }]);
    }
}
