// For everything without an entry of its own: the module lies in the code, so that it needs no file, no fetch and no
// bundler plugin.
import { file } from "./file.js";
import { load } from "./init.js";
import { order, text } from "./wasm-inline.js";

/**
 * The bytes that a text stands for. A character is the place of a byte among those that the module has, the most frequent
 * first; two of the characters say that the next one counts from further behind. So equal bytes stay equal text, and a page
 * that gets its code compressed gets 6 kB less than base64 would be.
 */
function decoded() {
  const bytes = new Uint8Array(__WASM_BYTES__);
  const known = Uint8Array.from(order.match(/../g), (digits) => Number.parseInt(digits, 16));
  let from = 0;
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // `!` stands in for `\`, which would need an escape.
    const place = (code === 33 ? 92 : code) - 35;
    if (from === 0 && place >= 90) {
      from = 90 + (place - 90) * 92;
    } else {
      bytes[length++] = known[from + place];
      from = 0;
    }
  }
  return bytes;
}

load(() => new WebAssembly.Module(file("./__WASM_FILE__", __WASM_BYTES__) ?? decoded()));

export { __PUBLIC_NAMES__ } from "./glue.js";
