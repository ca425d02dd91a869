//! What a token says.

use alloc::string::String;

use crate::wording::{push_quoted, push_whole};

/// The claims of a server's token. It has no times, so it never expires and needs no clock to be minted.
pub const SERVER_CLAIMS: &str = r#"{"server":true}"#;

/// How long a user's token is valid when nobody says otherwise: one hour, as in Stream's own SDKs.
const DEFAULT_VALIDITY_S: i64 = 3600;

/// Back-dating of `iat`: the API allows no clock skew and refuses a token from its future.
const SKEW_S: i64 = 1;

/// When a token was issued and when it expires, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenTimes {
    /// Issued at.
    pub iat: i64,
    /// Expires at; never when there is none.
    pub exp: Option<i64>,
}

impl TokenTimes {
    /// Fills in what the caller left out: `iat` is a second before `now_ms` (milliseconds since 1970), `exp` is
    /// `validity` seconds after `iat`, one hour when that is missing too.
    #[must_use]
    pub fn resolve(now_ms: f64, iat: Option<i64>, exp: Option<i64>, validity: Option<i64>) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "seconds fit for the next 292 billion years")]
        let iat = iat.unwrap_or((now_ms as i64).div_euclid(1000) - SKEW_S);
        let exp = exp.unwrap_or(iat.saturating_add(validity.unwrap_or(DEFAULT_VALIDITY_S)));
        Self { iat, exp: Some(exp) }
    }
}

/// The claims of a user's token, as JSON text.
#[must_use]
pub fn user_claims(user_id: &str, times: TokenTimes) -> String {
    let mut claims = String::with_capacity(user_id.len() + 64);
    claims.push_str(r#"{"user_id":"#);
    push_quoted(&mut claims, user_id);
    claims.push_str(r#","iat":"#);
    push_whole(&mut claims, times.iat);
    if let Some(exp) = times.exp {
        claims.push_str(r#","exp":"#);
        push_whole(&mut claims, exp);
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
            assert_eq!((times.iat, times.exp), (want_iat, Some(want_exp)));
        }
    }

    #[test]
    fn a_token_without_an_end_has_no_exp() {
        assert_eq!(user_claims("ann", TokenTimes { iat: 5, exp: None }), r#"{"user_id":"ann","iat":5}"#);
    }

    proptest! {
        #[test]
        fn claims_are_json_for_every_id(id in any::<String>(), iat in any::<i64>(), exp in any::<i64>()) {
            let claims = user_claims(&id, TokenTimes { iat, exp: Some(exp) });
            let parsed: serde_json::Value = serde_json::from_str(&claims).unwrap_or_default();
            prop_assert_eq!(parsed, serde_json::json!({ "user_id": id, "iat": iat, "exp": exp }));
        }
    }
}
