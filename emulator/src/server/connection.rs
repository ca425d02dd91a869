//! One connection, from its first byte to its end.
//!
//! hyper speaks HTTP. Two kinds of responses it cannot write, and they are written here after it has released the
//! connection: the error envelope for bytes that are no valid request, and the beginning of a response that a fault
//! cuts off.

use std::error::Error;
use std::fmt::{self, Display};
use std::future::poll_fn;
use std::io;
use std::sync::OnceLock;
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response as HttpResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1::{Builder, Parts};
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::closing::{close, encode_response};
use super::error_filter::ErrorFilter;
use super::handler::{App, Handler, refusal};
use super::limits::Limits;
use super::request_log::RequestLog;
use super::sockets;
use crate::{Ending, Headers, Refusal, Request, Response, Transmission};

/// Handles the requests of one client, until it closes the connection or `stopping` says that this is the last request.
pub(super) async fn serve(
    stream: TcpStream,
    handler: Handler,
    limits: Limits,
    app: App,
    mut stopping: watch::Receiver<bool>,
) {
    // Responses are written as a whole, so delaying small packets gains nothing.
    let _: io::Result<()> = stream.set_nodelay(true);
    let mut http = Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_time).max_header_size(limits.head_bytes);
    // A client may close its side as soon as it has sent its request, as `nc -N` does, and still reads the response.
    http.half_close(true);
    // The request that upgraded the connection to a socket, if one did.
    let opened: OnceLock<Request> = OnceLock::new();
    let service = service_fn(|request: hyper::Request<Incoming>| {
        Box::pin(open_socket_or_respond(&app, &opened, handler.clone(), request.map(Body::new)))
    });
    let mut connection = http.serve_connection(TokioIo::new(ErrorFilter::new(stream)), service);
    let ended = tokio::select! {
        ended = poll_fn(|cx| connection.poll_without_shutdown(cx)) => ended,
        () = stop_requested(&mut stopping) => {
            std::pin::Pin::new(&mut connection).graceful_shutdown();
            poll_fn(|cx| connection.poll_without_shutdown(cx)).await
        }
    };
    let Parts { io, read_buf, .. } = connection.into_parts();
    if let (Ok(()), Some(request)) = (&ended, opened.into_inner()) {
        let stream = io.into_inner().into_stream();
        let App { emulator, .. } = app;
        return sockets::serve(stream, read_buf.to_vec(), request, emulator, stopping).await;
    }
    let log = app.log;
    let ErrorFilter { dropped, .. } = *io.inner();
    let last_bytes = match ended {
        Ok(()) => Vec::new(),
        Err(error) => response_after(&error, dropped, !read_buf.is_empty(), &log).await,
    };
    let stream = io.into_inner().into_stream();
    // If the client is gone, nobody reads it.
    let _: io::Result<()> = close(stream, &last_bytes, stop_requested(&mut stopping)).await;
}

/// Ends when the server stops.
pub(super) async fn stop_requested(stopping: &mut watch::Receiver<bool>) {
    // An error means that the server has stopped.
    let _: Result<_, watch::error::RecvError> = stopping.wait_for(|stopping| *stopping).await;
}

/// The bytes to write before the connection breaks, in place of a complete response.
#[derive(Debug)]
struct BrokenOff(Vec<u8>);

impl Display for BrokenOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response is cut off")
    }
}

impl Error for BrokenOff {}

/// Upgrades the connection if the request asks for a socket; hyper then releases it. Any other request is handled as
/// usual.
async fn open_socket_or_respond(
    app: &App,
    opened: &OnceLock<Request>,
    handler: Handler,
    request: hyper::Request<Body>,
) -> Result<HttpResponse, BrokenOff> {
    match sockets::accepted(&request) {
        Some(response) => {
            let (head, _) = request.into_parts();
            app.log.add(head.method.as_str(), head.uri.path(), &switching(), Duration::ZERO);
            // An upgrade is the last request of a connection, so the cell is empty.
            opened.get_or_init(|| app.head(&head));
            Ok(response)
        }
        None => respond_or_break_off(handler, request).await,
    }
}

/// What is logged for an upgrade.
fn switching() -> Response {
    Response {
        status: StatusCode::SWITCHING_PROTOCOLS.as_u16(),
        headers: Headers::default(),
        body: Vec::new(),
        transmission: Transmission::default(),
        summary: None,
        is_unlogged: false,
    }
}

async fn respond_or_break_off(handler: Handler, request: hyper::Request<Body>) -> Result<HttpResponse, BrokenOff> {
    let Ok(response) = handler.call(request).await;
    match response.extensions().get().copied().unwrap_or_default() {
        Ending::Whole => Ok(response),
        Ending::CutAfter(most) => Err(BrokenOff(encode_response(response, most).await)),
        Ending::Dropped => Err(BrokenOff(Vec::new())),
    }
}

/// The response to send after hyper gave up. `None` if no request had begun: a connection that was idle for too long is
/// just closed.
async fn response_after(error: &hyper::Error, dropped: bool, has_begun: bool, log: &RequestLog) -> Vec<u8> {
    if let Some(BrokenOff(bytes)) = error.source().and_then(|source| source.downcast_ref()) {
        return bytes.clone();
    }
    let reason = match error {
        _ if error.is_timeout() && has_begun => Refusal::TooSlow,
        _ if error.is_parse_too_large() && dropped => Refusal::HeadTooLarge,
        _ if error.is_parse() && dropped => Refusal::Malformed,
        _ => return Vec::new(),
    };
    // Method and path are unknown. Most often the client speaks HTTPS.
    log.add("-", "-", &reason.response(), Duration::ZERO);
    encode_response(refusal(reason).await, usize::MAX).await
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::time::Instant;

    use axum::Router;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;
    use crate::server::handler::{hold_back, into_http};
    use crate::server::shared_emulator::SharedEmulator;
    use crate::{Config, Emulator};

    const BODY: &str = r#"{"duration":"0.00ms"}"#;

    /// All bytes that a client receives with this transmission.
    async fn received(transmission: Transmission) -> String {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let router = Router::new().fallback(move || async move {
            let mut headers = Headers::default();
            headers.append("content-type", "application/json");
            let response =
                Response { status: 200, headers, body: BODY.into(), transmission, summary: None, is_unlogged: false };
            hold_back(&response).await;
            into_http(response)
        });
        let (_running, stopping) = watch::channel(false);
        let (stream, _) = listener.accept().await.unwrap();
        let app = App {
            emulator: SharedEmulator::new(Emulator::new(Config::default())),
            address: listener.local_addr().unwrap(),
            body_time: Duration::from_secs(1),
            log: RequestLog::default(),
        };
        tokio::spawn(serve(stream, Handler::new(router), Limits::default(), app, stopping));
        client.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut received = String::new();
        client.read_to_string(&mut received).await.unwrap();
        received
    }

    #[tokio::test]
    async fn a_whole_answer_is_sent_as_it_is() {
        let received = received(Transmission::default()).await;
        assert!(received.starts_with("HTTP/1.1 200 OK\r\n") && received.ends_with(BODY), "{received}");
    }

    #[tokio::test]
    async fn a_cut_answer_promises_all_of_the_body_and_breaks_off() {
        for (after, sent) in [(0, ""), (7, r#"{"durat"#), (99, BODY)] {
            let received = received(Transmission { ending: Ending::CutAfter(after), ..Transmission::default() }).await;
            let (head, body) = received.split_once("\r\n\r\n").unwrap();
            assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
            assert!(head.contains("content-type: application/json"), "{head}");
            assert!(head.contains("content-length: 21"), "{head}");
            assert_eq!(body, sent);
        }
    }

    #[tokio::test]
    async fn a_dropped_answer_is_an_end_without_a_byte() {
        assert_eq!(received(Transmission { ending: Ending::Dropped, ..Transmission::default() }).await, "");
    }

    #[tokio::test]
    async fn an_answer_is_held_back_as_long_as_it_says() {
        let delay = Duration::from_millis(30);
        let asked = Instant::now();
        assert!(received(Transmission { delay, ..Transmission::default() }).await.ends_with(BODY));
        assert!(asked.elapsed() >= delay);
    }
}
