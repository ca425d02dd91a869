//! Converts JavaScript values to Rust types with serde-wasm-bindgen, and reports what it would ignore.
//!
//! serde-wasm-bindgen 0.6.5 reads only the fields of a struct, so it does not notice a misspelt one (`tims` for
//! `times`). Unknown fields are rejected here, with a suggestion; each struct has `deny_unknown_fields`. A `Map` has no
//! properties and would be read as an empty struct, so iterables are not accepted as objects.

use std::fmt::{self, Display};
use std::vec::IntoIter;

use js_sys::{Array, Map, Reflect, Set, Symbol, TypeError};
use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use wasm_bindgen::{JsCast, JsValue};

use crate::core::did_you_mean;

/// Reads the argument of a function.
///
/// # Errors
/// A `TypeError` that says which part of the value is invalid, and what was expected.
pub(super) fn read<T: DeserializeOwned>(what: &str, value: &JsValue) -> Result<T, JsValue> {
    T::deserialize(Input(value.clone())).map_err(|wrong| TypeError::new(&wrong.within(what).to_string()).into())
}

/// Reads a value.
///
/// # Errors
/// Which part of it is invalid, and why.
pub(super) fn read_value<T: DeserializeOwned>(value: &JsValue) -> Result<T, Wrong> {
    T::deserialize(Input(value.clone()))
}

/// A value from a caller.
#[derive(Debug, Default)]
struct Input(JsValue);

impl Input {
    /// Whether it is an object with properties: an object literal, or an instance of a class.
    fn is_object(&self) -> bool {
        self.0.is_object() && !Symbol::iterator().js_in(&self.0)
    }

    /// The properties that JSON would contain.
    fn properties(&self) -> Result<Vec<(String, Input)>, Wrong> {
        let unreadable = |_: JsValue| Wrong::new("it cannot be read".to_owned());
        let names = Reflect::own_keys(&self.0).map_err(unreadable)?;
        let properties = names.iter().filter_map(|name| {
            let text = name.as_string()?;
            Some(Reflect::get(&self.0, &name).map(|value| (text, Self(value))))
        });
        let properties = properties.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
        Ok(properties.into_iter().filter(|(_, value)| !value.0.is_undefined()).collect())
    }

    fn unexpected(&self, expected: &dyn Expected) -> Wrong {
        Wrong::new(mistaken(expected, kind(&self.0)))
    }

    /// The value, if it is neither an object nor a list. This is not a method of every visitor, because there are many:
    /// that would be 7 kB gz.
    fn leaf(&self) -> Result<Leaf, ()> {
        let value = &self.0;
        if value.is_object() || value.is_function() || value.is_symbol() || value.is_undefined() || value.is_null() {
            return Err(());
        }
        serde_wasm_bindgen::from_value(value.clone()).map_err(|_| ())
    }

    fn plain<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.leaf() {
            Ok(Leaf::Flag(flag)) => visitor.visit_bool(flag),
            Ok(Leaf::Whole(number)) => visitor.visit_i64(number),
            Ok(Leaf::Number(number)) if number.is_finite() => visitor.visit_f64(number),
            Ok(Leaf::Text(text)) => visitor.visit_string(text),
            Ok(Leaf::Number(_)) | Err(()) => Err(self.unexpected(&visitor)),
        }
    }
}

/// A value without parts. A BigInt counts as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Leaf {
    Flag(bool),
    Whole(i64),
    Number(f64),
    Text(String),
}

/// The type of a value, as error messages name it.
fn kind(value: &JsValue) -> String {
    match value {
        value if value.is_null() => "null".to_owned(),
        value if value.as_f64().is_some_and(|number| !number.is_finite()) => "no finite number".to_owned(),
        value if Array::is_array(value) => "array".to_owned(),
        value if value.is_instance_of::<Map>() => "Map".to_owned(),
        value if value.is_instance_of::<Set>() => "Set".to_owned(),
        value => value.js_typeof().as_string().unwrap_or_default(),
    }
}

macro_rules! plain {
    ($($name:ident)*) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            self.plain(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Input {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if Array::is_array(&self.0) {
            self.deserialize_seq(visitor)
        } else if self.is_object() {
            self.deserialize_map(visitor)
        } else {
            self.plain(visitor)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.0.is_null() || self.0.is_undefined() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if !self.is_object() {
            return Err(self.unexpected(&"an object"));
        }
        visitor.visit_map(Properties { rest: self.properties()?.into_iter(), current: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_map(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0.dyn_into::<Array>() {
            Ok(list) => visitor.visit_seq(Items { list, next: 0 }),
            Err(other) => Err(Self(other).unexpected(&"an array")),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self.0.as_string() {
            Some(name) => visitor.visit_enum(name.into_deserializer()),
            None => Err(self.unexpected(&one_of(variants).as_str())),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    /// A preserved value. serde-wasm-bindgen marks it as a tuple struct with a special name.
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        Ok(serde_wasm_bindgen::Deserializer::from(self.0).deserialize_tuple_struct(name, len, visitor)?)
    }

    plain! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64 deserialize_char deserialize_str
        deserialize_string deserialize_identifier
    }

    forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit unit_struct tuple ignored_any
    }
}

/// Iterates over the properties of an object.
struct Properties {
    rest: IntoIter<(String, Input)>,
    current: Option<(String, Input)>,
}

impl<'de> MapAccess<'de> for Properties {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        self.current = self.rest.next();
        let Some((name, _)) = &self.current else { return Ok(None) };
        seed.deserialize(StrDeserializer::<Wrong>::new(name)).map(Some).map_err(|wrong| wrong.within(name))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let (name, value) = self.current.take().unwrap_or_default();
        seed.deserialize(value).map_err(|wrong| wrong.within(&name))
    }
}

/// Iterates over the items of a list.
struct Items {
    list: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        let index = self.next;
        if index >= self.list.length() {
            return Ok(None);
        }
        self.next += 1;
        let item = seed.deserialize(Input(self.list.get(index)));
        item.map(Some).map_err(|wrong| wrong.within(&format!("[{index}]")))
    }
}

/// Why a value is invalid, and which part of it.
#[derive(Debug)]
pub(super) struct Wrong {
    /// The path of the invalid part: `users[0].name`; empty for the whole value.
    pub(super) path: String,
    pub(super) reason: String,
}

impl Wrong {
    fn new(reason: String) -> Self {
        Self { path: String::new(), reason }
    }

    /// The same error with the path extended by an outer name.
    fn within(self, name: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{name}{dot}{}", self.path), reason: self.reason }
    }
}

impl Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, reason } = self;
        if path.is_empty() { f.write_str(reason) } else { write!(f, "{path}: {reason}") }
    }
}

impl std::error::Error for Wrong {}

impl From<serde_wasm_bindgen::Error> for Wrong {
    fn from(error: serde_wasm_bindgen::Error) -> Self {
        let reason = error.to_string();
        // Errors of JavaScript begin with the name of their class.
        Self::new(reason.strip_prefix("Error: ").unwrap_or(&reason).to_owned())
    }
}

impl de::Error for Wrong {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(mistaken(expected, unexpected))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let meant = did_you_mean(field, expected.iter().copied());
        Self::new(format!("is unknown, expected one of [{}]{meant}", expected.join(" ")))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let meant = did_you_mean(variant, expected.iter().copied());
        Self::new(format!("must be {}{meant}", one_of(expected)))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("{field} is a required field"))
    }
}

fn mistaken(expected: impl Display, got: impl Display) -> String {
    format!("expected {expected} but got {got}")
}

fn one_of(names: &[&str]) -> String {
    format!("one of [{}]", names.join(" "))
}

/// A field that is an object with custom fields, or a string in place of it, which is the value of one field.
#[derive(Debug, Clone)]
pub(super) enum Short<T> {
    Text(String),
    Whole(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Short<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShortVisitor<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ShortVisitor<T> {
            type Value = Short<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or a string")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Short::Text(text.to_owned()))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map)).map(Short::Whole)
            }
        }

        deserializer.deserialize_any(ShortVisitor(std::marker::PhantomData))
    }
}

impl<T: serde::Serialize> serde::Serialize for Short<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Whole(whole) => whole.serialize(serializer),
        }
    }
}
