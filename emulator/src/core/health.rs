//! Whether the emulator is there, for tools that wait until it is: they know no key, and some ask with HEAD.

use serde_json::json;

use crate::core::wire::{Method, Request, Response};

const PATHS: &[&str] = &["/", "/health", "/__emulator/health"];

/// Whether a request asks no more than that.
pub(crate) fn is_asked_for(request: &Request) -> bool {
    matches!(request.method, Method::Get | Method::Head) && PATHS.contains(&request.path.as_str())
}

/// Says that it is there, and where to go from here.
pub(crate) fn answer(method: Method) -> Response {
    let body = json!({ "status": "ok", "emulator": "getstream-users", "api": "/api/v2/", "controls": "/__emulator/" });
    Response::json(200, body.to_string().into_bytes()).for_method(method)
}
