//! The claims of tokens.

use alloc::string::String;

use crate::error::Error;
use crate::wording::{push_quoted, push_signed_decimal, say, signed_decimal};

/// The claims of a server's token. It has no times, so it never expires, and minting it needs no clock.
pub const SERVER_CLAIMS: &str = r#"{"server":true}"#;

/// How long a user's token is valid by default: one hour, as in Stream's own SDKs.
const DEFAULT_VALIDITY_S: i64 = 3600;

/// How far `iat` is back-dated: the API tolerates no clock skew and rejects tokens from its future.
const SKEW_S: i64 = 1;

/// In 2001, in seconds since 1970. No caller wants a token that expired before; a smaller number is a duration.
const EARLIEST_EXP_S: i64 = 1_000_000_000;

/// In the year 5138, in seconds since 1970. A greater number is in milliseconds.
const LATEST_S: i64 = 100_000_000_000;

/// Checks a time for a token.
///
/// # Errors
/// If the number is a duration or in milliseconds. A time in the past is allowed, because tests need expired tokens.
pub fn check_time(name: &str, seconds: i64) -> Result<(), Error> {
    let question = if seconds > LATEST_S {
        ", which is after the year 5000; is it in milliseconds?"
    } else if name == "exp" && seconds < EARLIEST_EXP_S {
        ", which is before 2002; is it a duration? Use `validity_in_seconds` of generateUserToken"
    } else {
        return Ok(());
    };
    let problem = say("must be in seconds since 1970, but was $$", &[&signed_decimal(seconds), question], &[]);
    Err(Error::argument(name, &problem))
}

/// When a token was issued and when it expires, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenTimes {
    /// Issue time; `None` for no claim.
    pub iat: Option<i64>,
    /// Expiry; `None` for never.
    pub exp: Option<i64>,
}

impl TokenTimes {
    /// Fills in missing times: `iat` is a second before `now_ms` (milliseconds since 1970), and `exp` is `validity`
    /// seconds after `iat`, by default one hour. An `iat` of 0 leaves the claim out, as in Stream's own SDK for Node.
    #[must_use]
    pub fn resolve(now_ms: f64, iat: Option<i64>, exp: Option<i64>, validity: Option<i64>) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "seconds fit for the next 292 billion years")]
        let iat = iat.unwrap_or((now_ms as i64).div_euclid(1000) - SKEW_S);
        let exp = exp.unwrap_or(iat.saturating_add(validity.unwrap_or(DEFAULT_VALIDITY_S)));
        Self { iat: (iat != 0).then_some(iat), exp: Some(exp) }
    }

    /// The default expiry of a token by `createToken`: an hour after the current time rounded to seconds, whatever its
    /// `iat`, as in Stream's own SDK for Node.
    #[must_use]
    pub fn default_exp(now_ms: f64) -> i64 {
        #[allow(clippy::cast_possible_truncation, reason = "seconds fit for the next 292 billion years")]
        let now = (now_ms as i64).saturating_add(500).div_euclid(1000);
        now.saturating_add(DEFAULT_VALIDITY_S)
    }
}

/// The claims of a user's token, as JSON.
#[must_use]
pub fn user_claims(user_id: &str, times: TokenTimes) -> String {
    let mut claims = String::with_capacity(user_id.len() + 64);
    claims.push_str(r#"{"user_id":"#);
    push_quoted(&mut claims, user_id);
    for (name, time) in [(r#","iat":"#, times.iat), (r#","exp":"#, times.exp)] {
        if let Some(time) = time {
            claims.push_str(name);
            push_signed_decimal(&mut claims, time);
        }
    }
    claims.push('}');
    claims
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_default_to_an_hour_from_a_second_ago() {
        let cases = [
            (None, None, None, (999, 4599)),
            (Some(5), None, None, (5, 3605)),
            (None, Some(7), None, (999, 7)),
            (None, None, Some(60), (999, 1059)),
            (Some(5), None, Some(60), (5, 65)),
            (Some(5), Some(7), Some(60), (5, 7)),
            (Some(i64::MAX), None, None, (i64::MAX, i64::MAX)),
        ];
        for (iat, exp, validity, (want_iat, want_exp)) in cases {
            let times = TokenTimes::resolve(1_000_999.0, iat, exp, validity);
            assert_eq!((times.iat, times.exp), (Some(want_iat), Some(want_exp)));
        }
        assert_eq!(TokenTimes::resolve(1.0, Some(0), None, None), TokenTimes { iat: None, exp: Some(3600) });
    }

    #[test]
    fn an_hour_from_now_is_one_from_the_nearest_second() {
        assert_eq!(TokenTimes::default_exp(1_000_499.0), 4600);
        assert_eq!(TokenTimes::default_exp(1_000_500.0), 4601);
    }

    #[test]
    fn asks_back_about_times_that_cannot_be_meant() {
        for (name, seconds) in [("exp", 1_000_000_000), ("exp", LATEST_S), ("iat", 0), ("iat", 5), ("iat", -1)] {
            assert_eq!(check_time(name, seconds), Ok(()));
        }
        for (name, seconds, question) in [
            ("exp", 3600, "is it a duration?"),
            ("exp", 0, "is it a duration?"),
            ("exp", 1_790_000_000_000, "is it in milliseconds?"),
            ("iat", 1_790_000_000_000, "is it in milliseconds?"),
        ] {
            let error = check_time(name, seconds);
            assert!(error.is_err_and(|error| error.message().contains(question)), "{name} {seconds}");
        }
    }

    #[test]
    fn a_token_without_an_end_has_no_exp() {
        assert_eq!(user_claims("ann", TokenTimes { iat: Some(5), exp: None }), r#"{"user_id":"ann","iat":5}"#);
    }

    proptest! {
        #[test]
        fn claims_are_json_for_every_id(id in any::<String>(), iat in any::<i64>(), exp in any::<i64>()) {
            let claims = user_claims(&id, TokenTimes { iat: Some(iat), exp: Some(exp) });
            let parsed: serde_json::Value = serde_json::from_str(&claims).unwrap_or_default();
            prop_assert_eq!(parsed, serde_json::json!({ "user_id": id, "iat": iat, "exp": exp }));
        }
    }
}
