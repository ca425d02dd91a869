//! Which fields the API knows in the body of a request.
//!
//! The types of requests say it already, and serde asks them for it: a deserializer that has no data, and hands every type
//! what it wants, writes down which fields were asked for. So what is known is said once, in the model, and reading a body
//! field by field need not say it again.

use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::read::join;
use crate::core::suggestion::closest;

/// What a value may have in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// No field that has to be known: texts and numbers, and data of an app's own.
    Free,
    /// These fields. The name is the type's.
    Object { name: &'static str, fields: Vec<(&'static str, Shape)> },
    /// Any number of such values, in a list or under any names.
    Each(Box<Shape>),
}

/// A field that the API does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unknown {
    /// What leads to it: `users[ann].nmae`.
    pub(crate) path: String,
    pub(crate) name: String,
    /// The type of what it is in.
    pub(crate) within: &'static str,
    /// The field that was meant, as it seems.
    pub(crate) meant: Option<&'static str>,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        self.meant.map_or(Ok(()), |meant| write!(f, " (did you mean \"{meant}\"?)"))
    }
}

impl Shape {
    /// The shape of a type of requests.
    pub(crate) fn of<T: DeserializeOwned>() -> Self {
        let mut shape = Self::Free;
        // A type that does not take what it is handed has been asked for its fields by then; the tests look for one.
        let _: Result<T, Error> = T::deserialize(Probe(&mut shape));
        shape
    }

    /// An object with these fields, whose values may be anything.
    pub(crate) fn named(name: &'static str, fields: &[&'static str]) -> Self {
        Self::Object { name, fields: fields.iter().map(|field| (*field, Self::Free)).collect() }
    }

    /// The fields of a value that are not known, in their order.
    pub(crate) fn unknown(&self, value: &Value) -> Vec<Unknown> {
        let mut found = Vec::new();
        self.search(value, "", &mut found);
        found
    }

    fn search(&self, value: &Value, path: &str, found: &mut Vec<Unknown>) {
        match (self, value) {
            (Self::Each(shape), _) if **shape == Self::Free => {}
            (Self::Each(shape), Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    shape.search(element, &format!("{path}[{index}]"), found);
                }
            }
            (Self::Each(shape), Value::Object(object)) => {
                for (key, value) in object {
                    shape.search(value, &format!("{path}[{key}]"), found);
                }
            }
            (Self::Object { name: within, fields }, Value::Object(object)) => {
                for (name, value) in object {
                    match fields.iter().find(|(field, _)| field == name) {
                        Some((_, Self::Free)) => {}
                        Some((_, shape)) => shape.search(value, &join(path, name), found),
                        None => found.push(Unknown {
                            path: join(path, name),
                            name: name.clone(),
                            within,
                            meant: closest(name, fields.iter().map(|(field, _)| *field)),
                        }),
                    }
                }
            }
            _ => {}
        }
    }
}

/// Hands a type what it wants and writes down what that is.
struct Probe<'a>(&'a mut Shape);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(false)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i32(0)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(0)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u32(0)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(0.0)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str("")
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let mut inner = Shape::Free;
        let value = visitor.visit_seq(One(Some(&mut inner)));
        *self.0 = Shape::Each(Box::new(inner));
        value
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let mut inner = Shape::Free;
        let value = visitor.visit_map(One(Some(&mut inner)));
        *self.0 = Shape::Each(Box::new(inner));
        value
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let mut known: Vec<(&'static str, Shape)> = fields.iter().map(|field| (*field, Shape::Free)).collect();
        let value = visitor.visit_map(Fields { known: known.iter_mut(), current: None });
        *self.0 = Shape::Object { name, fields: known };
        value
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(BorrowedStrDeserializer::new(variants.first().copied().unwrap_or_default()))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u64 u128 f32 char str bytes byte_buf unit unit_struct tuple tuple_struct identifier
        ignored_any
    }
}

/// A list or a map with one value in it.
struct One<'a>(Option<&'a mut Shape>);

impl<'de> SeqAccess<'de> for One<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.take().map(|shape| seed.deserialize(Probe(shape))).transpose()
    }
}

impl<'de> MapAccess<'de> for One<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let more = self.0.is_some();
        more.then(|| seed.deserialize(BorrowedStrDeserializer::new(""))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let mut none = Shape::Free;
        seed.deserialize(Probe(self.0.take().unwrap_or(&mut none)))
    }
}

/// A struct, field by field.
struct Fields<'a> {
    known: std::slice::IterMut<'a, (&'static str, Shape)>,
    current: Option<&'a mut Shape>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((name, shape)) = self.known.next() else { return Ok(None) };
        self.current = Some(shape);
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let mut none = Shape::Free;
        seed.deserialize(Probe(self.current.take().unwrap_or(&mut none)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use getstream_users::model::{UpdateAppRequest, UpdateUsersPartialRequest, UpdateUsersRequest};
    use serde_json::json;

    fn unknown<T: DeserializeOwned>(value: Value) -> Vec<String> {
        Shape::of::<T>().unknown(&value).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn fields_that_no_type_has_are_found_wherever_they_are() {
        let users = json!({ "users": {
            "ann": { "id": "ann", "nmae": "Ann", "custom": { "plan": "pro" }, "plan": "pro" },
            "ben": { "id": "ben", "privacy_settings": { "read_reciepts": {}, "typing_indicators": { "on": true } } },
        }, "user": 1 });
        assert_eq!(
            unknown::<UpdateUsersRequest>(users),
            [
                "users[ann].nmae (did you mean \"name\"?)",
                "users[ann].plan",
                "users[ben].privacy_settings.read_reciepts (did you mean \"read_receipts\"?)",
                "users[ben].privacy_settings.typing_indicators.on",
                "user (did you mean \"users\"?)",
            ]
        );
        let partial = json!({ "users": [{ "id": "ann", "set": { "plan": "pro" }, "unset": [] }, { "sett": {} }] });
        assert_eq!(unknown::<UpdateUsersPartialRequest>(partial), ["users[1].sett (did you mean \"set\"?)"]);
        let app = json!({ "grants": { "user": ["x"] }, "event_hooks": [{ "url": "x" }] });
        assert_eq!(unknown::<UpdateAppRequest>(app), ["event_hooks[0].url"]);
    }

    #[test]
    fn values_of_another_type_hide_nothing() {
        let users = json!({ "users": { "ann": { "id": 1, "name": [], "teams": null, "nmae": {} }, "ben": 5 } });
        assert_eq!(unknown::<UpdateUsersRequest>(users), ["users[ann].nmae (did you mean \"name\"?)"]);
    }
}
