//! Polling clients: their responses wait for events.

use tokio::time::{Instant, timeout_at};

use super::shared_emulator::SharedEmulator;
use crate::{Emulator, Response};

/// Ends the wait for a connection, however it ends: a client may be gone before there is anything to tell.
struct Waiting<'a> {
    number: u64,
    emulator: &'a SharedEmulator,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.emulator.forget_socket(self.number);
    }
}

/// Waits until there are events for a response that waits for some, or until it is time to answer without any.
pub(super) async fn wait(emulator: &SharedEmulator, response: &mut Response) {
    let Some(number) = response.transmission.waits_for else { return };
    let waiting = Waiting { number, emulator };
    let woken = emulator.wake_for_socket(number);
    let end = Instant::now() + Emulator::LONG_POLL;
    loop {
        if let Some(body) = waiting.emulator.with(|emulator| emulator.polled_events(number)) {
            response.body = body;
            return;
        }
        if timeout_at(end, woken.notified()).await.is_err() {
            return;
        }
    }
}
