// Imported by name, because a bundler keeps all exports of a namespace that is passed as a whole.
import { __IMPORTED_NAMES__, __wbg_set_wasm } from "./glue.js";

const imports = { "./glue.js": { __IMPORTED_NAMES__ } };

function run(exports) {
  __wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return exports;
}

/** Instantiates the compiled module synchronously, so that nothing has to be awaited before the first call. */
export function initSync(module) {
  return run(new WebAssembly.Instance(module, imports).exports);
}

/** The same with the module as JavaScript. */
export function initJs(instantiate) {
  return run(instantiate(imports));
}

/**
 * The same for an entry, whose import must not fail: a page may only need a type guard. If WebAssembly is missing or a policy
 * refuses it, the module as JavaScript replaces it if the entry has one (`js/module.js`); otherwise every function that needs
 * the module throws the reason.
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
 * The same, but only when the module is first needed, which halves the time of an import. Edge runtimes can only compile at
 * load, and the default entry may be used in one.
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
