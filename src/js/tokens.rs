//! What is done with the app's secret: tokens for users, minted and verified, and calls of webhooks, verified.

use alloc::string::String;

use js_sys::Date;
use wasm_bindgen::prelude::*;

use super::options::whole_seconds;
use super::values::{
    bytes_of, has_own_claims, is_plain, number_field, own_claims, parsed, text_field, text_of, token_payload,
};
use crate::auth::{SigningKey, Token, TokenTimes, check_claims, malformed, user_claims, wrong_signature};
use crate::error::Error;
use crate::operation::{Argument as _, check_call_cids, check_json};
use crate::webhook::is_signature;
use crate::wording::integer;

/// Does one of the methods that take the secret.
pub(super) fn with_secret(key: &SigningKey, method: &str, arguments: [&JsValue; 4]) -> Result<JsValue, Error> {
    let [first, second, third, fourth] = arguments;
    match method {
        "generateUserToken" => mint(key, first, false),
        "generatePermanentUserToken" => mint(key, first, true),
        "generateCallToken" => mint_for_calls(key, first),
        "createToken" => {
            if first.text().is_none_or(|id| id.is_empty()) {
                return Err(nobody("userID"));
            }
            mint(key, &token_payload(first, second, third, &JsValue::UNDEFINED), false)
        }
        "createCallToken" => mint_for_calls(key, &token_payload(first, third, fourth, second)),
        "verifyToken" => verify(key, first),
        _ => verify_webhook(key, first, second),
    }
}

/// Mints a token from what `generateUserToken` was given, or one that never expires. The caller's object stays as it is.
fn mint(key: &SigningKey, payload: &JsValue, endless: bool) -> Result<JsValue, Error> {
    let user_id = text_field(payload, "user_id").filter(|id| !id.is_empty());
    let user_id = user_id.ok_or_else(|| nobody("user_id"))?;
    let seconds = |name| match number_field(payload, name) {
        absent if absent.is_nan() => Ok(None),
        // Read again where it cannot be right, for the words of the error.
        number => integer(number).map_or_else(|| whole_seconds(name, &payload.get(name)), |seconds| Ok(Some(seconds))),
    };
    let (exp, validity) = (seconds("exp")?, seconds("validity_in_seconds")?);
    if endless && exp.or(validity).is_some() {
        return Err(Error::argument(
            "exp",
            "and validity_in_seconds are for tokens that expire; use generateUserToken",
        ));
    }
    let mut times = TokenTimes::resolve(Date::now(), seconds("iat")?, exp, validity);
    if endless {
        times.exp = None;
    }
    if !has_own_claims(payload) {
        return Ok(signed(key, &user_claims(&user_id, times)));
    }
    if !payload.get("server").is_absent() {
        return Err(Error::argument("server", "is a claim of your server's own token only, which may do everything"));
    }
    if !is_plain(payload) {
        check_json("", payload)?;
    }
    #[allow(clippy::cast_precision_loss, reason = "seconds are whole numbers below 2^53")]
    own_claims(payload, &user_id, times.iat as f64, times.exp.map(|exp| exp as f64))
        .map(|claims| signed(key, &claims))
        .ok_or_else(|| Error::argument("the payload", "cannot be written as JSON"))
}

/// The token of these claims.
pub(super) fn signed(key: &SigningKey, claims: &str) -> JsValue {
    text_of(&key.signed(claims))
}

/// Mints a token for calls, from what `generateCallToken` was given.
fn mint_for_calls(key: &SigningKey, payload: &JsValue) -> Result<JsValue, Error> {
    check_call_cids(&payload.get("call_cids"))?;
    mint(key, payload, false)
}

/// What a token of this app says, if the API would accept it now.
fn verify(key: &SigningKey, token: &JsValue) -> Result<JsValue, Error> {
    let text = token.text().ok_or_else(|| Error::argument("token", "must be a string"))?;
    let token = Token::parse(&text).map_err(malformed)?;
    if !key.verifies(&token) {
        return Err(wrong_signature());
    }
    let claims = parsed(&token.claims);
    let is_named =
        text_field(&claims, "user_id").is_some_and(|id| !id.is_empty()) || claims.get("server").as_bool() == Some(true);
    let [exp, nbf, iat] = ["exp", "nbf", "iat"].map(|name| number_field(&claims, name));
    check_claims(is_named, exp, nbf, iat, Date::now()).map(|()| claims)
}

/// Whether a signature is that of a body.
fn verify_webhook(key: &SigningKey, body: &JsValue, signature: &JsValue) -> Result<JsValue, Error> {
    let body = bytes_of(body)
        .ok_or_else(|| Error::argument("body", "must be the raw body: a string, a Uint8Array or an ArrayBuffer"))?;
    Ok(signature.text().is_some_and(|signature| is_signature(key, &body, &signature)).into())
}

/// The user that a token names, if it names one.
pub(super) fn user_of(token: &str) -> Option<String> {
    text_field(&parsed(&Token::parse(token).ok()?.claims), "user_id")
}

fn nobody(field: &str) -> Error {
    Error::argument(field, "must be a non-empty string")
}
