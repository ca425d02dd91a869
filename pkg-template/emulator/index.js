// For every runtime without an entry of its own: the code contains the module, as in the client's entry. It is
// compressed, because it would be two fifths of the package.
import { file } from "./file.js";
import { loadWhenNeeded } from "./init.js";
import base64 from "./wasm-inline.js";

function inflated() {
  const { Buffer, process } = globalThis;
  const bytes = Buffer?.from(base64, "base64") ?? Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const inflate = process?.getBuiltinModule?.("node:zlib")?.inflateRawSync;
  // The build resolves this `require`; what it brings fills tables when it is loaded, which Node need not wait for.
  return inflate?.(bytes) ?? require("tiny-inflate")(bytes, new Uint8Array(__WASM_BYTES__));
}

loadWhenNeeded(() => new WebAssembly.Module(file("./__WASM_FILE__", __WASM_BYTES__) ?? inflated()));

export { __PUBLIC_NAMES__ } from "./glue.js";
