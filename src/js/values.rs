//! JavaScript values, seen through the questions that rules ask.

use core::cell::RefCell;
use core::ptr;

use wasm_bindgen::prelude::*;

use crate::operation::{Argument, Shape};

#[wasm_bindgen(module = "/src/js/values.js")]
extern "C" {
    #[wasm_bindgen(js_name = shapeOf)]
    fn shape_of(value: &JsValue) -> u8;
    #[wasm_bindgen(js_name = fieldOf)]
    fn field_of(object: &JsValue, name: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = sizeOf)]
    fn size_of(array: &JsValue) -> usize;
    #[wasm_bindgen(js_name = nameAt)]
    fn name_at(object: &JsValue, index: usize) -> Option<String>;
    #[wasm_bindgen(js_name = textField)]
    fn text_of(object: &JsValue, name: &JsValue) -> Option<String>;
    #[wasm_bindgen(js_name = numberField)]
    fn number_of(object: &JsValue, name: &JsValue) -> f64;
    /// Whether nothing in the value wants a closer look before it becomes JSON.
    #[wasm_bindgen(js_name = isPlain)]
    pub(super) fn is_plain(value: &JsValue) -> bool;
    /// The ids of a batch of users, one a line, unless the batch wants a closer look.
    #[wasm_bindgen(js_name = plainUserIds)]
    pub(super) fn plain_user_ids(users: &JsValue, max: usize) -> Option<String>;
    /// Whether a token's payload has claims of the caller's own.
    #[wasm_bindgen(js_name = hasOwnClaims)]
    pub(super) fn has_own_claims(payload: &JsValue) -> bool;
    /// The claims of a token with the caller's own among them, as JSON, unless they cannot be read.
    #[wasm_bindgen(js_name = ownClaims)]
    pub(super) fn own_claims(payload: &JsValue, iat: f64, exp: f64) -> Option<String>;
    /// The user that claims name, given as JSON.
    #[wasm_bindgen(js_name = userIdIn)]
    pub(super) fn user_id_in(claims: &[u8]) -> Option<String>;
    /// An object of one field.
    #[wasm_bindgen]
    pub(super) fn single(name: &str, value: &JsValue) -> JsValue;
    /// Headers by their lower-case names, the later ones over the earlier.
    #[wasm_bindgen(js_name = mergeHeaders)]
    pub(super) fn merge_headers(headers: &JsValue, own: &JsValue) -> JsValue;
}

/// The text of a field, if it is a string.
pub(super) fn text_field(object: &JsValue, name: &'static str) -> Option<String> {
    with_name(name, |name| text_of(object, name))
}

/// The number of a field: NaN where there is none, infinite where it is anything else.
pub(super) fn number_field(object: &JsValue, name: &'static str) -> f64 {
    with_name(name, |name| number_of(object, name))
}

thread_local! {
    /// Names of fields as JavaScript strings. Making one takes longer (0.3 µs) than reading the field; there are about
    /// thirty, all of them constants, so a list is quicker than a map and nothing is ever removed from it.
    static NAMES: RefCell<Vec<(&'static str, &'static JsValue)>> = const { RefCell::new(Vec::new()) };
}

fn with_name<T>(name: &'static str, then: impl FnOnce(&JsValue) -> T) -> T {
    let find = |names: &RefCell<Vec<(&'static str, &'static JsValue)>>| {
        let known = names.borrow().iter().find(|(known, _)| ptr::eq(*known, name)).map(|(_, value)| *value);
        known.unwrap_or_else(|| {
            let value: &'static JsValue = Box::leak(Box::new(name.into()));
            names.borrow_mut().push((name, value));
            value
        })
    };
    // The list is free again before the field is read: that may run a caller's getter, which may call back.
    then(NAMES.with(find))
}

/// In the order of the numbers in `values.js`.
const SHAPES: [Shape; 13] = [
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
    Shape::Unreadable,
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

    fn get(&self, name: &'static str) -> Self {
        with_name(name, |name| field_of(self, name))
    }

    fn member(&self, name: &str) -> Self {
        field_of(self, &name.into())
    }

    fn names(&self) -> Vec<String> {
        (0..).map_while(|index| name_at(self, index)).collect()
    }

    fn size(&self) -> usize {
        size_of(self)
    }

    #[allow(clippy::cast_precision_loss, reason = "an array has fewer than 2^32 items")]
    fn item(&self, index: usize) -> Self {
        field_of(self, &JsValue::from_f64(index as f64))
    }

    fn is(&self, other: &Self) -> bool {
        self == other
    }
}
