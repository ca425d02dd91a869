//! Long polling: responses that wait for events.

use tokio::time::{Instant, timeout_at};

use super::shared_emulator::SharedEmulator;
use crate::{Emulator, Response};

/// Stops waiting for a connection when dropped, because the client may disconnect before there are events.
struct Waiting<'a> {
    number: u64,
    emulator: &'a SharedEmulator,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.emulator.forget_socket(self.number);
    }
}

/// For a long poll, waits until there are events, or until the time is up.
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
