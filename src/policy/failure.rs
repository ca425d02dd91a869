//! What a failed attempt means.

use alloc::string::String;

use crate::api_error_code as code;
use crate::error::{Error, Kind};
use crate::wording::{describe_number, say, signed_decimal};

/// Why an attempt failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// A response outside 200 to 299.
    Status {
        /// The HTTP status.
        status: u16,
        /// The status text, if there is any.
        status_text: String,
        /// The error body.
        problem: Problem,
    },
    /// A redirect, which was not followed. Browsers do not reveal its status.
    Redirect(Option<u16>),
    /// The argument could not be encoded; the text is the message of the exception.
    Encoding(String),
    /// There was no response within the time limit of an attempt, in milliseconds.
    Timeout(f64),
    /// The call did not end within its deadline, in milliseconds.
    Deadline(f64),
    /// The body was cut off or is not JSON.
    Body(String),
    /// `fetch` failed.
    Connection {
        /// The message of the exception.
        words: String,
        /// Whether the reason is one that occurs before anything is sent.
        before_sending: bool,
    },
    /// The runtime has no `fetch`.
    NoFetch,
}

/// The API's error body. Both fields may be missing, because proxies respond too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// Stream's error code.
    pub code: Option<i32>,
    /// The error message.
    pub message: Option<String>,
}

/// What is known of a request that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was never sent.
    NotSent,
    /// The API did not run it.
    Refused,
    /// It is unknown whether it ran.
    Unknown,
}

impl Failure {
    /// What is known of the request of this attempt.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        match self {
            Self::Encoding(_) | Self::NoFetch | Self::Connection { before_sending: true, .. } => Outcome::NotSent,
            // A server that fails may have done half of the work, and a proxy that gave up waiting (408) does not know.
            Self::Status { status: 300..=407 | 409..=499, .. } | Self::Redirect(_) => Outcome::Refused,
            _ => Outcome::Unknown,
        }
    }
}

/// What is known of a call after its attempts: the worst outcome counts.
#[must_use]
pub const fn outcome_of_all(earlier: Option<Outcome>, last: Outcome) -> Outcome {
    match (earlier, last) {
        (Some(Outcome::Unknown), _) | (_, Outcome::Unknown) => Outcome::Unknown,
        (Some(Outcome::Refused), _) | (_, Outcome::Refused) => Outcome::Refused,
        (Some(Outcome::NotSent) | None, Outcome::NotSent) => Outcome::NotSent,
    }
}

/// Creates the error of a failure.
#[must_use]
pub fn explain(failure: &Failure) -> Error {
    let limit;
    let (kind, template, text): (_, _, &str) = match failure {
        Failure::Status { status, status_text, problem } => return classify(*status, status_text, problem),
        Failure::Redirect(status) => {
            let template = if status.is_some() { REDIRECT_WITH_STATUS } else { REDIRECT };
            let words = say(template, &[], &[status.unwrap_or_default().into()]);
            return Error::answer(Kind::Response, words, None, *status);
        }
        Failure::Encoding(why) => (Kind::InvalidArgument, "the argument cannot be written as JSON: $", why),
        Failure::Timeout(milliseconds) | Failure::Deadline(milliseconds) => {
            limit = describe_number(*milliseconds);
            let template = if matches!(failure, Failure::Timeout(_)) { TIMEOUT } else { DEADLINE };
            (Kind::Timeout, template, &limit)
        }
        Failure::Body(why) => (Kind::Response, "the response broke off or is not the JSON that Stream sends: $", why),
        Failure::Connection { words, .. } => (Kind::Connection, "no connection to $", words),
        Failure::NoFetch => (Kind::Config, NO_FETCH, ""),
    };
    Error::new(kind, say(template, &[text], &[]))
}

const REDIRECT: &str = "the server redirects, which the API never does; check `basePath`";
const REDIRECT_WITH_STATUS: &str = "the server redirects with status #, which the API never does; check `basePath`";
const TIMEOUT: &str =
    "no response within $ ms; the `timeout` option of the client or of the call sets another limit for an attempt";
const DEADLINE: &str = "the call did not end within $ ms; the `deadline` option of the client or of the call sets another limit for all its attempts";
const NO_FETCH: &str = "this runtime has no `fetch`; pass one as the client's `fetch` option";

/// Creates the error of a response with a failure status.
///
/// The kind is decided by Stream's code, if there is one, because one status has several meanings; the message has the
/// form of Stream's own SDKs.
fn classify(status: u16, status_text: &str, problem: &Problem) -> Error {
    let kind = problem.code.and_then(kind_of_code).unwrap_or_else(|| kind_of_status(status));
    let message = match (problem.code, &problem.message) {
        (Some(code), Some(message)) => say("Stream error code $: $", &[&signed_decimal(code.into()), message], &[]),
        _ if status_text.is_empty() => say("Stream error: #", &[], &[status.into()]),
        _ => say("Stream error: # - $", &[status_text], &[status.into()]),
    };
    Error::answer(kind, message, problem.code, Some(status))
}

/// The kind of Stream's codes. Codes that mean the same as their status are left out.
const fn kind_of_code(code: i32) -> Option<Kind> {
    match code {
        code::INTERNAL_ERROR => Some(Kind::Server),
        code::API_KEY
        | code::AUTHENTICATION_FAILED
        | code::AUTHENTICATION
        | code::TOKEN_EXPIRED
        | code::TOKEN_NOT_VALID_YET
        | code::TOKEN_USED_BEFORE_ISSUE
        | code::TOKEN_SIGNATURE => Some(Kind::Authentication),
        code::INPUT | code::DUPLICATE_USERNAME => Some(Kind::InvalidRequest),
        code::RATE_LIMITED => Some(Kind::RateLimit),
        code::DOES_NOT_EXIST => Some(Kind::NotFound),
        code::NOT_ALLOWED | code::COOL_DOWN | code::NO_ACCESS_TO_CHANNELS | code::APP_SUSPENDED => {
            Some(Kind::Permission)
        }
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
            // The kind of an unknown code is decided by the status.
            (413, Some(22), Kind::InvalidRequest),
            (403, Some(12_345), Kind::Permission),
            (401, None, Kind::Authentication),
            (403, None, Kind::Permission),
            (404, None, Kind::NotFound),
            (408, None, Kind::Timeout),
            (429, None, Kind::RateLimit),
            (502, None, Kind::Server),
            // Redirects that were not followed, and statuses that no specification has.
            (302, None, Kind::Response),
            (999, None, Kind::Response),
        ];
        for (status, code, kind) in cases {
            let problem = Problem { code, message: Some("m".into()) };
            assert_eq!(classify(status, "", &problem).kind(), kind, "{status} {code:?}");
        }
    }

    #[test]
    fn a_number_that_is_known_outweighs_the_status() {
        let known: [(Kind, &[i32]); 6] = [
            (Kind::Server, &[code::INTERNAL_ERROR]),
            (
                Kind::Authentication,
                &[
                    code::API_KEY,
                    code::AUTHENTICATION_FAILED,
                    code::AUTHENTICATION,
                    code::TOKEN_EXPIRED,
                    code::TOKEN_NOT_VALID_YET,
                    code::TOKEN_USED_BEFORE_ISSUE,
                    code::TOKEN_SIGNATURE,
                ],
            ),
            (Kind::InvalidRequest, &[code::INPUT, code::DUPLICATE_USERNAME]),
            (Kind::RateLimit, &[code::RATE_LIMITED]),
            (Kind::NotFound, &[code::DOES_NOT_EXIST]),
            (Kind::Permission, &[code::NOT_ALLOWED, code::COOL_DOWN, code::NO_ACCESS_TO_CHANNELS, code::APP_SUSPENDED]),
        ];
        for (kind, codes) in known {
            for code in codes {
                let problem = Problem { code: Some(*code), message: None };
                // The status alone would be a redirect.
                assert_eq!(classify(302, "", &problem).kind(), kind, "{code}");
            }
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
            "no response within 3000 ms; the `timeout` option of the client or of the call sets another limit for an attempt"
        );
        assert_eq!(
            explain(&Failure::Deadline(200.0)).message(),
            "the call did not end within 200 ms; the `deadline` option of the client or of the call sets another limit \
             for all its attempts"
        );
        assert_eq!(
            explain(&Failure::Redirect(Some(302))).message(),
            "the server redirects with status 302, which the API never does; check `basePath`"
        );
        assert_eq!(classify(502, "Bad Gateway", &Problem::default()).message(), "Stream error: 502 - Bad Gateway");
        assert_eq!(classify(502, "", &Problem::default()).message(), "Stream error: 502");
    }

    #[test]
    fn says_whether_the_request_may_have_run() {
        let status = |status| Failure::Status { status, status_text: String::new(), problem: Problem::default() };
        let connection = |before_sending| Failure::Connection { words: String::new(), before_sending };
        let cases = [
            (status(400), Outcome::Refused),
            (status(404), Outcome::Refused),
            (status(429), Outcome::Refused),
            (status(408), Outcome::Unknown),
            (status(500), Outcome::Unknown),
            (status(503), Outcome::Unknown),
            (status(999), Outcome::Unknown),
            (Failure::Redirect(None), Outcome::Refused),
            (Failure::Encoding(String::new()), Outcome::NotSent),
            (Failure::NoFetch, Outcome::NotSent),
            (Failure::Timeout(1.0), Outcome::Unknown),
            (Failure::Deadline(1.0), Outcome::Unknown),
            (Failure::Body(String::new()), Outcome::Unknown),
            (connection(true), Outcome::NotSent),
            (connection(false), Outcome::Unknown),
        ];
        for (failure, outcome) in cases {
            assert_eq!(failure.outcome(), outcome, "{failure:?}");
        }
    }

    #[test]
    fn an_attempt_that_may_have_run_counts_for_the_whole_call() {
        use Outcome::{NotSent, Refused, Unknown};
        let cases = [
            (None, NotSent, NotSent),
            (None, Refused, Refused),
            (Some(NotSent), Refused, Refused),
            (Some(Refused), NotSent, Refused),
            (Some(Unknown), Refused, Unknown),
            (Some(Unknown), NotSent, Unknown),
            (Some(Refused), Unknown, Unknown),
        ];
        for (earlier, last, all) in cases {
            assert_eq!(outcome_of_all(earlier, last), all, "{earlier:?} {last:?}");
        }
    }
}
