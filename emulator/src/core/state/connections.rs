//! Connections: the user of each socket, and the frames that wait for it.
//!
//! A socket has a number from the moment it opens, a connection an id from the moment the API accepts it. Nothing is
//! sent here: a server takes the waiting frames and writes them. A slow reader is disconnected, so that it uses no
//! memory and delays nobody.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use getstream_users::model::Timestamp;

/// How many frames may wait for a socket.
const MAX_FRAMES: usize = 512;
/// How many bytes of text may wait for a socket.
const MAX_BYTES: usize = 1024 * 1024;
/// How many users a connection may watch. A choice.
const MAX_WATCHED: usize = 10_000;
/// What a close frame can hold beside its code.
const MAX_REASON_BYTES: usize = 123;

/// A close without fault, which clients take for final.
pub(crate) const NORMAL: u16 = 1000;
/// A close after which clients connect again.
pub(crate) const GOING_AWAY: u16 = 1001;
/// A close for a client that does what it must not.
pub(crate) const POLICY: u16 = 1008;

/// What is to be done with a socket, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// Send this text.
    Text(Arc<str>),
    /// Wait this long before what follows.
    Wait(Duration),
    /// Close with this code and this reason of at most 123 bytes. Nothing follows.
    Close {
        /// The code.
        code: u16,
        /// The reason.
        reason: String,
    },
    /// Break the connection off without a word. Nothing follows.
    Cut,
}

/// How a client introduces itself, and in which form it reads events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Handshake {
    /// `/connect`, where the URL says everything and the first answer is a `health.check`: SDKs for chat.
    V1,
    /// `/api/v2/connect` and `/video/connect`, where the first message says who it is and the first answer is
    /// `connection.ok`: SDKs for feeds and video.
    V2,
}

/// A connection that the API has taken.
#[derive(Debug, Clone)]
struct Connection {
    id: String,
    /// None for an anonymous visitor.
    user_id: Option<String>,
    /// The users whose presence it watches.
    watched: HashSet<String>,
}

/// A socket and what waits for it.
#[derive(Debug, Clone)]
struct Socket {
    handshake: Handshake,
    connection: Option<Connection>,
    frames: VecDeque<Frame>,
    /// Of the text among these frames.
    bytes: usize,
    /// Whether its last frame was put in line.
    is_ending: bool,
    /// Whether a fault keeps everything from it.
    is_silent: bool,
}

/// All sockets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Connections {
    sockets: BTreeMap<u64, Socket>,
    by_id: HashMap<String, u64>,
    by_user: HashMap<String, BTreeSet<u64>>,
    /// The sockets for which something was put in line and not taken yet.
    woken: BTreeSet<u64>,
    last: u64,
    /// How often a connection opened or closed.
    changes: u64,
    /// When the clients that have no real socket and poll have done so last.
    polled_at: BTreeMap<u64, Timestamp>,
    /// What the clock that drives the emulator has shown last: clients are not silent because an app's clock was moved.
    driving: Timestamp,
}

/// A connection, for who wants to know who is there.
#[derive(Debug)]
pub(crate) struct Online<'a> {
    pub(crate) id: &'a str,
    pub(crate) user_id: Option<&'a str>,
    pub(crate) handshake: Handshake,
    /// How many users it watches.
    pub(crate) watches: usize,
}

impl Connections {
    /// Takes a socket in.
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

    /// Takes a client in that has no socket and asks for its frames.
    pub(crate) fn open_polled(&mut self) -> u64 {
        let number = self.open(Handshake::V1);
        self.polled_at.insert(number, self.driving);
        number
    }

    /// The client that polls for the frames of a connection, which does so now.
    pub(crate) fn polled(&mut self, id: &str) -> Option<u64> {
        let number = *self.by_id.get(id)?;
        *self.polled_at.get_mut(&number)? = self.driving;
        Some(number)
    }

    /// Takes note of the time, and returns the clients that should have polled by now.
    pub(crate) fn overdue(&mut self, driving: Timestamp, idle: Duration) -> Vec<u64> {
        self.driving = driving;
        let idle = i64::try_from(idle.as_nanos()).unwrap_or(i64::MAX);
        let is_overdue = |at: &Timestamp| driving.0.saturating_sub(at.0) > idle;
        self.polled_at.iter().filter(|(_, at)| is_overdue(at)).map(|(number, _)| *number).collect()
    }

    /// Whether there is a socket of that number.
    pub(crate) fn is_open(&self, number: u64) -> bool {
        self.sockets.contains_key(&number)
    }

    /// Whether anybody is connected.
    pub(crate) fn any(&self) -> bool {
        !self.by_id.is_empty()
    }

    /// The connections, the oldest first.
    pub(crate) fn online(&self) -> impl Iterator<Item = Online<'_>> {
        self.sockets.values().filter_map(|Socket { handshake, connection, .. }| {
            let Connection { id, user_id, watched } = connection.as_ref()?;
            Some(Online { id, user_id: user_id.as_deref(), handshake: *handshake, watches: watched.len() })
        })
    }

    /// A number that grows whenever a connection opens, closes or watches another user.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// How many sockets there are.
    pub(crate) fn count(&self) -> usize {
        self.sockets.len()
    }

    /// Notes that the API has taken a socket's connection. Returns whether its user was not connected before.
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

    /// Forgets a socket. Returns the user who is not connected any more because of that.
    pub(crate) fn forget(&mut self, number: u64) -> Option<String> {
        self.woken.remove(&number);
        self.polled_at.remove(&number);
        let left = self.disconnect(number);
        self.sockets.remove(&number);
        left
    }

    /// Ends the connection of a socket, which stays until its last frame was taken.
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

    /// How a socket's client speaks; `None` for one that is gone or on its way.
    pub(crate) fn handshake(&self, number: u64) -> Option<Handshake> {
        self.sockets.get(&number).filter(|socket| !socket.is_ending).map(|socket| socket.handshake)
    }

    /// The id of a socket's connection.
    pub(crate) fn id(&self, number: u64) -> Option<&str> {
        self.sockets.get(&number)?.connection.as_ref().map(|connection| connection.id.as_str())
    }

    /// The user who is connected over a socket; `None` for a visitor.
    pub(crate) fn user_of(&self, number: u64) -> Option<&str> {
        self.sockets.get(&number)?.connection.as_ref()?.user_id.as_deref()
    }

    /// Whether a connection of that id is this user's.
    pub(crate) fn belongs_to(&self, id: &str, user_id: Option<&str>) -> bool {
        let socket = self.by_id.get(id).and_then(|number| self.sockets.get(number));
        let connection = socket.and_then(|socket| socket.connection.as_ref());
        connection.is_some_and(|connection| connection.user_id.as_deref() == user_id)
    }

    /// Whether a user has a connection.
    pub(crate) fn is_connected(&self, user_id: &str) -> bool {
        self.by_user.contains_key(user_id)
    }

    /// Lets a connection know when the presence of these users changes. Those beyond its limit are left out.
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

    /// The sockets that watch a user's presence, its own left out.
    pub(crate) fn watchers(&self, user_id: &str) -> Vec<u64> {
        let watches = |socket: &Socket| {
            let connection = socket.connection.as_ref();
            connection.is_some_and(|connection| {
                connection.user_id.as_deref() != Some(user_id) && connection.watched.contains(user_id)
            })
        };
        self.sockets.iter().filter(|(_, socket)| watches(socket)).map(|(number, _)| *number).collect()
    }

    /// Puts a text in line. A socket for which too much waits is closed instead.
    pub(crate) fn send(&mut self, number: u64, text: Arc<str>) {
        let Some(socket) = self.sockets.get_mut(&number).filter(|socket| !socket.is_ending && !socket.is_silent) else {
            return;
        };
        if socket.frames.len() >= MAX_FRAMES || socket.bytes.saturating_add(text.len()) > MAX_BYTES {
            socket.frames.clear();
            self.close(number, POLICY, "it reads too slowly");
            return;
        }
        socket.bytes = socket.bytes.saturating_add(text.len());
        socket.frames.push_back(Frame::Text(text));
        self.woken.insert(number);
    }

    /// Holds back what follows.
    pub(crate) fn wait(&mut self, number: u64, time: Duration) {
        if let Some(socket) = self.sockets.get_mut(&number).filter(|socket| !socket.is_ending) {
            socket.frames.push_back(Frame::Wait(time));
            self.woken.insert(number);
        }
    }

    /// Closes a socket when what waits for it was sent. A reason that is too long for a close frame is cut.
    pub(crate) fn close(&mut self, number: u64, code: u16, reason: &str) {
        let end = reason.floor_char_boundary(MAX_REASON_BYTES);
        let reason = reason.get(..end).unwrap_or_default().to_owned();
        self.end(number, Frame::Close { code, reason });
    }

    /// Breaks a socket off when what waits for it was sent.
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

    /// Closes every socket, as a server does that goes away.
    pub(crate) fn close_all(&mut self, reason: &str) {
        let numbers: Vec<u64> = self.sockets.keys().copied().collect();
        for number in numbers {
            self.close(number, GOING_AWAY, reason);
            self.disconnect(number);
        }
    }

    /// Keeps everything from a socket, from here on.
    pub(crate) fn silence(&mut self, number: u64) {
        if let Some(socket) = self.sockets.get_mut(&number) {
            socket.is_silent = true;
        }
    }

    /// Whether nothing that a socket says is heard any more.
    pub(crate) fn is_silent(&self, number: u64) -> bool {
        self.sockets.get(&number).is_some_and(|socket| socket.is_silent)
    }

    /// The frames that wait for a socket, which wait no more.
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
    fn a_reader_that_falls_behind_is_cut_and_no_other() {
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
            [Frame::Close { code: POLICY, reason: "it reads too slowly".to_owned() }],
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
