//! The emulator's controls under `/__emulator/`, in process and over HTTP.
//!
//! One table lists them, and [`index`] returns it. Each file is one control. Responses are JSON with status 200,
//! failures have the API's envelope. Requests to controls are not logged, not counted by the rate limits, and not hit
//! by faults.

mod choices;
mod clock;
mod connections;
mod faults;
mod index;
mod json_parts;
mod rate_limits;
mod requests;
mod revision;
mod seed;
mod state;
mod trust;
mod webhooks;

use getstream_users::model::Timestamp;

use crate::core::emulator::Emulator;
use crate::core::failure::{Code, Failure};
use crate::core::ui;
use crate::core::wire::read::Fields;
use crate::core::wire::{self, Method, Outcome, Request, Response};

pub(crate) use seed::seed;
pub use seed::{SeedError, Seeded};

const PREFIX: &str = "/__emulator";

/// The longest request body of a control: the state of an app with some hundred thousand users.
const MAX_BODY_BYTES: usize = 256 * 1024 * 1024;

/// A control endpoint.
#[derive(Debug)]
struct Control {
    method: Method,
    /// The path after the prefix. If it ends with a slash, an id follows.
    path: &'static str,
    /// Its description in the index.
    about: &'static str,
    run: fn(&mut Emulator, &Asked<'_>) -> Outcome,
}

const fn control(
    method: Method,
    path: &'static str,
    about: &'static str,
    run: fn(&mut Emulator, &Asked<'_>) -> Outcome,
) -> Control {
    Control { method, path, about, run }
}

/// All controls.
static CONTROLS: &[Control] = &[
    control(Method::Get, "", "this index", index::get),
    control(Method::Post, "/reset", "delete all state", state::reset),
    control(Method::Post, "/seed", "add users and more from a seed", state::seed),
    control(Method::Get, "/state", "the whole state, to be saved", state::get),
    control(Method::Put, "/state", "restore a saved state", state::put),
    control(Method::Get, "/revision", "counters that change when the state does", revision::get),
    control(Method::Get, "/connections", "who is connected", connections::get),
    control(Method::Get, "/requests", "the last requests; ?operation=, ?since=, ?limit=", requests::get),
    control(Method::Delete, "/requests", "delete the log of requests", requests::delete),
    control(Method::Get, "/clock", "the clock", clock::get),
    control(Method::Post, "/clock", "stop, start or advance the clock", clock::post),
    control(Method::Get, "/faults", "the fault rules", faults::get),
    control(Method::Post, "/faults", "add a fault rule", faults::post),
    control(Method::Delete, "/faults", "delete all fault rules", faults::delete_all),
    control(Method::Delete, "/faults/", "delete one fault rule", faults::delete_one),
    control(Method::Get, "/rate_limits", "the rate limits", rate_limits::get),
    control(Method::Put, "/rate_limits", "change the rate limits", rate_limits::put),
    control(Method::Get, "/settings", "strict mode, and choices where the API's behaviour is unknown", choices::get),
    control(Method::Patch, "/settings", "change the settings", choices::patch),
    control(Method::Get, "/webhooks", "webhook deliveries, made and waiting", webhooks::get),
    control(Method::Post, "/webhooks/replay", "replay webhook deliveries, all or one event", webhooks::replay),
];

/// A request to a control.
#[derive(Debug)]
struct Asked<'a> {
    request: &'a Request,
    /// The id in the path; empty if the path has none.
    subject: &'a str,
    driving: Timestamp,
}

impl Asked<'_> {
    /// The body as an object; a missing body is an empty object.
    ///
    /// # Errors
    /// If the body is anything else.
    fn body(&self) -> Result<Fields, Failure> {
        wire::body(self.request)
    }
}

/// Whether a path starts with the controls' prefix, even if no such control exists.
pub(crate) fn is_control(path: &str) -> bool {
    path.strip_prefix(PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The size limit for the body of a trusted control request; `None` for any other request.
pub(crate) fn body_limit(emulator: &Emulator, head: &Request, driving: Timestamp) -> Option<usize> {
    (is_control(&head.path) && trust::check(emulator, head, driving).is_ok()).then_some(MAX_BODY_BYTES)
}

/// Handles a control request over HTTP, if it is trusted.
pub(crate) fn answer(emulator: &mut Emulator, request: &Request, driving: Timestamp) -> Response {
    match trust::check(emulator, request, driving) {
        Ok(()) => Response { is_unlogged: is_read_by_page(request), ..answer_trusted(emulator, request, driving) },
        Err(failure) => respond(Err(failure)),
    }
}

/// Handles a control request in process, which is always trusted.
pub(crate) fn answer_trusted(emulator: &mut Emulator, request: &Request, driving: Timestamp) -> Response {
    if let Some(page) = ui::answer(&emulator.config().ui, request) {
        return page;
    }
    let Some((control, subject)) = find(request) else { return respond(Err(unknown_control(request))) };
    if request.body.len() > MAX_BODY_BYTES {
        let reason = format!("the request body is too big, it can have {MAX_BODY_BYTES} bytes");
        return respond(Err(Failure::new(Code::TooBig, reason)));
    }
    respond((control.run)(emulator, &Asked { request, subject, driving })).for_method(request.method)
}

/// Whether the emulator's own page sent the request: only browsers send this header, with this value only for pages of
/// the same origin.
fn is_read_by_page(request: &Request) -> bool {
    matches!(request.method, Method::Get | Method::Head) && request.headers.get("sec-fetch-site") == Some("same-origin")
}

fn find(request: &Request) -> Option<(&'static Control, &str)> {
    let path = request.path.strip_prefix(PREFIX)?;
    // HEAD is GET without a response body.
    let method = if request.method == Method::Head { Method::Get } else { request.method };
    CONTROLS.iter().filter(|control| control.method == method).find_map(|control| {
        let rest = path.strip_prefix(control.path)?;
        match control.path.ends_with('/') {
            true => (!rest.is_empty()).then_some((control, rest)),
            // The trailing slash is optional.
            false => (rest.is_empty() || rest == "/").then_some((control, "")),
        }
    })
}

fn unknown_control(request: &Request) -> Failure {
    let there: Vec<String> =
        CONTROLS.iter().map(|control| format!("{} {}", control.method.name(), full(control))).collect();
    let asked = format!("{} {}", request.method.name(), request.path);
    Failure::new(Code::DoesNotExist, format!("the emulator has no {asked}; it has {}", there.join(", ")))
}

/// The path of a control, with a placeholder for the id.
fn full(control: &Control) -> String {
    match control.path {
        "" => format!("{PREFIX}/"),
        path if path.ends_with('/') => format!("{PREFIX}{path}{{id}}"),
        path => format!("{PREFIX}{path}"),
    }
}

fn respond(outcome: Outcome) -> Response {
    match outcome {
        Ok(body) => Response::json(200, body),
        Err(failure) => Response::envelope(&failure.envelope(None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_their_controls() {
        for (method, path, expected) in [
            (Method::Get, "/__emulator", Some(("", ""))),
            (Method::Get, "/__emulator/", Some(("", ""))),
            (Method::Post, "/__emulator/reset", Some(("/reset", ""))),
            (Method::Post, "/__emulator/reset/", Some(("/reset", ""))),
            (Method::Delete, "/__emulator/faults", Some(("/faults", ""))),
            (Method::Delete, "/__emulator/faults/", Some(("/faults", ""))),
            (Method::Delete, "/__emulator/faults/7", Some(("/faults/", "7"))),
            (Method::Get, "/__emulator/reset", None),
            (Method::Post, "/__emulator/resets", None),
            (Method::Post, "/__emulators", None),
        ] {
            let request = Request::new(method, path);
            let found = find(&request).map(|(control, subject)| (control.path, subject));
            assert_eq!(found, expected, "{path}");
        }
        assert!(!is_control("/__emulators") && is_control("/__emulator/x"));
    }
}
