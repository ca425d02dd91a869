// For applications that load the compiled module themselves: the exports of the package without the module, and two functions
// that take it. It has a separate glue, so that it cannot replace the module of another entry.
import { __wbg_set_wasm, ConfigError } from "../glue.js";
import { initSync } from "../init.js";

const ADVICE = "await initialize(…) or call initializeSync(…) of getstream-users/slim first, with getstream-users/wasm";

let isReady = false;

// Every call before the module is loaded reads one of its functions.
const nothing = new Proxy(
  {},
  {
    get() {
      throw new ConfigError("config", `the WebAssembly module is not there yet: ${ADVICE}`);
    },
  },
);
__wbg_set_wasm(nothing);

export function initializeSync(module) {
  if (isReady) return;
  if (tagOf(module) !== "[object WebAssembly.Module]") {
    throw new ConfigError(
      "config",
      "initializeSync takes a WebAssembly.Module; initialize takes a Response or bytes, too",
    );
  }
  try {
    initSync(module);
  } catch (cause) {
    __wbg_set_wasm(nothing);
    throw new ConfigError("config", "the WebAssembly module is not that of this version of getstream-users", { cause });
  }
  isReady = true;
}

export async function initialize(source) {
  const given = await source;
  if (!isReady) initializeSync(await compiled(given));
}

function compiled(given) {
  if (tagOf(given) === "[object Response]") return fromResponse(given);
  if (ArrayBuffer.isView(given) || tagOf(given) === "[object ArrayBuffer]") return WebAssembly.compile(given);
  return given;
}

/** Compiles while downloading if the server sends exactly this content type, as engines require. */
async function fromResponse(response) {
  if (!response.ok)
    throw new ConfigError("config", `the WebAssembly module was answered with status ${response.status}`);
  const isNamed = response.headers.get("content-type")?.toLowerCase() === "application/wasm";
  if (isNamed && WebAssembly.compileStreaming !== undefined) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

function tagOf(value) {
  return Object.prototype.toString.call(value);
}

export { __PUBLIC_NAMES__ } from "../glue.js";
