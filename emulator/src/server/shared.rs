//! The emulator that all connections share.

use std::sync::{Arc, Mutex, PoisonError};

use crate::Emulator;

/// One emulator behind one lock, which makes every operation atomic and gives all clients one order of events.
#[derive(Debug, Clone)]
pub(super) struct Shared(Arc<Mutex<Emulator>>);

impl Shared {
    pub(super) fn new(emulator: Emulator) -> Self {
        Self(Arc::new(Mutex::new(emulator)))
    }

    /// Does something with the emulator while nobody else does.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Emulator) -> T) -> T {
        // The core does not panic; if it did, its users would still be there for the next request.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
