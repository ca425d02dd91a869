//! Data whose form is not this package's: custom data, bodies of operations, names that somebody made up.
//!
//! Field by field, serde-wasm-bindgen 0.6.5 would change such data without a word: a `Date` becomes `{}`, `undefined` becomes
//! null, and whole numbers beyond 2^53 become floats. So it goes over as JSON, as it does over HTTP, and what JSON would
//! change is refused.

use js_sys::{JSON, Map, Set};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

/// Data that a caller hands over.
#[derive(Debug, Clone, Default)]
pub(super) struct Free(pub(super) Value);

impl<'de> Deserialize<'de> for Free {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value: JsValue = serde_wasm_bindgen::preserve::deserialize(deserializer)?;
        Self::of(&value).map_err(D::Error::custom)
    }
}

impl Free {
    /// # Errors
    /// When JSON cannot carry it, in words.
    pub(super) fn of(value: &JsValue) -> Result<Self, String> {
        if value.is_instance_of::<Map>() || value.is_instance_of::<Set>() {
            return Err("a Map or a Set is no object: JSON would make it empty".to_owned());
        }
        if value.is_bigint() {
            return Err("a BigInt is no number: JSON cannot carry it".to_owned());
        }
        // A BigInt within, or a circle.
        let text = JSON::stringify(value).map_err(|_| "it cannot be written as JSON".to_owned())?;
        // Functions and `undefined` are nothing to JSON.
        let text = text.as_string().ok_or_else(|| "it is nothing that JSON can carry".to_owned())?;
        serde_json::from_str(&text).map(Self).map_err(|error| error.to_string())
    }
}
