//! JavaScript files that only other JavaScript files import: wasm-bindgen takes along those that Rust names.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/answer.js")]
extern "C" {
    #[allow(dead_code, reason = "only the file's name matters")]
    fn metadata();
}

#[wasm_bindgen(module = "/src/js/deadline.js")]
extern "C" {
    #[allow(dead_code, reason = "only the file's name matters")]
    fn sleep();
}

#[wasm_bindgen(module = "/src/js/observe.js")]
extern "C" {
    #[allow(dead_code, reason = "only the file's name matters")]
    fn tell();
}
