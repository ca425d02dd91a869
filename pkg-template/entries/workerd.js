// Cloudflare compiles the module at deployment and hands it over; at run time it refuses to compile any.
import module from "./__WASM_FILE__";
import { load } from "./init.js";

load(() => module);

export { __PUBLIC_NAMES__ } from "./glue.js";
