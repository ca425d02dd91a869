// The exports that the file for `require` needs.
export { __PUBLIC_NAMES__ } from "./glue.js";
export { loadWhenNeeded } from "./init.js";
