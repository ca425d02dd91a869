// Vercel's edge compiles the module at deployment and hands it over; `?module` asks for that.
import module from "./__WASM_FILE__?module";
import { load } from "./init.js";

load(() => module);

export { __PUBLIC_NAMES__ } from "./glue.js";
