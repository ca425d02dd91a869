// The default entry: the code contains the module, as in the client's entry. It is compressed, because it would otherwise be
// two fifths of the package.
import { file } from "./file.js";
import { loadWhenNeeded } from "./init.js";
import base64 from "./wasm-inline.js";

function inflated() {
  const { Buffer, process } = globalThis;
  const bytes = Buffer?.from(base64, "base64") ?? Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const inflate = process?.getBuiltinModule?.("node:zlib")?.inflateRawSync;
  // The build resolves this `require`. It is lazy, because the library fills tables when it loads, which Node does not need.
  return inflate?.(bytes) ?? require("tiny-inflate")(bytes, new Uint8Array(__WASM_BYTES__));
}

loadWhenNeeded(() => new WebAssembly.Module(file("./__WASM_FILE__", __WASM_BYTES__) ?? inflated()));

export { __PUBLIC_NAMES__ } from "./glue.js";
