// Node reads a CommonJS file twice when it is imported, the first time only to find the names it exports. In a file that
// carries the wasm that takes longer (15 ms) than everything else together, so the names stand here, apart from it.
const { __PUBLIC_NAMES__ } = require("./bundle.cjs");

module.exports = { __PUBLIC_NAMES__ };
