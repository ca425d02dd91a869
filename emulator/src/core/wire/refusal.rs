//! Error responses to bytes that are no valid request.
//!
//! The server detects these before it calls the core. Clients expect an error envelope here too.

use super::http::Response;
use crate::core::failure::{Code, Failure};

/// Why the server rejects what a client sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is no HTTP request, or its end cannot be determined.
    Malformed,
    /// The request line and the headers are too large, or there are too many headers.
    HeadTooLarge,
    /// It did not arrive in time.
    TooSlow,
}

impl Refusal {
    /// The response. The request was not counted, so there are no rate-limit headers; its operation is unknown, so the
    /// message names none.
    #[must_use]
    pub fn response(self) -> Response {
        Response::envelope(&self.failure().envelope(None))
    }

    /// Codes are those of Stream's documentation. The messages are a choice, because no source has them.
    fn failure(self) -> Failure {
        match self {
            Self::Malformed => Failure::input("the request is not valid HTTP/1.1"),
            Self::HeadTooLarge => Failure::new(Code::HeaderTooLarge, "the request headers are too large"),
            Self::TooSlow => Failure::new(Code::RequestTimeout, "the request took too long to arrive"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_is_an_envelope_with_its_code_and_status() {
        for (refusal, code, status) in
            [(Refusal::Malformed, 4, 400), (Refusal::TooSlow, 23, 408), (Refusal::HeadTooLarge, 24, 431)]
        {
            let response = refusal.response();
            let envelope: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
            assert_eq!(response.status, status);
            assert_eq!((&envelope["code"], &envelope["StatusCode"]), (&code.into(), &status.into()));
            assert_eq!(response.headers.get("content-type"), Some("application/json"));
        }
    }
}
