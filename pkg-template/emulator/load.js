// What the file for `require` needs of the others, which are ES modules.
export { __PUBLIC_NAMES__ } from "./glue.js";
export { loadWhenNeeded } from "./init.js";
