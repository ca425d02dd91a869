//! The signals that end the server.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Ctrl-C everywhere and, on Unix, SIGTERM, which process managers send.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    terminate: Signal,
}

impl Signals {
    /// Takes the signals over from the system, which would end the process at once. To be called before anyone can know
    /// that the process runs, and within a Tokio runtime.
    ///
    /// # Errors
    /// When the system refuses.
    #[cfg(unix)]
    pub fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Ends with the first signal.
    #[cfg(unix)]
    pub async fn received(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    /// Does nothing: this system has no signals that have to be taken over.
    ///
    /// # Errors
    /// Never.
    #[cfg(not(unix))]
    pub fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Ends with Ctrl-C.
    #[cfg(not(unix))]
    pub async fn received(self) {
        if tokio::signal::ctrl_c().await.is_err() {
            // Nothing will ever tell the server to stop.
            std::future::pending::<()>().await;
        }
    }
}
