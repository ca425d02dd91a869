// `import` and `require` share one module, and so one class.
import cjs from "./index.cjs";

export const { __PUBLIC_NAMES__ } = cjs;
