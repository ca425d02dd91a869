// The client without WebAssembly.
import { initJs } from "./init.js";
import { instantiate } from "./module.js";

initJs(instantiate);

export { __PUBLIC_NAMES__ } from "./glue.js";
