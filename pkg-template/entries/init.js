import * as glue from "./glue.js";

/** Brings the compiled module to life, in one go, so that nobody has to wait for anything before the first call. */
export function initSync(module) {
  const instance = new WebAssembly.Instance(module, { "./glue.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}
