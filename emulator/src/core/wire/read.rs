//! Reads the types of requests from JSON, field by field.
//!
//! Requests are built by hand and not by derived code. So a wrong type is reported with the API's own message, and a
//! field that is added to a request's type cannot be forgotten here, because the code does not compile without it. It
//! also takes a third of the space, in a module that is downloaded.
//!
//! Messages about wrong types are those of error reports: `expected object for field "x" but got array`. Unknown fields
//! are ignored, and null counts as missing: SDK tests show both.

use std::collections::BTreeMap;
use std::time::Duration;

use getstream_users::model::{
    CustomData, DeliveryReceiptsResponse, PrivacySettingsResponse, ReadReceiptsResponse, Timestamp,
    TypingIndicatorsResponse,
};
use serde_json::Value;

use super::rfc3339;
use crate::core::failure::Failure;

/// The fields of an object, which are taken one after the other.
#[derive(Debug)]
pub(crate) struct Fields {
    /// The path of the object; empty for a whole body.
    path: String,
    object: CustomData,
}

impl Fields {
    pub(crate) fn new(path: impl Into<String>, object: CustomData) -> Self {
        Self { path: path.into(), object }
    }

    /// # Errors
    /// If the value is no object.
    pub(crate) fn of(value: Value, path: &str) -> Result<Self, Failure> {
        Ok(Self::new(path, object(value, path)?))
    }

    /// The path of one of the fields.
    pub(crate) fn path_of(&self, name: &str) -> String {
        join(&self.path, name)
    }

    /// The fields that have not been taken.
    pub(crate) fn rest(self) -> CustomData {
        self.object
    }

    /// The names of the fields that have not been taken.
    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        self.object.keys()
    }

    /// Rejects fields with other names than these: for input written by hand, where an unknown field is a typing error.
    ///
    /// # Errors
    /// If there is one.
    pub(crate) fn refuse_others(&self, known: &[&str]) -> Result<(), Failure> {
        match self.names().find(|name| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => {
                let complaint = format!("is unknown, expected one of [{}]", known.join(" "));
                Err(Failure::field(self.path_of(name), complaint))
            }
        }
    }

    /// Takes an optional field.
    ///
    /// # Errors
    /// Those of `read`.
    pub(crate) fn optional<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Value, &str) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        let value = self.object.shift_remove(name).filter(|value| !value.is_null());
        value.map(|value| read(value, &self.path_of(name))).transpose()
    }

    /// Takes a required field.
    ///
    /// # Errors
    /// If it is missing, and those of `read`.
    pub(crate) fn required<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Value, &str) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.optional(name, read)?.ok_or_else(|| missing(self.path_of(name)))
    }

    /// Takes an optional string that must be one of the choices. An empty string counts as missing.
    ///
    /// # Errors
    /// If it is another string, or no string.
    pub(crate) fn choice<T: Copy>(&mut self, name: &str, choices: &[(&str, T)]) -> Result<Option<T>, Failure> {
        let text = self.optional(name, text)?.filter(|text| !text.is_empty());
        let Some(text) = text else { return Ok(None) };
        if let Some((_, choice)) = choices.iter().find(|(name, _)| text == **name) {
            return Ok(Some(*choice));
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        Err(Failure::field(self.path_of(name), format!("must be one of [{}]", names.join(" "))))
    }
}

/// The path of a field in the object at `path`.
pub(crate) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn missing(path: String) -> Failure {
    Failure::field(path, "is a required field")
}

/// The error for a value of another type. The text is from error reports and SDK tests.
pub(crate) fn mistyped(path: &str, expected: &str, value: &Value) -> Failure {
    unexpected(path, expected, kind(value))
}

fn unexpected(path: &str, expected: &str, got: &str) -> Failure {
    let reason = format!("expected {expected} for field \"{path}\" but got {got}");
    Failure { fields: Some([(path.to_owned(), reason.clone())].into()), ..Failure::input(reason) }
}

/// The API's name for the type of a value.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

pub(crate) fn text(value: Value, path: &str) -> Result<String, Failure> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(mistyped(path, "string", &other)),
    }
}

/// A string that must not be empty; an empty one counts as a missing field.
pub(crate) fn filled(value: Value, path: &str) -> Result<String, Failure> {
    let text = text(value, path)?;
    if text.is_empty() { Err(missing(path.to_owned())) } else { Ok(text) }
}

pub(crate) fn flag(value: Value, path: &str) -> Result<bool, Failure> {
    value.as_bool().ok_or_else(|| mistyped(path, "boolean", &value))
}

pub(crate) fn integer(value: Value, path: &str) -> Result<i64, Failure> {
    match (value.as_i64(), &value) {
        (Some(number), _) => Ok(number),
        // The type is right, but the number is not an integer.
        (None, Value::Number(number)) => Err(unexpected(path, "integer", &format!("number `{number}`"))),
        (None, other) => Err(mistyped(path, "number", other)),
    }
}

/// A time, in the formats of [`rfc3339::parse`].
pub(crate) fn time(value: Value, path: &str) -> Result<Timestamp, Failure> {
    rfc3339::parse(&value).ok_or_else(|| match &value {
        Value::String(_) | Value::Number(_) => Failure::field(path, "must be an RFC 3339 time"),
        other => mistyped(path, "string", other),
    })
}

/// A number of milliseconds.
pub(crate) fn duration_ms(value: Value, path: &str) -> Result<Duration, Failure> {
    let number = value.as_u64().ok_or_else(|| Failure::field(path, "must be a whole number of milliseconds"))?;
    Ok(Duration::from_millis(number))
}

pub(crate) fn object(value: Value, path: &str) -> Result<CustomData, Failure> {
    match value {
        Value::Object(object) => Ok(object),
        other => Err(mistyped(path, "object", &other)),
    }
}

/// A list. Each element is read with its path.
pub(crate) fn list<T>(
    value: Value,
    path: &str,
    read: impl Fn(Value, &str) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let elements = match value {
        Value::Array(elements) => elements,
        other => return Err(mistyped(path, "array", &other)),
    };
    elements.into_iter().enumerate().map(|(index, element)| read(element, &format!("{path}[{index}]"))).collect()
}

pub(crate) fn texts(value: Value, path: &str) -> Result<Vec<String>, Failure> {
    list(value, path, text)
}

/// A map of strings.
pub(crate) fn text_map(value: Value, path: &str) -> Result<BTreeMap<String, String>, Failure> {
    let mut map = BTreeMap::new();
    for (name, value) in object(value, path)? {
        let text = text(value, &format!("{path}[{name}]"))?;
        map.insert(name, text);
    }
    Ok(map)
}

pub(crate) fn privacy_settings(value: Value, path: &str) -> Result<PrivacySettingsResponse, Failure> {
    // A missing boolean is false to the API: Stream's Ruby SDK leaves it out.
    let enabled =
        |value: Value, path: &str| Ok(Fields::of(value, path)?.optional("enabled", flag)?.unwrap_or_default());
    let mut fields = Fields::of(value, path)?;
    let typing_indicators = fields.optional("typing_indicators", enabled)?;
    let read_receipts = fields.optional("read_receipts", enabled)?;
    let delivery_receipts = fields.optional("delivery_receipts", enabled)?;
    Ok(PrivacySettingsResponse {
        typing_indicators: typing_indicators.map(|enabled| TypingIndicatorsResponse { enabled }),
        read_receipts: read_receipts.map(|enabled| ReadReceiptsResponse { enabled }),
        delivery_receipts: delivery_receipts.map(|enabled| DeliveryReceiptsResponse { enabled }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(value: Value) -> Fields {
        Fields::of(value, "user").unwrap()
    }

    fn reason<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
        result.unwrap_err().reason
    }

    #[test]
    fn a_wrong_type_is_named_with_its_path() {
        let mut fields = fields(json!({
            "name": 1, "on": "true", "count": 1.5, "custom": [], "teams": ["a", 1], "roles": { "a": 1 },
            "privacy": { "read_receipts": { "enabled": 1 } }, "more_privacy": { "typing_indicators": {} }, "id": "",
        }));
        assert_eq!(reason(fields.optional("name", text)), "expected string for field \"user.name\" but got number");
        assert_eq!(reason(fields.optional("on", flag)), "expected boolean for field \"user.on\" but got string");
        assert_eq!(
            reason(fields.optional("count", integer)),
            "expected integer for field \"user.count\" but got number `1.5`"
        );
        assert_eq!(
            reason(fields.optional("custom", object)),
            "expected object for field \"user.custom\" but got array"
        );
        assert_eq!(
            reason(fields.optional("teams", texts)),
            "expected string for field \"user.teams[1]\" but got number"
        );
        assert_eq!(
            reason(fields.optional("roles", text_map)),
            "expected string for field \"user.roles[a]\" but got number"
        );
        assert_eq!(
            reason(fields.optional("privacy", privacy_settings)),
            "expected boolean for field \"user.privacy.read_receipts.enabled\" but got number"
        );
        let settings = fields.optional("more_privacy", privacy_settings).unwrap().unwrap();
        assert_eq!(settings.typing_indicators, Some(TypingIndicatorsResponse { enabled: false }));
        assert_eq!(reason(fields.required("id", filled)), "user.id is a required field");
        assert_eq!(reason(Fields::of(json!("x"), "user")), "expected object for field \"user\" but got string");
    }

    #[test]
    fn null_counts_as_left_out() {
        let mut fields = fields(json!({ "name": null }));
        assert_eq!(fields.optional("name", text), Ok(None));
        assert_eq!(fields.optional("image", text), Ok(None));
        assert_eq!(reason(fields.required("name", text)), "user.name is a required field");
    }

    #[test]
    fn a_choice_may_be_missing_but_not_unknown() {
        let choice = |value: Value| fields(value).choice("mode", &[("soft", 1), ("hard", 2)]);
        for absent in [json!({}), json!({ "mode": null }), json!({ "mode": "" })] {
            assert_eq!(choice(absent), Ok(None));
        }
        assert_eq!(choice(json!({ "mode": "hard" })), Ok(Some(2)));
        for wrong in [json!({ "mode": "pruning" }), json!({ "mode": "Hard" })] {
            assert_eq!(reason(choice(wrong)), "user.mode must be one of [soft hard]");
        }
        assert_eq!(reason(choice(json!({ "mode": 1 }))), "expected string for field \"user.mode\" but got number");
    }
}
