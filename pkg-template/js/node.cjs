// For bundlers that build for Node, whose output may run where WebAssembly is refused, and for releases of Node that cannot
// `require` an ES module. The module as JavaScript is read only where it is needed.
globalThis[Symbol.for("getstream-users/client")] ??= (imports) => require("./js/module.cjs").instantiate(imports);

module.exports = require("./index.cjs");
