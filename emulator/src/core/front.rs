//! Decides whether a request is for the app or for the controls.

use getstream_users::model::Timestamp;

use crate::core::control::{self, SeedError, Seeded};
use crate::core::emulator::Emulator;
use crate::core::gate::Via;
use crate::core::health;
use crate::core::ui;
use crate::core::wire::{Request, Response};

impl Emulator {
    /// Adds what a seed holds, as if the app's own server had asked for it when the clock that drives the emulator shows
    /// `driving`.
    ///
    /// # Errors
    /// When something in it is wrong. Nothing has changed then.
    pub fn seed(&mut self, json: &[u8], driving: Timestamp) -> Result<Seeded, SeedError> {
        let (world, seeded) = control::seed(&self.world, json, self.time(driving))?;
        self.world = world;
        self.revision += 1;
        Ok(seeded)
    }

    /// The longest body that is read of a request, whose own body need not have arrived yet. Reading one byte more tells
    /// that it was longer.
    #[must_use]
    pub fn body_limit(&self, head: &Request, driving: Timestamp) -> usize {
        control::body_limit(self, head, driving).unwrap_or(self.config().max_body_bytes)
    }

    /// Answers a request that arrives when the clock that drives the emulator shows `driving`. Never fails and never
    /// panics: whatever the request holds, the answer to it is JSON unless a fault spoils it, and either the whole of what
    /// it asks for has happened or nothing.
    ///
    /// What goes on without being asked for goes on when a request is refused, too: time passes, tasks run, requests are
    /// counted, and a user who calls for the first time is created.
    #[must_use]
    pub fn handle(&mut self, request: &Request, driving: Timestamp) -> Response {
        match For::of(request) {
            For::Health if ui::is_wanted_in_place_of(request, &self.config().ui) => ui::way(),
            For::Health => health::answer(request.method),
            For::Controls => control::answer(self, request, driving),
            For::App => self.answer(request, Via::Http, driving),
        }
    }

    /// The same in process: the controls are open, whatever origin the request has.
    #[must_use]
    pub fn handle_in_process(&mut self, request: &Request, driving: Timestamp) -> Response {
        match For::of(request) {
            For::Health => health::answer(request.method),
            For::Controls => control::answer_trusted(self, request, driving),
            For::App => self.answer(request, Via::Process, driving),
        }
    }
}

/// What a request is for.
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
