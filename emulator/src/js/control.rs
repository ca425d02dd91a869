//! The controls in process. They run the same code as over HTTP, so rules and messages are the same. Their arguments
//! and results are typed here, and their TypeScript is made from these types.

use js_sys::{Error, JSON, Reflect, TypeError};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use super::App;
use crate::{Method, Request};

/// A control as JavaScript calls it: with one value, for one.
pub(super) type Control = fn(&App, JsValue) -> Result<JsValue, JsValue>;

/// What a control answered, which is JSON.
pub(super) struct Answer(String);

impl Answer {
    /// The answer as a value. The platform parses it: serde-wasm-bindgen 0.6.5 would set a name of the caller's own that is
    /// `__proto__` as the object's prototype, and refuses whole numbers beyond 2^53, which JavaScript rounds.
    pub(super) fn whole(&self) -> Result<JsValue, JsValue> {
        JSON::parse(&self.0)
    }

    /// One field of it.
    pub(super) fn part(&self, name: &str) -> Result<JsValue, JsValue> {
        Reflect::get(&self.whole()?, &name.into())
    }

    /// All of it, as text.
    pub(super) fn text(&self) -> JsValue {
        self.0.as_str().into()
    }
}

impl App {
    /// Asks a control, without a body.
    pub(super) fn ask(&self, method: Method, path: &str) -> Result<Answer, JsValue> {
        self.send(method, path, Vec::new())
    }

    /// Asks a control with a body.
    pub(super) fn tell(&self, method: Method, path: &str, body: &impl Serialize) -> Result<Answer, JsValue> {
        let body = serde_json::to_vec(body).map_err(|error| TypeError::new(&error.to_string()))?;
        self.send(method, path, body)
    }

    /// # Errors
    /// A `TypeError` for what the control cannot use, an `Error` for what is not there.
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

/// What serde-wasm-bindgen makes of a value that has no names of the caller's own in it: objects for maps.
pub(super) fn told(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
