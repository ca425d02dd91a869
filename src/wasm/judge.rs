//! Decides what a failed attempt means and what to do next: the rules of `policy`, for `src/client/transport/`.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use super::record::{record, words};
use crate::policy::{Attempt, Budget, Failure, MAX_REFRESHES, Next, Outcome, Problem, explain, next, outcome_of_all};

words! {
    /// Why an attempt failed.
    FailureReason {
        /// A response outside 200 to 299.
        Status = "status",
        /// A redirect.
        Redirect = "redirect",
        /// The request could not be written as JSON or as a URL.
        Encoding = "encoding",
        /// The attempt took too long.
        Timeout = "timeout",
        /// The call took too long.
        Deadline = "deadline",
        /// The body of a successful response was cut off, or is not what the API sends.
        Body = "body",
        /// `fetch` failed.
        Connection = "connection",
        /// The runtime has no `fetch`.
        NoFetch = "no_fetch",
    }
}

words! {
    /// What to do after a failed attempt.
    RetryAction {
        /// The call has failed.
        Fail = "fail",
        /// Get a new token, and send again immediately.
        Refresh = "refresh",
        /// Send again after `delay` milliseconds.
        Wait = "wait",
    }
}

words! {
    /// What is known of a request that failed.
    RequestOutcome {
        /// It was never sent.
        NotSent = "not_sent",
        /// The API did not run it.
        Refused = "refused",
        /// It is unknown whether it ran.
        Unknown = "unknown",
    }
}

record! {
    read
    /// A failed attempt, and what happened before it.
    FailedAttempt {
        /// Why it failed.
        "reason" reason: String = "FailureReason",
        /// The status text, or the message of the exception.
        "words" words: String = "string",
        /// The HTTP status, if there is a response.
        "status" status: Option<f64> = "number | undefined",
        /// The API's error code.
        "code" code: Option<f64> = "number | undefined",
        /// The API's error message.
        "message" message: Option<String> = "string | undefined",
        /// Whether the API said that a retry is pointless.
        "unrecoverable" unrecoverable: bool = "boolean",
        /// Whether `fetch` failed for a reason that occurs before anything is sent.
        "beforeSending" before_sending: bool = "boolean",
        /// The limit that was exceeded in milliseconds, for `timeout` and `deadline`.
        "limit" limit: f64 = "number",
        /// The delay that the server asks for, in milliseconds.
        "retryAfter" retry_after: Option<f64> = "number | undefined",
        /// Whether the operation may run twice.
        "repeatable" repeatable: bool = "boolean",
        /// The number of the attempt, from 1.
        "attempt" attempt: f64 = "number",
        /// The most attempts of the call.
        "attempts" attempts: f64 = "number",
        /// Milliseconds that the call has waited between its attempts.
        "waited" waited: f64 = "number",
        /// The most milliseconds that it may wait.
        "budget" budget: f64 = "number",
        /// Milliseconds left until its deadline; infinite without one.
        "left" left: f64 = "number",
        /// How many new tokens the call has asked for; undefined without a provider.
        "refreshes" refreshes: Option<f64> = "number | undefined",
        /// A random number from 0 to 1.
        "random" random: f64 = "number",
        /// What is known of the earlier attempts, if there were any.
        "outcome" outcome: Option<String> = "RequestOutcome | undefined",
    }
}

record! {
    write
    /// What a failed attempt means, and what to do next.
    Verdict {
        /// The error that the call fails with, unless it is retried.
        "problem" problem: JsValue = "Problem",
        /// What to do next.
        "action" action: &'static str = "RetryAction",
        /// Milliseconds to wait before the next attempt.
        "delay" delay: f64 = "number",
        /// What is known of the request, considering all attempts so far.
        "outcome" outcome: &'static str = "RequestOutcome",
    }
}

/// Decides what a failed attempt means, and what to do next.
///
/// # Errors
/// None: an export that returns a reference and no `Result` ends a process of Node 20 (see ARCHITECTURE.md).
#[wasm_bindgen(unchecked_return_type = "Verdict")]
pub fn judge(#[wasm_bindgen(unchecked_param_type = "FailedAttempt")] attempt: &JsValue) -> Result<JsValue, JsValue> {
    let seen = FailedAttempt(attempt);
    let failure = failure(seen);
    let earlier = seen.outcome().as_deref().and_then(RequestOutcome::parse).map(RequestOutcome::meaning);
    let outcome = RequestOutcome::of(outcome_of_all(earlier, failure.outcome()));
    let (action, delay) = match decide(seen, &failure) {
        Next::Fail => (RetryAction::Fail, 0.0),
        Next::Refresh => (RetryAction::Refresh, 0.0),
        Next::Wait(milliseconds) => (RetryAction::Wait, milliseconds),
    };
    let verdict =
        Verdict { problem: explain(&failure).into(), action: action.as_str(), delay, outcome: outcome.as_str() };
    Ok(verdict.write())
}

impl RequestOutcome {
    const fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::NotSent => Self::NotSent,
            Outcome::Refused => Self::Refused,
            Outcome::Unknown => Self::Unknown,
        }
    }

    const fn meaning(self) -> Outcome {
        match self {
            Self::NotSent => Outcome::NotSent,
            Self::Refused => Outcome::Refused,
            Self::Unknown => Outcome::Unknown,
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float-to-int cast saturates")]
fn decide(seen: FailedAttempt<'_>, failure: &Failure) -> Next {
    let attempt = Attempt {
        failure,
        is_repeatable: seen.repeatable(),
        is_unrecoverable: seen.unrecoverable(),
        retry_after_ms: seen.retry_after(),
        number: seen.attempt() as u32,
        waited_ms: seen.waited(),
        left_ms: seen.left(),
        refreshes_left: seen.refreshes().map_or(0, |refreshes| MAX_REFRESHES.saturating_sub(refreshes as u32)),
        random: seen.random(),
    };
    next(&attempt, Budget { attempts: seen.attempts() as u32, wait_ms: seen.budget() })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float-to-int cast saturates")]
fn failure(seen: FailedAttempt<'_>) -> Failure {
    let status = || seen.status().map(|status| status as u16);
    match FailureReason::parse(&seen.reason()) {
        Some(FailureReason::Status) => Failure::Status {
            status: status().unwrap_or_default(),
            status_text: seen.words(),
            problem: Problem { code: seen.code().map(|code| code as i32), message: seen.message() },
        },
        Some(FailureReason::Redirect) => Failure::Redirect(status().filter(|status| *status > 0)),
        Some(FailureReason::Encoding) => Failure::Encoding(seen.words()),
        Some(FailureReason::Timeout) => Failure::Timeout(seen.limit()),
        Some(FailureReason::Deadline) => Failure::Deadline(seen.limit()),
        Some(FailureReason::Body) => Failure::Body(seen.words()),
        Some(FailureReason::NoFetch) => Failure::NoFetch,
        Some(FailureReason::Connection) | None => {
            Failure::Connection { words: seen.words(), before_sending: seen.before_sending() }
        }
    }
}
