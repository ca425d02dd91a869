//! Error responses to bytes that are no valid request.
//!
//! A server finds this out before it calls the core. Clients expect an error envelope there, too.

use super::http::Response;
use crate::core::failure::{Code, Failure};

/// Why a face turns away what a client sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is not a request, or not one whose end can be told.
    Malformed,
    /// Its first line and its header fields are larger than the face reads, or too many.
    HeadTooLarge,
    /// It did not arrive in time.
    TooSlow,
}

impl Refusal {
    /// The answer. Nobody was counted, so it has no rate-limit headers; no operation is known, so the message names none.
    #[must_use]
    pub fn response(self) -> Response {
        Response::envelope(&self.failure().envelope(None))
    }

    /// Codes are those of Stream's documentation; where sources are silent: the words.
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
