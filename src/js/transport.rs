//! Routes: what all calls of one operation by one client have in common, decided once and handed to `transport.js`.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use crate::operation::{Argument, Input, Operation};
use crate::policy::{Failure, Problem, explain};
use crate::wording::text;

#[wasm_bindgen(module = "/src/js/transport.js")]
extern "C" {
    /// A route on the JavaScript side.
    pub(super) type Route;

    #[wasm_bindgen(constructor)]
    fn new(
        method: &str,
        before: &str,
        after: &str,
        parameter: Option<&str>,
        input: &str,
        decode: &JsValue,
        headers: &JsValue,
        timeout: f64,
        fetch: &JsValue,
    ) -> Route;

    /// Sends one call. Whatever goes wrong becomes a rejection.
    #[wasm_bindgen(method)]
    pub(super) fn send(this: &Route, segment: Option<&str>, argument: &JsValue, options: &JsValue) -> Promise;

    #[wasm_bindgen(js_name = setJudge)]
    fn set_judge(judge: &JsValue);

    /// Waits so many milliseconds, or rejects with the signal's reason.
    #[wasm_bindgen]
    pub(super) fn sleep(milliseconds: f64, signal: Option<&AbortSignal>) -> Promise;
}

/// What a client's routes share.
pub(super) struct Setup {
    /// Where the API is, without a slash at the end.
    pub(super) base: String,
    /// The key, encoded for a query.
    pub(super) api_key: String,
    /// Milliseconds a request may take.
    pub(super) timeout: f64,
    /// The caller's `fetch`, or `undefined` for the platform's.
    pub(super) fetch: JsValue,
}

#[wasm_bindgen(module = "/src/js/dates.js")]
extern "C" {
    /// What turns the dates of an answer into `Date`s, by the name of its model.
    #[wasm_bindgen(thread_local_v2, js_name = decoders)]
    static DECODERS: JsValue;
}

impl Route {
    /// Makes the route of an operation, with the headers that prove who sends it.
    pub(super) fn of(operation: &Operation, setup: &Setup, headers: &JsValue) -> Self {
        let path = operation.path;
        let query = text(&["?api_key=", &setup.api_key]);
        let (before, after) = match path.parameter {
            None => (text(&[&setup.base, path.before, &query]), String::new()),
            Some(_) => (text(&[&setup.base, path.before]), text(&[path.after, &query])),
        };
        let input = match operation.input {
            Input::Path => "path",
            Input::Body => "body",
            Input::Payload => "payload",
            Input::Users => "users",
        };
        Self::new(
            operation.method.as_str(),
            &before,
            &after,
            path.parameter,
            input,
            &DECODERS.with(|decoders| decoders.get(operation.result)),
            headers,
            setup.timeout,
            &setup.fetch,
        )
    }
}

/// Gives `transport.js` the function that says what a failure means.
pub(super) fn install_judge() {
    let judge = Closure::<Judge>::new(|reason, number, words, code, message| {
        explain(&failure(reason, number, words, Problem { code, message })).into()
    });
    set_judge(&judge.into_js_value());
}

/// The reason's number, the status or the time limit, the status text or what was thrown, and the API's number and words.
type Judge = dyn Fn(u8, f64, String, Option<i32>, Option<String>) -> JsValue;

/// The numbers are those of `transport.js`.
fn failure(reason: u8, number: f64, words: String, problem: Problem) -> Failure {
    match reason {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float-to-int cast saturates")]
        0 => Failure::Status { status: number as u16, status_text: words, problem },
        1 => Failure::Encoding(words),
        2 => Failure::Timeout(number),
        3 => Failure::Body(words),
        _ => Failure::Connection(words),
    }
}
