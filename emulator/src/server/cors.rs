//! CORS. As with Stream, a page can read no response header beyond those that every page can read.

use std::time::Duration;

use axum::http::{HeaderName, Method};
use tower_http::cors::{Any, CorsLayer};

use crate::{PAGE_HEADERS, PAGE_METHODS, PAGE_SECONDS};

pub(super) fn layer() -> CorsLayer {
    let methods = PAGE_METHODS.iter().filter_map(|method| Method::from_bytes(method.as_bytes()).ok());
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods(methods.collect::<Vec<_>>())
        .allow_headers(PAGE_HEADERS.map(HeaderName::from_static))
        // Browsers ask separately before a public page may call a server on this machine.
        .allow_private_network(true)
        .max_age(Duration::from_secs(PAGE_SECONDS.into()))
}
