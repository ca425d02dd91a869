//! Splits long JSON into its parts, each still JSON text, so that they can be parsed one by one.
//!
//! serde_json's `RawValue` does the same. But its feature changes how every value in the program is parsed: text under
//! a certain key is parsed as JSON again, as deeply nested as a client likes.

use serde::de::IgnoredAny;
use serde_json::Deserializer;

/// The fields of an object, in order; `None` for any other value. The iteration ends at invalid JSON.
pub(super) fn fields(json: &[u8]) -> Option<Vec<(String, &[u8])>> {
    let mut rest = Rest(json.trim_ascii_start().strip_prefix(b"{")?);
    let mut fields = Vec::new();
    while let Some(name) = rest.value(b',') {
        let Ok(name) = serde_json::from_slice(name) else { break };
        let Some(value) = rest.value(b':') else { break };
        fields.push((name, value));
    }
    Some(fields)
}

/// The elements of an array, in order; `None` for any other value. The iteration ends at invalid JSON.
pub(super) fn elements(json: &[u8]) -> Option<impl Iterator<Item = &[u8]>> {
    let mut rest = Rest(json.trim_ascii_start().strip_prefix(b"[")?);
    Some(std::iter::from_fn(move || rest.value(b',')))
}

/// The text that has not been read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    /// The next value. `separator` may precede it.
    fn value(&mut self, separator: u8) -> Option<&'a [u8]> {
        let start = self.0.trim_ascii_start();
        let start = start.strip_prefix(&[separator]).unwrap_or(start).trim_ascii_start();
        let mut values = Deserializer::from_slice(start).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let (value, rest) = start.split_at_checked(values.byte_offset())?;
        self.0 = rest;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'a>(parts: impl Iterator<Item = &'a [u8]>) -> Vec<&'a str> {
        parts.map(|part| str::from_utf8(part).unwrap()).collect()
    }

    #[test]
    fn array_elements_are_split() {
        for (json, expected) in [
            ("[]", &[][..]),
            (" [ ] ", &[]),
            ("[0]", &["0"]),
            (
                r#"[1,-2.5e3 , "a,b]" ,null,true,[1,[2]],{"a":[","]}]"#,
                &["1", "-2.5e3", r#""a,b]""#, "null", "true", "[1,[2]]", r#"{"a":[","]}"#],
            ),
            (r#"["\"", "\\"]"#, &[r#""\"""#, r#""\\""#]),
        ] {
            assert_eq!(texts(elements(json.as_bytes()).unwrap()), expected, "{json}");
        }
        for other in ["{}", "1", "null", "", r#""[1]""#] {
            assert!(elements(other.as_bytes()).is_none(), "{other}");
        }
    }

    #[test]
    fn object_fields_are_split() {
        let json = r#" { "a" : 1 ,"b\u0063":{"d":[2,3]}, "":"}" }"#;
        let fields = fields(json.as_bytes()).unwrap();
        let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "bc", ""]);
        assert_eq!(texts(fields.iter().map(|(_, value)| *value)), ["1", r#"{"d":[2,3]}"#, r#""}""#]);
        assert_eq!(super::fields(b"{}"), Some(Vec::new()));
        assert_eq!(super::fields(b"[1]"), None);
    }
}
