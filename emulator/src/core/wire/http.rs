//! Requests and responses as plain values, so that the core needs neither sockets nor a browser.

use std::time::Duration;

use getstream_users::model::APIError;

use serde::{Serialize, Serializer};

use super::summary::Summary;

/// The HTTP method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads something.
    Get,
    /// Like `Get`, but without the response body.
    Head,
    /// Creates or does something.
    Post,
    /// Replaces something.
    Put,
    /// Changes a part of something.
    Patch,
    /// Deletes something.
    Delete,
    /// Any other method. The API has no operation with it.
    Other,
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Method {
    /// The method with this name, which is case-sensitive.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        match name {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "PATCH" => Self::Patch,
            "DELETE" => Self::Delete,
            _ => Self::Other,
        }
    }

    /// The method's name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Other => "other",
        }
    }

    /// The status of a successful response. In Stream's OpenAPI description, it is 201 for POST and PUT, otherwise 200.
    pub(crate) const fn success_status(self) -> u16 {
        match self {
            Self::Post | Self::Put => 201,
            Self::Get | Self::Head | Self::Patch | Self::Delete | Self::Other => 200,
        }
    }
}

/// Headers in the order they arrived. Names are case-insensitive.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Adds a header.
    pub fn append(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Replaces all headers with this name.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(field, _)| !field.eq_ignore_ascii_case(name));
        self.append(name, value);
    }

    /// The value of the first header with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find_map(|(field, value)| field.eq_ignore_ascii_case(name).then_some(value))
    }

    /// All headers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Scheme, host and port with which the client reached the emulator, without a trailing slash:
    /// `http://127.0.0.1:8737`. URLs in responses begin with it.
    pub origin: String,
    /// The path, still percent-encoded.
    pub path: String,
    /// The query without its question mark, still percent-encoded; empty if there is none.
    pub query: String,
    /// The headers.
    pub headers: Headers,
    /// The body. A host that cuts off a long body passes on at least one byte more than [`Emulator::body_limit`], so
    /// that the core sees that it is too long.
    ///
    /// [`Emulator::body_limit`]: crate::Emulator::body_limit
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers and body. `url` is a full URL, or only a path with query; then the origin is
    /// `http://localhost`. A fragment is dropped.
    #[must_use]
    pub fn new(method: Method, url: &str) -> Self {
        let (url, _fragment) = url.split_once('#').unwrap_or((url, ""));
        let (url, query) = url.split_once('?').unwrap_or((url, ""));
        let (origin, path) = split_origin(url).unwrap_or(("http://localhost", url));
        Self {
            method,
            origin: origin.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: Headers::default(),
            body: Vec::new(),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.append(name, value);
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The first query parameter with this name, decoded. A plus sign is a space, as in form encoding: Stream's Go SDK
    /// sends it.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes()).find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    }
}

/// Splits a URL without query into origin and path. `None` if it is only a path.
fn split_origin(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://").filter(|_| !url.starts_with('/'))?;
    let authority = rest.find('/').unwrap_or(rest.len());
    url.split_at_checked(scheme.len() + "://".len() + authority)
}

/// How the host sends a response. Delays and broken connections happen after the operation, so they do not change what
/// it has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Transmission {
    /// How long to delay the response.
    pub delay: Duration,
    /// How much of the response to send.
    pub ending: Ending,
    /// The connection whose events a long poll waits for. The host asks [`Emulator::polled_events`] for the body, and
    /// again whenever there are new frames for this number, for [`Emulator::LONG_POLL`] at most. `body` is the response
    /// without events.
    ///
    /// [`Emulator::polled_events`]: crate::Emulator::polled_events
    /// [`Emulator::LONG_POLL`]: crate::Emulator::LONG_POLL
    pub waits_for: Option<u64>,
}

/// How much of a response is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ending {
    /// All of it.
    #[default]
    Whole,
    /// Status, headers (which announce the full body) and this many bytes of the body; then the connection breaks.
    CutAfter(usize),
    /// Nothing: the connection breaks.
    Dropped,
}

/// A response to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: Headers,
    /// The body: JSON, unless a fault spoils it.
    pub body: Vec<u8>,
    /// How to send it.
    pub transmission: Transmission,
    /// What may be logged about it; `None` for controls.
    pub summary: Option<Box<Summary>>,
    /// Whether to leave it out of the log: the emulator's page polls the controls all the time.
    pub is_unlogged: bool,
}

impl Response {
    /// A JSON response, sent immediately and completely.
    pub(crate) fn json(status: u16, body: Vec<u8>) -> Self {
        let mut headers = Headers::default();
        headers.append("content-type", "application/json");
        Self { status, headers, body, transmission: Transmission::default(), summary: None, is_unlogged: false }
    }

    /// The response to a request with this method: HEAD gets no body.
    pub(crate) fn for_method(mut self, method: Method) -> Self {
        if method == Method::Head {
            self.body.clear();
        }
        self
    }

    /// The response when a fault replaces it.
    pub(crate) fn envelope(envelope: &APIError) -> Self {
        // A struct of strings and numbers can always be serialized.
        Self::json(envelope.status_code, serde_json::to_vec(envelope).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_in_any_case() {
        let mut headers = Headers::default();
        headers.append("Stream-Auth-Type", "jwt");
        headers.append("stream-auth-type", "anonymous");
        assert_eq!(headers.get("stream-auth-TYPE"), Some("jwt"));
        assert_eq!(headers.get("authorization"), None);
    }

    #[test]
    fn urls_are_split_into_parts() {
        for (url, origin, path, query) in [
            ("/a/b?c=d", "http://localhost", "/a/b", "c=d"),
            ("/a?b=x://y#z", "http://localhost", "/a", "b=x://y"),
            ("/http://a/b", "http://localhost", "/http://a/b", ""),
            ("https://host:1/a?b=c?d", "https://host:1", "/a", "b=c?d"),
            ("http://[::1]:8737#a/b", "http://[::1]:8737", "", ""),
        ] {
            let request = Request::new(Method::Get, url);
            assert_eq!((request.origin.as_str(), request.path.as_str(), request.query.as_str()), (origin, path, query));
        }
    }

    #[test]
    fn query_parameters_are_decoded_as_a_form() {
        let request = Request::new(Method::Get, "/x?payload=%7B%22a%22%3A%22b+c%22%7D&api_key=k&api_key=l&empty=");
        assert_eq!(request.path, "/x");
        assert_eq!(request.parameter("payload").as_deref(), Some(r#"{"a":"b c"}"#));
        assert_eq!(request.parameter("api_key").as_deref(), Some("k"));
        assert_eq!(request.parameter("empty").as_deref(), Some(""));
        assert_eq!(request.parameter("other"), None);
    }
}
