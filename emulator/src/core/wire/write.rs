//! Answers in both forms of the API.
//!
//! [`Dialect::V1`] writes two types otherwise than [`Dialect::V2`], wherever they occur: custom data of a user stands beside its
//! other fields, and times are RFC 3339 text. A serializer is told the name of each type it writes, so the types of answers are
//! the same in both forms, and what only looks like them (a number in custom data, a field `custom` of something else) is left
//! alone.
//!
//! The one [`Writer`] serves both forms: with one for each, every type of answers would be compiled twice, which is 40 kB gz of
//! the module that is downloaded. The JSON itself is serde_json's.

use getstream_users::model::{CustomData, Timestamp};
use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::dialect::Dialect;
use super::rfc3339;

/// The name of the type of times.
const TIME: &str = "Timestamp";

/// The names of the types of users.
const USERS: [&str; 4] = ["FullUserResponse", "OwnUserResponse", "UserResponse", "UserResponsePrivacyFields"];

/// The field of a user whose content stands beside it.
const CUSTOM: &str = "custom";

impl Dialect {
    /// Writes anything that answers or events hold as JSON.
    ///
    /// # Errors
    /// When it holds what JSON cannot say.
    pub(crate) fn write<T: Serialize + ?Sized>(self, content: &T) -> Result<Vec<u8>, serde_json::Error> {
        let mut json = Vec::new();
        content.serialize(Writer { inner: &mut serde_json::Serializer::new(&mut json), dialect: self })?;
        Ok(json)
    }
}

/// A serializer in front of another, which writes the types that differ in the form that is wanted.
struct Writer<S> {
    inner: S,
    dialect: Dialect,
}

/// A value that is written in this form, whatever serializer it is given to.
struct Written<'a, T: ?Sized> {
    value: &'a T,
    dialect: Dialect,
}

impl<T: Serialize + ?Sized> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(Writer { inner: serializer, dialect: self.dialect })
    }
}

/// Parts of a value that are being written.
struct Parts<C> {
    inner: C,
    dialect: Dialect,
}

impl<C> Parts<C> {
    const fn written<'a, T: ?Sized>(&self, value: &'a T) -> Written<'a, T> {
        Written { value, dialect: self.dialect }
    }
}

impl<S: Serializer> Serializer for Writer<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Parts<S::SerializeSeq>;
    type SerializeTuple = Parts<S::SerializeTuple>;
    type SerializeTupleStruct = Parts<S::SerializeTupleStruct>;
    type SerializeTupleVariant = Parts<S::SerializeTupleVariant>;
    type SerializeMap = Parts<S::SerializeMap>;
    type SerializeStruct = Struct<S>;
    type SerializeStructVariant = Parts<S::SerializeStructVariant>;

    fn serialize_bool(self, value: bool) -> Result<S::Ok, S::Error> {
        self.inner.serialize_bool(value)
    }

    fn serialize_i8(self, value: i8) -> Result<S::Ok, S::Error> {
        self.inner.serialize_i8(value)
    }

    fn serialize_i16(self, value: i16) -> Result<S::Ok, S::Error> {
        self.inner.serialize_i16(value)
    }

    fn serialize_i32(self, value: i32) -> Result<S::Ok, S::Error> {
        self.inner.serialize_i32(value)
    }

    fn serialize_i64(self, value: i64) -> Result<S::Ok, S::Error> {
        self.inner.serialize_i64(value)
    }

    fn serialize_u8(self, value: u8) -> Result<S::Ok, S::Error> {
        self.inner.serialize_u8(value)
    }

    fn serialize_u16(self, value: u16) -> Result<S::Ok, S::Error> {
        self.inner.serialize_u16(value)
    }

    fn serialize_u32(self, value: u32) -> Result<S::Ok, S::Error> {
        self.inner.serialize_u32(value)
    }

    fn serialize_u64(self, value: u64) -> Result<S::Ok, S::Error> {
        self.inner.serialize_u64(value)
    }

    fn serialize_f32(self, value: f32) -> Result<S::Ok, S::Error> {
        self.inner.serialize_f32(value)
    }

    fn serialize_f64(self, value: f64) -> Result<S::Ok, S::Error> {
        self.inner.serialize_f64(value)
    }

    fn serialize_char(self, value: char) -> Result<S::Ok, S::Error> {
        self.inner.serialize_char(value)
    }

    fn serialize_str(self, value: &str) -> Result<S::Ok, S::Error> {
        self.inner.serialize_str(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<S::Ok, S::Error> {
        self.inner.serialize_bytes(value)
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_struct(name)
    }

    fn serialize_unit_variant(self, name: &'static str, index: u32, variant: &'static str) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        if self.dialect == Dialect::V2 || name != TIME {
            return value.serialize(self);
        }
        let nanoseconds = read_back(value)?;
        self.inner.serialize_str(&rfc3339::write(Timestamp(nanoseconds)))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = Written { value, dialect: self.dialect };
        self.inner.serialize_newtype_variant(name, index, variant, &value)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(Parts { inner: self.inner.serialize_seq(length)?, dialect: self.dialect })
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        Ok(Parts { inner: self.inner.serialize_tuple(length)?, dialect: self.dialect })
    }

    fn serialize_tuple_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeTupleStruct, S::Error> {
        Ok(Parts { inner: self.inner.serialize_tuple_struct(name, length)?, dialect: self.dialect })
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        let inner = self.inner.serialize_tuple_variant(name, index, variant, length)?;
        Ok(Parts { inner, dialect: self.dialect })
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Ok(Parts { inner: self.inner.serialize_map(length)?, dialect: self.dialect })
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Struct<S>, S::Error> {
        let Self { inner, dialect } = self;
        if dialect == Dialect::V1 && USERS.contains(&name) {
            let fields = Parts { inner: inner.serialize_map(None)?, dialect };
            return Ok(Struct::User { fields, names: Vec::with_capacity(length), custom: CustomData::new() });
        }
        Ok(Struct::Other(Parts { inner: inner.serialize_struct(name, length)?, dialect }))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        let inner = self.inner.serialize_struct_variant(name, index, variant, length)?;
        Ok(Parts { inner, dialect: self.dialect })
    }
}

/// What a value is, found out by writing it and reading that: a serializer is handed values of types that it cannot name.
fn read_back<V, T, E>(value: &T) -> Result<V, E>
where
    V: serde::de::DeserializeOwned,
    T: Serialize + ?Sized,
    E: Error,
{
    let json = Dialect::V1.write(value).map_err(E::custom)?;
    let mut reader = serde_json::Deserializer::from_slice(&json);
    // Was limited when it came in.
    reader.disable_recursion_limit();
    V::deserialize(&mut reader).map_err(E::custom)
}

impl<C: SerializeSeq> SerializeSeq for Parts<C> {
    type Ok = C::Ok;
    type Error = C::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
        let value = self.written(value);
        self.inner.serialize_element(&value)
    }

    fn end(self) -> Result<C::Ok, C::Error> {
        self.inner.end()
    }
}

impl<C: SerializeTuple> SerializeTuple for Parts<C> {
    type Ok = C::Ok;
    type Error = C::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
        let value = self.written(value);
        self.inner.serialize_element(&value)
    }

    fn end(self) -> Result<C::Ok, C::Error> {
        self.inner.end()
    }
}

impl<C: SerializeTupleStruct> SerializeTupleStruct for Parts<C> {
    type Ok = C::Ok;
    type Error = C::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
        let value = self.written(value);
        self.inner.serialize_field(&value)
    }

    fn end(self) -> Result<C::Ok, C::Error> {
        self.inner.end()
    }
}

impl<C: SerializeTupleVariant> SerializeTupleVariant for Parts<C> {
    type Ok = C::Ok;
    type Error = C::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
        let value = self.written(value);
        self.inner.serialize_field(&value)
    }

    fn end(self) -> Result<C::Ok, C::Error> {
        self.inner.end()
    }
}

impl<C: SerializeMap> SerializeMap for Parts<C> {
    type Ok = C::Ok;
    type Error = C::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), C::Error> {
        self.inner.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
        let value = self.written(value);
        self.inner.serialize_value(&value)
    }

    fn end(self) -> Result<C::Ok, C::Error> {
        self.inner.end()
    }
}

impl<C: SerializeStruct> SerializeStruct for Parts<C> {
    type Ok = C::Ok;
    type Error = C::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), C::Error> {
        let value = self.written(value);
        self.inner.serialize_field(name, &value)
    }

    fn end(self) -> Result<C::Ok, C::Error> {
        self.inner.end()
    }
}

impl<C: SerializeStructVariant> SerializeStructVariant for Parts<C> {
    type Ok = C::Ok;
    type Error = C::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), C::Error> {
        let value = self.written(value);
        self.inner.serialize_field(name, &value)
    }

    fn end(self) -> Result<C::Ok, C::Error> {
        self.inner.end()
    }
}

/// A struct that is being written.
enum Struct<S: Serializer> {
    /// A user in [`Dialect::V1`].
    User {
        fields: Parts<S::SerializeMap>,
        /// The API's own fields, those included that this user does not have: custom data cannot take their place.
        names: Vec<&'static str>,
        custom: CustomData,
    },
    Other(Parts<S::SerializeStruct>),
}

impl<S: Serializer> SerializeStruct for Struct<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
        match self {
            Self::Other(fields) => SerializeStruct::serialize_field(fields, name, value),
            Self::User { custom, .. } if name == CUSTOM => {
                *custom = read_back(value)?;
                Ok(())
            }
            Self::User { fields, names, .. } => {
                names.push(name);
                fields.serialize_key(name)?;
                fields.serialize_value(value)
            }
        }
    }

    fn skip_field(&mut self, name: &'static str) -> Result<(), S::Error> {
        if let Self::User { names, .. } = self {
            names.push(name);
        }
        Ok(())
    }

    /// The API's own fields win over custom data of their name, which only [`Dialect::V2`] can write.
    fn end(self) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(fields) => SerializeStruct::end(fields),
            Self::User { mut fields, names, custom } => {
                for (name, value) in custom.iter().filter(|(name, _)| !names.contains(&name.as_str())) {
                    fields.serialize_key(name)?;
                    fields.serialize_value(value)?;
                }
                SerializeMap::end(fields)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use getstream_users::model::{
        BanResponse, CustomData, FullUserResponse, OwnUserResponse, QueryBannedUsersResponse, UserMuteResponse,
        UserResponse, UserResponsePrivacyFields,
    };
    use serde_json::{Value, json};

    const AT: Timestamp = Timestamp(1_767_225_600_123_456_789);
    const TEXT: &str = "2026-01-01T00:00:00.123456789Z";

    fn to_value(content: &impl Serialize) -> Result<Value, serde_json::Error> {
        serde_json::from_slice(&Dialect::V1.write(content)?)
    }

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

    #[test]
    fn the_other_form_is_what_serde_json_writes() {
        let custom = custom(json!({ "id": "b", "color": ["red", 1.5, null, { "a": true }] }));
        let user = UserResponse { id: "a\"é".to_owned(), custom, created_at: AT, ..UserResponse::default() };
        let mute = UserMuteResponse { user: Some(user), ..UserMuteResponse::default() };
        assert_eq!(Dialect::V2.write(&mute).unwrap(), serde_json::to_vec(&mute).unwrap());
    }
}
