//! WebSockets over real connections: the upgrade, and the frames in both directions.
//!
//! The core decides what to send. This file converts between texts and frames, enforces the time limits, and closes
//! with the right code if the client breaks the protocol.

use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONNECTION, HeaderMap, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use axum::http::{self, StatusCode};
use axum::response::Response as HttpResponse;
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::clock::now;
use super::connection::stop_requested;
use super::shared_emulator::SharedEmulator;
use crate::{Emulator, Frame, Request, is_socket_path};

/// How long a client may take to read a frame. A slower one is disconnected.
const WRITE_TIME: Duration = Duration::from_secs(10);
/// How long a client may take to close its side.
const CLOSE_TIME: Duration = Duration::from_secs(1);
/// The buffer of a connection. The usual 128 KiB would be 128 MB for 1,000 connections.
const READ_BUFFER: usize = 4 * 1024;

/// The response that upgrades the connection; `None` if the request asks for no upgrade, or there is no socket at its
/// path.
pub(super) fn accepted(request: &http::Request<Body>) -> Option<HttpResponse> {
    let headers = request.headers();
    let asks = request.method() == http::Method::GET
        && has_token(headers, UPGRADE.as_str(), "websocket")
        && has_token(headers, CONNECTION.as_str(), "upgrade")
        && headers.get("sec-websocket-version").is_some_and(|version| version == "13")
        && is_socket_path(request.uri().path());
    let key = headers.get(SEC_WEBSOCKET_KEY).filter(|_| asks)?;
    let accept = HeaderValue::from_str(&derive_accept_key(key.as_bytes())).ok()?;
    let mut response = HttpResponse::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    Some(response)
}

/// Whether a header lists a token.
fn has_token(headers: &HeaderMap, name: &str, token: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|word| word.trim().eq_ignore_ascii_case(token))
}

/// A socket's registration in the emulator, which ends when this is dropped, for whatever reason the socket ended.
struct Place {
    number: u64,
    emulator: SharedEmulator,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.emulator.forget_socket(self.number);
        self.emulator.with(|emulator| emulator.socket_closed(self.number, now()));
    }
}

/// Serves a socket until it ends. `request` opened it, and `read` is what the client has already sent after it.
pub(super) async fn serve(
    stream: TcpStream,
    read: Vec<u8>,
    request: Request,
    emulator: SharedEmulator,
    mut stopping: watch::Receiver<bool>,
) {
    let Some(number) = emulator.with(|emulator| emulator.open_socket(&request, now())) else { return };
    let woken = emulator.wake_for_socket(number);
    let place = Place { number, emulator };
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_message_size(Some(Emulator::SOCKET_MESSAGE_BYTES))
        .max_frame_size(Some(Emulator::SOCKET_MESSAGE_BYTES));
    let mut socket = WebSocketStream::from_partially_read(stream, read, Role::Server, Some(config)).await;
    let mut is_greeted = false;
    let mut deadline = Instant::now() + Emulator::SOCKET_GREETING;
    loop {
        for frame in place.emulator.with(|emulator| emulator.take_frames(number)) {
            match frame {
                Frame::Text(text) => {
                    if write(&mut socket, Message::text(&*text)).await.is_err() {
                        return;
                    }
                    if !is_greeted {
                        is_greeted = true;
                        deadline = Instant::now() + Emulator::SOCKET_IDLE;
                    }
                }
                Frame::Wait(time) => sleep(time).await,
                Frame::Close { code, reason } => return close(&mut socket, code, &reason).await,
                Frame::Cut => return,
            }
        }
        tokio::select! {
            () = woken.notified() => {}
            message = socket.next() => {
                if is_greeted {
                    deadline = Instant::now() + Emulator::SOCKET_IDLE;
                }
                match message {
                    Some(Ok(Message::Text(text))) => {
                        place.emulator.with(|emulator| emulator.socket_text(number, &request, &text, now()));
                    }
                    Some(Ok(Message::Binary(_))) => place.emulator.with(|emulator| emulator.socket_bytes(number)),
                    // The library responds to pings while it reads.
                    Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                    Some(Ok(Message::Close(_))) => {
                        drop(place);
                        return finish(&mut socket).await;
                    }
                    None => return,
                    Some(Err(error)) => return end_after(&mut socket, &error).await,
                }
            }
            () = sleep_until(deadline) => return close(&mut socket, 1001, "nothing was heard for too long").await,
            () = stop_requested(&mut stopping) => {
                return close(&mut socket, 1001, "the server stops").await;
            }
        }
    }
}

type Socket = WebSocketStream<TcpStream>;

/// # Errors
/// If the client is gone, or does not read.
async fn write(socket: &mut Socket, message: Message) -> io::Result<()> {
    match timeout(WRITE_TIME, socket.send(message)).await {
        Ok(sent) => sent.map_err(io::Error::other),
        Err(late) => Err(late.into()),
    }
}

/// Closes the socket with the code for an error while reading; does nothing if the client is gone.
async fn end_after(socket: &mut Socket, error: &Error) {
    let (code, reason) = match error {
        Error::Capacity(_) => (1009, "the message is too long"),
        Error::Protocol(_) => (1002, "this is no WebSocket frame"),
        Error::Utf8(_) => (1007, "the message is no UTF-8"),
        _ => return,
    };
    close(socket, code, reason).await;
}

/// Closes the socket, and gives the client a moment to close it too: what it has not read by then would be lost with
/// the connection.
async fn close(socket: &mut Socket, code: u16, reason: &str) {
    let frame = CloseFrame { code: CloseCode::from(code), reason: reason.into() };
    if write(socket, Message::Close(Some(frame))).await.is_ok() {
        finish(socket).await;
    }
}

/// Sends the rest of the close handshake, and waits for the client's part, up to the time limit.
async fn finish(socket: &mut Socket) {
    let rest = async { while let Some(Ok(_)) = socket.next().await {} };
    let _: Result<(), tokio::time::error::Elapsed> = timeout(CLOSE_TIME, rest).await;
}
