export const order = "__WASM_ORDER__";
export const text = "__WASM_TEXT__";
