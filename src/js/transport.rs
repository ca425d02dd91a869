//! Routes: what all calls of one operation by one client have in common, decided once and handed to `transport.js`.

use alloc::string::String;

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;

use super::provider::TokenSource;
use super::values::{number_field, text_field};
use crate::error::Error;
use crate::operation::{Argument, Input, Operation};
use crate::policy::{Attempt, Budget, Failure, MAX_REFRESHES, Next, Problem, explain, next};
use crate::wording::text;

#[wasm_bindgen(module = "/src/js/transport.js")]
extern "C" {
    /// A client's settings on the JavaScript side.
    #[derive(Debug, Clone)]
    pub(super) type Shared;

    #[wasm_bindgen(constructor)]
    fn new(
        options: &JsValue,
        timeout: f64,
        attempts: u32,
        budget: f64,
        tokens: Option<&TokenSource>,
        refreshes: u32,
    ) -> Shared;

    /// A route on the JavaScript side.
    pub(super) type Route;

    #[wasm_bindgen(constructor)]
    fn new(
        method: &str,
        path: &str,
        before: &str,
        after: &str,
        parameter: Option<&str>,
        input: &str,
        query: &str,
        is_repeatable: bool,
        decode: &JsValue,
        headers: &JsValue,
        shared: &Shared,
    ) -> Route;

    /// Makes one call. Whatever goes wrong becomes a rejection.
    #[wasm_bindgen(method)]
    pub(super) fn send(this: &Route, segment: Option<&str>, argument: &JsValue, options: &JsValue) -> Promise;

    #[wasm_bindgen(js_name = setJudge)]
    fn set_judge(judge: &JsValue);
}

#[wasm_bindgen(module = "/src/js/dates.js")]
extern "C" {
    /// What turns the dates of an answer into `Date`s, in the order of `Answer`.
    #[wasm_bindgen(thread_local_v2, js_name = decoders)]
    static DECODERS: JsValue;
}

impl Shared {
    /// What the options say, which have been checked.
    pub(super) fn of(options: &JsValue, timeout_ms: f64, budget: Budget, tokens: Option<&TokenSource>) -> Self {
        Self::new(options, timeout_ms, budget.attempts, budget.wait_ms, tokens, MAX_REFRESHES)
    }
}

impl Route {
    /// Makes the route of an operation. `base` is where the API is, without a slash at the end; `api_key` is encoded for a
    /// query; the headers prove who sends it.
    pub(super) fn of(operation: &Operation, base: &str, api_key: &str, headers: &JsValue, shared: &Shared) -> Self {
        let path = operation.path;
        let query = text(&["?api_key=", api_key]);
        let parameter = path.parameter();
        let (before, after) = match parameter {
            None => (text(&[base, path.template, &query]), String::new()),
            Some(_) => (text(&[base, path.before()]), text(&[path.after(), &query])),
        };
        let input = match operation.input {
            Input::Nothing | Input::Url => "",
            Input::Body => "body",
            Input::Users => "users",
            Input::Revocation => "revocation",
            Input::Request => "request",
        };
        Self::new(
            operation.method.as_str(),
            path.template,
            &before,
            &after,
            parameter,
            input,
            operation.query,
            operation.is_repeatable(),
            &DECODERS.with(|decoders| decoders.item(operation.result as usize)),
            headers,
            shared,
        )
    }
}

/// Gives `transport.js` the function that says what a failed attempt means, and what to do about it.
pub(super) fn install_judge() {
    let judge = Closure::<dyn Fn(JsValue) -> JsValue>::new(|attempt: JsValue| judge(&attempt).into());
    set_judge(&judge.into_js_value());
}

/// In place of a wait: a new token is wanted. The number is that of `transport.js`.
const REFRESH: f64 = -1.0;

/// Returns the error, and notes in `next` what to do about it.
fn judge(attempt: &JsValue) -> Error {
    let failure = failure(attempt);
    let step = match decide(attempt, &failure) {
        Next::Fail => JsValue::UNDEFINED,
        Next::Refresh => REFRESH.into(),
        Next::Wait(milliseconds) => milliseconds.into(),
    };
    // An object of `transport.js` takes every property.
    let _ = Reflect::set(attempt, &"next".into(), &step);
    explain(&failure)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float-to-int cast saturates")]
fn decide(attempt: &JsValue, failure: &Failure) -> Next {
    let number = |name| number_field(attempt, name);
    let retry_after = number("retryAfter");
    let seen = Attempt {
        failure,
        is_repeatable: attempt.get("isRepeatable").is_truthy(),
        is_unrecoverable: attempt.get("unrecoverable").is_truthy(),
        retry_after_ms: (!retry_after.is_nan()).then_some(retry_after),
        number: number("attempt") as u32,
        waited_ms: number("waited"),
        left_ms: number("left"),
        refreshes_left: number("refreshes") as u32,
        random: number("random"),
    };
    next(&seen, Budget { attempts: number("attempts") as u32, wait_ms: number("budget") })
}

/// The reasons' numbers are those of `transport.js`.
fn failure(attempt: &JsValue) -> Failure {
    let number = number_field(attempt, "number");
    let words = text_field(attempt, "words").unwrap_or_default();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float-to-int cast saturates")]
    match number_field(attempt, "reason") as u8 {
        0 => {
            let code = number_field(attempt, "code");
            let problem =
                Problem { code: (!code.is_nan()).then_some(code as i32), message: text_field(attempt, "message") };
            Failure::Status { status: number as u16, status_text: words, problem }
        }
        1 => Failure::Encoding(words),
        2 => Failure::Timeout(number),
        3 => Failure::Body(words),
        _ => Failure::Connection(words),
    }
}
