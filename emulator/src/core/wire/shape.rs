//! The known fields of request bodies.
//!
//! serde lists them from the types of requests: a deserializer without data gives each type what it asks for, and
//! records the fields. So the model is the only list.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::core::suggestion::closest;

/// The fields that a value may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Any: a string, a number, or custom data.
    Free,
    /// These fields. The name is that of the type.
    Object { name: &'static str, fields: Vec<(&'static str, Shape)> },
    /// Any number of such values, in a list or a map.
    Each(Box<Shape>),
}

/// A field that the API does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unknown {
    /// Its path: `users[ann].nmae`.
    pub(crate) path: String,
    pub(crate) name: String,
    /// The type that it is in.
    pub(crate) within: &'static str,
    /// The known field with a similar name.
    pub(crate) meant: Option<&'static str>,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        self.meant.map_or(Ok(()), |meant| write!(f, " (did you mean \"{meant}\"?)"))
    }
}

impl Shape {
    /// The shape of a request type.
    pub(crate) fn of<T: DeserializeOwned>() -> Self {
        let mut shape = Self::Free;
        // A type may reject the value it is given, but it has listed its fields by then. A test looks for types that do
        // not.
        let _: Result<T, Error> = T::deserialize(Probe(&mut shape));
        shape
    }

    /// An object with these fields, whose values may be anything.
    pub(crate) fn named(name: &'static str, fields: &[&'static str]) -> Self {
        Self::Object { name, fields: fields.iter().map(|field| (*field, Self::Free)).collect() }
    }

    /// The unknown fields of JSON, in order; none if the JSON is invalid. The JSON is not stored: every request is
    /// checked, and hardly any has such a field.
    pub(crate) fn unknown(&self, json: &[u8]) -> Vec<Unknown> {
        let mut found = Vec::new();
        let mut reader = serde_json::Deserializer::from_slice(json);
        let walk = Walk { shape: self, place: &Place::Top, found: &mut found };
        match walk.deserialize(&mut reader).and_then(|()| reader.end()) {
            Ok(()) => found,
            Err(_) => Vec::new(),
        }
    }
}

/// A path in JSON, as a list from the inside out.
enum Place<'a> {
    Top,
    /// A value of a map, with its key.
    Entry(&'a Place<'a>, &'a str),
    /// An element of a list.
    Element(&'a Place<'a>, usize),
    Field(&'a Place<'a>, &'a str),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Entry(outer, name) => write!(f, "{outer}[{name}]"),
            Self::Element(outer, index) => write!(f, "{outer}[{index}]"),
            Self::Field(Self::Top, name) => f.write_str(name),
            Self::Field(outer, name) => write!(f, "{outer}.{name}"),
        }
    }
}

/// Walks through a value and compares it with a shape.
struct Walk<'a> {
    shape: &'a Shape,
    place: &'a Place<'a>,
    found: &'a mut Vec<Unknown>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.shape {
            Shape::Free => IgnoredAny::deserialize(deserializer).map(|_| ()),
            Shape::Each(shape) if **shape == Shape::Free => IgnoredAny::deserialize(deserializer).map(|_| ()),
            Shape::Each(_) | Shape::Object { .. } => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let Shape::Each(shape) = self.shape else {
            while elements.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        };
        let mut index = 0;
        loop {
            let place = &Place::Element(self.place, index);
            if elements.next_element_seed(Walk { shape, place, found: &mut *self.found })?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(Name(name)) = members.next_key()? {
            match self.shape {
                Shape::Free => drop(members.next_value::<IgnoredAny>()?),
                Shape::Each(shape) => {
                    let place = &Place::Entry(self.place, &name);
                    members.next_value_seed(Walk { shape, place, found: &mut *self.found })?;
                }
                Shape::Object { name: within, fields } => {
                    let place = &Place::Field(self.place, &name);
                    if let Some((_, shape)) = fields.iter().find(|(field, _)| *field == name) {
                        members.next_value_seed(Walk { shape, place, found: &mut *self.found })?;
                        continue;
                    }
                    members.next_value::<IgnoredAny>()?;
                    let path = place.to_string();
                    // If a key is repeated, its last value counts, so it is one field.
                    if self.found.iter().all(|unknown| unknown.path != path) {
                        let meant = closest(&name, fields.iter().map(|(field, _)| *field));
                        self.found.push(Unknown { path, name: name.into_owned(), within, meant });
                    }
                }
            }
        }
        Ok(())
    }
}

/// A name, which is only copied if it contains escapes.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// Gives a type the values it asks for and records its shape.
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

/// A list or a map with one value.
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
    use serde_json::{Value, json};

    fn unknown<T: DeserializeOwned>(value: Value) -> Vec<String> {
        Shape::of::<T>().unknown(value.to_string().as_bytes()).iter().map(ToString::to_string).collect()
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
    fn values_of_the_wrong_type_hide_no_unknown_fields() {
        let users = json!({ "users": { "ann": { "id": 1, "name": [], "teams": null, "nmae": {} }, "ben": 5 } });
        assert_eq!(unknown::<UpdateUsersRequest>(users), ["users[ann].nmae (did you mean \"name\"?)"]);
    }

    #[test]
    fn a_repeated_field_is_reported_once_and_invalid_json_reports_none() {
        let shape = Shape::of::<UpdateUsersRequest>();
        let unknown = |json: &str| shape.unknown(json.as_bytes()).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(unknown(r#"{"user":1,"user":2,"us\u0065r":3}"#), ["user (did you mean \"users\"?)"]);
        for json in [r#"{"user":1"#, r#"{"user":1}}"#, "", "[1", "1", "null", r#"["user"]"#] {
            assert_eq!(unknown(json), [""; 0], "{json}");
        }
    }
}
