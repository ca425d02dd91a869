//! Routes: what all calls of one operation by one client have in common, decided once and handed to `transport.js`.

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;

use crate::error::{Error, Kind};
use crate::operation::{Argument, Input, Operation};
use crate::policy::{Problem, classify};
use crate::wording::{figure, text};

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
    pub(super) fn sleep(milliseconds: f64, signal: &JsValue) -> Promise;
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
        let path = operation.parts();
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

/// Gives `transport.js` the function that makes errors of failures.
pub(super) fn install_judge() {
    let judge = Closure::<dyn Fn(JsValue) -> JsValue>::new(|failure| judge(&failure));
    set_judge(&judge.into_js_value());
}

/// Says what a failure means. `cause`, where there is one, stays attached: it may be the only trace of what happened.
fn judge(failure: &JsValue) -> JsValue {
    let get = |name: &str| Reflect::get(failure, &name.into()).unwrap_or_default();
    let cause = get("cause");
    let error = match get("reason").as_string().as_deref() {
        Some("status") => status_error(&get),
        Some("encode") => {
            let words = ["the argument cannot be written as JSON: ", &message_of(&cause)];
            Error::new(Kind::InvalidArgument, text(&words))
        }
        Some("timeout") => {
            let limit = figure(get("timeout").as_f64().unwrap_or_default());
            let words = [
                "no answer within ",
                &limit,
                " ms; the `timeout` option of the client or of the call sets another limit",
            ];
            Error::new(Kind::Timeout, text(&words))
        }
        Some("body") => {
            let words = ["the answer broke off or is not the JSON that Stream sends: ", &message_of(&cause)];
            Error::new(Kind::Response, text(&words))
        }
        _ => Error::new(Kind::Connection, text(&["no connection to Stream: ", &message_of(&cause)])),
    };
    let error = JsValue::from(error);
    if !cause.is_undefined() {
        // Defined as the platform defines it; a fresh error takes every property.
        let _ = Reflect::set(&error, &"cause".into(), &cause);
    }
    error
}

fn status_error(get: &dyn Fn(&str) -> JsValue) -> Error {
    let text = get("text").as_string().unwrap_or_default();
    let body = js_sys::JSON::parse(&text).unwrap_or_default();
    let read = |name: &str| Reflect::get(&body, &name.into()).unwrap_or_default();
    let problem = Problem { code: read("code").as_f64().map(|code| code as i32), message: read("message").as_string() };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float-to-int cast saturates")]
    let status = get("status").as_f64().unwrap_or_default() as u16;
    classify(status, &get("statusText").as_string().unwrap_or_default(), &problem)
}

/// What a thrown value says of itself; anything can be thrown.
fn message_of(thrown: &JsValue) -> String {
    let message = Reflect::get(thrown, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| thrown.as_string()).unwrap_or_else(|| "no reason was given".to_owned())
}
