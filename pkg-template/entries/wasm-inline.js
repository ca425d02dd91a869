export default "__WASM_BASE64__";
