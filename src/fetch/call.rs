//! One call over the platform's `fetch`, from its first attempt to its last.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use gloo_net::http::{Headers, Method, RequestBuilder, Response};
use js_sys::{Date, Function, Math, Promise};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestRedirect};

use super::request::Request;
use crate::error::Error;
use crate::operation::{self, Operation};
use crate::policy::{Attempt, Budget, Failure, Next, Outcome, Problem, explain, next, outcome_of_all};

/// A call that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallError {
    /// What went wrong.
    pub error: Error,
    /// What is known of the request: whether it may have run.
    pub outcome: Outcome,
    /// The number of attempts.
    pub attempts: u32,
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl core::error::Error for CallError {}

impl From<Error> for CallError {
    /// An error before anything was sent.
    fn from(error: Error) -> Self {
        Self { error, outcome: Outcome::NotSent, attempts: 0 }
    }
}

/// What all calls of a client share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Transport<'a> {
    pub(super) base_path: &'a str,
    /// Pairs of a header's name and value.
    pub(super) headers: &'a [(&'static str, String)],
    /// The time limit of an attempt, in milliseconds.
    pub(super) timeout_ms: f64,
    pub(super) budget: Budget,
}

/// Why an attempt failed, and what the response says about retries.
struct Failed {
    failure: Failure,
    retry_after_ms: Option<f64>,
    is_unrecoverable: bool,
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self { failure, retry_after_ms: None, is_unrecoverable: false }
    }
}

impl Transport<'_> {
    /// Sends a request, with retries according to the policy.
    pub(super) async fn call<T: DeserializeOwned>(
        self,
        operation: &Operation,
        request: Request,
    ) -> Result<T, CallError> {
        let mut number = 1;
        let mut waited_ms = 0.0;
        let mut outcome = None;
        loop {
            let Failed { failure, retry_after_ms, is_unrecoverable } = match self.attempt(operation, &request).await {
                Ok(response) => return Ok(response),
                Err(failed) => failed,
            };
            let known = outcome_of_all(outcome, failure.outcome());
            let attempt = Attempt {
                failure: &failure,
                is_repeatable: operation.is_repeatable(),
                is_unrecoverable,
                retry_after_ms,
                number,
                waited_ms,
                left_ms: f64::INFINITY,
                refreshes_left: 0,
                random: Math::random(),
            };
            match next(&attempt, self.budget) {
                Next::Wait(milliseconds) => {
                    sleep(milliseconds).await;
                    waited_ms += milliseconds;
                    number += 1;
                    outcome = Some(known);
                }
                Next::Fail | Next::Refresh => {
                    return Err(CallError { error: explain(&failure), outcome: known, attempts: number });
                }
            }
        }
    }

    async fn attempt<T: DeserializeOwned>(self, operation: &Operation, request: &Request) -> Result<T, Failed> {
        let signal = AbortSignal::timeout_with_f64(self.timeout_ms);
        let result = self.exchange(operation, request, &signal).await;
        // Whatever error the platform reports, the timeout is the reason.
        if result.is_err() && signal.aborted() { Err(Failure::Timeout(self.timeout_ms).into()) } else { result }
    }

    async fn exchange<T: DeserializeOwned>(
        self,
        operation: &Operation,
        request: &Request,
        signal: &AbortSignal,
    ) -> Result<T, Failed> {
        let refused =
            |error: gloo_net::Error| Failure::Connection { words: format!("the API: {error}"), before_sending: false };
        let response = self.built(operation, request, signal).map_err(|error| Failure::Encoding(error.to_string()))?;
        let response = response.send().await.map_err(refused)?;
        let status = response.status();
        let text = response.text().await;
        if response.ok() {
            let text = text.map_err(|error| Failure::Body(error.to_string()))?;
            return serde_json::from_str(&text).map_err(|error| Failure::Body(error.to_string()).into());
        }
        // Browsers report a redirect that is not followed as status 0.
        if matches!(status, 0 | 301 | 302 | 303 | 307 | 308) {
            return Err(Failure::Redirect(Some(status).filter(|status| *status > 0)).into());
        }
        Err(refusal(&response, &text.unwrap_or_default()))
    }

    fn built(
        self,
        operation: &Operation,
        Request { target, body }: &Request,
        signal: &AbortSignal,
    ) -> Result<gloo_net::http::Request, gloo_net::Error> {
        let headers = Headers::new();
        for (name, value) in self.headers {
            headers.set(name, value);
        }
        let request = RequestBuilder::new(&format!("{}{target}", self.base_path))
            .method(method(operation.method))
            .headers(headers)
            // The API does not redirect; a server that does would get the body.
            .redirect(RequestRedirect::Manual)
            .abort_signal(Some(signal));
        match body {
            Some(body) => request.body(body.as_str()),
            None => request.build(),
        }
    }
}

const fn method(method: operation::Method) -> Method {
    match method {
        operation::Method::Get => Method::GET,
        operation::Method::Post => Method::POST,
        operation::Method::Patch => Method::PATCH,
        operation::Method::Put => Method::PUT,
        operation::Method::Delete => Method::DELETE,
    }
}

/// The fields of the API's error body that are used here.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    code: Option<i32>,
    message: Option<String>,
    unrecoverable: Option<bool>,
}

fn refusal(response: &Response, text: &str) -> Failed {
    // A proxy's page has none of these fields; the status decides then.
    let ErrorBody { code, message, unrecoverable } = serde_json::from_str(text).unwrap_or_default();
    let problem = Problem { code, message };
    let failure = Failure::Status { status: response.status(), status_text: response.status_text(), problem };
    Failed { failure, retry_after_ms: retry_after_ms(response), is_unrecoverable: unrecoverable == Some(true) }
}

/// The delay that the `Retry-After` header asks for, in milliseconds.
fn retry_after_ms(response: &Response) -> Option<f64> {
    let headers = response.headers();
    let seconds = |name: &str| headers.get(name)?.parse::<f64>().ok().filter(|seconds| seconds.is_finite());
    let in_window = || {
        let reset = (response.status() == 429).then(|| seconds("x-ratelimit-reset")).flatten()?;
        Some(reset * 1000.0 - Date::now())
    };
    seconds("retry-after").map(|seconds| seconds * 1000.0).or_else(in_window).map(|milliseconds| milliseconds.max(0.0))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Function, milliseconds: f64);
}

pub(super) async fn sleep(milliseconds: f64) {
    let promise = Promise::new(&mut |resolve, _| set_timeout(&resolve, milliseconds));
    // This promise is never rejected.
    let _ = JsFuture::from(promise).await;
}
