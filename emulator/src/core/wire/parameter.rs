//! Query parameters: numbers, flags and times from text.

use getstream_users::model::{CustomData, Timestamp};
use serde_json::Value;

use super::call::Call;
use super::read::{Fields, text};
use super::rfc3339;
use crate::core::failure::Failure;

impl Call<'_> {
    /// The query parameters. An empty one counts as missing; of several with the same name, the first counts.
    pub(crate) fn parameters(&self) -> Fields {
        let mut parameters = CustomData::new();
        for (name, value) in
            form_urlencoded::parse(self.request.query.as_bytes()).filter(|(_, value)| !value.is_empty())
        {
            parameters.entry(name).or_insert_with(|| value.into());
        }
        Fields::new("", parameters)
    }
}

pub(crate) fn integer(value: Value, path: &str) -> Result<i64, Failure> {
    text(value, path)?.parse().map_err(|_| Failure::field(path, "must be an integer"))
}

pub(crate) fn flag(value: Value, path: &str) -> Result<bool, Failure> {
    text(value, path)?.parse().map_err(|_| Failure::field(path, "must be a boolean"))
}

/// A time as text, as in requests, or in nanoseconds, as in responses.
pub(crate) fn time(value: Value, path: &str) -> Result<Timestamp, Failure> {
    let text = text(value, path)?;
    let value = text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from);
    rfc3339::parse(&value).ok_or_else(|| Failure::field(path, "must be an RFC 3339 time"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::caller::Caller;
    use crate::core::wire::{Dialect, Method, Request};

    fn parameters(query: &str) -> Fields {
        let request = Request::new(Method::Get, &format!("/?{query}"));
        let call =
            Call { request: &request, caller: &Caller::Server, subject: "", dialect: Dialect::V2, now: Timestamp(0) };
        call.parameters()
    }

    #[test]
    fn parameters_are_read_from_text() {
        let mut fields = parameters("limit=5&on=true&name=a+b&name=c&empty=&at=1970-01-01T00:00:01Z&ns=7");
        assert_eq!(fields.optional("limit", integer), Ok(Some(5)));
        assert_eq!(fields.optional("on", flag), Ok(Some(true)));
        assert_eq!(fields.optional("name", text), Ok(Some("a b".to_owned())));
        assert_eq!(fields.optional("empty", text), Ok(None));
        assert_eq!(fields.optional("at", time), Ok(Some(Timestamp(1_000_000_000))));
        assert_eq!(fields.optional("ns", time), Ok(Some(Timestamp(7))));
    }

    #[test]
    fn invalid_text_is_reported_with_the_name_of_its_parameter() {
        let reason = |failure: Failure| failure.reason;
        let mut fields = parameters("limit=five&on=1&at=soon");
        assert_eq!(fields.optional("limit", integer).map_err(reason), Err("limit must be an integer".to_owned()));
        assert_eq!(fields.optional("on", flag).map_err(reason), Err("on must be a boolean".to_owned()));
        assert_eq!(fields.optional("at", time).map_err(reason), Err("at must be an RFC 3339 time".to_owned()));
    }
}
