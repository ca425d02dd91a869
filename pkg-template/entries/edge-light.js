// Vercel's edge runtime compiles the module at deployment; `?module` requests that.
import module from "./__WASM_FILE__?module";
import { load } from "./init.js";

load(() => module);

export { __PUBLIC_NAMES__ } from "./glue.js";
