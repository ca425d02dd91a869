//! The emulator as an HTTP server.
//!
//! Only HTTP happens here: bytes become a [`Request`], the core handles it, and the response becomes bytes again.
//!
//! [`Request`]: crate::Request

mod clock;
mod closing;
mod connection;
mod cors;
mod data;
mod error_filter;
mod handler;
mod limits;
mod long_poll;
mod request_body;
mod request_log;
mod shared_emulator;
mod signals;
mod sockets;
mod webhook_client;
mod webhooks;

use std::io;
use std::sync::mpsc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{sleep, timeout};

use crate::Emulator;
use handler::{App, handler};
use request_log::RequestLog;
use shared_emulator::SharedEmulator;

pub use clock::now;
pub use data::{DataError, DataFile};
pub use limits::Limits;
pub use request_log::LogFormat;
pub use signals::{Signal, Signals};

/// How long requests under way may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(1);

/// How long the server waits after it failed to accept a connection, usually because too many are open.
const PAUSE: Duration = Duration::from_millis(50);

/// How to serve an emulator.
#[derive(Debug, Default)]
pub struct Options {
    /// What clients may make the server wait for and read.
    pub limits: Limits,
    /// The file that keeps the emulator's state; `None` for memory only. Restore its content before.
    pub data: Option<DataFile>,
    /// The format of the request log on stderr; `None` for no log.
    pub log: Option<LogFormat>,
}

/// Serves an emulator until `stop` ends; then finishes requests under way, for a second at most, and saves.
///
/// # Errors
/// If the listener has no address, or the last save fails.
pub async fn serve(
    listener: TcpListener,
    emulator: Emulator,
    Options { limits, data, log }: Options,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let (log, log_writer) = RequestLog::start(log);
    let emulator = SharedEmulator::new(emulator);
    let address = listener.local_addr()?;
    let app = App { emulator: emulator.clone(), address, body_time: limits.body_time, log };
    let (still_serving, stopped) = mpsc::channel();
    let kept = emulator.clone();
    let keeping = data.map(|data| spawn_blocking(move || data.keep(&kept, &stopped)));

    let telling = tokio::spawn(webhooks::tell(emulator));

    accept_until(stop, listener, app, limits).await;

    // A webhook request that is broken off is sent again when the state is restored.
    telling.abort();
    log_writer.finish();

    drop(still_serving);
    match keeping {
        Some(keeping) => keeping.await?.map_err(io::Error::other),
        None => Ok(()),
    }
}

/// Serves connections until `stop` ends, and then the open ones for a while longer.
async fn accept_until(stop: impl Future<Output = ()>, listener: TcpListener, app: App, limits: Limits) {
    let handler = handler(app.clone());
    let (stopping, is_stopping) = watch::channel(false);
    let mut connections = JoinSet::new();
    let accepting = async {
        loop {
            tokio::select! {
                stream = accept(&listener) => {
                    connections.spawn(connection::serve(stream, handler.clone(), limits, app.clone(), is_stopping.clone()));
                }
                // The result of an ended connection is not needed.
                Some(_) = connections.join_next() => {}
            }
        }
    };
    tokio::select! {
        () = accepting => {}
        () = stop => {}
    }
    drop(listener);
    stopping.send_replace(true);
    let finishing = async { while connections.join_next().await.is_some() {} };
    // Connections that take longer are broken off.
    let _: Result<(), tokio::time::error::Elapsed> = timeout(GRACE, finishing).await;
}

/// The next connection. One that broke before it was accepted is skipped. If the system has none, because too many
/// files are open, the server serves the open ones and tries again.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(_) => sleep(PAUSE).await,
        }
    }
}
