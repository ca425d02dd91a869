//! Errors on their way out.

use wasm_bindgen::prelude::*;

use crate::error::Error;

#[wasm_bindgen(module = "/src/js/errors.js")]
extern "C" {
    /// `StreamError`, made in JavaScript so that it is a real `Error` with a stack.
    #[wasm_bindgen(js_name = newError)]
    fn new_error(kind: &str, message: &str, field: Option<&str>, code: Option<i32>, status: Option<u16>) -> JsValue;
}

impl From<&Error> for JsValue {
    fn from(error: &Error) -> Self {
        new_error(error.kind().as_str(), error.message(), error.field(), error.code(), error.status())
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}
