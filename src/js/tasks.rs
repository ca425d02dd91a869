//! Waiting for tasks.

use core::pin::Pin;
use std::rc::Rc;

use js_sys::{Date, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::client::Inner;
use super::options::WaitOptions;
use super::transport::sleep;
use super::values::{single, text_field};
use crate::error::Error;
use crate::model::ErrorResult;
use crate::operation::{Argument, GET_TASK};
use crate::policy::{Step, TaskView, next_step};

/// A future of one type, so that the code which drives futures is in the wasm once.
pub(super) type Steps = Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>;

/// Looks at a task until it ends. Everything the wait needs is owned by it: the client may be dropped meanwhile.
pub(super) fn wait(client: Rc<Inner>, task_id: &JsValue, options: &JsValue) -> Promise {
    let prepared = task_id
        .text()
        .filter(|id| !id.is_empty())
        .ok_or_else(|| Error::argument("taskId", "must be the task_id that the operation returned"))
        .and_then(|id| Ok((id, WaitOptions::read(options)?)))
        .map_err(|error| error.in_method("waitForTask"));
    match prepared {
        Ok((id, options)) => future_to_promise(Box::pin(poll(client, id, options)) as Steps),
        Err(error) => Promise::reject(&error.into()),
    }
}

async fn poll(client: Rc<Inner>, id: String, options: WaitOptions) -> Result<JsValue, JsValue> {
    let argument = single("id", &id.as_str().into());
    let call_options = single("signal", &JsValue::from(options.signal.clone()));
    let started = Date::now();
    // What was slept counts even when somebody sets the clock back meanwhile.
    let mut slept: f64 = 0.0;
    loop {
        let task = JsFuture::from(client.call(&GET_TASK, &argument, &call_options)).await?;
        if let Some(on_progress) = &options.on_progress {
            // It may be an async function, whose failure is this wait's too.
            let returned = on_progress.call1(&JsValue::UNDEFINED, &task)?;
            JsFuture::from(Promise::resolve(&returned)).await?;
        }
        let seen = view(&task);
        match next_step(&id, &seen, slept.max(Date::now() - started), options.polling) {
            Step::Done => return Ok(task),
            Step::Fail(error) => return Err(with_task(&error, &task)),
            Step::Wait(milliseconds) => {
                JsFuture::from(sleep(milliseconds, options.signal.as_ref())).await?;
                slept += milliseconds;
            }
        }
    }
}

/// As much of a task as decides.
fn view(task: &JsValue) -> TaskView {
    let read = |object: &JsValue, name: &'static str| text_field(object, name).unwrap_or_default();
    let error = task.get("error");
    let error = (!error.is_absent()).then(|| ErrorResult {
        r#type: read(&error, "type"),
        description: read(&error, "description"),
        ..ErrorResult::default()
    });
    TaskView { status: read(task, "status"), error }
}

/// The error, with the task as it was last seen.
fn with_task(error: &Error, task: &JsValue) -> JsValue {
    let error = JsValue::from(error);
    // A fresh error takes every property.
    let _ = Reflect::set(&error, &"task".into(), task);
    error
}
