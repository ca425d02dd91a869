//! The input of an operation (the caller and the request), and the result of a handler.

use getstream_users::model::{CustomData, Timestamp};
use serde::Serialize;
use serde_json::Value;

use super::dialect::Dialect;
use super::http::Request;
use super::read::Fields;
use crate::core::caller::Caller;
use crate::core::failure::Failure;

/// A request with its authenticated caller, for a known operation.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) caller: &'a Caller,
    /// The id in the path, decoded; empty if the path has none.
    pub(crate) subject: &'a str,
    /// The form of the request and of its response.
    pub(crate) dialect: Dialect,
    pub(crate) now: Timestamp,
}

/// The response body, or the failure.
pub(crate) type Outcome = Result<Vec<u8>, Failure>;

/// The cause and time of a change, which hooks receive with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause<'a> {
    /// The request and its caller; `None` for a task.
    pub(crate) request: Option<(&'a Request, &'a Caller)>,
    pub(crate) now: Timestamp,
}

impl Cause<'_> {
    /// The cause of a task's changes.
    pub(crate) const fn task(at: Timestamp) -> Self {
        Self { request: None, now: at }
    }
}

impl<'a> Call<'a> {
    /// The cause of this call's changes.
    pub(crate) const fn cause(&self) -> Cause<'a> {
        Cause { request: Some((self.request, self.caller)), now: self.now }
    }

    /// Writes the response body, in the form of the request.
    ///
    /// # Errors
    /// If it cannot be serialized.
    pub(crate) fn reply(&self, body: &impl Serialize) -> Outcome {
        Ok(self.dialect.write(body)?)
    }

    /// The fields of the body.
    ///
    /// # Errors
    /// What [`body`] returns.
    pub(crate) fn body(&self) -> Result<Fields, Failure> {
        body(self.request)
    }

    /// The query parameter `payload`, a JSON object.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn payload(&self) -> Result<Fields, Failure> {
        let payload = self.request.parameter("payload").unwrap_or_default();
        Ok(Fields::new("", object(payload.as_bytes())?))
    }
}

/// The body of a request as a JSON object. A missing body and null count as an empty object: SDKs send either where
/// every field is optional.
///
/// # Errors
/// If the body is anything else: other JSON, invalid JSON, invalid UTF-8, or nested too deeply.
pub(crate) fn body(request: &Request) -> Result<Fields, Failure> {
    let is_none = request.body.is_empty() || request.body.trim_ascii() == b"null";
    let object = if is_none { CustomData::new() } else { object(&request.body)? };
    Ok(Fields::new("", object))
}

/// Parses a JSON object. The error message is the one that SDK tests expect for a query without a payload.
pub(crate) fn object(json: &[u8]) -> Result<CustomData, Failure> {
    match serde_json::from_slice(json) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Failure::input("invalid json data")),
    }
}

/// Writes the response body of a control. Controls have only one form.
pub(crate) fn reply(body: &impl Serialize) -> Outcome {
    Ok(serde_json::to_vec(body)?)
}
