//! The emulator that all connections share.

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
}

impl SharedEmulator {
    pub(super) fn new(emulator: Emulator) -> Self {
        Self(Arc::new(Inner { emulator: Mutex::new(emulator), webhooks: Notify::new() }))
    }

    /// Does something with the emulator while nobody else does, and has webhooks called if there is anything to tell.
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
        work(&mut self.0.emulator.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Ends when somebody did something after which webhooks may have to be called.
    pub(super) async fn webhooks_expected(&self) {
        self.0.webhooks.notified().await;
    }
}
