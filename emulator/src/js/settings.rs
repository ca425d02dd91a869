//! The choices where the API's behaviour is unknown.

use serde::{Deserialize, Serialize};
use serde_json::Number;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::App;
use super::free::Free;
use super::input::read;
use crate::{Method, WebhookTimes};

/// Settings to change. Settings that are left out stay unchanged.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorSettingsChanges {
    /// Rejects requests that the API probably rejects although clients have been seen to send them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    strict: Option<bool>,
    /// Responds to a wrong token signature as the API did until 2022.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    legacy_signature_errors: Option<bool>,
    /// Allows an upsert to create a user with a hard-deleted id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    reuse_hard_deleted_ids: Option<bool>,
    /// The format of times in webhooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "EmulatorWebhookTimes")]
    webhook_times: Option<WebhookTimes>,
    /// The format of times for single hooks, by URL; `null` removes an entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, EmulatorWebhookTimes | null>")]
    webhook_times_by_url: Option<Free>,
    /// How long tasks take that start from now on, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    task_duration_ms: Option<Number>,
}

pub(super) fn get(app: &App, _: JsValue) -> Result<JsValue, JsValue> {
    app.ask(Method::Get, "/settings")?.whole()
}

pub(super) fn set(app: &App, changes: JsValue) -> Result<JsValue, JsValue> {
    let changes: EmulatorSettingsChanges = read("changes", &changes)?;
    app.tell(Method::Patch, "/settings", &changes)?;
    Ok(JsValue::UNDEFINED)
}
