//! The health check, for tools that wait until the emulator is up. They have no API key, and some send HEAD.

use serde_json::json;

use crate::core::wire::{Method, Request, Response};

const PATHS: &[&str] = &["/", "/health", "/__emulator/health"];

/// Whether the request is a health check.
pub(crate) fn is_asked_for(request: &Request) -> bool {
    matches!(request.method, Method::Get | Method::Head) && PATHS.contains(&request.path.as_str())
}

/// The response says that the emulator is up, and links to what else there is.
pub(crate) fn answer(method: Method) -> Response {
    let body = json!({ "status": "ok", "emulator": "getstream-users", "api": "/api/v2/", "controls": "/__emulator/" });
    Response::json(200, body.to_string().into_bytes()).for_method(method)
}
