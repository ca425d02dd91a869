// Offers the module as JavaScript to an entry that finds WebAssembly refused.
import { instantiate } from "./module.js";

globalThis[Symbol.for("getstream-users/client")] ??= instantiate;
