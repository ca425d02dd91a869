//! What browsers ask before they let a page call the server.
//!
//! Stream's API may be called from any page, and so may this server. Credentials travel in a header and the query, never
//! in cookies, so there is nothing that a page could borrow.

use std::time::Duration;

use axum::http::{HeaderName, Method};
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) fn layer() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        // A list would have to name every header of every SDK.
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(
            ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after"]
                .map(HeaderName::from_static),
        )
        // Browsers ask separately before a public page may call a server on this machine.
        .allow_private_network(true)
        .max_age(DAY)
}
