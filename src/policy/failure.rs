//! What it means when a call did not succeed.

use alloc::string::String;

use crate::error::{Error, Kind};
use crate::wording::{figure, text, whole};

/// What came instead of a success.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// An answer outside 200 to 299.
    Status {
        /// The HTTP status.
        status: u16,
        /// What stands beside the status, if anything.
        status_text: String,
        /// What the body says.
        problem: Problem,
    },
    /// The argument would not be encoded; the reason is what was thrown.
    Encoding(String),
    /// Nothing came within so many milliseconds.
    Timeout(f64),
    /// The body broke off or is no JSON.
    Body(String),
    /// `fetch` did not bring an answer.
    Connection(String),
}

/// The API's error body, as much of it as decides. Both may be missing: proxies answer too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// Stream's number for the failure.
    pub code: Option<i32>,
    /// The failure in words.
    pub message: Option<String>,
}

/// Makes an error of a failure.
#[must_use]
pub fn explain(failure: &Failure) -> Error {
    let (kind, words) = match failure {
        Failure::Status { status, status_text, problem } => return classify(*status, status_text, problem),
        Failure::Encoding(why) => (Kind::InvalidArgument, text(&["the argument cannot be written as JSON: ", why])),
        Failure::Timeout(limit) => (Kind::Timeout, text(&["no answer within ", &figure(*limit), LONGER])),
        Failure::Body(why) => {
            (Kind::Response, text(&["the answer broke off or is not the JSON that Stream sends: ", why]))
        }
        Failure::Connection(why) => (Kind::Connection, text(&["no connection to Stream: ", why])),
    };
    Error::new(kind, words)
}

const LONGER: &str = " ms; the `timeout` option of the client or of the call sets another limit";

/// Makes an error of an answer's status and body.
///
/// The kind follows Stream's number where there is one, because one status covers several meanings; the message has the
/// form of Stream's own SDKs.
fn classify(status: u16, status_text: &str, problem: &Problem) -> Error {
    let kind = problem.code.and_then(kind_of_code).unwrap_or_else(|| kind_of_status(status));
    let message = match (problem.code, &problem.message) {
        (Some(code), Some(message)) => text(&["Stream error code ", &whole(code.into()), ": ", message]),
        _ if status_text.is_empty() => text(&["Stream error: ", &whole(status.into())]),
        _ => text(&["Stream error: ", &whole(status.into()), " - ", status_text]),
    };
    Error::answer(kind, message, problem.code, status)
}

/// Stream's documented numbers; those that only repeat what the status says are left to the status.
const fn kind_of_code(code: i32) -> Option<Kind> {
    match code {
        -1 => Some(Kind::Server),
        2 | 3 | 5 | 40..=43 => Some(Kind::Authentication),
        4 | 6 => Some(Kind::InvalidRequest),
        9 => Some(Kind::RateLimit),
        16 => Some(Kind::NotFound),
        17 | 60 | 70 | 99 => Some(Kind::Permission),
        _ => None,
    }
}

const fn kind_of_status(status: u16) -> Kind {
    match status {
        401 => Kind::Authentication,
        403 => Kind::Permission,
        404 => Kind::NotFound,
        408 => Kind::Timeout,
        429 => Kind::RateLimit,
        400..=499 => Kind::InvalidRequest,
        500..=599 => Kind::Server,
        _ => Kind::Response,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_number_then_the_status() {
        let cases = [
            (400, Some(4), Kind::InvalidRequest),
            (401, Some(2), Kind::Authentication),
            (401, Some(40), Kind::Authentication),
            (403, Some(17), Kind::Permission),
            (404, Some(16), Kind::NotFound),
            (429, Some(9), Kind::RateLimit),
            (500, Some(-1), Kind::Server),
            // An unknown number says nothing, so the status decides.
            (413, Some(22), Kind::InvalidRequest),
            (403, Some(12_345), Kind::Permission),
            (408, None, Kind::Timeout),
            (429, None, Kind::RateLimit),
            (502, None, Kind::Server),
            // Redirects that `fetch` was told not to follow, and statuses that no specification knows.
            (302, None, Kind::Response),
            (999, None, Kind::Response),
        ];
        for (status, code, kind) in cases {
            let problem = Problem { code, message: Some("m".into()) };
            assert_eq!(classify(status, "", &problem).kind(), kind, "{status} {code:?}");
        }
    }

    #[test]
    fn words_it_as_streams_own_sdks_do() {
        let problem = Problem { code: Some(4), message: Some("UpdateUsers failed with error: \"bad\"".into()) };
        assert_eq!(
            classify(400, "Bad Request", &problem).message(),
            "Stream error code 4: UpdateUsers failed with error: \"bad\""
        );
        assert_eq!(
            explain(&Failure::Timeout(3000.0)).message(),
            "no answer within 3000 ms; the `timeout` option of the client or of the call sets another limit"
        );
        assert_eq!(classify(502, "Bad Gateway", &Problem::default()).message(), "Stream error: 502 - Bad Gateway");
        assert_eq!(classify(502, "", &Problem::default()).message(), "Stream error: 502");
    }
}
