//! JSON of responses and events, in all forms.
//!
//! A [`Form`] decides two things, wherever they occur: whether times are integers or RFC 3339 text, and whether custom
//! data of a user or an event is in the field `custom` or beside the other fields. A serializer gets the name of each
//! type it writes, so all forms share the types of responses, and look-alikes (a number in custom data, a field `custom`
//! elsewhere) are not changed.
//!
//! One [`Writer`] serves all forms and writes braces and commas itself; serde_json writes texts and numbers. A
//! serializer for each form, or one around serde_json's, would compile every response type several times: 40 to 50 kB
//! gz of the downloaded module.

use getstream_users::model::{CustomData, Timestamp};
use serde::Deserialize;
use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};
use serde_json::Error;

use super::dialect::Dialect;
use super::rfc3339;

/// The name of the type of times.
const TIME: &str = "Timestamp";

/// The name of the type of values that are JSON already.
const WRITTEN: &str = "Written";

/// The name of the type of events.
pub(crate) const EVENT: &str = "Event";

/// The names of the types with custom data: users and events.
const WITH_CUSTOM: [&str; 5] =
    ["FullUserResponse", "OwnUserResponse", "UserResponse", "UserResponsePrivacyFields", EVENT];

/// Enough for most responses: one user.
const USUAL_BYTES: usize = 1024;

/// The field whose content is written beside it, if the form says so.
const CUSTOM: &str = "custom";

/// How times and custom data are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Form {
    /// Times are RFC 3339 text; otherwise whole nanoseconds since 1970.
    pub(crate) times_as_text: bool,
    /// Custom data is beside the other fields; otherwise in the field `custom`.
    pub(crate) custom_beside: bool,
}

impl Form {
    /// Writes the JSON of a response or an event.
    ///
    /// # Errors
    /// If it contains something that JSON cannot represent.
    pub(crate) fn write<T: Serialize + ?Sized>(self, content: &T) -> Result<Vec<u8>, Error> {
        let mut json = Vec::with_capacity(USUAL_BYTES);
        content.serialize(Writer { json: &mut json, form: self, is_written: false })?;
        Ok(json)
    }
}

impl Dialect {
    /// Writes the JSON of a response.
    ///
    /// # Errors
    /// If it contains something that JSON cannot represent.
    pub(crate) fn write<T: Serialize + ?Sized>(self, content: &T) -> Result<Vec<u8>, Error> {
        let is_v1 = self == Self::V1;
        Form { times_as_text: is_v1, custom_beside: is_v1 }.write(content)
    }
}

/// JSON that is copied into a response as it is. Only [`Form::write`] supports it; any other serializer writes it as
/// a string.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written<'a>(pub(crate) &'a str);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(WRITTEN, self.0)
    }
}

/// Appends a value to the JSON written so far. None of the written types is a tuple struct, or an enum variant with
/// several fields.
struct Writer<'a> {
    json: &'a mut Vec<u8>,
    form: Form,
    /// Whether the next value is the text in a [`Written`].
    is_written: bool,
}

impl<'a> Writer<'a> {
    /// Writes a value without parts.
    fn plain<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        serde_json::to_writer(self.json, value)
    }

    fn parts(self, start: u8, end: u8) -> Parts<'a> {
        self.json.push(start);
        Parts { json: self.json, form: self.form, is_first: true, end }
    }
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Parts<'a>;
    type SerializeStruct = Struct<'a>;
    type SerializeStructVariant = Impossible<(), Error>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.plain(&value)
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.plain(&value)
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.plain(&value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.plain(&value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.plain(&value)
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.plain(&value)
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        if self.is_written {
            self.json.extend_from_slice(value.as_bytes());
            return Ok(());
        }
        self.plain(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.plain(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.json.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), Error> {
        let Self { json, form, .. } = self;
        let start = json.len();
        value.serialize(Writer { json, form, is_written: name == WRITTEN })?;
        if form.times_as_text && name == TIME { as_text(json, start) } else { Ok(()) }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut parts = self.parts(b'{', b'}');
        parts.key(variant)?;
        value.serialize(parts.writer())?;
        parts.finish()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a>, Error> {
        Ok(self.parts(b'[', b']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'a>, Error> {
        Ok(self.parts(b'[', b']'))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'a>, Error> {
        Ok(self.parts(b'{', b'}'))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Struct<'a>, Error> {
        let is_flattened = self.form.custom_beside && WITH_CUSTOM.contains(&name);
        Ok(Struct { fields: self.parts(b'{', b'}'), is_flattened, names: Vec::new(), custom: Vec::new() })
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

/// Replaces the nanoseconds written since `start` with their text.
fn as_text(json: &mut Vec<u8>, start: usize) -> Result<(), Error> {
    let nanoseconds = serde_json::from_slice(&json.split_off(start))?;
    serde_json::to_writer(json, &rfc3339::write(Timestamp(nanoseconds)))
}

/// A list or an object that is being written.
struct Parts<'a> {
    json: &'a mut Vec<u8>,
    form: Form,
    is_first: bool,
    end: u8,
}

impl Parts<'_> {
    fn next(&mut self) {
        if !self.is_first {
            self.json.push(b',');
        }
        self.is_first = false;
    }

    fn key(&mut self, key: &str) -> Result<(), Error> {
        self.next();
        serde_json::to_writer(&mut *self.json, key)?;
        self.json.push(b':');
        Ok(())
    }

    /// Writes a field name, which needs no escapes.
    fn name(&mut self, name: &'static str) {
        self.next();
        self.json.push(b'"');
        self.json.extend_from_slice(name.as_bytes());
        self.json.extend_from_slice(b"\":");
    }

    fn writer(&mut self) -> Writer<'_> {
        Writer { json: self.json, form: self.form, is_written: false }
    }

    fn finish(self) -> Result<(), Error> {
        self.json.push(self.end);
        Ok(())
    }
}

impl SerializeSeq for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.next();
        value.serialize(self.writer())
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

impl SerializeTuple for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.next();
        let start = self.json.len();
        key.serialize(self.writer())?;
        if self.json.get(start) != Some(&b'"') {
            return Err(Error::custom("keys must be strings"));
        }
        self.json.push(b':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(self.writer())
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

/// A struct that is being written. `names` and `custom` stay empty unless its custom data is written beside its fields.
struct Struct<'a> {
    fields: Parts<'a>,
    is_flattened: bool,
    /// The API's own fields, including those that are left out: custom data must not replace them.
    names: Vec<&'static str>,
    /// Custom data, as JSON, which is written last.
    custom: Vec<u8>,
}

impl Struct<'_> {
    /// The writer for the value of a field.
    fn field(&mut self, name: &'static str) -> Writer<'_> {
        if self.is_flattened && name == CUSTOM {
            return Writer { json: &mut self.custom, form: self.fields.form, is_written: false };
        }
        self.note(name);
        self.fields.name(name);
        self.fields.writer()
    }

    fn note(&mut self, name: &'static str) {
        if self.is_flattened {
            self.names.push(name);
        }
    }
}

impl SerializeStruct for Struct<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self.field(name))
    }

    fn skip_field(&mut self, name: &'static str) -> Result<(), Error> {
        self.note(name);
        Ok(())
    }

    /// The API's own fields win over custom data with the same name, which is then not written.
    fn end(mut self) -> Result<(), Error> {
        if !self.custom.is_empty() {
            let mut reader = serde_json::Deserializer::from_slice(&self.custom);
            // Its depth was limited when the request was read.
            reader.disable_recursion_limit();
            let custom = CustomData::deserialize(&mut reader)?;
            for (name, value) in custom.iter().filter(|(name, _)| !self.names.contains(&name.as_str())) {
                self.fields.key(name)?;
                value.serialize(self.fields.writer())?;
            }
        }
        self.fields.finish()
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
    fn custom_data_of_every_user_type_is_beside_its_fields_and_times_are_text() {
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
    fn json_is_copied_unchanged_in_both_forms() {
        let written = Written(r#"{"at":[1.0,"\u00e9"]}"#);
        for dialect in [Dialect::V1, Dialect::V2] {
            let list = dialect.write(&(written, "{}")).unwrap();
            assert_eq!(String::from_utf8(list).unwrap(), r#"[{"at":[1.0,"\u00e9"]},"{}"]"#);
        }
    }

    #[test]
    fn the_v2_form_equals_the_output_of_serde_json() {
        let custom = custom(json!({ "id": "b", "color": ["red", 1.5, null, { "a": true }] }));
        let user = UserResponse { id: "a\"é".to_owned(), custom, created_at: AT, ..UserResponse::default() };
        let mute = UserMuteResponse { user: Some(user), ..UserMuteResponse::default() };
        assert_eq!(Dialect::V2.write(&mute).unwrap(), serde_json::to_vec(&mute).unwrap());
    }
}
