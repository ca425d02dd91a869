//! Builds the request of an operation: path, query and body.

use alloc::format;
use alloc::string::{String, ToString};

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::operation::{Argument, Input, Operation, encode_component};

/// A request without its headers, which are built for each attempt.
#[derive(Debug)]
pub(super) struct Request {
    /// The path and the query.
    pub(super) target: String,
    pub(super) body: Option<String>,
}

impl Request {
    /// Checks an argument and builds the request.
    pub(super) fn new(operation: &Operation, api_key: &str, argument: &Value) -> Result<Self, Error> {
        operation.check(argument)?;
        let segment = operation.segment(argument)?.unwrap_or_default();
        let path = operation.path;
        let mut target = format!("{}{segment}{}?api_key={}", path.before(), path.after(), encode_component(api_key));
        for name in fields_of(operation.query) {
            match argument.member(name) {
                Value::Null => {}
                Value::String(text) => push_field(&mut target, name, &text),
                value => push_field(&mut target, name, &value.to_string()),
            }
        }
        Ok(Self { target, body: body(operation, argument) })
    }
}

fn push_field(target: &mut String, name: &str, value: &str) {
    for part in ["&", name, "=", &encode_component(value)] {
        target.push_str(part);
    }
}

fn fields_of(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').filter(|name| !name.is_empty())
}

fn body(operation: &Operation, argument: &Value) -> Option<String> {
    match operation.input {
        Input::Body => Some(rest(operation, argument).to_string()),
        Input::Users => {
            let users = argument.as_array().into_iter().flatten();
            let by_id: Map<_, _> = users.filter_map(|user| Some((user.member("id").text()?, user.clone()))).collect();
            Some(json!({ "users": by_id }).to_string())
        }
        // The last two are arguments of methods that only JavaScript has.
        Input::Nothing | Input::Url | Input::Revocation | Input::Request => None,
    }
}

/// The fields that are neither in the path nor in the query.
fn rest(operation: &Operation, argument: &Value) -> Value {
    let elsewhere =
        |name: &str| operation.path.parameter() == Some(name) || fields_of(operation.query).any(|field| field == name);
    let fields = argument.as_object().into_iter().flatten().filter(|(name, _)| !elsewhere(name));
    fields.map(|(name, value)| (name.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{DEACTIVATE_USER, GET_TASK, QUERY_USERS, UPSERT_USERS};

    fn of(operation: &Operation, argument: &Value) -> (String, Option<String>) {
        let Request { target, body } = Request::new(operation, "a key", argument).unwrap();
        (target, body)
    }

    #[test]
    fn an_argument_goes_into_the_path_the_query_or_the_body() {
        assert_eq!(
            of(&UPSERT_USERS, &json!([{ "id": "ada", "name": "Ada" }])),
            ("/api/v2/users?api_key=a%20key".into(), Some(r#"{"users":{"ada":{"id":"ada","name":"Ada"}}}"#.into()))
        );
        assert_eq!(
            of(&QUERY_USERS, &json!({ "payload": { "filter_conditions": {} } })),
            ("/api/v2/users?api_key=a%20key&payload=%7B%22filter_conditions%22%3A%7B%7D%7D".into(), None)
        );
        assert_eq!(
            of(&DEACTIVATE_USER, &json!({ "user_id": "a@b", "created_by_id": "bob" })),
            ("/api/v2/users/a%40b/deactivate?api_key=a%20key".into(), Some(r#"{"created_by_id":"bob"}"#.into()))
        );
        assert_eq!(of(&GET_TASK, &json!({ "id": "t/1" })), ("/api/v2/tasks/t%2F1?api_key=a%20key".into(), None));
    }

    #[test]
    fn what_the_operation_refuses_is_not_written() {
        let error = Request::new(&UPSERT_USERS, "key", &json!([{ "id": "no spaces" }])).unwrap_err();
        assert!(error.message().starts_with("upsertUsers: users[0].id "), "{error}");
    }
}
