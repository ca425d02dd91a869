//! The log of recent requests.
//!
//! Only the latest requests are kept, and only the beginning of long bodies. Anything that may be a secret is removed
//! when the log is read. Responses are not kept, because those that create guests contain tokens.

use std::collections::VecDeque;

use getstream_users::model::{APIError, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::gate::Fault;
use crate::core::wire::{Method, Request, rfc3339};

/// How many requests are kept.
pub(crate) const KEPT: usize = 1_000;
/// How many bytes of a body or of a query are kept.
const MAX_BODY: usize = 4 * 1024;
/// How many bytes of a path or a header are kept.
const MAX_TEXT: usize = 512;
const HIDDEN: &str = "***";

/// A request, with its outcome.
#[derive(Debug, Clone)]
struct Entry {
    id: u64,
    at: Timestamp,
    method: Method,
    path: String,
    query: String,
    operation: Option<&'static str>,
    caller: Option<Caller>,
    /// `None` if the connection was broken instead.
    status: Option<u16>,
    code: Option<i32>,
    message: Option<String>,
    fault: Option<Fault>,
    body: Vec<u8>,
    body_bytes: usize,
    client_request_id: Option<String>,
    client: Option<String>,
}

/// The outcome of a request.
#[derive(Debug)]
pub(crate) struct Answered<'a> {
    pub(crate) at: Timestamp,
    pub(crate) operation: Option<&'static str>,
    pub(crate) caller: Option<Caller>,
    pub(crate) error: Option<&'a APIError>,
    pub(crate) fault: Option<Fault>,
}

/// The requests, latest last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    entries: VecDeque<Entry>,
    last_id: u64,
}

impl Log {
    pub(crate) fn add(&mut self, request: &Request, answered: Answered<'_>) {
        if self.entries.len() >= KEPT {
            self.entries.pop_front();
        }
        self.last_id += 1;
        let header = |name: &str| request.headers.get(name).map(|value| beginning(value, MAX_TEXT));
        let dropped = answered.fault.as_ref().is_some_and(Fault::drops);
        let error = answered.error.filter(|_| !dropped);
        let status = error.map_or(request.method.success_status(), |error| error.status_code);
        self.entries.push_back(Entry {
            id: self.last_id,
            at: answered.at,
            method: request.method,
            path: beginning(&request.path, MAX_TEXT),
            query: beginning(&request.query, MAX_BODY),
            operation: answered.operation,
            caller: answered.caller,
            status: (!dropped).then_some(status),
            code: error.map(|error| error.code),
            message: error.map(|error| beginning(&error.message, MAX_BODY)),
            fault: answered.fault,
            body: request.body.iter().copied().take(MAX_BODY).collect(),
            body_bytes: request.body.len(),
            client_request_id: header("x-client-request-id"),
            client: header("x-stream-client"),
        });
    }

    /// The number of the latest request; 0 if there was none.
    pub(crate) fn last_id(&self) -> u64 {
        self.last_id
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    /// The entries that match the search, latest last.
    pub(crate) fn find(&self, search: &Search) -> Vec<Shown<'_>> {
        let found = self.entries.iter().rev().filter(|entry| search.finds(entry)).take(search.limit);
        let mut shown: Vec<Shown<'_>> = found.map(Entry::show).collect();
        shown.reverse();
        shown
    }
}

/// The beginning of a text, cut between characters.
fn beginning(text: &str, most: usize) -> String {
    text.split_at_checked(text.floor_char_boundary(most)).map_or(text, |(beginning, _)| beginning).to_owned()
}

/// The start of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Since {
    /// After the entry with this id.
    Id(u64),
    /// At this time.
    Time(Timestamp),
}

/// Which entries to return.
#[derive(Debug)]
pub(crate) struct Search {
    operation: Option<String>,
    since: Option<Since>,
    limit: usize,
}

impl Search {
    /// # Errors
    /// If a query parameter is invalid.
    pub(crate) fn parse(request: &Request) -> Result<Self, Failure> {
        let limit = match request.parameter("limit") {
            None => KEPT,
            Some(text) => text.parse().map_err(|_| Failure::field("limit", "must be a whole number"))?,
        };
        let since = request.parameter("since").map(|text| since(&text)).transpose()?;
        Ok(Self { operation: request.parameter("operation"), since, limit })
    }

    fn finds(&self, entry: &Entry) -> bool {
        let late = match self.since {
            None => true,
            Some(Since::Id(id)) => entry.id > id,
            Some(Since::Time(at)) => entry.at >= at,
        };
        late && self.operation.as_deref().is_none_or(|operation| Some(operation) == entry.operation)
    }
}

fn since(text: &str) -> Result<Since, Failure> {
    let id = text.parse().ok().map(Since::Id);
    let time = || rfc3339::parse(&text.into()).map(Since::Time);
    id.or_else(time).ok_or_else(|| Failure::field("since", "must be the id of a request or an RFC 3339 time"))
}

/// A request, as the control returns it.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorRequest"))]
pub(crate) struct Shown<'a> {
    /// Its number, counted from 1.
    id: u64,
    /// When it arrived, by the emulator's clock, as RFC 3339 text.
    at: String,
    /// Its method.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    method: Method,
    /// Its path, as it was sent.
    path: &'a str,
    /// Its query, as it was sent, with secrets hidden.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    query: String,
    /// Name of the operation; null if the endpoint is unknown.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    operation: Option<&'a str>,
    /// Kind of the caller; `"none"` if the caller could not be authenticated.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "\"server\" | \"user\" | \"anonymous\" | \"none\""))]
    caller: &'static str,
    /// Id of the user who sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    user_id: Option<&'a str>,
    /// HTTP status of the response; null if the connection was broken instead.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    status: Option<u16>,
    /// Stream's error code, if the request failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    code: Option<i32>,
    /// The error message, if the request failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    message: Option<&'a str>,
    /// The fault that was applied to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "EmulatorFault"))]
    fault: Option<&'a Fault>,
    /// Its body, with secrets hidden: JSON, or text if it is not JSON or was cut off.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "unknown"))]
    body: Value,
    /// The full length of the body.
    body_bytes: usize,
    /// Its header `x-client-request-id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    client_request_id: Option<&'a str>,
    /// Its header `x-stream-client`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    client: Option<&'a str>,
}

impl Entry {
    fn show(&self) -> Shown<'_> {
        let caller = self.caller.as_ref().map_or("none", Caller::kind);
        let user_id = self.caller.as_ref().and_then(Caller::user_id);
        Shown {
            id: self.id,
            at: rfc3339::write(self.at),
            method: self.method,
            path: &self.path,
            query: query_without_secrets(&self.query),
            operation: self.operation,
            caller,
            user_id,
            status: self.status,
            code: self.code,
            message: self.message.as_deref(),
            fault: self.fault.as_ref(),
            body: shown_body(&self.body),
            body_bytes: self.body_bytes,
            client_request_id: self.client_request_id.as_deref(),
            client: self.client.as_deref(),
        }
    }
}

/// A body as JSON, or as text if it is not JSON, for example because it was cut off.
fn shown_body(body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    let text = json_without_secrets(&String::from_utf8_lossy(body));
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

/// Whether a field with this name contains a secret.
fn is_secret(name: &str) -> bool {
    const ENDINGS: &[&str] = &["secret", "token", "password", "credentials", "_json", "_key", "_cert", "authorization"];
    let name = name.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

fn query_without_secrets(query: &str) -> String {
    let shown = query.split('&').map(|parameter| match parameter.split_once('=') {
        // Every query has the app's API key, which is no secret. In a body, an API key is that of another service.
        Some((name, _)) if name != "api_key" && is_secret(name) => format!("{name}={HIDDEN}"),
        Some(_) | None => parameter.to_owned(),
    });
    shown.collect::<Vec<_>>().join("&")
}

/// Replaces the strings under secret names in JSON, which may be cut off anywhere.
fn json_without_secrets(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    let mut rest = json;
    let mut secret = false;
    while let Some((before, text, after)) = next_text(rest) {
        shown.push_str(before);
        let is_key = after.trim_start().starts_with(':');
        if secret && !is_key {
            shown.extend(["\"", HIDDEN, "\""]);
        } else {
            shown.push_str(text);
        }
        // Hides all strings up to the next key, which covers lists of secrets.
        secret = if is_key { is_secret(text.trim_matches('"')) } else { secret };
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// The text before the next string, that string with its quotes, and the rest. A string without its closing quote
/// counts.
fn next_text(json: &str) -> Option<(&str, &str, &str)> {
    let (before, quoted) = json.split_at_checked(json.find('"')?)?;
    let mut escaped = false;
    let end = quoted.char_indices().skip(1).find(|(_, character)| {
        let ends = *character == '"' && !escaped;
        escaped = *character == '\\' && !escaped;
        ends
    });
    let (text, after) = quoted.split_at_checked(end.map_or(quoted.len(), |(at, _)| at + 1))?;
    Some((before, text, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_removed_from_json_wherever_it_is_cut() {
        for (json, expected) in [
            (r#"{"a":"b"}"#, r#"{"a":"b"}"#),
            (r#"{"token":"x","a":"b"}"#, r#"{"token":"***","a":"b"}"#),
            (r#"{"sqs_secret" : "x\"y", "n": 1}"#, r#"{"sqs_secret" : "***", "n": 1}"#),
            (r#"{"tokens":"x","access_token":["a","b"]}"#, r#"{"tokens":"x","access_token":["***","***"]}"#),
            (
                r#"{"firebase_config":{"credentials_json":"{\"k\":1}"}}"#,
                r#"{"firebase_config":{"credentials_json":"***"}}"#,
            ),
            (r#"{"apn_auth_key":"abc"#, r#"{"apn_auth_key":"***""#),
            (r#"{"apn_auth_key":"abc\"#, r#"{"apn_auth_key":"***""#),
            (r#"{"revoke_tokens_issued_before":"x"}"#, r#"{"revoke_tokens_issued_before":"x"}"#),
            (r#"{"datadog_info":{"api_key":"k"#, r#"{"datadog_info":{"api_key":"***""#),
            ("no json", "no json"),
        ] {
            assert_eq!(json_without_secrets(json), expected);
        }
    }

    #[test]
    fn secrets_are_removed_from_queries() {
        assert_eq!(
            query_without_secrets("api_key=k&authorization=x&payload={}&token"),
            "api_key=k&authorization=***&payload={}&token"
        );
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(beginning("añb", 2), "a");
        assert_eq!(beginning("añb", 3), "añ");
        assert_eq!(beginning("añb", 9), "añb");
    }
}
