//! JavaScript values, seen through the questions that rules ask.

use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::operation::{Argument, Shape};

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    #[wasm_bindgen(js_name = shapeOf)]
    fn shape_of(value: &JsValue) -> u8;
    /// The text of a field, if it is a string.
    #[wasm_bindgen(js_name = textField)]
    pub(super) fn text_field(object: &JsValue, name: &str) -> Option<String>;
    /// Whether nothing in the value wants a closer look before it becomes JSON.
    #[wasm_bindgen(js_name = isPlain)]
    pub(super) fn is_plain(value: &JsValue) -> bool;
    /// The ids of a batch of users, one a line, unless the batch wants a closer look.
    #[wasm_bindgen(js_name = plainUserIds)]
    pub(super) fn plain_user_ids(users: &JsValue, max: usize) -> Option<String>;
}

/// In the order of the numbers in `values.js`.
const SHAPES: [Shape; 12] = [
    Shape::Absent,
    Shape::Boolean,
    Shape::Number,
    Shape::NotANumber,
    Shape::Text,
    Shape::Array,
    Shape::Object,
    Shape::Encodable,
    Shape::Opaque,
    Shape::Function,
    Shape::Symbol,
    Shape::BigInt,
];

impl Argument for JsValue {
    fn shape(&self) -> Shape {
        SHAPES.get(usize::from(shape_of(self))).copied().unwrap_or(Shape::Opaque)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64().or_else(|| self.as_bool().map(f64::from))
    }

    fn text(&self) -> Option<String> {
        self.as_string()
    }

    fn get(&self, name: &str) -> Self {
        // Fails for what has no fields, and for a getter that throws; either way there is nothing to read.
        Reflect::get(self, &name.into()).unwrap_or_default()
    }

    fn names(&self) -> Vec<String> {
        self.dyn_ref::<Object>()
            .map(|object| Object::keys(object).iter().map(|name| String::from(JsString::from(name))).collect())
            .unwrap_or_default()
    }

    fn len(&self) -> usize {
        // Asked of arrays only.
        self.unchecked_ref::<Array>().length() as usize
    }

    #[allow(clippy::cast_possible_truncation, reason = "an array has fewer than 2^32 items")]
    fn item(&self, index: usize) -> Self {
        self.unchecked_ref::<Array>().get(index as u32)
    }

    fn is(&self, other: &Self) -> bool {
        self == other
    }
}
