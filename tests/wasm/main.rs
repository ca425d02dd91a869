//! Tests of the client compiled to wasm, as in the package.

#![cfg(target_arch = "wasm32")]

use getstream_users::auth::{SigningKey, Token};
use wasm_bindgen_test::wasm_bindgen_test;

/// Signed by another implementation: `{"user_id":"ada"}` with the secret `devsecret`.
const TOKEN: &str =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiYWRhIn0.78xXD_47YGoqdqadey-7Arru3K9EiZ4EOqiWPZBFxjE";

#[wasm_bindgen_test]
fn signs_the_same_tokens_as_everybody_else() {
    assert_eq!(SigningKey::new("devsecret").sign(r#"{"user_id":"ada"}"#), TOKEN);
}

#[wasm_bindgen_test]
fn knows_its_own_tokens_from_others() {
    let verifies = |secret| Token::parse(TOKEN).is_ok_and(|token| SigningKey::new(secret).verifies(&token));
    assert!(verifies("devsecret"));
    assert!(!verifies("devsecret2"));
}
