//! The client as the wasm module that is shipped. It exports what the library exports and adds nothing.
//!
//! A crate of its own, because cargo leaves out link-time optimisation where one crate is both a module (`cdylib`) and a
//! library (`rlib`): 5.9 kB gz of the client.

#![cfg(target_arch = "wasm32")]
#![no_std]

use getstream_users as _;
