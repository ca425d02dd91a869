// For bundlers that build for Node, whose output may run where WebAssembly is refused. Node itself loads index.js for
// both `import` and `require` (`module-sync`), which is faster; this file imports it too, so that tracers find it.
import "./js/offer.js";

export { __PUBLIC_NAMES__ } from "./index.js";
