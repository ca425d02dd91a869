//! The emulator as an HTTP server.
//!
//! HTTP is all that happens here: bytes become a [`Request`], the core answers, and the answer becomes bytes again.
//!
//! [`Request`]: crate::Request

mod answer;
mod body;
mod connection;
mod cors;
mod farewell;
mod limits;
mod shared;
mod shutdown;
mod withhold;

use std::io;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::Emulator;
use answer::{App, answerer};
use shared::Shared;

pub use limits::Limits;
pub use shutdown::Signals;

/// How long requests under way may take once the server was told to stop.
const GRACE: Duration = Duration::from_secs(1);

/// How long the server waits before it accepts connections again after it could not: mostly because too many are open.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves an emulator until `stop` ends; then finishes the requests that are under way, for a second at most.
///
/// # Errors
/// When the listener has no address.
pub async fn serve(
    listener: TcpListener,
    emulator: Emulator,
    limits: Limits,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let app = App {
        address: listener.local_addr()?,
        max_body_bytes: emulator.config().max_body_bytes,
        body_time: limits.body_time,
        emulator: Shared::new(emulator),
    };
    let answerer = answerer(app);
    let (stopping, is_stopping) = watch::channel(false);
    let mut connections = JoinSet::new();
    let accepting = async {
        loop {
            tokio::select! {
                stream = accept(&listener) => {
                    connections.spawn(connection::serve(stream, answerer.clone(), limits, is_stopping.clone()));
                }
                // Nothing is to be learned from a connection that has ended.
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
    // Connections that take longer are broken.
    let _: Result<(), tokio::time::error::Elapsed> =
        timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
    Ok(())
}

/// The next connection. One that broke before it was accepted is passed over. When the system cannot give one, because too
/// many files are open, the server goes on with those it has and tries again.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(_) => sleep(PAUSE).await,
        }
    }
}
