//! The emulator as the wasm module that is shipped. It exports what the library exports and adds nothing.
//!
//! A crate of its own for the reason that `modules/client` has.

#![cfg(target_arch = "wasm32")]

use getstream_users_emulator as _;
