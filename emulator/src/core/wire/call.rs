//! An operation's input: the caller and the request; and what a handler returns.

use getstream_users::model::{CustomData, Timestamp};
use serde::Serialize;
use serde_json::Value;

use super::dialect::Dialect;
use super::http::Request;
use super::read::Fields;
use crate::core::caller::Caller;
use crate::core::failure::Failure;

/// A call whose operation and caller are known.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) caller: &'a Caller,
    /// The variable part of the path, decoded; empty when the path has none.
    pub(crate) subject: &'a str,
    /// The form in which the request is written, and its answer.
    pub(crate) dialect: Dialect,
    pub(crate) now: Timestamp,
}

/// The body of a success, or why there is none.
pub(crate) type Outcome = Result<Vec<u8>, Failure>;

/// The cause and time of a change, which hooks receive with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause<'a> {
    /// The request and its caller; none for a task.
    pub(crate) request: Option<(&'a Request, &'a Caller)>,
    pub(crate) now: Timestamp,
}

impl Cause<'_> {
    /// The cause of what a task does.
    pub(crate) const fn task(at: Timestamp) -> Self {
        Self { request: None, now: at }
    }
}

impl<'a> Call<'a> {
    /// The cause of what this call does.
    pub(crate) const fn cause(&self) -> Cause<'a> {
        Cause { request: Some((self.request, self.caller)), now: self.now }
    }

    /// Writes the answer, in the form in which it was asked.
    ///
    /// # Errors
    /// When it cannot be written.
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

    /// What SDKs call a payload: a JSON object in the query string.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn payload(&self) -> Result<Fields, Failure> {
        let payload = self.request.parameter("payload").unwrap_or_default();
        Ok(Fields::new("", object(payload.as_bytes())?))
    }
}

/// The body of a request as a JSON object. No body counts as an empty object, and so does null: SDKs send the one or the
/// other where every field is optional.
///
/// # Errors
/// When the body is anything else: other JSON, no JSON, bad UTF-8, nested too deep.
pub(crate) fn body(request: &Request) -> Result<Fields, Failure> {
    let is_none = request.body.is_empty() || request.body.trim_ascii() == b"null";
    let object = if is_none { CustomData::new() } else { object(&request.body)? };
    Ok(Fields::new("", object))
}

/// Reads a JSON object. The text of the failure is the one SDK tests expect of a query without a payload.
pub(crate) fn object(json: &[u8]) -> Result<CustomData, Failure> {
    match serde_json::from_slice(json) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Failure::input("invalid json data")),
    }
}

/// Writes an answer of the controls, which have one form.
pub(crate) fn reply(body: &impl Serialize) -> Outcome {
    Ok(serde_json::to_vec(body)?)
}
