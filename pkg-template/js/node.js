// For bundlers that build for Node, whose output may run where WebAssembly is refused. Node itself takes index.js for both
// `import` and `require` (`module-sync`), which is quicker; this file names it too, so that whoever traces files finds it.
import "./js/offer.js";

export { __PUBLIC_NAMES__ } from "./index.js";
