//! Whether the API would accept a token.
//!
//! An error carries the API's own number for the reason, so that who verifies a token and who sends one read the same.

use super::MalformedToken;
use crate::error::{Error, Kind};
use crate::wording::{integer, text};

const AUTHENTICATION: i32 = 5;
const EXPIRED: i32 = 40;
const NOT_VALID_YET: i32 = 41;
const USED_BEFORE_ISSUE: i32 = 42;
const SIGNATURE: i32 = 43;

/// The error for a text that is no token.
#[must_use]
pub fn malformed(reason: MalformedToken) -> Error {
    refusal(AUTHENTICATION, reason.as_str())
}

/// The error for a token that another secret signed, or nobody.
#[must_use]
pub fn wrong_signature() -> Error {
    refusal(SIGNATURE, "it was not signed with this app's secret, or changed afterwards")
}

/// Checks what a token says, in the order of the API, which allows no clock skew: whether it names a user or is a server's,
/// and its times, in seconds, which are NaN where it has none. `now_ms` is milliseconds since 1970.
///
/// # Errors
/// Refuses a token that names nobody, has a time that is no whole number, has expired, or is not valid yet.
pub fn check_claims(is_named: bool, exp: f64, nbf: f64, iat: f64, now_ms: f64) -> Result<(), Error> {
    if !is_named || [exp, nbf, iat].iter().any(|time| !time.is_nan() && integer(*time).is_none()) {
        return Err(refusal(AUTHENTICATION, "it names no user, or its times are no whole numbers"));
    }
    // Not rounded: the times are whole numbers, and compare with it as with the second it lies in.
    let now = now_ms / 1000.0;
    // No comparison holds for a time that is not there.
    if exp <= now {
        Err(refusal(EXPIRED, "it has expired"))
    } else if nbf > now {
        Err(refusal(NOT_VALID_YET, "it is not valid yet (nbf)"))
    } else if iat > now {
        Err(refusal(USED_BEFORE_ISSUE, "it was issued in the future (iat); check the clocks"))
    } else {
        Ok(())
    }
}

fn refusal(code: i32, reason: &str) -> Error {
    Error::new(Kind::Authentication, text(&["the token is not valid: ", reason])).with_code(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_why_a_token_is_refused() {
        const NONE: f64 = f64::NAN;
        let cases = [
            (true, [NONE, NONE, NONE], None),
            (true, [1001.0, 1000.0, 1000.0], None),
            (false, [NONE, NONE, NONE], Some(AUTHENTICATION)),
            (true, [f64::INFINITY, NONE, NONE], Some(AUTHENTICATION)),
            (true, [NONE, NONE, 0.5], Some(AUTHENTICATION)),
            (true, [1000.0, NONE, NONE], Some(EXPIRED)),
            (true, [-1.0, 2000.0, 2000.0], Some(EXPIRED)),
            (true, [NONE, 1001.0, 1001.0], Some(NOT_VALID_YET)),
            (true, [NONE, NONE, 1001.0], Some(USED_BEFORE_ISSUE)),
        ];
        for (is_named, [exp, nbf, iat], code) in cases {
            let verdict = check_claims(is_named, exp, nbf, iat, 1_000_999.0);
            let expected = code.map(|code| (Kind::Authentication, Some(code)));
            assert_eq!(verdict.err().map(|error| (error.kind(), error.code())), expected, "{exp} {nbf} {iat}");
        }
    }
}
