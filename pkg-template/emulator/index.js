// For everything without an entry of its own: the module lies in the code, as it does in the client's entry. It is compressed:
// otherwise it would be two fifths of the package.
import { load } from "./init.js";
import base64 from "./wasm-inline.js";

/** Node, Deno and Bun hand out their modules without an import. */
const builtin = (name) => globalThis.process?.getBuiltinModule?.(name);

/** The module's own file, which is quicker to read, where this one has not been bundled. Deno would ask for a permission. */
function file() {
  if (globalThis.Deno !== undefined) return undefined;
  try {
    const bytes = builtin("node:fs").readFileSync(new URL("./__WASM_FILE__", import.meta.url));
    return bytes.length === __WASM_BYTES__ ? bytes : undefined;
  } catch {
    return undefined;
  }
}

function inflated() {
  const bytes =
    globalThis.Buffer?.from(base64, "base64") ?? Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const inflate = builtin("node:zlib")?.inflateRawSync;
  // The build resolves this `require`; what it brings fills tables when it is loaded, which Node need not wait for.
  return inflate?.(bytes) ?? require("tiny-inflate")(bytes, new Uint8Array(__WASM_BYTES__));
}

load(() => new WebAssembly.Module(file() ?? inflated()));

export { __PUBLIC_NAMES__ } from "./glue.js";
