//! What browsers ask before they let a page call the server.
//!
//! Stream's API may be called from any page, and so may this server. Credentials travel in a header and the query, never
//! in cookies, so there is nothing that a page could borrow. As with Stream, a page may send the headers that Stream's
//! SDKs send, and sees none of an answer but those that every page sees: what works here works there.

use std::time::Duration;

use axum::http::{HeaderName, Method};
use tower_http::cors::{Any, CorsLayer};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The headers that Stream lets a page send, and the one that asks this emulator for a fault.
const REQUEST_HEADERS: [HeaderName; 12] = [
    HeaderName::from_static("x-requested-with"),
    HeaderName::from_static("content-type"),
    HeaderName::from_static("accept"),
    HeaderName::from_static("origin"),
    HeaderName::from_static("authorization"),
    HeaderName::from_static("x-csrftoken"),
    HeaderName::from_static("x-stream-client"),
    HeaderName::from_static("stream-auth-type"),
    HeaderName::from_static("x-csrf-token"),
    HeaderName::from_static("content-encoding"),
    HeaderName::from_static("x-client-request-id"),
    HeaderName::from_static("x-emulator-fault"),
];

pub(super) fn layer() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(REQUEST_HEADERS)
        // Browsers ask separately before a public page may call a server on this machine.
        .allow_private_network(true)
        .max_age(DAY)
}
