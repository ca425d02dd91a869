//! A client for Rust that is compiled to WebAssembly: front ends in Leptos or Yew, Workers in Rust.
//!
//! It uses the same operations, checks, tokens and policy as the npm package, and sends requests by the platform's `fetch`
//! through gloo-net. The npm package contains none of it: there, a promise that is awaited in Rust costs more than the rest
//! of a call.
//!
//! ```no_run
//! use getstream_users::fetch::Client;
//! use getstream_users::model::UserRequest;
//!
//! # async fn sign_up() -> Result<(), getstream_users::fetch::CallError> {
//! let client = Client::server("key", "a secret that no page may see")?;
//! let ada = UserRequest { id: "ada".into(), name: Some("Ada".into()), ..UserRequest::default() };
//! let response = client.upsert_users(&[ada]).await?;
//! # Ok(()) }
//! ```

mod call;
mod client;
mod request;

pub use call::CallError;
pub use client::{Client, Settings};
