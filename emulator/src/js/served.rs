//! The emulator for an HTTP server in JavaScript. Its requests come from the network, so the caller is not trusted, as
//! in the native server; `fetch` in process trusts its caller.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use getstream_users::model::APIError;
use js_sys::{Array, Error, JSON, Object, Reflect, TypeError};
use serde::Deserialize;
use serde_json::Value;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::fetch::{described, read_headers};
use super::{App, sockets, webhooks};
use crate::{Choices, Config, Emulator, Method, RateLimits, Refusal, Request, Response, WebhookTimes};
use crate::{PAGE_HEADERS, PAGE_METHODS, PAGE_SECONDS};

/// The options of the server, from JSON. The server checks its flags before it passes them.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct ServedOptions {
    api_key: Option<String>,
    api_secret: Option<String>,
    /// In milliseconds.
    task_duration: Option<u64>,
    id_seed: Option<u64>,
    rate_limits: Option<Value>,
    strict: bool,
    webhook_times: Option<WebhookTimes>,
    allowed_hosts: Vec<String>,
    /// The files of the page by name; all are text.
    ui: BTreeMap<String, String>,
}

impl ServedOptions {
    /// # Errors
    /// If the rate limits are invalid.
    fn config(self) -> Result<Config, String> {
        let default = Config::default();
        let rate_limits = self.rate_limits.map(|limits| RateLimits::from_json(limits.to_string().as_bytes()));
        Ok(Config {
            api_key: self.api_key.unwrap_or(default.api_key),
            api_secret: self.api_secret.unwrap_or(default.api_secret),
            task_duration: self.task_duration.map_or(default.task_duration, Duration::from_millis),
            seed: self.id_seed.unwrap_or(default.seed),
            rate_limits: rate_limits.transpose().map_err(|error| error.to_string())?.unwrap_or(default.rate_limits),
            choices: Choices {
                strict: self.strict,
                webhook_times: self.webhook_times.unwrap_or(default.choices.webhook_times),
                ..default.choices
            },
            allowed_hosts: self.allowed_hosts,
            ui: self.ui.into_iter().map(|(name, text)| (name, text.into_bytes())).collect(),
            ..default
        })
    }
}

/// Creates an emulator for a server. This is not part of the public API; the command `getstream-users emulator` is.
///
/// # Errors
/// If the options are invalid JSON or have a wrong type.
#[wasm_bindgen(js_name = createServedEmulator, skip_typescript)]
pub fn create_served_emulator(options: &str) -> Result<Object, JsValue> {
    let options: ServedOptions = serde_json::from_str(options).map_err(|error| complaint(&error.to_string()))?;
    let config = options.config().map_err(|reason| complaint(&reason))?;
    let app = Rc::new(App { emulator: Emulator::new(config).into(), clock: None });

    let parts = Object::new();
    let put = |name: &str, value: &JsValue| Reflect::set(&parts, &name.into(), value).map(|_| ());
    put("answer", &answer_function(Rc::clone(&app)))?;
    put("bodyLimit", &body_limit_function(Rc::clone(&app)))?;
    put("refusal", &refusal_function())?;
    put("revision", &revision_function(Rc::clone(&app)))?;
    put("control", &control_function(Rc::clone(&app)))?;
    put("preflight", &preflight()?)?;
    put("dispatcher", webhooks::dispatcher(&app, None)?.as_ref())?;
    put("sockets", sockets::served_sockets(&app)?.as_ref())?;
    Ok(parts)
}

/// The headers of the response to a preflight request.
fn preflight() -> Result<JsValue, JsValue> {
    let headers = Object::new();
    for (name, value) in [
        ("access-control-allow-methods", PAGE_METHODS.join(",")),
        ("access-control-allow-headers", PAGE_HEADERS.join(",")),
        ("access-control-max-age", PAGE_SECONDS.to_string()),
    ] {
        Reflect::set(&headers, &name.into(), &value.into())?;
    }
    Ok(headers.into())
}

fn complaint(text: &str) -> JsValue {
    TypeError::new(text).into()
}

/// Reads the head of a request from an array: method, origin, path, query, and headers as the JSON of pairs.
pub(super) fn head(parts: &Array) -> Request {
    let text = |index: u32| parts.get(index).as_string().unwrap_or_default();
    Request {
        method: Method::parse(&text(0)),
        origin: text(1),
        path: text(2),
        query: text(3),
        headers: read_headers(&text(4)),
        body: Vec::new(),
    }
}

/// The function that handles a request: it takes the head and the body.
fn answer_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn(Array, Vec<u8>) -> Result<Object, JsValue>>::new(move |parts: Array, body: Vec<u8>| {
        let request = Request { body, ..head(&parts) };
        let driving = app.driving()?;
        logged(&app.with_emulator(|emulator| emulator.handle(&request, driving))?)
    })
    .into_js_value()
}

/// The function that calls a control as a trusted caller: it takes method, path and body, and returns status and body.
fn control_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn(String, String, String) -> Result<Array, JsValue>>::new(
        move |method: String, path: String, body: String| {
            let request = Request::new(Method::parse(&method), &format!("/__emulator{path}")).body(body);
            let driving = app.driving()?;
            let response = app.with_emulator(|emulator| emulator.handle_in_process(&request, driving))?;
            Ok(Array::of2(&response.status.into(), &String::from_utf8_lossy(&response.body).as_ref().into()))
        },
    )
    .into_js_value()
}

/// The size limit for the body of a request, given its head. A body that is one byte longer is rejected.
fn body_limit_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn(Array) -> Result<f64, JsValue>>::new(move |parts: Array| {
        let driving = app.driving()?;
        let limit = app.with_emulator(|emulator| emulator.body_limit(&head(&parts), driving))?;
        // Below 4 GiB.
        Ok(f64::from(u32::try_from(limit).unwrap_or(u32::MAX)))
    })
    .into_js_value()
}

/// The function that returns the response to an invalid request: it takes the reason.
fn refusal_function() -> JsValue {
    Closure::<dyn Fn(String) -> Result<Object, JsValue>>::new(move |reason: String| {
        let refusal = match reason.as_str() {
            "head-too-large" => Refusal::HeadTooLarge,
            "too-slow" => Refusal::TooSlow,
            _ => Refusal::Malformed,
        };
        logged(&refusal.response())
    })
    .into_js_value()
}

/// The function that returns a number which changes with the state.
fn revision_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn() -> Result<String, JsValue>>::new(move || {
        app.with_emulator(|emulator| emulator.revision().to_string())
    })
    .into_js_value()
}

/// The response, with what is logged: `text` and fields for a request to the app; `reason` for any other request.
fn logged(response: &Response) -> Result<Object, JsValue> {
    let described = described(response)?;
    let put = |name: &str, value: &JsValue| Reflect::set(&described, &name.into(), value).map(|_| ());
    put("isUnlogged", &response.is_unlogged.into())?;
    match &response.summary {
        Some(summary) => {
            let fields = serde_json::to_string(summary).map_err(|error| Error::new(&error.to_string()))?;
            put("text", &summary.to_string().into())?;
            put("fields", &JSON::parse(&fields)?)?;
        }
        None => {
            let reason = serde_json::from_slice::<APIError>(&response.body).ok().map(|envelope| envelope.message);
            put("reason", &reason.map_or(JsValue::UNDEFINED, JsValue::from))?;
        }
    }
    Ok(described)
}
