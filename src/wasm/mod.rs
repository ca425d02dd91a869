//! The exports of Rust: decisions for the TypeScript in `src/client/`, which is the client that people import.
//!
//! TypeScript calls, Rust returns, and nothing waits: an export takes values, decides by the rules of `operation`,
//! `auth` and `policy`, and returns. No promise and no future crosses the border. A loop with steps (attempts, polling
//! a task) is in TypeScript, and calls Rust after each step. [`core::Core`] holds Rust's part of one client.
//!
//! The only rules here are about JavaScript values: how options, arguments and records are read from them.

#![allow(unreachable_pub, reason = "wasm-bindgen exports what is `pub`, and nothing in Rust uses it")]

mod core;
mod judge;
mod operations;
mod problem;
mod record;
mod tasks;
mod tokens;
mod values;

use wasm_bindgen::prelude::wasm_bindgen;

/// 1 kB instead of the 8 kB of the standard library's allocator, and as fast; wasm has one thread, and a client
/// allocates little.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Runs when the module is instantiated. Workers allow neither clock nor randomness nor I/O at that time.
#[wasm_bindgen(start)]
fn start() {
    values::share_memory();
}

/// Ends a call that found a bug: `src/client/guard.ts` turns the trap into an error of that call. Builds for tests and
/// types have the standard library and its handler.
#[cfg(not(feature = "types"))]
#[panic_handler]
fn panicked(_: &::core::panic::PanicInfo<'_>) -> ! {
    ::core::arch::wasm32::unreachable()
}
