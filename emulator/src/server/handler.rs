//! Handles a complete request: from HTTP to the core's values, and back.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request as HttpRequest, State};
use axum::http::StatusCode;
use axum::http::header::{CONNECTION, HeaderMap, HeaderValue};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response as HttpResponse};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use tokio::time::{sleep, timeout};

use super::clock::now;
use super::request_log::RequestLog;
use super::shared_emulator::SharedEmulator;
use super::{cors, long_poll, request_body};
use crate::{Headers, Method, Refusal, Request, Response};

/// Handles every request that arrives completely.
pub(super) type Handler = TowerToHyperService<Router>;

/// What the handler needs.
#[derive(Debug, Clone)]
pub(super) struct App {
    pub(super) emulator: SharedEmulator,
    /// The address the server listens on, which is the origin for clients that send no `Host`.
    pub(super) address: SocketAddr,
    pub(super) body_time: Duration,
    pub(super) log: RequestLog,
}

impl App {
    /// The core's request, without its body.
    pub(super) fn head(&self, head: &Parts) -> Request {
        Request {
            method: Method::parse(head.method.as_str()),
            origin: origin(&head.headers, self.address),
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: headers(&head.headers),
            body: Vec::new(),
        }
    }
}

pub(super) fn handler(app: App) -> Handler {
    TowerToHyperService::new(Router::new().fallback(handle).layer(cors::layer()).with_state(app))
}

/// The response to bytes that are no valid request.
pub(super) async fn refusal(refusal: Refusal) -> HttpResponse {
    let router = Router::new().fallback(move || async move { refused(refusal) }).layer(cors::layer());
    let answered: Result<HttpResponse, Infallible> =
        TowerToHyperService::new(router).call(HttpRequest::new(Body::empty())).await;
    match answered {
        Ok(response) => response,
    }
}

async fn handle(State(app): State<App>, request: HttpRequest) -> HttpResponse {
    let begun = Instant::now();
    let (head, body) = request.into_parts();
    let (method, path) = (head.method.clone(), head.uri.path().to_owned());
    match answer(&app, head, body).await {
        Ok(mut response) => {
            hold_back(&response).await;
            long_poll::wait(&app.emulator, &mut response).await;
            app.log.add(method.as_str(), &path, &response, begun.elapsed());
            into_http(response)
        }
        Err(refusal) => {
            app.log.add(method.as_str(), &path, &refusal.response(), begun.elapsed());
            refused(refusal)
        }
    }
}

/// The core's response to a request.
///
/// # Errors
/// If the body does not arrive.
async fn answer(app: &App, head: Parts, body: Body) -> Result<Response, Refusal> {
    let head = app.head(&head);
    let limit = app.emulator.with(|emulator| emulator.body_limit(&head, now()));
    // One byte more than the limit, so that the core sees that the body is too long.
    let body = match timeout(app.body_time, request_body::read(body, limit.saturating_add(1))).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return Err(Refusal::Malformed),
        Err(_) => return Err(Refusal::TooSlow),
    };
    let request = Request { body, ..head };
    Ok(app.emulator.with(|emulator| emulator.handle(&request, now())))
}

/// Delays a response, if it says so. The connection decides how much of it is sent.
pub(super) async fn hold_back(response: &Response) {
    let delay = response.transmission.delay;
    // A timer has its cost, and hardly any response is delayed.
    if !delay.is_zero() {
        sleep(delay).await;
    }
}

/// The rest of the request cannot be told from a new request, so the connection is closed after this response.
fn refused(refusal: Refusal) -> HttpResponse {
    let mut response = into_http(refusal.response());
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The origin that the client used, from its `Host` header: there may be a proxy or a container in between.
fn origin(headers: &HeaderMap, address: SocketAddr) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).filter(|host| !host.is_empty());
    host.map_or_else(|| format!("http://{address}"), |host| format!("http://{host}"))
}

/// Header values need not be UTF-8, but those that matter here are.
fn headers(fields: &HeaderMap) -> Headers {
    let mut headers = Headers::default();
    for (name, value) in fields {
        headers.append(name.as_str(), String::from_utf8_lossy(value.as_bytes()));
    }
    headers
}

/// The response carries how much of it to send as an extension.
pub(super) fn into_http(response: Response) -> HttpResponse {
    let builder = HttpResponse::builder().status(response.status).extension(response.transmission.ending);
    let builder = response.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    builder.body(Body::from(response.body)).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
