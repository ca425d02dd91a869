//! The clock of an in-process emulator.

use js_sys::{Date, TypeError};
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::JsValue;

use super::App;
use super::input::read;
use super::moment::{Moment, iso};
use crate::Method;

#[derive(Serialize)]
struct Change {
    freeze: Value,
}

/// Stops the clock, at a given time or at the current one.
pub(super) fn freeze(app: &App, at: JsValue) -> Result<JsValue, JsValue> {
    let date = match read::<Option<Moment>>("at", &at)? {
        None => return change(app, true.into()),
        Some(Moment::Text(text)) => Date::new(&text.into()),
        Some(Moment::Number(ms)) => Date::new(&ms.as_f64().into()),
    };
    let text = iso(&date).ok_or_else(|| TypeError::new("at: expected a time that there is"))?;
    change(app, text.into())
}

pub(super) fn unfreeze(app: &App, _: JsValue) -> Result<JsValue, JsValue> {
    change(app, false.into())
}

fn change(app: &App, freeze: Value) -> Result<JsValue, JsValue> {
    app.tell(Method::Post, "/clock", &Change { freeze })?;
    Ok(JsValue::UNDEFINED)
}
