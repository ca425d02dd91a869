// By their names: a bundler keeps all of a file that is handed on as a whole, and so what nobody uses of the package.
import { __IMPORTED_NAMES__, __wbg_set_wasm } from "./glue.js";

const imports = { "./glue.js": { __IMPORTED_NAMES__ } };

function run(exports) {
  __wbg_set_wasm(exports);
  exports.__wbindgen_start();
}

/** Brings the compiled module to life, in one go, so that nobody has to wait for anything before the first call. */
export function initSync(module) {
  run(new WebAssembly.Instance(module, imports).exports);
}

/** The same with the module as JavaScript. */
export function initJs(instantiate) {
  run(instantiate(imports));
}

/**
 * The same for an entry, whose import must not fail: a page may want no more than a type guard. Where the engine has no
 * WebAssembly or a policy refuses it, the module as JavaScript takes its place if the entry brought it (`js/module.js`); if
 * not, whatever needs the module says why there is none.
 */
export function load(compile) {
  try {
    initSync(compile());
  } catch (cause) {
    const instantiate = globalThis[Symbol.for("getstream-users/__MODULE__")];
    if (instantiate === undefined) __wbg_set_wasm(new Proxy({}, { get: () => refuse(cause) }));
    else initJs(instantiate);
  }
}

function refuse(cause) {
  const message = `this runtime has no WebAssembly, or refuses it (${cause?.message}); the entry getstream-users/js needs none`;
  throw Object.assign(new Error(message, { cause }), { isProblem: true, kind: "config" });
}
