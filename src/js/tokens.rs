//! Tokens for users, minted with the app's secret.

use js_sys::Date;
use wasm_bindgen::prelude::*;

use super::options::whole_seconds;
use super::values::{has_own_claims, is_plain, number_field, own_claims, text_field, user_id_in};
use crate::auth::{SigningKey, TokenTimes, user_claims};
use crate::error::Error;
use crate::operation::{Argument as _, check_json};
use crate::wording::integer;

/// Mints a token from what `generateUserToken` was given. The caller's object stays as it is.
pub(super) fn mint(key: &SigningKey, payload: &JsValue) -> Result<String, Error> {
    let user_id = text_field(payload, "user_id").filter(|id| !id.is_empty());
    let user_id = user_id.ok_or_else(|| Error::argument("user_id", "must be a non-empty string"))?;
    let seconds = |name| match number_field(payload, name) {
        absent if absent.is_nan() => Ok(None),
        // Read again where it cannot be right, for the words of the error.
        number => integer(number).map_or_else(|| whole_seconds(name, &payload.get(name)), |seconds| Ok(Some(seconds))),
    };
    let times = TokenTimes::resolve(Date::now(), seconds("iat")?, seconds("exp")?, seconds("validity_in_seconds")?);
    if !has_own_claims(payload) {
        return Ok(key.sign(&user_claims(&user_id, times)));
    }
    if !payload.get("server").is_absent() {
        return Err(Error::argument("server", "is a claim of your server's own token only, which may do everything"));
    }
    if !is_plain(payload) {
        check_json("", payload)?;
    }
    #[allow(clippy::cast_precision_loss, reason = "seconds are whole numbers below 2^53")]
    own_claims(payload, &user_id, times.iat as f64, times.exp as f64)
        .map(|claims| key.sign(&claims))
        .ok_or_else(|| Error::argument("the payload", "cannot be written as JSON"))
}

/// Mints a token from the arguments of `createToken`.
pub(super) fn create(key: &SigningKey, user_id: &JsValue, exp: &JsValue, iat: &JsValue) -> Result<String, Error> {
    let user_id = user_id.as_string().filter(|id| !id.is_empty());
    let user_id = user_id.ok_or_else(|| Error::argument("userID", "must be a non-empty string"))?;
    let times = TokenTimes::resolve(Date::now(), whole_seconds("iat", iat)?, whole_seconds("exp", exp)?, None);
    Ok(key.sign(&user_claims(&user_id, times)))
}

/// The user that a token names, if it names one.
pub(super) fn user_of(token: &str) -> Option<String> {
    user_id_in(&crate::auth::Token::parse(token).ok()?.claims)
}
