//! Tokens, and how a request is authenticated.
//!
//! A server sends a token with the claims `{"server":true}`, signed with the app's secret; it never expires, so it is
//! minted once. A user sends a token with its `user_id`, minted by that server. An anonymous visitor sends no token,
//! and says so in the `stream-auth-type` header.

mod base64url;
mod claims;
mod credentials;
mod jwt;
mod scheme;
mod verdict;
mod webhook;

pub use claims::{SERVER_CLAIMS, TokenTimes, check_time, user_claims};
pub use credentials::{check_api_key, check_secret, check_token, no_secret};
pub use jwt::{MalformedToken, SigningKey, Token};
pub use scheme::Scheme;
pub use verdict::{check_times, malformed, unreadable_claims, wrong_algorithm, wrong_signature, wrong_user};
pub use webhook::webhook_signature;
