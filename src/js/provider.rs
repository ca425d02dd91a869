//! Tokens that come from a function of the caller's.

use alloc::string::String;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::auth::check_token;
use crate::error::{Error, Kind};
use crate::operation::Argument;
use crate::wording::text;

#[wasm_bindgen(module = "/src/js/provider.js")]
extern "C" {
    /// Keeps the token that the function returned last.
    #[derive(Debug, Clone)]
    pub(super) type TokenSource;

    #[wasm_bindgen(constructor)]
    pub(super) fn new(provide: &Function, is_shared: bool) -> TokenSource;

    #[wasm_bindgen(js_name = setTokenRules)]
    fn set_token_rules(refuse: &JsValue, failed: &JsValue);
}

/// Gives `provider.js` its words: what is wrong with a token, and that there is none.
pub(super) fn install_rules() {
    let refuse = Closure::<dyn Fn(JsValue) -> JsValue>::new(|token: JsValue| match token.text() {
        Some(token) => check_token(&token).map_or_else(JsValue::from, |()| JsValue::UNDEFINED),
        None => wrong(&["the token provider must return a string, but returned ", token.shape().describe()]),
    });
    let failed = Closure::<dyn Fn(String) -> JsValue>::new(|why: String| wrong(&["the token provider failed: ", &why]));
    set_token_rules(&refuse.into_js_value(), &failed.into_js_value());
}

fn wrong(words: &[&str]) -> JsValue {
    Error::new(Kind::Authentication, text(words)).into()
}
