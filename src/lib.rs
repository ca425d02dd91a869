//! Unofficial client for Stream's user-management API, written for WebAssembly.
//!
//! The rooms, in the order a call walks through them:
//!
//! - [`model`]: what goes over the wire; the TypeScript types and the emulator are made from it.
//! - [`operation`]: one constant per operation: name, method, path, argument rules, retry class, result.
//! - [`auth`]: tokens (HS256 JSON Web Tokens) and how a request proves who sends it.
//! - [`policy`]: what an answer means and what to do about it; values in, decision out.
//! - [`webhook`]: how a call from Stream proves that it is one.
//! - [`error`]: the one error type.
//! - `js`: the only room that knows JavaScript: `StreamClient` and its transport over the platform's `fetch`.
//!
//! Everything but `js` is plain Rust: no clock, no random, no I/O, and its tests run natively. The crate needs no
//! standard library: what that brings along for panics nobody sees is 1.4 kB gz of the module.

#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod auth;
pub mod error;
pub mod model;
pub mod operation;
pub mod policy;
pub mod webhook;
mod wording;

#[cfg(all(feature = "js", target_arch = "wasm32"))]
mod js;
