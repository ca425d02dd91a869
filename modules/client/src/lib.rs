//! The client's wasm module in the package. It exports what the library exports and adds nothing.
//!
//! It is a separate crate because cargo skips link-time optimisation if one crate is both a module (`cdylib`) and a
//! library (`rlib`): 5.9 kB gz of the client.

#![cfg(target_arch = "wasm32")]
#![no_std]

use getstream_users as _;
