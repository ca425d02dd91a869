//! The emulator that all connections share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::Emulator;

/// One emulator behind one lock, which makes every operation atomic and gives all clients the same order of events.
#[derive(Debug, Clone)]
pub(super) struct SharedEmulator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    emulator: Mutex<Emulator>,
    /// Wakes the task that sends webhooks.
    webhooks: Notify,
    /// Wakes the tasks that write to sockets, by socket number.
    sockets: Mutex<HashMap<u64, Arc<Notify>>>,
}

impl SharedEmulator {
    pub(super) fn new(emulator: Emulator) -> Self {
        Self(Arc::new(Inner { emulator: Mutex::new(emulator), webhooks: Notify::new(), sockets: Mutex::default() }))
    }

    /// Runs `work` with exclusive access to the emulator, then wakes the tasks that send webhooks and frames if there
    /// are any.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Emulator) -> T) -> T {
        let (result, expected) = self.quietly(|emulator| (work(emulator), emulator.expects_webhooks()));
        if expected {
            self.0.webhooks.notify_one();
        }
        result
    }

    /// The same for the task that sends webhooks, which need not be woken.
    pub(super) fn quietly<T>(&self, work: impl FnOnce(&mut Emulator) -> T) -> T {
        // The core does not panic; if it did, the data would still be usable for the next request.
        let mut emulator = self.0.emulator.lock().unwrap_or_else(PoisonError::into_inner);
        let result = work(&mut emulator);
        let woken = emulator.take_woken_sockets();
        drop(emulator);
        if !woken.is_empty() {
            let sockets = self.0.sockets.lock().unwrap_or_else(PoisonError::into_inner);
            woken.iter().filter_map(|number| sockets.get(number)).for_each(|socket| socket.notify_one());
        }
        result
    }

    /// The notification that there are frames for a socket.
    pub(super) fn wake_for_socket(&self, number: u64) -> Arc<Notify> {
        let mut sockets = self.0.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(sockets.entry(number).or_default())
    }

    /// Removes the notification of a closed socket.
    pub(super) fn forget_socket(&self, number: u64) {
        self.0.sockets.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
    }

    /// Ends after a request that may have caused webhooks.
    pub(super) async fn webhooks_expected(&self) {
        self.0.webhooks.notified().await;
    }
}
