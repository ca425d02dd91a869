//! Decides whether a request is for the app or for the controls.

use getstream_users::model::Timestamp;

use crate::core::control::{self, SeedError, Seeded};
use crate::core::emulator::Emulator;
use crate::core::gate::Via;
use crate::core::health;
use crate::core::ui;
use crate::core::wire::{Request, Response};

impl Emulator {
    /// Adds the content of a seed, as the app's server would have done when the host's clock shows `driving`.
    ///
    /// # Errors
    /// If something in the seed is invalid. Nothing has changed then.
    pub fn seed(&mut self, json: &[u8], driving: Timestamp) -> Result<Seeded, SeedError> {
        let (world, seeded) = control::seed(&self.world, json, self.time(driving))?;
        self.world = world;
        self.revision += 1;
        Ok(seeded)
    }

    /// The size limit for the body of a request, of which only the head is needed. A host that reads one byte more
    /// knows that the body is too long.
    #[must_use]
    pub fn body_limit(&self, head: &Request, driving: Timestamp) -> usize {
        control::body_limit(self, head, driving).unwrap_or(self.config().max_body_bytes)
    }

    /// Handles a request that arrives when the host's clock shows `driving`. It never fails and never panics: the
    /// response is JSON for any request, unless a fault spoils it, and a request is carried out completely or not at
    /// all.
    ///
    /// Some things happen even if the request is rejected: time passes, tasks run, the request is counted, and a user
    /// who calls for the first time is created.
    #[must_use]
    pub fn handle(&mut self, request: &Request, driving: Timestamp) -> Response {
        match For::of(request) {
            For::Health if ui::wants_page(request, &self.config().ui) => ui::redirect(),
            For::Health => health::answer(request.method),
            For::Controls => control::answer(self, request, driving),
            For::App => self.answer(request, Via::Http, driving),
        }
    }

    /// Handles a request in process: the controls are open, whatever its origin.
    #[must_use]
    pub fn handle_in_process(&mut self, request: &Request, driving: Timestamp) -> Response {
        match For::of(request) {
            For::Health => health::answer(request.method),
            For::Controls => control::answer_trusted(self, request, driving),
            For::App => self.answer(request, Via::Process, driving),
        }
    }
}

/// What a request addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    App,
    Controls,
    Health,
}

impl For {
    fn of(request: &Request) -> Self {
        if health::is_asked_for(request) {
            Self::Health
        } else if control::is_control(&request.path) {
            Self::Controls
        } else {
            Self::App
        }
    }
}
