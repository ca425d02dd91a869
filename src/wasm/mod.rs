//! What Rust exports: decisions for the TypeScript of `src/client/`, which is the client that people import.
//!
//! TypeScript asks, Rust answers, nothing waits: an export takes values, decides by the rules of `operation`, `auth` and
//! `policy`, and returns. No promise and no future crosses over; a loop with steps (attempts, waiting for a task) is a loop
//! in TypeScript that asks after each step. [`core::Core`] holds what Rust knows of one client.
//!
//! Nothing here is a rule of its own, but for what a JavaScript value is: how options, arguments and records are read from
//! one.

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

/// 1 kB where the standard library's allocator takes 8, and as quick; wasm has one thread, and a client few allocations.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Runs when the module is instantiated. Workers allow neither clock nor random nor I/O at that moment.
#[wasm_bindgen(start)]
fn start() {
    values::share_memory();
}

/// The end of a call that met a defect: `src/client/guard.ts` turns the trap into an error of that call. Builds with tests or
/// types have the standard library, and its handler.
#[cfg(not(feature = "types"))]
#[panic_handler]
fn panicked(_: &::core::panic::PanicInfo<'_>) -> ! {
    ::core::arch::wasm32::unreachable()
}
