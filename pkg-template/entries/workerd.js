// Cloudflare compiles the module at deployment; at run time it refuses to compile.
import module from "./__WASM_FILE__";
import { load } from "./init.js";

load(() => module);

export { __PUBLIC_NAMES__ } from "./glue.js";
