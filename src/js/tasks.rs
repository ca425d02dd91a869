//! Waiting for tasks.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::client::Inner;
use super::options::WaitOptions;
use super::transport::Route;
use super::values::{number_field, text_field};
use crate::error::Error;
use crate::model::ErrorResult;
use crate::operation::{Argument, GET_TASK, encode_component};
use crate::policy::{Polling, Step, TaskView, next_step};

#[wasm_bindgen(module = "/src/js/tasks.js")]
extern "C" {
    /// Looks at a task until it ends.
    #[wasm_bindgen(js_name = waitForTask)]
    fn wait_for_task(route: &Route, segment: &str, id: &str, interval: f64, timeout: f64, options: &JsValue)
    -> Promise;

    #[wasm_bindgen(js_name = setStep)]
    fn set_step(step: &JsValue);
}

/// Looks at a task until it ends.
pub(super) fn wait(client: &Inner, task_id: &JsValue, options: &JsValue) -> Promise {
    let prepared = task_id
        .text()
        .filter(|id| !id.is_empty())
        .ok_or_else(|| Error::argument("taskId", "must be the task_id that the operation returned"))
        .and_then(|id| Ok((id, WaitOptions::read(options)?)))
        .map_err(|error| error.in_method("waitForTask"));
    match prepared {
        Ok((id, WaitOptions { polling })) => {
            let (segment, route) = (encode_component(&id), client.route(&GET_TASK));
            wait_for_task(&route, &segment, &id, polling.interval_ms, polling.timeout_ms, options)
        }
        Err(error) => Promise::reject(&error.into()),
    }
}

/// Gives `tasks.js` the function that says what comes after a look.
pub(super) fn install_step() {
    let step = Closure::<dyn Fn(JsValue) -> JsValue>::new(|look: JsValue| step(&look));
    set_step(&step.into_js_value());
}

fn step(look: &JsValue) -> JsValue {
    let polling = Polling { interval_ms: number_field(look, "interval"), timeout_ms: number_field(look, "timeout") };
    let id = text_field(look, "id").unwrap_or_default();
    match next_step(&id, &view(look), number_field(look, "elapsed"), polling) {
        Step::Done => (-1.0).into(),
        Step::Fail(error) => error.into(),
        Step::Wait(milliseconds) => milliseconds.into(),
    }
}

/// As much of a task as decides.
fn view(look: &JsValue) -> TaskView {
    let text = |name| text_field(look, name);
    let error = text("type").or_else(|| text("description")).map(|_| ErrorResult {
        r#type: text("type").unwrap_or_default(),
        description: text("description").unwrap_or_default(),
        ..ErrorResult::default()
    });
    TaskView { status: text("status").unwrap_or_default(), error }
}
