// Registers the module as JavaScript, for an entry that finds WebAssembly refused.
import { instantiate } from "./module.js";

globalThis[Symbol.for("getstream-users/client")] ??= instantiate;
