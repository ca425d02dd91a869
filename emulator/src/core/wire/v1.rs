//! Answers in the form that the SDKs for chat speak, whose paths have no `/api/v2`.
//!
//! Two types are written otherwise, wherever they occur: custom data of a user stands beside its other fields, and times are
//! RFC 3339 text. A serializer is told the name of each type it writes, so the types of answers are the same in both forms,
//! and what only looks like them (a number in custom data, a field `custom` of something else) is left alone.

use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};
use serde_json::{Error, Map, Value};

use getstream_users::model::Timestamp;

use crate::core::wire::rfc3339;

/// The name of the type of times.
const TIME: &str = "Timestamp";

/// The names of the types of users.
const USERS: [&str; 4] = ["FullUserResponse", "OwnUserResponse", "UserResponse", "UserResponsePrivacyFields"];

/// The field of a user whose content stands beside it.
const CUSTOM: &str = "custom";

/// Writes anything that answers or events hold.
///
/// # Errors
/// When it holds what JSON cannot say.
pub(crate) fn to_value(content: &impl Serialize) -> Result<Value, Error> {
    content.serialize(Writer)
}

/// Takes a value down. None of the types that are written has tuples with names or variants with content of several parts.
struct Writer;

impl Serializer for Writer {
    type Ok = Value;
    type Error = Error;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = Impossible<Value, Error>;
    type SerializeTupleVariant = Impossible<Value, Error>;
    type SerializeMap = Entries;
    type SerializeStruct = Struct;
    type SerializeStructVariant = Impossible<Value, Error>;

    fn serialize_bool(self, value: bool) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_i8(self, value: i8) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_u8(self, value: u8) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_f32(self, value: f32) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_char(self, value: char) -> Result<Value, Error> {
        Ok(value.to_string().into())
    }

    fn serialize_str(self, value: &str) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Value, Error> {
        Ok(value.into())
    }

    fn serialize_none(self) -> Result<Value, Error> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Error> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Error> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, Error> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<Value, Error> {
        let value = value.serialize(self)?;
        let time = value.as_i64().filter(|_| name == TIME).map(|nanoseconds| rfc3339::write(Timestamp(nanoseconds)));
        Ok(time.map_or(value, Value::from))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Error> {
        Ok(Value::Object(Map::from_iter([(variant.to_owned(), value.serialize(self)?)])))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, Error> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<List, Error> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Error> {
        Err(unexpected(name))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        Err(unexpected(name))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, Error> {
        Ok(Entries { entries: Map::new(), key: None })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Struct, Error> {
        Ok(Struct { is_user: USERS.contains(&name), fields: Map::new(), left_out: Vec::new(), custom: Map::new() })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        Err(unexpected(name))
    }
}

fn unexpected(name: &str) -> Error {
    Error::custom(format_args!("no answer holds a {name}"))
}

/// A list that is being written.
struct List(Vec<Value>);

impl SerializeSeq for List {
    type Ok = Value;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.0.push(value.serialize(Writer)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Error> {
        Ok(Value::Array(self.0))
    }
}

impl SerializeTuple for List {
    type Ok = Value;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Value, Error> {
        SerializeSeq::end(self)
    }
}

/// A map that is being written.
struct Entries {
    entries: Map<String, Value>,
    key: Option<String>,
}

impl SerializeMap for Entries {
    type Ok = Value;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let Value::String(key) = key.serialize(Writer)? else { return Err(Error::custom("keys have to be text")) };
        self.key = Some(key);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        if let Some(key) = self.key.take() {
            self.entries.insert(key, value.serialize(Writer)?);
        }
        Ok(())
    }

    fn end(self) -> Result<Value, Error> {
        Ok(Value::Object(self.entries))
    }
}

/// A struct that is being written.
struct Struct {
    is_user: bool,
    fields: Map<String, Value>,
    /// Fields that this user does not have: custom data cannot take their place.
    left_out: Vec<&'static str>,
    custom: Map<String, Value>,
}

impl SerializeStruct for Struct {
    type Ok = Value;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        match value.serialize(Writer)? {
            Value::Object(custom) if self.is_user && name == CUSTOM => self.custom = custom,
            value => drop(self.fields.insert(name.to_owned(), value)),
        }
        Ok(())
    }

    fn skip_field(&mut self, name: &'static str) -> Result<(), Error> {
        self.left_out.push(name);
        Ok(())
    }

    /// The API's own fields win over custom data of their name, which only [`Dialect::V2`] can write.
    ///
    /// [`Dialect::V2`]: crate::core::wire::Dialect::V2
    fn end(mut self) -> Result<Value, Error> {
        for (name, value) in self.custom {
            if !self.left_out.contains(&name.as_str()) && !self.fields.contains_key(&name) {
                self.fields.insert(name, value);
            }
        }
        Ok(Value::Object(self.fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use getstream_users::model::{
        BanResponse, CustomData, FullUserResponse, OwnUserResponse, QueryBannedUsersResponse, UserMuteResponse,
        UserResponse, UserResponsePrivacyFields,
    };
    use serde_json::json;

    const AT: Timestamp = Timestamp(1_767_225_600_123_456_789);
    const TEXT: &str = "2026-01-01T00:00:00.123456789Z";

    fn custom(value: Value) -> CustomData {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn custom_data_of_every_kind_of_user_stands_beside_its_fields_and_times_are_text() {
        let custom = || custom(json!({ "color": "red", "at": 1_767_225_600_123_456_789_i64, "custom": { "a": 1 } }));
        let written = [
            to_value(&FullUserResponse { custom: custom(), created_at: AT, ..FullUserResponse::default() }),
            to_value(&OwnUserResponse { custom: custom(), created_at: AT, ..OwnUserResponse::default() }),
            to_value(&UserResponse { custom: custom(), created_at: AT, ..UserResponse::default() }),
            to_value(&UserResponsePrivacyFields {
                custom: custom(),
                created_at: AT,
                ..UserResponsePrivacyFields::default()
            }),
        ];
        for user in written.map(Result::unwrap) {
            assert_eq!((&user["color"], &user["created_at"]), (&json!("red"), &json!(TEXT)), "{user}");
            assert_eq!((&user["at"], &user["custom"]), (&json!(1_767_225_600_123_456_789_i64), &json!({ "a": 1 })));
        }
    }

    #[test]
    fn users_and_times_are_found_however_deep_they_are() {
        let user = || Some(UserResponse { custom: custom(json!({ "plan": "pro" })), ..UserResponse::default() });
        let ban = BanResponse { user: user(), banned_by: user(), expires: Some(AT), ..BanResponse::default() };
        let bans = QueryBannedUsersResponse { bans: vec![ban], ..QueryBannedUsersResponse::default() };
        let bans = to_value(&bans).unwrap();
        assert_eq!(bans["bans"][0]["banned_by"]["plan"], "pro");
        assert_eq!(bans["bans"][0]["expires"], TEXT);
        let mute = UserMuteResponse { target: user(), updated_at: AT, ..UserMuteResponse::default() };
        let own = OwnUserResponse { mutes: vec![mute], ..OwnUserResponse::default() };
        let own = to_value(&own).unwrap();
        assert_eq!((&own["mutes"][0]["target"]["plan"], &own["mutes"][0]["updated_at"]), (&json!("pro"), &json!(TEXT)));
    }

    #[test]
    fn custom_data_never_takes_the_place_of_a_field_even_of_one_that_is_left_out() {
        let custom = custom(json!({ "id": "b", "deactivated_at": "never", "color": "red" }));
        let user = UserResponse { id: "a".to_owned(), custom, ..UserResponse::default() };
        let user = to_value(&user).unwrap();
        assert_eq!((&user["id"], &user["color"]), (&json!("a"), &json!("red")));
        assert_eq!(user.get("deactivated_at"), None);
    }
}
