//! The state of the app. It stays JSON text: its times are integers in nanoseconds, beyond 2^53, which a JavaScript
//! number would round.

use js_sys::TypeError;
use wasm_bindgen::JsValue;

use super::App;
use crate::Method;

pub(super) fn reset(app: &App, _: JsValue) -> Result<JsValue, JsValue> {
    app.ask(Method::Post, "/reset").map(|_| JsValue::UNDEFINED)
}

pub(super) fn get(app: &App, _: JsValue) -> Result<JsValue, JsValue> {
    app.ask(Method::Get, "/state").map(|answer| answer.text())
}

pub(super) fn restore(app: &App, state: JsValue) -> Result<JsValue, JsValue> {
    let state = state.as_string().ok_or_else(|| TypeError::new("`state` must be a text that `state()` returned"))?;
    app.send(Method::Put, "/state", state.into_bytes()).map(|_| JsValue::UNDEFINED)
}
