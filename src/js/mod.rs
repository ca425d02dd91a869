//! The only room that knows JavaScript: the class people import, and how a call crosses over.
//!
//! A method of [`client::StreamClient`] is an ordinary function: it checks the argument, picks the route and makes one
//! call to `transport.js`, whose promise it returns. No future is polled on the way of a success, because that costs more
//! than the rest of the call together (11 to 15 µs in Node 20). What has steps is a loop in JavaScript that asks Rust after
//! each of them.
//!
//! Nothing here decides what is right or wrong: rules are in `operation`, `auth` and `policy`, and this room turns their
//! verdicts into JavaScript.

mod client;
mod errors;
mod files;
mod operations;
mod options;
mod provider;
mod tasks;
mod tokens;
mod transport;
mod types;
mod values;

use wasm_bindgen::prelude::wasm_bindgen;

/// 1 kB where the standard library's allocator takes 8, and as quick; wasm has one thread, and a client few allocations.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Runs when the module is instantiated. Workers allow neither clock nor random nor I/O at that moment.
#[wasm_bindgen(start)]
fn start() {
    values::share_memory();
    transport::install_judge();
    provider::install_rules();
    tasks::install_step();
    client::seal_class();
}

/// The end of a call that met a defect: `face.js` turns the trap into an error of that call. Builds with tests or types have
/// the standard library, and its handler.
#[cfg(not(feature = "types"))]
#[panic_handler]
fn panicked(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
