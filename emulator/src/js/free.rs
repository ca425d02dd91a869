//! Data without a fixed form: custom data, bodies of operations, names chosen by callers.
//!
//! serde-wasm-bindgen 0.6.5 would change such data silently: a `Date` becomes `{}`, `undefined` becomes null, and
//! integers beyond 2^53 become floats. So it is passed as JSON, as over HTTP, and what JSON would change is rejected.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(module = "/src/js/free.js")]
extern "C" {
    /// The JSON of a value. Throws a string if JSON cannot represent the value.
    #[wasm_bindgen(catch)]
    fn json(value: &JsValue) -> Result<String, JsValue>;
}

/// Data from a caller.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Free(pub(super) Value);

impl<'de> Deserialize<'de> for Free {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value: JsValue = serde_wasm_bindgen::preserve::deserialize(deserializer)?;
        let text = json(&value).map_err(|reason| D::Error::custom(reason.as_string().unwrap_or_default()))?;
        serde_json::from_str(&text).map(Self).map_err(D::Error::custom)
    }
}
