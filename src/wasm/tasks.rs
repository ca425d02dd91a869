//! Polling tasks: the rules of `policy`, for `src/client/tasks.ts`.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use super::record::record;
use crate::model::ErrorResult;
use crate::policy::{Polling, Step, TaskView, next_step};

record! {
    read
    /// A task, as a poll returned it.
    SeenTask {
        /// The task's id.
        "id" id: String = "string",
        /// The status.
        "status" status: String = "string",
        /// The type of the error that ended it.
        "errorType" error_type: Option<String> = "string | undefined",
        /// The description of that error.
        "errorDescription" error_description: Option<String> = "string | undefined",
        /// Milliseconds since polling began.
        "elapsed" elapsed: f64 = "number",
        /// Milliseconds between two polls.
        "interval" interval: f64 = "number",
        /// The timeout in milliseconds.
        "timeout" timeout: f64 = "number",
    }
}

/// Decides what to do after a poll: returns milliseconds until the next one, or undefined if the task is completed.
///
/// # Errors
/// The error that ends the polling.
#[wasm_bindgen(js_name = nextPoll)]
pub fn next_poll(#[wasm_bindgen(unchecked_param_type = "SeenTask")] seen: &JsValue) -> Result<Option<f64>, JsValue> {
    let seen = SeenTask(seen);
    let (error_type, error_description) = (seen.error_type(), seen.error_description());
    let has_error = error_type.is_some() || error_description.is_some();
    let error = has_error.then(|| ErrorResult {
        r#type: error_type.unwrap_or_default(),
        description: error_description.unwrap_or_default(),
        ..ErrorResult::default()
    });
    let polling = Polling { interval_ms: seen.interval(), timeout_ms: seen.timeout() };
    match next_step(&seen.id(), &TaskView { status: seen.status(), error }, seen.elapsed(), polling) {
        Step::Done => Ok(None),
        Step::Wait(milliseconds) => Ok(Some(milliseconds)),
        Step::Fail(error) => Err(error.into()),
    }
}
