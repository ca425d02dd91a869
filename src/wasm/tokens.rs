//! Operations with the app's secret: minting and verifying tokens.

use alloc::string::String;

use js_sys::Date;
use wasm_bindgen::prelude::*;

use super::record::words;
use super::values::{
    has_own_claims, is_plain, number_field, own_claims, parsed_claims, parsed_object, text_field, text_of,
    token_payload,
};
use crate::auth::{
    SigningKey, Token, TokenTimes, check_time, check_times, check_token, malformed, unreadable_claims, user_claims,
    wrong_algorithm, wrong_signature, wrong_user,
};
use crate::error::{Error, Kind};
use crate::operation::{Argument as _, Shape, check_call_cids, check_json};
use crate::wording::{as_integer, describe_number, say};

words! {
    /// A method that needs the app's secret. They share one export, because one for each would be 1 kB gz more.
    SecretMethod {
        /// Mints a token that expires.
        GenerateUserToken = "generateUserToken",
        /// Mints a token that never expires.
        GeneratePermanentUserToken = "generatePermanentUserToken",
        /// Mints a token for calls.
        GenerateCallToken = "generateCallToken",
        /// Mints a token that expires, from separate arguments.
        CreateToken = "createToken",
        /// Mints a token for calls, from separate arguments.
        CreateCallToken = "createCallToken",
        /// Verifies a token.
        VerifyToken = "verifyToken",
    }
}

pub(super) fn with_secret(
    key: &SigningKey,
    previous: &[SigningKey],
    method: &str,
    arguments: [&JsValue; 4],
) -> Result<JsValue, Error> {
    let [first, second, third, fourth] = arguments;
    match SecretMethod::parse(method) {
        Some(SecretMethod::GenerateUserToken) => mint(key, first, Expiry::Given),
        Some(SecretMethod::GeneratePermanentUserToken) => mint(key, first, Expiry::Never),
        Some(SecretMethod::GenerateCallToken) => mint_for_calls(key, first, Expiry::Given),
        Some(SecretMethod::CreateToken) => {
            if first.text().is_none_or(|id| id.is_empty()) {
                return Err(nobody("userID"));
            }
            mint(key, &token_payload(first, second, third, &JsValue::UNDEFINED), Expiry::HourFromNow)
        }
        Some(SecretMethod::CreateCallToken) => {
            mint_for_calls(key, &token_payload(first, third, fourth, second), Expiry::HourFromNow)
        }
        Some(SecretMethod::VerifyToken) => verify(key, previous, first),
        None => Err(Error::new(Kind::Internal, "there is no such method".into())),
    }
}

/// The default expiry of a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expiry {
    /// An hour after `iat`, or the validity in the payload.
    Given,
    /// An hour from now, whatever `iat` is.
    HourFromNow,
    /// Never; an expiry in the payload is an error.
    Never,
}

/// Mints a token from the payload of `generateUserToken`. The caller's object is not changed.
fn mint(key: &SigningKey, payload: &JsValue, expiry: Expiry) -> Result<JsValue, Error> {
    let user_id = payload.get("user_id");
    let user_id = match user_id.shape() {
        Shape::Text => user_id.text().filter(|id| !id.is_empty()),
        Shape::MalformedText => return Err(Error::argument("user_id", Shape::LONE_SURROGATE)),
        _ => None,
    };
    let user_id = user_id.ok_or_else(|| nobody("user_id"))?;
    let seconds = |name| match number_field(payload, name) {
        absent if absent.is_nan() => Ok(None),
        // Read again, only to build the error.
        number => match as_integer(number) {
            Some(seconds) => Ok(Some(seconds)),
            None => Err(no_seconds(name, &payload.get(name))),
        },
    };
    let (iat, exp, validity) = (seconds("iat")?, seconds("exp")?, seconds("validity_in_seconds")?);
    if expiry == Expiry::Never && exp.or(validity).is_some() {
        return Err(Error::argument(
            "exp",
            "and validity_in_seconds are for tokens that expire; use generateUserToken",
        ));
    }
    for (name, time) in [("iat", iat), ("exp", exp)] {
        time.map_or(Ok(()), |time| check_time(name, time))?;
    }
    let needs_clock = iat.is_none() || (exp.is_none() && expiry == Expiry::HourFromNow);
    let now = if needs_clock { clock("pass iat and exp")? } else { 0.0 };
    let exp = if expiry == Expiry::HourFromNow { exp.or_else(|| Some(TokenTimes::default_exp(now))) } else { exp };
    let mut times = TokenTimes::resolve(now, iat, exp, validity);
    if expiry == Expiry::Never {
        times.exp = None;
    }
    if !has_own_claims(payload) {
        return Ok(signed(key, &user_claims(&user_id, times)));
    }
    if !is_plain(payload) {
        check_json("", payload)?;
    }
    #[allow(clippy::cast_precision_loss, reason = "seconds are whole numbers below 2^53")]
    let [iat, exp] =
        [times.iat, times.exp].map(|time| time.map_or(JsValue::UNDEFINED, |seconds| JsValue::from_f64(seconds as f64)));
    match own_claims(payload, &user_id.into(), &iat, &exp).as_string() {
        Some(claims) if claims.is_empty() => {
            Err(Error::argument("server", "is only allowed in your server's own token"))
        }
        Some(claims) => Ok(signed(key, &claims)),
        None => Err(Error::argument("the payload", "cannot be written as JSON")),
    }
}

/// The current time, or an error if the platform does not reveal it: in a Worker, the clock shows 0 until there is a
/// request.
fn clock(way_out: &str) -> Result<f64, Error> {
    let now = Date::now();
    if now > 0.0 {
        return Ok(now);
    }
    let words = "the clock stands at 0, as it does in a Worker before the first request; do this in a handler, or $";
    Err(Error::new(Kind::Config, say(words, &[way_out], &[])))
}

/// The token with these claims.
pub(super) fn signed(key: &SigningKey, claims: &str) -> JsValue {
    text_of(&key.signed(claims))
}

/// Mints a token for calls, from the payload of `generateCallToken`.
fn mint_for_calls(key: &SigningKey, payload: &JsValue, expiry: Expiry) -> Result<JsValue, Error> {
    check_call_cids(&payload.get("call_cids"))?;
    mint(key, payload, expiry)
}

/// The claims of a token of this app, if the API would accept it now.
fn verify(key: &SigningKey, previous: &[SigningKey], token: &JsValue) -> Result<JsValue, Error> {
    let text = token.text().ok_or_else(|| Error::argument("token", "must be a string"))?;
    let token = Token::parse(&text).map_err(malformed)?;
    let header = parsed_object(&token.header);
    if text_field(&header, "alg").as_deref() != Some("HS256") || !header.get("crit").is_absent() {
        return Err(wrong_algorithm());
    }
    if !key.verifies(&token) && !previous.iter().any(|key| key.verifies(&token)) {
        return Err(wrong_signature());
    }
    let claims = parsed_claims(&token.claims);
    if claims.shape() != Shape::Object && claims.shape() != Shape::Opaque {
        return Err(unreadable_claims());
    }
    // A token without a user is a server's: Stream's own SDK for Python signs `{}`.
    let user_id = claims.get("user_id");
    if !user_id.is_absent() && user_id.as_string().is_none_or(|id| id.is_empty()) {
        return Err(wrong_user());
    }
    let [exp, nbf, iat] = ["exp", "nbf", "iat"].map(|name| number_field(&claims, name));
    let has_times = [exp, nbf, iat].iter().any(|time| !time.is_nan());
    let now = if has_times { clock("verify it there")? } else { 0.0 };
    check_times(exp, nbf, iat, now).map(|()| claims)
}

/// The user in a token, if there is one.
pub(super) fn user_of(token: &str) -> Option<String> {
    text_field(&parsed_object(&Token::parse(token).ok()?.claims), "user_id")
}

/// Checks a token from the caller's provider, and returns its user.
///
/// # Errors
/// If it is no token.
#[wasm_bindgen(js_name = userOfToken, unchecked_return_type = "string | undefined")]
pub fn user_of_token(#[wasm_bindgen(unchecked_param_type = "unknown")] token: &JsValue) -> Result<JsValue, JsValue> {
    let failed = |template, text: &str| JsValue::from(Error::new(Kind::TokenProvider, say(template, &[text], &[])));
    let Some(text) = token.text() else {
        return Err(failed("the token provider must return a string, but returned $", token.shape().describe()));
    };
    check_token(&text).map_err(|error| failed("the token provider returned no token: $", error.message()))?;
    Ok(user_of(&text).into())
}

fn no_seconds(name: &str, value: &JsValue) -> Error {
    let was = value.as_f64().map_or_else(|| value.shape().describe().into(), describe_number);
    Error::argument(name, &say("must be a whole number of seconds, but was $", &[&was], &[]))
}

fn nobody(field: &str) -> Error {
    Error::argument(field, "must be a non-empty string")
}
