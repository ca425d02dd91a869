//! JavaScript values, seen through the questions that rules ask.
//!
//! What crosses is references and 32-bit numbers: wasm-bindgen makes a function of its own in the glue for every import and
//! export that takes or returns a text, bytes or a `usize`, which were 0.6 kB gz.

use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::operation::{Argument, Shape};

#[wasm_bindgen(module = "getstream-users-values")]
extern "C" {
    #[wasm_bindgen(js_name = shapeOf)]
    fn shape_of(value: &JsValue) -> u8;
    #[wasm_bindgen(js_name = fieldOf)]
    fn field_of(object: &JsValue, name: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = fieldAt)]
    fn field_at(object: &JsValue, address: i32, length: i32) -> JsValue;
    #[wasm_bindgen(js_name = setAt)]
    fn set_at(object: &JsValue, address: i32, length: i32, value: &JsValue);
    #[wasm_bindgen(js_name = sizeOf)]
    fn size_of(array: &JsValue) -> usize;
    #[wasm_bindgen(js_name = namesOf)]
    fn names_of(object: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = textAt)]
    fn text_at(object: &JsValue, address: i32, length: i32) -> JsValue;
    #[wasm_bindgen(js_name = numberAt)]
    fn number_at(object: &JsValue, address: i32, length: i32) -> f64;
    #[wasm_bindgen(js_name = setMemory)]
    fn set_memory(memory: &JsValue);
    #[wasm_bindgen(js_name = isTime)]
    fn is_time_value(value: &JsValue) -> bool;
    #[wasm_bindgen(js_name = isPath)]
    fn is_path_value(value: &JsValue) -> bool;
    /// Whether nothing in the value wants a closer look before it becomes JSON.
    #[wasm_bindgen(js_name = isPlain)]
    pub(super) fn is_plain(value: &JsValue) -> bool;
    /// The ids of a batch of users, one a line, unless the batch wants a closer look.
    #[wasm_bindgen(js_name = plainUserIds)]
    pub(super) fn plain_user_ids(users: &JsValue, most: i32, most_custom_bytes: i32) -> JsValue;
    /// Whether a token's payload has claims of the caller's own.
    #[wasm_bindgen(js_name = hasOwnClaims)]
    pub(super) fn has_own_claims(payload: &JsValue) -> bool;
    /// The claims of a token with the caller's own among them, as JSON; an empty text where one of them is `server`, and
    /// nothing where they cannot be read.
    #[wasm_bindgen(js_name = ownClaims)]
    pub(super) fn own_claims(payload: &JsValue, user_id: &JsValue, iat: &JsValue, exp: &JsValue) -> JsValue;
    /// The payload of a token, from the arguments of `createToken` and `createCallToken`.
    #[wasm_bindgen(js_name = tokenPayload)]
    pub(super) fn token_payload(user: &JsValue, exp: &JsValue, iat: &JsValue, call_cids: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = textIn)]
    fn text_in(address: i32, length: i32) -> JsValue;
    #[wasm_bindgen(js_name = bytesIn)]
    fn bytes_in(address: i32, length: i32) -> JsValue;
    #[wasm_bindgen(js_name = objectIn)]
    fn object_in(address: i32, length: i32) -> JsValue;
    #[wasm_bindgen(js_name = claimsIn)]
    fn claims_in(address: i32, length: i32) -> JsValue;
    /// The text that JSON has in place of a value, such as an id of MongoDB's.
    #[wasm_bindgen(js_name = encodedText)]
    fn encoded_text(value: &JsValue) -> JsValue;
    /// How many bytes of JSON a value has; 0 where it has none.
    #[wasm_bindgen(js_name = encodedSize)]
    fn encoded_size_of(value: &JsValue) -> usize;
}

/// The text of a field, if it is a string.
pub(super) fn text_field(object: &JsValue, name: &'static str) -> Option<String> {
    text_at(object, address(name), length(name)).as_string()
}

/// The number of a field: NaN where there is none, infinite where it is anything else.
pub(super) fn number_field(object: &JsValue, name: &'static str) -> f64 {
    number_at(object, address(name), length(name))
}

/// Sets a field of an object that takes every property.
pub(super) fn set_field(object: &JsValue, name: &'static str, value: &JsValue) {
    set_at(object, address(name), length(name), value);
}

/// Where bytes stand in wasm's memory, such as those of a constant name. JavaScript keeps a text of
/// its own for each name: making one takes longer (0.3 µs) than reading the field.
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "wasm's addresses have 32 bits")]
fn address(bytes: impl AsRef<[u8]>) -> i32 {
    bytes.as_ref().as_ptr().addr() as i32
}

#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "wasm's lengths have 32 bits")]
fn length(bytes: impl AsRef<[u8]>) -> i32 {
    bytes.as_ref().len() as i32
}

/// The text that bytes are in UTF-8.
pub(super) fn text_of(bytes: &[u8]) -> JsValue {
    text_in(address(bytes), length(bytes))
}

/// A copy of bytes, as an array of JavaScript's.
pub(super) fn bytes_of(bytes: &[u8]) -> JsValue {
    bytes_in(address(bytes), length(bytes))
}

/// The object that JSON says, or undefined where it is none.
pub(super) fn parsed_object(json: &[u8]) -> JsValue {
    object_in(address(json), length(json))
}

/// The claims of a token, or undefined where they are not what Stream reads: no object, or a time in another form than digits.
pub(super) fn parsed_claims(json: &[u8]) -> JsValue {
    claims_in(address(json), length(json))
}

/// Lets `values.js` read names.
pub(super) fn share_memory() {
    set_memory(&wasm_bindgen::memory());
}

impl Argument for JsValue {
    fn shape(&self) -> Shape {
        Shape::ALL.get(usize::from(shape_of(self))).copied().unwrap_or(Shape::Opaque)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64().or_else(|| self.as_bool().map(f64::from))
    }

    fn text(&self) -> Option<String> {
        self.as_string().or_else(|| if self.is_object() { encoded_text(self).as_string() } else { None })
    }

    fn encoded_size(&self) -> usize {
        encoded_size_of(self)
    }

    fn get(&self, name: &'static str) -> Self {
        field_at(self, address(name), length(name))
    }

    fn member(&self, name: &str) -> Self {
        field_of(self, &name.into())
    }

    fn names(&self) -> Vec<String> {
        // All in one crossing: asking for them one by one takes the square of their number.
        let names = names_of(self);
        (0..size_of(&names)).filter_map(|index| names.item(index).as_string()).collect()
    }

    fn size(&self) -> usize {
        size_of(self)
    }

    #[allow(clippy::cast_precision_loss, reason = "an array has fewer than 2^32 items")]
    fn item(&self, index: usize) -> Self {
        field_of(self, &JsValue::from_f64(index as f64))
    }

    fn is_time(&self) -> bool {
        is_time_value(self)
    }

    fn is_path(&self) -> bool {
        is_path_value(self)
    }

    fn is(&self, other: &Self) -> bool {
        self == other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{UPDATE_USERS_PARTIAL, UPSERT_USERS, check_json};
    use alloc::borrow::ToOwned;
    use alloc::format;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn js(expression: &str) -> JsValue {
        // The module's start, which shares it, is not run in tests.
        share_memory();
        js_sys::eval(&format!("({expression})")).expect("an expression")
    }

    #[wasm_bindgen_test]
    fn knows_every_shape_there_is() {
        let cases = [
            ("undefined", Shape::Absent),
            ("null", Shape::Absent),
            ("false", Shape::Boolean),
            ("-0", Shape::Number),
            ("NaN", Shape::NotANumber),
            ("Infinity", Shape::NotANumber),
            ("''", Shape::Text),
            ("[]", Shape::Array),
            ("{}", Shape::Object),
            ("Object.create(null)", Shape::Object),
            ("new (class User { name = 1 })", Shape::Object),
            ("new (class User { get name() { return 1 } })", Shape::Opaque),
            ("Object.create({ id: 'a' })", Shape::Opaque),
            ("new URLSearchParams('a=b')", Shape::Opaque),
            ("new Uint8Array(2)", Shape::Opaque),
            ("new Date()", Shape::Encodable),
            ("new Map()", Shape::Opaque),
            ("new Set()", Shape::Opaque),
            ("new Error()", Shape::Opaque),
            ("() => 1", Shape::Function),
            ("Symbol('s')", Shape::Symbol),
            ("1n", Shape::BigInt),
            ("new Proxy({}, { get() { throw 1 } })", Shape::Unreadable),
        ];
        for (expression, shape) in cases {
            assert_eq!(js(expression).shape(), shape, "{expression}");
        }
        assert_eq!(js("{ get id() { throw 1 } }").get("id").shape(), Shape::Unreadable);
    }

    #[wasm_bindgen_test]
    fn reads_fields_items_and_names() {
        let value = js("{ id: 'a', list: [1, 'x'], 'new-field': true, inherited: 1, __proto__: { hidden: 2 } }");
        assert_eq!(value.get("id").text().as_deref(), Some("a"));
        assert_eq!(value.get("list").size(), 2);
        assert_eq!(value.get("list").item(1).text().as_deref(), Some("x"));
        assert!(value.get("list").item(2).is_absent() && value.get("nothing").is_absent());
        assert_eq!(value.names(), ["id", "list", "new-field", "inherited"]);
        assert_eq!(value.member("new-field").number(), Some(1.0));
        assert!(JsValue::UNDEFINED.get("id").is_absent() && js("7").get("id").is_absent());
        assert!(value.is(&value.clone()) && !value.is(&js("{}")));
    }

    #[wasm_bindgen_test]
    fn finds_what_json_cannot_carry() {
        let cases = [
            ("(() => { const a = { b: {} }; a.b.c = a; return a; })()", "b.c contains itself, which JSON cannot carry"),
            ("{ a: [1, { b: 2n }] }", "a[1].b is a BigInt, which JSON cannot carry; pass a number or a string"),
            ("{ 'a b': () => 1 }", "[\"a b\"] is a function, which JSON cannot carry"),
            ("{ a: new Map([[1, 2]]) }", "a would lose its content in JSON; pass a plain object or an array"),
            ("{ get a() { throw 1 } }", "a throws when it is read"),
        ];
        for (expression, message) in cases {
            assert_eq!(
                check_json("", &js(expression)).map_err(|error| error.message().to_owned()),
                Err(message.to_owned())
            );
            assert!(!is_plain(&js(expression)), "{expression}");
        }
        // Twice the same object is no cycle, and a date says itself what it is.
        assert_eq!(check_json("", &js("(() => { const a = {}; return { x: a, y: a, z: new Date() }; })()")), Ok(()));
    }

    #[wasm_bindgen_test]
    fn the_quick_look_at_a_batch_lets_nothing_through_that_the_close_one_refuses() {
        for users in [
            "[]",
            "[{}]",
            "[{ id: 1 }]",
            "[{ id: 'a', custom: [] }]",
            "[{ id: 'a' }, { id: 'a' }]",
            "[{ id: 'a\\nb' }]",
            "[[]]",
            "7",
        ] {
            assert_eq!(plain_user_ids(&js(users), 100, 5120).as_string(), None, "{users}");
            assert!(UPSERT_USERS.check(&js(users)).is_err(), "{users}");
        }
        assert_eq!(
            plain_user_ids(&js("[{ id: 'a' }, { id: 'b', custom: {} }]"), 100, 5120).as_string().as_deref(),
            Some("a\nb")
        );
        assert_eq!(plain_user_ids(&js("[{ id: 'a' }, { id: 'b' }]"), 1, 5120).as_string(), None);
        assert_eq!(
            UPDATE_USERS_PARTIAL.check(&js("{ users: [{ id: 'a', set: { 'a.b': 1 }, unset: ['name'] }] }")),
            Ok(())
        );
    }
}
