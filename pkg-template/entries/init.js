// By their names: a bundler keeps all of a file that is handed on as a whole, and so what nobody uses of the package.
import { __IMPORTED_NAMES__, __wbg_set_wasm } from "./glue.js";

/** Brings the compiled module to life, in one go, so that nobody has to wait for anything before the first call. */
export function initSync(module) {
  const instance = new WebAssembly.Instance(module, { "./glue.js": { __IMPORTED_NAMES__ } });
  __wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}
