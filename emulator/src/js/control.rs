//! The controls in process. They run the same code as over HTTP, so rules and messages are the same. Their arguments
//! and results are typed here, and their TypeScript types are generated from these types.

use js_sys::{Error, JSON, Reflect, TypeError};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use super::App;
use crate::{Method, Request};

/// A control as a function of JavaScript, with one argument and one result.
pub(super) type Control = fn(&App, JsValue) -> Result<JsValue, JsValue>;

/// The response of a control, which is JSON.
pub(super) struct Answer(String);

impl Answer {
    /// The response as a value. The platform parses it: serde-wasm-bindgen 0.6.5 would assign a custom field named
    /// `__proto__` as the object's prototype, and it rejects integers beyond 2^53, which JavaScript rounds.
    pub(super) fn whole(&self) -> Result<JsValue, JsValue> {
        JSON::parse(&self.0)
    }

    /// One field of the response.
    pub(super) fn part(&self, name: &str) -> Result<JsValue, JsValue> {
        Reflect::get(&self.whole()?, &name.into())
    }

    /// The whole response as text.
    pub(super) fn text(&self) -> JsValue {
        self.0.as_str().into()
    }
}

impl App {
    /// Calls a control without a body.
    pub(super) fn ask(&self, method: Method, path: &str) -> Result<Answer, JsValue> {
        self.send(method, path, Vec::new())
    }

    /// Calls a control with a body.
    pub(super) fn tell(&self, method: Method, path: &str, body: &impl Serialize) -> Result<Answer, JsValue> {
        let body = serde_json::to_vec(body).map_err(|error| TypeError::new(&error.to_string()))?;
        self.send(method, path, body)
    }

    /// # Errors
    /// A `TypeError` for invalid input, an `Error` for an object that does not exist.
    pub(super) fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Result<Answer, JsValue> {
        let request = Request::new(method, &format!("/__emulator{path}")).body(body);
        let driving = self.driving()?;
        let response = self.with_emulator(|emulator| emulator.handle_in_process(&request, driving))?;
        let answer = Answer(String::from_utf8_lossy(&response.body).into_owned());
        if response.status == 200 {
            return Ok(answer);
        }
        let message = answer.part("message")?.as_string().unwrap_or_default();
        Err(if response.status == 400 { TypeError::new(&message).into() } else { Error::new(&message).into() })
    }
}

/// Converts a value without custom names by serde-wasm-bindgen; maps become objects.
pub(super) fn told(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
