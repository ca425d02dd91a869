// For releases of Node that cannot `require` an ES module: `import` takes what `require` takes, so that both give the same
// classes. Others take index.js for both (`module-sync`), which halves the time of an import.
import cjs from "./index.cjs";

export const { __PUBLIC_NAMES__ } = cjs;
