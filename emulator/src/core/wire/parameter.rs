//! Query parameters as fields: text, from which numbers and flags are read.

use getstream_users::model::CustomData;
use serde_json::Value;

use super::call::Call;
use super::error::Failure;
use super::read::{Fields, text};

impl Call<'_> {
    /// The parameters of the query. An empty one counts as left out; of several with one name, the first counts.
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

#[cfg(test)]
mod tests {
    use super::*;
    use getstream_users::model::Timestamp;

    use crate::core::gate::Caller;
    use crate::core::wire::{Method, Request};

    fn parameters(query: &str) -> Fields {
        let request = Request::new(Method::Get, &format!("/?{query}"));
        Call { request: &request, caller: &Caller::Server, subject: "", now: Timestamp(0) }.parameters()
    }

    #[test]
    fn parameters_are_read_from_text() {
        let mut fields = parameters("limit=5&on=true&name=a+b&name=c&empty=");
        assert_eq!(fields.optional("limit", integer), Ok(Some(5)));
        assert_eq!(fields.optional("on", flag), Ok(Some(true)));
        assert_eq!(fields.optional("name", text), Ok(Some("a b".to_owned())));
        assert_eq!(fields.optional("empty", text), Ok(None));
    }

    #[test]
    fn wrong_text_is_named() {
        let reason = |failure: Failure| failure.reason;
        let mut fields = parameters("limit=five&on=1");
        assert_eq!(fields.optional("limit", integer).map_err(reason), Err("limit must be an integer".to_owned()));
        assert_eq!(fields.optional("on", flag).map_err(reason), Err("on must be a boolean".to_owned()));
    }
}
