// For everything without an entry of its own: the module lies in the code, so that it needs no file, no fetch and no
// bundler plugin.
import { load } from "./init.js";
import base64 from "./wasm-inline.js";

/** By the quickest way there is: the loop takes milliseconds before the engine gets round to compiling it. */
function bytes() {
  if (Uint8Array.fromBase64 !== undefined) return Uint8Array.fromBase64(base64);
  if (globalThis.Buffer !== undefined) return globalThis.Buffer.from(base64, "base64");
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

load(() => new WebAssembly.Module(bytes()));

export { __PUBLIC_NAMES__ } from "./glue.js";
