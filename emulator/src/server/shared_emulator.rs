//! The emulator that all connections share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::Emulator;

/// One emulator behind one lock, which makes every operation atomic and gives all clients one order of events.
#[derive(Debug, Clone)]
pub(super) struct SharedEmulator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    emulator: Mutex<Emulator>,
    /// Wakes the one who calls webhooks.
    webhooks: Notify,
    /// Wakes the writers of sockets, by the socket's number.
    sockets: Mutex<HashMap<u64, Arc<Notify>>>,
}

impl SharedEmulator {
    pub(super) fn new(emulator: Emulator) -> Self {
        Self(Arc::new(Inner { emulator: Mutex::new(emulator), webhooks: Notify::new(), sockets: Mutex::default() }))
    }

    /// Does something with the emulator while nobody else does, and has webhooks called and sockets written to if there is
    /// anything to tell.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Emulator) -> T) -> T {
        let (result, expected) = self.quietly(|emulator| (work(emulator), emulator.expects_webhooks()));
        if expected {
            self.0.webhooks.notify_one();
        }
        result
    }

    /// The same for the one who calls webhooks, who need not be woken.
    pub(super) fn quietly<T>(&self, work: impl FnOnce(&mut Emulator) -> T) -> T {
        // The core does not panic; if it did, its users would still be there for the next request.
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

    /// What is notified when frames wait for a socket.
    pub(super) fn wake_for_socket(&self, number: u64) -> Arc<Notify> {
        let mut sockets = self.0.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(sockets.entry(number).or_default())
    }

    /// Nobody writes to a socket any more.
    pub(super) fn forget_socket(&self, number: u64) {
        self.0.sockets.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
    }

    /// Ends after a request that may have made webhooks due.
    pub(super) async fn webhooks_expected(&self) {
        self.0.webhooks.notified().await;
    }
}
