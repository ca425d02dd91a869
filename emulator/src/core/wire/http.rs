//! Requests and responses as plain values, so that the core needs neither sockets nor a browser.

use std::time::Duration;

use getstream_users::model::APIError;

use serde::{Serialize, Serializer};

use super::summary::Summary;

/// What a request wants done with its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Read.
    Get,
    /// Read, but the body.
    Head,
    /// Create, or do.
    Post,
    /// Replace.
    Put,
    /// Change a part.
    Patch,
    /// Remove.
    Delete,
    /// Any other method; the API has no operation for it.
    Other,
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Method {
    /// The method of that name. Names are in capitals, as they are on the wire.
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

    /// Its name on the wire.
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

    /// The status of an answer that is a success: Stream's OpenAPI description has 201 for POST and PUT, 200 otherwise.
    pub(crate) const fn success_status(self) -> u16 {
        match self {
            Self::Post | Self::Put => 201,
            Self::Get | Self::Head | Self::Patch | Self::Delete | Self::Other => 200,
        }
    }
}

/// Header fields in the order they came. Names are compared without regard to case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Adds a field.
    pub fn append(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Adds a field in place of those of that name.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(field, _)| !field.eq_ignore_ascii_case(name));
        self.append(name, value);
    }

    /// The value of the first field of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find_map(|(field, value)| field.eq_ignore_ascii_case(name).then_some(value))
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is wanted.
    pub method: Method,
    /// Scheme and authority under which the emulator was reached, without a slash at the end: `http://127.0.0.1:8737`.
    /// Addresses that the emulator hands out begin with it.
    pub origin: String,
    /// The path, still percent-encoded.
    pub path: String,
    /// The query without its question mark, still percent-encoded; empty when there is none.
    pub query: String,
    /// The header fields.
    pub headers: Headers,
    /// The body. A face that cuts off a long one passes on at least one byte more than [`Emulator::body_limit`], so
    /// that the core sees it is too long.
    ///
    /// [`Emulator::body_limit`]: crate::Emulator::body_limit
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers and body. `url` is a whole one, or only its path and query; then the origin is
    /// `http://localhost`. A fragment is left out.
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

    /// The same with one more header field.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.append(name, value);
        self
    }

    /// The same with this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The first query parameter of that name, decoded. A plus sign is a space, as form encoding has it: Stream's Go SDK
    /// sends it so.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes()).find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    }
}

/// Takes a URL without query apart into its origin and its path. `None` for a path alone.
fn split_origin(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://").filter(|_| !url.starts_with('/'))?;
    let authority = rest.find('/').unwrap_or(rest.len());
    url.split_at_checked(scheme.len() + "://".len() + authority)
}

/// How an answer reaches its caller. A face waits and breaks off as it is told; what the request asked for has happened,
/// or has not, by the time the answer is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Transmission {
    /// How long the answer is held back.
    pub delay: Duration,
    /// How much of it is sent.
    pub ending: Ending,
    /// The connection for whose events the caller waits: a face asks [`Emulator::polled_events`] for the body, and again
    /// whenever frames wait for this number, for [`Emulator::LONG_POLL`] at most. The body is the one without events.
    ///
    /// [`Emulator::polled_events`]: crate::Emulator::polled_events
    /// [`Emulator::LONG_POLL`]: crate::Emulator::LONG_POLL
    pub waits_for: Option<u64>,
}

/// How much of an answer is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ending {
    /// All of it.
    #[default]
    Whole,
    /// Status, headers (which promise the whole body) and this many bytes of the body; then the connection breaks.
    CutAfter(usize),
    /// Nothing: the connection breaks.
    Dropped,
}

/// An answer, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The header fields.
    pub headers: Headers,
    /// The body: JSON, unless a fault spoils it.
    pub body: Vec<u8>,
    /// How it is to be sent.
    pub transmission: Transmission,
    /// What a log may say of it. Requests to the emulator itself have none.
    pub summary: Option<Box<Summary>>,
    /// Whether a log leaves it out: the emulator's page reads all the time, to follow what others do.
    pub is_unlogged: bool,
}

impl Response {
    /// JSON, sent at once and as a whole.
    pub(crate) fn json(status: u16, body: Vec<u8>) -> Self {
        let mut headers = Headers::default();
        headers.append("content-type", "application/json");
        Self { status, headers, body, transmission: Transmission::default(), summary: None, is_unlogged: false }
    }

    /// The same as the answer to a request of that method: HEAD gets no body.
    pub(crate) fn for_method(mut self, method: Method) -> Self {
        if method == Method::Head {
            self.body.clear();
        }
        self
    }

    /// The body when a fault replaces the response.
    pub(crate) fn envelope(envelope: &APIError) -> Self {
        // A struct of texts and numbers is always written.
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
    fn urls_are_taken_apart() {
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
