// Written by `xtask/src/pack/text.rs`, which explains why it is not base64.
export const decoder = "__DECODER__";
export const place = __PLACE__;
export const text = "__WASM_TEXT__";
