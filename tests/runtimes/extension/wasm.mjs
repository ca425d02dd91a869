// An extension's worker, whose manifest allows WebAssembly.
import * as entries from "./shared/entries.mjs";
import { failure, scenario } from "./shared/scenario.mjs";

globalThis.run = (settings) => scenario(() => entries, settings).catch(failure);
