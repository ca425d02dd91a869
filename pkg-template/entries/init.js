// By name: a bundler keeps every export of a namespace that is passed on as a whole, used or not.
import { __IMPORTED_NAMES__, __wbg_set_wasm } from "./glue.js";

const imports = { "./glue.js": { __IMPORTED_NAMES__ } };

function run(exports) {
  __wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return exports;
}

/** Brings the compiled module to life, in one go, so that nobody has to wait for anything before the first call. */
export function initSync(module) {
  return run(new WebAssembly.Instance(module, imports).exports);
}

/** The same with the module as JavaScript. */
export function initJs(instantiate) {
  return run(instantiate(imports));
}

/**
 * The same for an entry, whose import must not fail: a page may want no more than a type guard. Where the engine has no
 * WebAssembly or a policy refuses it, the module as JavaScript takes its place if the entry brought it (`js/module.js`); if
 * not, whatever needs the module says why there is none.
 */
export function load(compile) {
  try {
    return initSync(compile());
  } catch (cause) {
    const instantiate = globalThis[Symbol.for("getstream-users/__MODULE__")];
    return instantiate === undefined ? standIn(() => refuse(cause)) : initJs(instantiate);
  }
}

/**
 * The same when the module is first needed, which takes half of the time that an import would. Edge runtimes compile at load
 * if at all, and an entry for everybody may end up in one.
 */
export function loadWhenNeeded(compile) {
  const { EdgeRuntime, navigator, WebSocketPair } = globalThis;
  const isEdge = EdgeRuntime ?? WebSocketPair ?? navigator?.userAgent === "Cloudflare-Workers";
  if (isEdge) load(compile);
  else standIn((name) => load(compile)[name]);
}

/** Stands in for the module's exports. */
function standIn(get) {
  const exports = new Proxy({}, { get: (_, name) => get(name) });
  __wbg_set_wasm(exports);
  return exports;
}

function refuse(cause) {
  const message = `this runtime has no WebAssembly, or refuses it (${cause?.message}); the entry getstream-users/js needs none`;
  throw Object.assign(new Error(message, { cause }), { isProblem: true, kind: "config" });
}
