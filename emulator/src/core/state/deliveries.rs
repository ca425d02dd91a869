//! Webhook deliveries, finished and queued.
//!
//! Each URL has its own queue and gets one event at a time, in order, so that a receiver sees events in the order they
//! happened, and a slow receiver does not delay others. An event that waits for its next attempt does not hold up the
//! following ones. Each delivery of an event has its own id.
//!
//! Stream documents its retries: up to 3 attempts for the statuses 408, 429 and 5xx and for a timeout, 2 if there is no
//! response; any other status is final. A choice: 1 second before the second attempt, 2 before the third.

use std::collections::{BTreeSet, VecDeque};

use getstream_users::model::Timestamp;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::hooks::Receiver;
use super::ids::Ids;

/// How many finished deliveries are kept.
const REMEMBERED: usize = 1_000;

/// How many events can be queued for one URL. A choice: a receiver that is too slow must not fill the memory, so the
/// oldest event is dropped for a new one.
const MOST_WAITING: usize = 10_000;

/// How long an event waits before its second attempt; the wait doubles with each further attempt.
const FIRST_PAUSE_NS: i64 = 1_000_000_000;

/// The due time of an event that is sent immediately.
const AT_ONCE: Timestamp = Timestamp(i64::MIN);

/// The outcome of a webhook request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallResult {
    /// The receiver responded with this HTTP status.
    Status(u16),
    /// The receiver did not respond in time.
    TimedOut,
    /// The receiver could not be reached, or broke the connection; the text says why.
    Unreachable(String),
}

impl CallResult {
    fn is_success(&self) -> bool {
        matches!(self, Self::Status(200..=299))
    }

    /// How many attempts there are for a request with this outcome.
    fn attempts(&self) -> u32 {
        match self {
            Self::Status(408 | 429 | 500..) | Self::TimedOut => 3,
            Self::Unreachable(_) => 2,
            Self::Status(_) => 1,
        }
    }
}

/// The state of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorWebhookProgress"))]
pub enum Progress {
    /// Not sent yet, or waiting for its next attempt.
    Waiting,
    /// The receiver accepted it.
    Delivered,
    /// All attempts failed.
    Failed,
}

/// A delivery of an event to one URL. The order of the fields is the order in which events are sent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Entry {
    due_at: Timestamp,
    /// Increases with every event.
    number: u64,
    pub(crate) id: String,
    pub(crate) event: String,
    pub(crate) url: String,
    pub(crate) timeout_ms: u64,
    pub(crate) created_at: Timestamp,
    /// The event as JSON.
    pub(crate) json: String,
    pub(crate) attempts: u32,
    pub(crate) progress: Progress,
    /// The outcome of the latest attempt.
    pub(crate) result: Option<CallResult>,
}

/// An event to deliver.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Announcement<'a> {
    pub(crate) event: &'a str,
    pub(crate) created_at: Timestamp,
    pub(crate) json: &'a str,
    /// When to send it; immediately if `None`.
    pub(crate) due_at: Option<Timestamp>,
}

/// The queue of one URL.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Queue {
    waiting: BTreeSet<Entry>,
    /// The delivery whose request is running. It is saved as queued, because a restored app never learns the outcome.
    #[serde(skip)]
    under_way: Option<Entry>,
}

/// The deliveries of all events that a hook subscribed to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Deliveries {
    /// A generator for these ids only, so that the app's other ids do not depend on the hooks.
    ids: Ids,
    /// The number of the next event.
    next: u64,
    queues: IndexMap<String, Queue>,
    /// The finished deliveries, in the order they finished.
    past: VecDeque<Entry>,
}

impl Deliveries {
    pub(crate) fn new(seed: u64) -> Self {
        Self { ids: Ids::new(!seed), next: 0, queues: IndexMap::new(), past: VecDeque::new() }
    }

    pub(crate) fn add(&mut self, announcement: Announcement<'_>, receiver: Receiver<'_>) {
        let Announcement { event, created_at, json, due_at } = announcement;
        let entry = Entry {
            due_at: due_at.unwrap_or(AT_ONCE),
            number: self.next,
            id: self.ids.uuid(),
            event: event.to_owned(),
            url: receiver.url.to_owned(),
            timeout_ms: u64::try_from(receiver.timeout.as_millis()).unwrap_or(u64::MAX),
            created_at,
            json: json.to_owned(),
            attempts: 0,
            progress: Progress::Waiting,
            result: None,
        };
        self.next = self.next.saturating_add(1);
        self.wait(entry);
    }

    fn wait(&mut self, entry: Entry) {
        let queue = self.queues.entry(entry.url.clone()).or_default();
        queue.waiting.insert(entry);
        if let Some(given_up) = queue.take_surplus() {
            self.remember(given_up);
        }
    }

    /// Takes the deliveries that are due: at most one for each URL, and none for a URL with a request under way.
    pub(crate) fn take_due(&mut self, now: Timestamp) -> Vec<Entry> {
        self.queues.values_mut().filter_map(|queue| queue.take_due(now)).collect()
    }

    /// Records the outcome of a request. Returns whether a request about the event with this id was under way.
    pub(crate) fn end(&mut self, id: &str, result: CallResult, now: Timestamp) -> bool {
        let called = self.queues.values_mut().find_map(|queue| queue.take_under_way(id));
        let Some(mut entry) = called else { return false };
        entry.attempts = entry.attempts.saturating_add(1);
        if result.is_success() {
            entry.progress = Progress::Delivered;
        } else if entry.attempts >= result.attempts() {
            entry.progress = Progress::Failed;
        } else {
            let pause = FIRST_PAUSE_NS << (entry.attempts - 1);
            entry.due_at = Timestamp(now.0.saturating_add(pause));
        }
        entry.result = Some(result);
        match entry.progress {
            Progress::Waiting => self.wait(entry),
            Progress::Delivered | Progress::Failed => self.remember(entry),
        }
        self.queues.retain(|_, queue| !queue.waiting.is_empty());
        true
    }

    fn remember(&mut self, entry: Entry) {
        self.past.push_back(entry);
        if self.past.len() > REMEMBERED {
            self.past.pop_front();
        }
    }

    /// When the next delivery is due to a URL without a request under way. For an event that is sent immediately, this
    /// is in the past.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        let free = self.queues.values().filter(|queue| queue.under_way.is_none());
        free.filter_map(|queue| queue.waiting.first()).map(|entry| entry.due_at).min()
    }

    /// Queues finished deliveries again: the one with this id, or all. They keep their ids, and attempts are counted
    /// from 1 again; receivers have to expect such duplicates anyway. Returns how many there are.
    pub(crate) fn replay(&mut self, id: Option<&str>) -> usize {
        let (again, past): (VecDeque<Entry>, _) =
            std::mem::take(&mut self.past).into_iter().partition(|entry| id.is_none_or(|id| id == entry.id));
        self.past = past;
        let count = again.len();
        for entry in again {
            self.wait(Entry { due_at: AT_ONCE, attempts: 0, progress: Progress::Waiting, ..entry });
        }
        count
    }

    /// All deliveries, in the order of their events.
    pub(crate) fn all(&self) -> Vec<&Entry> {
        let waiting = self.queues.values().flat_map(|queue| &queue.waiting);
        let mut all: Vec<&Entry> = self.past.iter().chain(waiting).collect();
        all.sort_by_key(|entry| entry.number);
        all
    }
}

impl Queue {
    fn take_due(&mut self, now: Timestamp) -> Option<Entry> {
        if self.under_way.is_some() {
            return None;
        }
        self.under_way = self.waiting.first().filter(|entry| entry.due_at <= now).cloned();
        self.under_way.clone()
    }

    /// Removes the first queued event if there are too many, but not the one whose request is under way.
    fn take_surplus(&mut self) -> Option<Entry> {
        if self.waiting.len() <= MOST_WAITING {
            return None;
        }
        let first = self.waiting.iter().find(|entry| Some(*entry) != self.under_way.as_ref())?.clone();
        self.waiting.take(&first).map(|entry| Entry {
            progress: Progress::Failed,
            result: Some(CallResult::Unreachable("too many events are queued for this URL".to_owned())),
            ..entry
        })
    }

    fn take_under_way(&mut self, id: &str) -> Option<Entry> {
        let called = self.under_way.take_if(|entry| entry.id == id)?;
        self.waiting.take(&called)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const SECOND: i64 = 1_000_000_000;
    const URL: &str = "http://one";

    fn add(deliveries: &mut Deliveries, event: &str, url: &str) {
        let announcement = Announcement { event, created_at: Timestamp(0), json: "{}", due_at: None };
        deliveries.add(announcement, Receiver { url, timeout: Duration::from_secs(1) });
    }

    fn taken(deliveries: &mut Deliveries, now: i64) -> Vec<String> {
        deliveries.take_due(Timestamp(now)).into_iter().map(|entry| entry.event).collect()
    }

    /// Ends the request about the event with this name.
    fn end(deliveries: &mut Deliveries, event: &str, result: CallResult, now: i64) {
        let id = deliveries.all().into_iter().find(|entry| entry.event == event).unwrap().id.clone();
        assert!(deliveries.end(&id, result, Timestamp(now)));
    }

    #[test]
    fn a_url_gets_one_event_at_a_time_in_order() {
        let mut deliveries = Deliveries::new(0);
        for (event, url) in [("a", URL), ("b", URL), ("c", "http://two")] {
            add(&mut deliveries, event, url);
        }
        assert_eq!(taken(&mut deliveries, 0), ["a", "c"]);
        assert_eq!((taken(&mut deliveries, 0).len(), deliveries.next_due()), (0, None));
        end(&mut deliveries, "a", CallResult::Status(204), 0);
        assert_eq!(taken(&mut deliveries, 0), ["b"]);
    }

    #[test]
    fn events_are_dropped_when_too_many_wait_for_a_silent_receiver() {
        let mut deliveries = Deliveries::new(0);
        add(&mut deliveries, "called", URL);
        assert_eq!(taken(&mut deliveries, 0), ["called"]);
        add(&mut deliveries, "oldest", URL);
        for _ in 2..=MOST_WAITING {
            add(&mut deliveries, "later", URL);
        }
        let (waiting, past): (Vec<&Entry>, Vec<&Entry>) =
            deliveries.all().into_iter().partition(|entry| entry.progress == Progress::Waiting);
        assert_eq!(waiting.len(), MOST_WAITING);
        let given_up: Vec<_> = past.iter().map(|entry| (entry.event.as_str(), entry.progress)).collect();
        assert_eq!(given_up, [("oldest", Progress::Failed)]);
        end(&mut deliveries, "called", CallResult::Status(200), 0);
        assert_eq!(taken(&mut deliveries, 0), ["later"]);
    }

    #[test]
    fn the_outcome_decides_how_many_attempts_there_are() {
        for (result, pauses) in [
            (CallResult::Status(500), &[1, 2][..]),
            (CallResult::Status(429), &[1, 2]),
            (CallResult::TimedOut, &[1, 2]),
            (CallResult::Unreachable("refused".to_owned()), &[1]),
            (CallResult::Status(400), &[]),
            (CallResult::Status(301), &[]),
        ] {
            let mut deliveries = Deliveries::new(0);
            add(&mut deliveries, "a", URL);
            let mut now = 0;
            for pause in pauses {
                assert_eq!(taken(&mut deliveries, now), ["a"]);
                end(&mut deliveries, "a", result.clone(), now);
                now += pause * SECOND;
                assert_eq!((taken(&mut deliveries, now - 1).len(), deliveries.next_due()), (0, Some(Timestamp(now))));
            }
            assert_eq!(taken(&mut deliveries, now), ["a"]);
            end(&mut deliveries, "a", result.clone(), now);
            assert_eq!(deliveries.next_due(), None);
            let entry = deliveries.all().remove(0);
            assert_eq!((entry.progress, &entry.result), (Progress::Failed, &Some(result)));
            assert_eq!(entry.attempts as usize, pauses.len() + 1);
        }
    }

    #[test]
    fn a_waiting_event_does_not_delay_others() {
        let mut deliveries = Deliveries::new(0);
        add(&mut deliveries, "a", URL);
        taken(&mut deliveries, 0);
        add(&mut deliveries, "b", URL);
        end(&mut deliveries, "a", CallResult::Status(503), 0);
        assert_eq!(taken(&mut deliveries, 0), ["b"]);
        end(&mut deliveries, "b", CallResult::Status(200), 0);
        assert_eq!(taken(&mut deliveries, SECOND), ["a"]);
        end(&mut deliveries, "a", CallResult::Status(200), SECOND);
        let known: Vec<&str> = deliveries.all().into_iter().map(|entry| entry.event.as_str()).collect();
        assert_eq!((known, deliveries.queues.len()), (vec!["a", "b"], 0));
    }

    #[test]
    fn a_replay_sends_the_same_event_again() {
        let mut deliveries = Deliveries::new(0);
        for event in ["a", "b"] {
            add(&mut deliveries, event, URL);
            taken(&mut deliveries, 0);
            end(&mut deliveries, event, CallResult::Status(400), 0);
        }
        let id = deliveries.all().remove(0).id.clone();
        assert_eq!((deliveries.replay(Some("other")), deliveries.replay(Some(&id))), (0, 1));
        assert_eq!(
            deliveries.take_due(Timestamp(0)).first().map(|entry| (&*entry.id, entry.attempts)),
            Some((&*id, 0))
        );
        // The event under way is not sent twice.
        assert_eq!(deliveries.replay(None), 1);
        assert!(deliveries.end(&id, CallResult::Status(200), Timestamp(0)));
        assert!(!deliveries.end(&id, CallResult::Status(200), Timestamp(0)));
        assert_eq!(taken(&mut deliveries, 0), ["b"]);
    }

    #[test]
    fn only_the_latest_finished_deliveries_are_kept_and_queued_ones_are_never_lost() {
        let mut deliveries = Deliveries::new(0);
        for _ in 0..REMEMBERED + 5 {
            add(&mut deliveries, "a", URL);
        }
        assert_eq!(deliveries.all().len(), REMEMBERED + 5);
        for _ in 0..REMEMBERED + 5 {
            let id = deliveries.take_due(Timestamp(0)).remove(0).id;
            deliveries.end(&id, CallResult::Status(200), Timestamp(0));
        }
        let numbers: Vec<u64> = deliveries.all().into_iter().map(|entry| entry.number).collect();
        assert_eq!((numbers.len(), numbers.first()), (REMEMBERED, Some(&5)));
    }

    #[test]
    fn a_request_under_way_when_the_app_is_saved_is_sent_again() {
        let mut deliveries = Deliveries::new(0);
        add(&mut deliveries, "a", URL);
        assert_eq!(taken(&mut deliveries, 0), ["a"]);
        let mut restored: Deliveries = serde_json::from_str(&serde_json::to_string(&deliveries).unwrap()).unwrap();
        assert_eq!(taken(&mut restored, 0), ["a"]);
    }
}
