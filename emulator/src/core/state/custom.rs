//! Custom data of users, as JSON text.
//!
//! A map of three short fields takes 600 bytes and a dozen allocations, the text 64 bytes and one allocation. Most uses
//! need no map: custom data is measured, saved and returned as text, and a filter reads one field at a time.

use std::borrow::Cow;

use getstream_users::model::CustomData;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::core::field_path::Path;

const NOTHING: &str = "{}";

/// Custom data of a user. The text is always an object written by serde_json: without spaces, and with only one way to
/// write a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Custom(Option<Box<str>>);

impl Custom {
    /// The JSON text.
    pub(crate) fn text(&self) -> &str {
        self.0.as_deref().unwrap_or(NOTHING)
    }

    /// The data as a map.
    pub(crate) fn data(&self) -> CustomData {
        // It was written here, so it parses.
        self.0.as_deref().map(|text| parse(text.as_bytes())).unwrap_or_default()
    }

    /// The value at a path.
    pub(crate) fn get(&self, path: &Path) -> Option<Value> {
        path.parts().try_fold(self.text().as_bytes(), member).map(parse)
    }
}

impl From<CustomData> for Custom {
    fn from(data: CustomData) -> Self {
        // A map with string keys can always be serialized.
        let text = (!data.is_empty()).then(|| serde_json::to_string(&data).unwrap_or_else(|_| NOTHING.to_owned()));
        Self(text.map(String::into_boxed_str))
    }
}

impl Serialize for Custom {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.data().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Custom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        CustomData::deserialize(deserializer).map(Self::from)
    }
}

/// Parses text that [`Custom`] has written. Its depth was limited when the request was read.
fn parse<T: for<'de> Deserialize<'de> + Default>(text: &[u8]) -> T {
    let mut reader = serde_json::Deserializer::from_slice(text);
    reader.disable_recursion_limit();
    T::deserialize(&mut reader).unwrap_or_default()
}

/// The JSON of an object's field; `None` if there is no such field, or the JSON is no object.
fn member<'a>(object: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let name = written(name);
    let mut rest = object.strip_prefix(b"{")?;
    while rest.first() == Some(&b'"') {
        let (key, behind) = rest.split_at_checked(end_of_text(rest))?;
        let value = behind.strip_prefix(b":")?;
        let (value, behind) = value.split_at_checked(end_of_value(value))?;
        if key.get(1..key.len().saturating_sub(1)) == Some(name.as_bytes()) {
            return Some(value);
        }
        rest = behind.strip_prefix(b",")?;
    }
    None
}

/// A name as it is written between the quotes.
fn written(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        return name.into();
    }
    let quoted = serde_json::to_string(name).unwrap_or_default();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned().into()
}

/// The length of the string at the start of the JSON.
fn end_of_text(json: &[u8]) -> usize {
    let mut escaped = false;
    let closing = json.iter().skip(1).position(|byte| {
        let closes = !escaped && *byte == b'"';
        escaped = !escaped && *byte == b'\\';
        closes
    });
    closing.map_or(json.len(), |position| position + 2)
}

/// The length of the value at the start of the JSON.
fn end_of_value(json: &[u8]) -> usize {
    let (mut depth, mut end) = (0_usize, 0_usize);
    while let Some(byte) = json.get(end) {
        match byte {
            b'"' => end += end_of_text(json.get(end..).unwrap_or_default()),
            b',' | b'}' | b']' if depth == 0 => return end,
            other => {
                match other {
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                end += 1;
            }
        }
        if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
            return end;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn custom(value: Value) -> Custom {
        value.as_object().cloned().unwrap_or_default().into()
    }

    #[test]
    fn a_path_leads_to_the_value_that_a_map_has() {
        let all = json!({ "a": "x,\"}{", "b\"c": [1, { "d": "]" }], "é": { "a": { "b": 1.0 } }, "n": null, "t": true,
            "": "empty", "e": {}, "l": [], "\u{1}\\": -5e300 });
        let custom = custom(all.clone());
        for name in ["a", "b\"c", "é", "é.a", "é.a.b", "n", "t", "e", "l", "e.x", "l.x", "a.x", "x", "\u{1}\\", "b"]
        {
            let path = Path::parse(name).unwrap();
            assert_eq!(custom.get(&path), path.get(all.as_object().unwrap()).cloned(), "{name}");
        }
    }

    #[test]
    fn empty_data_takes_no_memory_and_data_is_returned_unchanged() {
        assert_eq!(custom(json!({})), Custom::default());
        assert_eq!((Custom::default().text(), Custom::default().data()), ("{}", CustomData::new()));
        let all = json!({ "z": 1.0, "a": 9_007_199_254_740_993_i64, "m": { "b": [], "a": u64::MAX } });
        assert_eq!(serde_json::to_string(&custom(all.clone())).unwrap(), all.to_string());
        assert_eq!(custom(all.clone()).text(), all.to_string());
        assert_eq!(serde_json::from_value::<Custom>(all.clone()).unwrap(), custom(all));
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "[a-c\"\\\\{}\\[\\],:é\u{0}-\u{20}]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec(("[ab\"\\\\\n]{0,2}", inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn values_are_found_as_in_a_map(
            members in proptest::collection::vec(("[ab\"\\\\]{1,2}", value()), 0..5),
            name in "[ab\"\\\\]{1,2}(\\.[ab\"\\\\]{1,2}){0,2}",
        ) {
            let data: CustomData = members.into_iter().collect();
            let path = Path::parse(&name).unwrap();
            let custom = Custom::from(data.clone());
            prop_assert_eq!(custom.get(&path), path.get(&data).cloned());
            prop_assert_eq!(custom.data(), data);
        }
    }
}
