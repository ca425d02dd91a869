export default "__WASM_DEFLATED__";
