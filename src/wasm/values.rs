//! JavaScript values as arguments of rules.
//!
//! Only references and 32-bit numbers are passed: for every import and export with a string, bytes or a `usize`,
//! wasm-bindgen generates a function in the glue, which was 0.6 kB gz.

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
    /// Whether JSON can represent the value, as far as a fast check shows.
    #[wasm_bindgen(js_name = isPlain)]
    pub(super) fn is_plain(value: &JsValue) -> bool;
    /// The ids of a batch of users, one per line, unless a fast check found something that needs the detailed one.
    #[wasm_bindgen(js_name = plainUserIds)]
    pub(super) fn plain_user_ids(users: &JsValue, most: i32, most_custom_bytes: i32) -> JsValue;
    /// Whether a token's payload has custom claims.
    #[wasm_bindgen(js_name = hasOwnClaims)]
    pub(super) fn has_own_claims(payload: &JsValue) -> bool;
    /// The claims of a token including custom ones, as JSON; an empty string if one of them is `server`, and undefined
    /// if they cannot be read.
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
    /// The string that JSON writes for an object, such as an id of MongoDB.
    #[wasm_bindgen(js_name = encodedText)]
    fn encoded_text(value: &JsValue) -> JsValue;
    /// The number of bytes of a value's JSON; 0 if it has none.
    #[wasm_bindgen(js_name = encodedSize)]
    fn encoded_size_of(value: &JsValue) -> usize;
}

/// The value of a field, if it is a string.
pub(super) fn text_field(object: &JsValue, name: &'static str) -> Option<String> {
    text_at(object, address(name), length(name)).as_string()
}

/// The value of a numeric field: NaN if it is missing, infinity if it has another type.
pub(super) fn number_field(object: &JsValue, name: &'static str) -> f64 {
    number_at(object, address(name), length(name))
}

/// Sets a field of an object for which that cannot fail.
pub(super) fn set_field(object: &JsValue, name: &'static str, value: &JsValue) {
    set_at(object, address(name), length(name), value);
}

/// The address of bytes in wasm's memory, such as those of a constant name. JavaScript caches a string for each name:
/// decoding one takes longer (0.3 µs) than reading the field.
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "wasm's addresses have 32 bits")]
fn address(bytes: impl AsRef<[u8]>) -> i32 {
    bytes.as_ref().as_ptr().addr() as i32
}

#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "wasm's lengths have 32 bits")]
fn length(bytes: impl AsRef<[u8]>) -> i32 {
    bytes.as_ref().len() as i32
}

/// The string with these UTF-8 bytes.
pub(super) fn text_of(bytes: &[u8]) -> JsValue {
    text_in(address(bytes), length(bytes))
}

/// A copy of bytes, as an `Uint8Array`.
pub(super) fn bytes_of(bytes: &[u8]) -> JsValue {
    bytes_in(address(bytes), length(bytes))
}

/// The object in JSON, or undefined if it contains none.
pub(super) fn parsed_object(json: &[u8]) -> JsValue {
    object_in(address(json), length(json))
}

/// The claims of a token, or undefined if Stream could not read them: no object, or a time that is not written in
/// digits.
pub(super) fn parsed_claims(json: &[u8]) -> JsValue {
    claims_in(address(json), length(json))
}

/// Gives `values.js` access to memory, from which it reads names.
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
        // Reads all names in one call: reading them one by one takes quadratic time.
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
        // The module's start function, which does this, does not run in tests.
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
        // The same object twice is no cycle, and a date has its own JSON.
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
