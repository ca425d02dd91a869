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

#[wasm_bindgen(module = "/src/js/paging/cursor.js")]
extern "C" {
    #[allow(dead_code, reason = "only the file's name matters")]
    fn after();
}

#[wasm_bindgen(module = "/src/js/paging/list.js")]
extern "C" {
    #[allow(dead_code, reason = "only the file's name matters")]
    fn user_list();
}

#[wasm_bindgen(module = "/src/js/webhooks/content.js")]
extern "C" {
    #[allow(dead_code, reason = "only the file's name matters")]
    fn unpacked();
}

#[wasm_bindgen(module = "/src/js/webhooks/event.js")]
extern "C" {
    #[allow(dead_code, reason = "only the file's name matters")]
    fn event_of();
}

#[wasm_bindgen(module = "/src/js/webhooks/receive.js")]
extern "C" {
    #[allow(dead_code, reason = "only the file's name matters")]
    fn receive();
}
