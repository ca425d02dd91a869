//! The choices where the API's behaviour is unknown.

use serde::{Deserialize, Serialize};
use serde_json::Number;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::App;
use super::free::Free;
use super::input::read;
use crate::{Method, WebhookTimes};

/// Settings to be changed; what is left out stays as it is.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorSettingsChanges {
    /// Refuses what the API may well refuse but what is seen to be sent to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    strict: Option<bool>,
    /// Answers a token with a wrong signature as the API did until 2022.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    legacy_signature_errors: Option<bool>,
    /// Lets an upsert make a user anew whose id was deleted for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    reuse_hard_deleted_ids: Option<bool>,
    /// How webhooks write times.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "EmulatorWebhookTimes")]
    webhook_times: Option<WebhookTimes>,
    /// How single hooks write times, by their address; `null` takes one back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, EmulatorWebhookTimes | null>")]
    webhook_times_by_url: Option<Free>,
    /// How long tasks take that are started from now on, in milliseconds.
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
