//! Faults.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Number;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::App;
use super::control::told;
use super::input::read;
use crate::Method;

/// When the connection breaks.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
enum EmulatorDrop {
    /// Before the operation, which does not run.
    Before,
    /// After the operation: it has run, and only the response is lost.
    After,
}

/// How the body of a response is spoiled.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
enum EmulatorSpoiledBody {
    /// It is cut off in the middle.
    Truncate,
    /// It is invalid JSON.
    Invalid,
    /// It is empty.
    Empty,
    /// It is an HTML page.
    Html,
}

/// A fault. With a `status`, or a connection dropped `"before"`, the operation does not run; otherwise it runs, and
/// only its response is spoiled. A request can ask for a fault with the header `x-emulator-fault`, as JSON.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorFault {
    /// HTTP status of the response, 400 to 599.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    status: Option<Number>,
    /// Stream's error code in the response; by default the documented one for the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    code: Option<Number>,
    /// Error message in the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    message: Option<String>,
    /// The header `Retry-After`, in seconds. With the status 429, the default is 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    retry_after: Option<Number>,
    /// Whether the response says that retrying is pointless.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    unrecoverable: Option<bool>,
    /// Headers of the response; they replace its own headers with these names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, string>")]
    headers: Option<IndexMap<String, String>>,
    /// How long the response is delayed, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    latency_ms: Option<Number>,
    /// Breaks the connection before the operation, or after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    drop: Option<EmulatorDrop>,
    /// Cuts off the body, makes it invalid JSON, leaves it out, or sends an HTML page instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    body: Option<EmulatorSpoiledBody>,
    /// Closes a socket with this code after its client has connected. Only with the operation `Connect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    close: Option<Number>,
    /// Leaves a socket open and sends nothing over it. Only with the operation `Connect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    silence: Option<bool>,
}

/// The method of a request.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "UPPERCASE")]
enum EmulatorMethod {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// Which requests a fault hits, and how often. A condition that is left out matches every request.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorFaultRule {
    /// Stream's name of the operation: `QueryUsers`. Opening a socket is called `Connect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    operation: Option<String>,
    /// HTTP method.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    method: Option<EmulatorMethod>,
    /// Path as it was sent. A star at the end matches any rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    path: Option<String>,
    /// Id of the calling user.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    user_id: Option<String>,
    /// How many matching requests to let through first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    skip: Option<Number>,
    /// The most requests that are hit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    times: Option<Number>,
    /// The probability that a matching request is hit, from 0 to 1. The emulator's seed determines the outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    probability: Option<Number>,
    /// The fault.
    fault: EmulatorFault,
}

pub(super) fn add(app: &App, rule: JsValue) -> Result<JsValue, JsValue> {
    let rule: EmulatorFaultRule = read("rule", &rule)?;
    app.tell(Method::Post, "/faults", &rule)?.part("id")
}

pub(super) fn list(app: &App, _: JsValue) -> Result<JsValue, JsValue> {
    app.with_emulator(|emulator| told(&emulator.fault_rules()))?
}

pub(super) fn clear(app: &App, id: JsValue) -> Result<JsValue, JsValue> {
    let id: Option<Number> = read("id", &id)?;
    let id = id.map(|id| format!("/{id}"));
    app.ask(Method::Delete, &format!("/faults{}", id.unwrap_or_default()))?;
    Ok(JsValue::UNDEFINED)
}
