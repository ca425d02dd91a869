//! Webhook deliveries, and replaying them.

use serde::Serialize;
use wasm_bindgen::JsValue;

use super::App;
use super::control::told;
use super::input::read;
use crate::Method;

#[derive(Serialize)]
struct Replay {
    id: Option<String>,
}

pub(super) fn list(app: &App, _: JsValue) -> Result<JsValue, JsValue> {
    app.with_emulator(|emulator| told(&emulator.webhook_deliveries()))?
}

pub(super) fn replay(app: &App, id: JsValue) -> Result<JsValue, JsValue> {
    let id: Option<String> = read("id", &id)?;
    app.tell(Method::Post, "/webhooks/replay", &Replay { id })?.part("replayed")
}
