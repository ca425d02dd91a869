// For `require`. The module is read from its file: written out once more, it would be a third of the package.
"use strict";

/** The module's bytes, or nothing where this file is part of a bundle. */
function bytes() {
  try {
    // Bundlers follow `require` itself, and have no such module for browsers.
    const { path: folder, require: load } = module;
    return load.call(module, "node:fs").readFileSync(`${folder}/__WASM_FILE__`);
  } catch {
    return undefined;
  }
}

const wasm = bytes();
if (wasm === undefined) {
  // Bundlers, which are the only ones to come here, can follow this.
  module.exports = require("./index.js");
} else {
  const { loadWhenNeeded, ...names } = require("./load.cjs");
  loadWhenNeeded(() => new WebAssembly.Module(wasm));
  module.exports = names;
}

// The names, for those who read them without running the file.
// biome-ignore lint/suspicious/noAssignInExpressions: it is never run
0 && (module.exports = { __PUBLIC_NAMES__ });
