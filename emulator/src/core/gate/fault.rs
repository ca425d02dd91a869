//! Faults: what a network, a proxy or an overloaded service does to requests and responses.
//!
//! A fault with a status, or one that drops the connection `before`, prevents the operation. Every other fault changes
//! the response of an operation that ran. [`rules`] decide which requests are hit.
//!
//! [`rules`]: super::fault_rules

use std::time::Duration;

use getstream_users::model::APIError;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use crate::core::failure::Failure;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Ending, Response};

/// The longest delay: ten minutes.
const MAX_LATENCY_MS: i64 = 600_000;
const DAY_S: i64 = 24 * 60 * 60;
const HTML: &[u8] = b"<!doctype html><html><head><title>Bad gateway</title></head><body>Bad gateway</body></html>\n";

/// When the connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Drop {
    /// Before the operation, which does not run.
    Before,
    /// After the operation: it has run, and only the response is lost.
    After,
}

/// How a response body is spoiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Spoiling {
    /// The connection breaks in the middle of the body.
    Truncate,
    /// The JSON is incomplete, while the length in the headers is right.
    Invalid,
    /// The body is empty.
    Empty,
    /// The body is an HTML page, as a proxy sends it.
    Html,
}

/// A fault. At least one effect is set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Fault {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unrecoverable: Option<bool>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    headers: IndexMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drop: Option<Drop>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Spoiling>,
    /// Closes the socket with this code after the client's connection was confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    close: Option<u16>,
    /// Leaves the socket open and sends nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    silence: Option<bool>,
}

impl Fault {
    /// # Errors
    /// If the value is no fault, or if its fields contradict each other.
    pub(super) fn read(value: Value, path: &str) -> Result<Self, Failure> {
        let mut fields = Fields::of(value, path)?;
        fields.refuse_others(&[
            "status",
            "code",
            "message",
            "retry_after",
            "unrecoverable",
            "headers",
            "latency_ms",
            "drop",
            "body",
            "close",
            "silence",
        ])?;
        let fault = Self {
            status: fields.optional("status", |value, path| within(value, path, 400, 599))?,
            code: fields.optional("code", |value, path| within(value, path, i32::MIN.into(), i32::MAX.into()))?,
            message: fields.optional("message", read::text)?,
            retry_after: fields.optional("retry_after", |value, path| within(value, path, 0, DAY_S))?,
            unrecoverable: fields.optional("unrecoverable", read::flag)?,
            headers: fields.optional("headers", read_headers)?.unwrap_or_default(),
            latency_ms: fields.optional("latency_ms", |value, path| within(value, path, 0, MAX_LATENCY_MS))?,
            drop: fields.choice("drop", &[("before", Drop::Before), ("after", Drop::After)])?,
            body: fields.choice(
                "body",
                &[
                    ("truncate", Spoiling::Truncate),
                    ("invalid", Spoiling::Invalid),
                    ("empty", Spoiling::Empty),
                    ("html", Spoiling::Html),
                ],
            )?,
            close: fields.optional("close", close_code)?,
            silence: fields.optional("silence", read::flag)?.filter(|silence| *silence),
        };
        fault.check(path)?;
        Ok(fault)
    }

    fn check(&self, path: &str) -> Result<(), Failure> {
        let of_status = self.code.is_some() || self.message.is_some() || self.unrecoverable.is_some();
        let answered = self.status.is_some() || self.body.is_some() || self.retry_after.is_some();
        let complaint = if *self == Self::default() {
            "has no effect: set status, latency_ms, drop, body, headers, close or silence"
        } else if of_status && self.status.is_none() {
            "needs a status for its code, message or unrecoverable"
        } else if self.drop.is_some() && (answered || !self.headers.is_empty()) {
            "cannot combine drop with a response"
        } else if (self.close.is_some() || self.silence.is_some()) && (answered || self.drop.is_some()) {
            "cannot combine close or silence with a response or drop"
        } else {
            return Ok(());
        };
        Err(Failure::field(path, complaint))
    }

    /// The error that replaces the operation; `None` if the operation runs.
    pub(crate) fn instead(&self, operation: Option<&str>) -> Option<APIError> {
        let status = match (self.status, self.drop) {
            (Some(status), _) => status,
            // The connection breaks, so nobody sees this status.
            (None, Some(Drop::Before)) => 503,
            (None, Some(Drop::After) | None) => return None,
        };
        let usual = Failure::input(usual_reason(status)).envelope(operation);
        Some(APIError {
            code: self.code.unwrap_or_else(|| usual_code(status)),
            message: self.message.clone().unwrap_or(usual.message),
            status_code: status,
            unrecoverable: self.unrecoverable,
            ..usual
        })
    }

    /// Whether the caller gets no response at all.
    pub(crate) fn drops(&self) -> bool {
        self.drop.is_some()
    }

    /// How long the response is delayed.
    pub(crate) fn delay(&self) -> Option<Duration> {
        self.latency_ms.and_then(|ms| u64::try_from(ms).ok()).map(Duration::from_millis)
    }

    /// The code to close the socket with after the client's connection was confirmed.
    pub(crate) fn close_code(&self) -> Option<u16> {
        self.close
    }

    /// Whether the socket stays open and receives nothing.
    pub(crate) fn is_silent(&self) -> bool {
        self.silence.is_some()
    }

    /// Applies the fault to a response.
    pub(crate) fn spoil(&self, response: &mut Response) {
        self.spoil_body(response);
        // A choice: otherwise clients would wait for the end of the minute, which is too long for a test.
        let retry_after = self.retry_after.or_else(|| (self.status == Some(429)).then_some(1));
        if let Some(seconds) = retry_after {
            response.headers.set("retry-after", seconds.to_string());
        }
        for (name, value) in &self.headers {
            response.headers.set(name, value.as_str());
        }
        response.transmission.delay = self.delay().unwrap_or_default();
        if self.drops() {
            response.transmission.ending = Ending::Dropped;
        }
    }

    fn spoil_body(&self, response: &mut Response) {
        match self.body {
            None => {}
            Some(Spoiling::Truncate) => response.transmission.ending = Ending::CutAfter(response.body.len() / 2),
            // The JSON object without its closing brace.
            Some(Spoiling::Invalid) => drop(response.body.pop()),
            Some(Spoiling::Empty) => response.body.clear(),
            Some(Spoiling::Html) => {
                response.body = HTML.to_vec();
                response.headers.set("content-type", "text/html; charset=utf-8");
            }
        }
    }
}

/// A code that may be in a close frame: the protocol's codes, and those from 3000. 1004 to 1006 and 1015 are reserved
/// for when there was no close frame.
fn close_code(value: Value, path: &str) -> Result<u16, Failure> {
    let code: u16 = within(value, path, 1000, 4999)?;
    match code {
        1000..=1003 | 1007..=1014 | 3000.. => Ok(code),
        _ => Err(Failure::field(
            path,
            "must be a code that is allowed in a close frame: 1000 to 1003, 1007 to 1014, 3000 to 4999",
        )),
    }
}

/// Stream's documented code for a status.
fn usual_code(status: u16) -> i32 {
    match status {
        400 => 4,
        401 => 5,
        403 => 17,
        404 => 16,
        408 => 23,
        413 => 22,
        429 => 9,
        431 => 24,
        _ => -1,
    }
}

fn usual_reason(status: u16) -> &'static str {
    match status {
        429 => "Too many requests, caused by a fault",
        _ => "caused by a fault",
    }
}

/// A whole number from `least` to `most`.
pub(super) fn within<T: TryFrom<i64>>(value: Value, path: &str, least: i64, most: i64) -> Result<T, Failure> {
    let number = read::integer(value, path)?;
    let number = Some(number).filter(|number| (least..=most).contains(number));
    let number = number.and_then(|number| T::try_from(number).ok());
    number.ok_or_else(|| Failure::field(path, format!("must be between {least} and {most}")))
}

/// The headers of a fault. The host sets the headers that frame the body, and JavaScript sets an object's prototype if
/// it assigns `__proto__`, so those are rejected.
fn read_headers(value: Value, path: &str) -> Result<IndexMap<String, String>, Failure> {
    const UNSENDABLE: &[&str] =
        &["__proto__", "connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"];
    let mut headers = IndexMap::new();
    for (name, value) in read::object(value, path)? {
        let path = format!("{path}[{name}]");
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) || UNSENDABLE.contains(&name.to_ascii_lowercase().as_str()) {
            return Err(Failure::field(path, "is not a header that can be set"));
        }
        let value = read::text(value, &path)?;
        if !value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return Err(Failure::field(path, "must be printable ASCII"));
        }
        headers.insert(name, value);
    }
    Ok(headers)
}
