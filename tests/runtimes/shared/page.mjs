// A web page's main module.
import { show } from "./show.mjs";

show(() => import("./entries.mjs"));
