// The default entry: the code contains the module, so it needs no file, no fetch and no bundler plugin.
import { loadWhenNeeded } from "./init.js";
import { decoder, place, text } from "./wasm-inline.js";

/** Decodes the module with another wasm module: a loop in JavaScript takes milliseconds until the engine has compiled it. */
function bytes() {
  const small = Uint8Array.from(atob(decoder), (character) => character.charCodeAt(0));
  const { decode, memory } = new WebAssembly.Instance(new WebAssembly.Module(small)).exports;
  const there = new Uint8Array(memory.buffer, place);
  there.set(new TextEncoder().encode(text));
  return there.subarray(0, decode(text.length));
}

loadWhenNeeded(() => new WebAssembly.Module(bytes()));

export { __PUBLIC_NAMES__ } from "./glue.js";
