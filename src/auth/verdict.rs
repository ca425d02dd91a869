//! Whether the API would accept a token.
//!
//! An error has the API's own code for the reason: verifying a token and sending it fail with the same code.

use super::MalformedToken;
use crate::api_error_code::{
    AUTHENTICATION, TOKEN_EXPIRED, TOKEN_NOT_VALID_YET, TOKEN_SIGNATURE, TOKEN_USED_BEFORE_ISSUE,
};
use crate::error::{Error, Kind};
use crate::wording::{as_integer, say};

/// The error for a text that is not a token.
#[must_use]
pub fn malformed(reason: MalformedToken) -> Error {
    refusal(AUTHENTICATION, reason.as_str())
}

/// The error for a token that was not signed with this app's secret.
#[must_use]
pub fn wrong_signature() -> Error {
    refusal(TOKEN_SIGNATURE, "it was not signed with this app's secret, or changed afterwards")
}

/// The error for a token with another algorithm than HS256 in its header, or with unknown extensions.
#[must_use]
pub fn wrong_algorithm() -> Error {
    refusal(AUTHENTICATION, "its algorithm is not HS256, the only one that Stream accepts")
}

/// The error for a token whose claims cannot be read.
#[must_use]
pub fn unreadable_claims() -> Error {
    refusal(AUTHENTICATION, "its claims are not a JSON object")
}

/// The error for a token whose `user_id` is no string, or an empty one.
#[must_use]
pub fn wrong_user() -> Error {
    refusal(AUTHENTICATION, "its user_id is not a non-empty string")
}

/// Checks the times of a token, in the order of the API, which tolerates no clock skew. They are in seconds, and NaN if
/// the token has none. `now_ms` is milliseconds since 1970.
///
/// # Errors
/// If a time is not an integer, or the token has expired or is not valid yet.
pub fn check_times(exp: f64, nbf: f64, iat: f64, now_ms: f64) -> Result<(), Error> {
    if [exp, nbf, iat].iter().any(|time| !time.is_nan() && as_integer(*time).is_none()) {
        return Err(refusal(AUTHENTICATION, "its times (exp, nbf, iat) are not integers"));
    }
    // The current time need not be rounded: the claims are integers, so comparing with a fraction gives the same
    // results.
    let now = now_ms / 1000.0;
    // A missing time is NaN, for which every comparison is false.
    if exp <= now {
        Err(refusal(TOKEN_EXPIRED, "it has expired"))
    } else if nbf > now {
        Err(refusal(TOKEN_NOT_VALID_YET, "it is not valid yet (nbf)"))
    } else if iat > now {
        Err(refusal(TOKEN_USED_BEFORE_ISSUE, "it was issued in the future (iat); check the clocks"))
    } else {
        Ok(())
    }
}

fn refusal(code: i32, reason: &str) -> Error {
    Error::new(Kind::Authentication, say("the token is not valid: $", &[reason], &[])).with_code(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_why_a_token_is_refused() {
        const NONE: f64 = f64::NAN;
        let cases = [
            ([NONE, NONE, NONE], None),
            ([1001.0, 1000.0, 1000.0], None),
            ([f64::INFINITY, NONE, NONE], Some(AUTHENTICATION)),
            ([NONE, NONE, 0.5], Some(AUTHENTICATION)),
            ([1000.0, NONE, NONE], Some(TOKEN_EXPIRED)),
            ([-1.0, 2000.0, 2000.0], Some(TOKEN_EXPIRED)),
            ([NONE, 1001.0, 1001.0], Some(TOKEN_NOT_VALID_YET)),
            ([NONE, NONE, 1001.0], Some(TOKEN_USED_BEFORE_ISSUE)),
        ];
        for ([exp, nbf, iat], code) in cases {
            let verdict = check_times(exp, nbf, iat, 1_000_999.0);
            let expected = code.map(|code| (Kind::Authentication, Some(code)));
            assert_eq!(verdict.err().map(|error| (error.kind(), error.code())), expected, "{exp} {nbf} {iat}");
        }
        // In the second of its times, a token is valid already and expired already.
        assert_eq!(check_times(NONE, 1000.0, 1000.0, 1_000_000.0), Ok(()));
        assert!(check_times(1000.0, NONE, NONE, 1_000_000.0).is_err());
    }
}
