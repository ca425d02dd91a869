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

/// When a connection breaks.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
enum EmulatorDrop {
    /// Before the operation: it does not happen.
    Before,
    /// After it: it has happened, and only the answer is lost.
    After,
}

/// What becomes of an answer's body.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
enum EmulatorSpoiledBody {
    /// It breaks off in its middle.
    Truncate,
    /// It is invalid JSON.
    Invalid,
    /// There is none.
    Empty,
    /// A page comes in its place.
    Html,
}

/// One way to go wrong. With a `status`, or dropped `"before"`, the operation does not happen; otherwise it does, and only
/// its answer is spoiled. A request can ask for one with the header `x-emulator-fault`: the JSON of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorFault {
    /// HTTP status of the answer, 400 to 599.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    status: Option<Number>,
    /// Stream's code in the answer; the one that is documented for the status when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    code: Option<Number>,
    /// Message in the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    message: Option<String>,
    /// The header `Retry-After`, in seconds. With the status 429 it is 1 when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    retry_after: Option<Number>,
    /// Whether the answer says that trying again is pointless.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    unrecoverable: Option<bool>,
    /// Headers of the answer, in place of its own of that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, string>")]
    headers: Option<IndexMap<String, String>>,
    /// How long the answer is held back, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    latency_ms: Option<Number>,
    /// Breaks the connection before the operation, or after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    drop: Option<EmulatorDrop>,
    /// Breaks off the body in its middle, makes it invalid JSON, leaves it out, or sends a page in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    body: Option<EmulatorSpoiledBody>,
    /// Closes a socket with this code once its client was answered. Only of use with the operation `Connect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    close: Option<Number>,
    /// Leaves a socket open and says nothing over it. Only of use with the operation `Connect`.
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

/// Which requests a fault hits, and how often. What is left out does not matter.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorFaultRule {
    /// Name of the operation, as Stream has it: `QueryUsers`. Opening a socket is called `Connect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    operation: Option<String>,
    /// HTTP method.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    method: Option<EmulatorMethod>,
    /// Path, as it was sent; with a star at its end, what it begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    path: Option<String>,
    /// Id of the user who calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    user_id: Option<String>,
    /// How many of these requests to let through first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    skip: Option<Number>,
    /// How many are hit at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    times: Option<Number>,
    /// How likely each is hit, from 0 to 1. The emulator's seed decides.
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
