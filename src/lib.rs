//! Unofficial client for Stream's user-management API, written for WebAssembly.
//!
//! The modules, in the order in which a call uses them:
//!
//! - [`model`]: the types of requests and responses; the TypeScript types and the emulator use them too.
//! - [`operation`]: one constant per operation: name, method, path, argument rules, retry class, result.
//! - [`auth`]: tokens (HS256 JSON Web Tokens), and the authentication of requests and webhooks.
//! - [`policy`]: what a response means and what to do about it; values in, decision out.
//! - [`limits`], [`api_error_code`]: the API's numbers, which TypeScript is given too.
//! - [`error`]: the one error type.
//! - `fetch`: a client for front ends and Workers in Rust; a feature, and not part of the npm package.
//! - `wasm`: the exports for the TypeScript in `src/client/`; the only module that uses JavaScript.
//!
//! Everything except `fetch` and `wasm` is plain Rust without a clock, randomness and I/O, and its tests run natively. The
//! crate uses no standard library: what that adds for the output of panics, which nobody sees, is 1.4 kB gz of the module.

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
