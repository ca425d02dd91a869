// A web page's main module. What its test looks at is `outcome`; the address says where the emulator's server is.
import { scenario } from "./scenario.mjs";

const settings = Object.fromEntries(new URLSearchParams(location.search));

scenario(() => import("./entries.mjs"), settings).then(
  (outcome) => {
    globalThis.outcome = outcome;
  },
  (error) => {
    globalThis.outcome = { failed: String(error?.stack ?? error) };
  },
);
