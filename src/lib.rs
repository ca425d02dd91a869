//! Unofficial client for Stream's user-management API, written for WebAssembly.
//!
//! The rooms, in the order a call walks through them:
//!
//! - [`model`]: what goes over the wire; the TypeScript types and the emulator are made from it.
//! - [`operation`]: one constant per operation: name, method, path, argument rules, retry class, result.
//! - [`auth`]: tokens (HS256 JSON Web Tokens), how a request proves who sends it, and how a webhook does.
//! - [`policy`]: what a response means and what to do about it; values in, decision out.
//! - [`limits`], [`api_error_code`]: the API's numbers, which TypeScript is given too.
//! - [`error`]: the one error type.
//! - `fetch`: a client for Rust, for front ends and Workers written in it; a feature, and no part of the npm package.
//! - `wasm`: what is exported to the TypeScript of `src/client/`, the only room that knows JavaScript.
//!
//! Everything but `fetch` and `wasm` is plain Rust: no clock, no random, no I/O, and its tests run natively. The crate needs no
//! standard library: what that brings along for panics nobody sees is 1.4 kB gz of the module.

#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod api_error_code;
pub mod auth;
pub mod error;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod limits;
pub mod model;
pub mod operation;
pub mod policy;
mod wording;

#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
mod wasm;
