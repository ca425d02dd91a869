//! The emulator as an HTTP server.
//!
//! HTTP is all that happens here: bytes become a [`Request`], the core answers, and the answer becomes bytes again. One
//! lock around the core makes every operation atomic and gives all clients one order of events.

mod body;
mod cors;
mod shutdown;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response as HttpResponse};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::{Emulator, Headers, Method, Request, Response, Timestamp};

pub use shutdown::Signals;

/// How long requests under way may take once the server was told to stop.
const GRACE: Duration = Duration::from_secs(1);

#[derive(Debug, Clone)]
struct Server {
    emulator: Arc<Mutex<Emulator>>,
    /// The address the server listens at: its origin for clients that do not name it.
    address: SocketAddr,
    max_body_bytes: usize,
}

/// Serves an emulator until `stop` ends; then finishes the requests that are under way, for a second at most.
///
/// # Errors
/// When the listener has no address or cannot accept connections.
pub async fn serve(
    listener: TcpListener,
    emulator: Emulator,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let server = Server {
        address: listener.local_addr()?,
        max_body_bytes: emulator.config().max_body_bytes,
        emulator: Arc::new(Mutex::new(emulator)),
    };
    let router = Router::new().fallback(answer).layer(cors::layer()).with_state(server);
    let (stopping, is_stopping) = oneshot::channel();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async {
        // An error means that the sender is gone, and so is the reason to go on.
        let _: Result<(), _> = is_stopping.await;
    });
    tokio::select! {
        result = serving.into_future() => result,
        () = stop_with_grace(stop, stopping) => Ok(()),
    }
}

/// Ends when requests have had their time after `stop`.
async fn stop_with_grace(stop: impl Future<Output = ()>, stopping: oneshot::Sender<()>) {
    stop.await;
    // An error means that the server has ended already.
    let _: Result<(), ()> = stopping.send(());
    tokio::time::sleep(GRACE).await;
}

async fn answer(State(server): State<Server>, request: HttpRequest) -> HttpResponse {
    let (head, body) = request.into_parts();
    // One byte more than the core takes tells it that there was more.
    let Ok(body) = body::read(body, server.max_body_bytes.saturating_add(1)).await else {
        // The connection broke in the middle of the body: there is nobody to explain it to.
        return StatusCode::BAD_REQUEST.into_response();
    };
    let request = Request {
        method: Method::parse(head.method.as_str()),
        origin: origin(&head.headers, server.address),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: headers(&head.headers),
        body,
    };
    // The core does not panic; if it did, its users would still be there for the next request.
    let response = server.emulator.lock().unwrap_or_else(PoisonError::into_inner).handle(&request, now());
    into_http(response)
}

/// The origin under which a client reached the server: what it says, as there may be a proxy or a container between.
fn origin(headers: &HeaderMap, address: SocketAddr) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).filter(|host| !host.is_empty());
    host.map_or_else(|| format!("http://{address}"), |host| format!("http://{host}"))
}

/// Header values need not be UTF-8; the ones that matter here are.
fn headers(fields: &HeaderMap) -> Headers {
    let mut headers = Headers::default();
    for (name, value) in fields {
        headers.append(name.as_str(), String::from_utf8_lossy(value.as_bytes()));
    }
    headers
}

fn now() -> Timestamp {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since_1970.as_nanos()).unwrap_or(i64::MAX))
}

fn into_http(response: Response) -> HttpResponse {
    let builder = HttpResponse::builder().status(response.status);
    let builder = response.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    builder.body(Body::from(response.body)).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
