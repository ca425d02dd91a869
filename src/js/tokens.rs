//! Tokens for users, minted with the app's secret.

use js_sys::{Date, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::options::seconds;
use super::values::text_field;
use crate::auth::{SigningKey, TokenTimes, user_claims};
use crate::error::Error;
use crate::operation::Argument;

/// Claims that have a meaning of their own here; `validity_in_seconds` only says what `exp` is to be.
const KNOWN: [&str; 4] = ["user_id", "iat", "exp", "validity_in_seconds"];

/// Mints a token from what `generateUserToken` was given. The caller's object stays as it is.
pub(super) fn mint(key: &SigningKey, payload: &JsValue) -> Result<String, Error> {
    let user_id = text_field(payload, "user_id").filter(|id| !id.is_empty());
    let user_id = user_id.ok_or_else(|| Error::argument("user_id", "must be a non-empty string"))?;
    let times = TokenTimes::resolve(
        Date::now(),
        seconds(payload, "iat")?,
        seconds(payload, "exp")?,
        seconds(payload, "validity_in_seconds")?,
    );
    let names = payload.names();
    if names.iter().all(|name| KNOWN.contains(&name.as_str())) {
        return Ok(key.sign(&user_claims(&user_id, times)));
    }
    Ok(key.sign(&with_own_claims(payload, &names, times)?))
}

/// Claims with the caller's own among them, encoded by the engine.
fn with_own_claims(payload: &JsValue, names: &[String], times: TokenTimes) -> Result<String, Error> {
    let claims = Object::new();
    // A fresh, extensible object takes every property.
    let set = |name: &str, value: &JsValue| drop(Reflect::set(&claims, &name.into(), value));
    for name in names.iter().filter(|name| *name != "validity_in_seconds") {
        set(name, &payload.get(name));
    }
    #[allow(clippy::cast_precision_loss, reason = "seconds are whole numbers below 2^53")]
    {
        set("iat", &(times.iat as f64).into());
        set("exp", &(times.exp as f64).into());
    }
    JSON::stringify(&claims)
        .ok()
        .and_then(|text| text.as_string())
        .ok_or_else(|| Error::argument("", "the claims cannot be written as JSON"))
}

/// Mints a token from the arguments of `createToken`.
pub(super) fn create(key: &SigningKey, user_id: &JsValue, exp: &JsValue, iat: &JsValue) -> Result<String, Error> {
    let user_id = user_id.text().filter(|id| !id.is_empty());
    let user_id = user_id.ok_or_else(|| Error::argument("userID", "must be a non-empty string"))?;
    let arguments = Object::new();
    let _ = Reflect::set(&arguments, &"exp".into(), exp);
    let _ = Reflect::set(&arguments, &"iat".into(), iat);
    let times = TokenTimes::resolve(Date::now(), seconds(&arguments, "iat")?, seconds(&arguments, "exp")?, None);
    Ok(key.sign(&user_claims(&user_id, times)))
}

/// The user that a token names, if it names one.
pub(super) fn user_of(token: &str) -> Option<String> {
    let claims = crate::auth::Token::parse(token).ok()?.claims;
    let claims = JSON::parse(core::str::from_utf8(&claims).ok()?).ok()?;
    text_field(&claims, "user_id")
}
