//! The emulator's wasm module in the package. It exports what the library exports and adds nothing.
//!
//! It is a separate crate for the same reason as `modules/client`.

#![cfg(target_arch = "wasm32")]

use getstream_users_emulator as _;
