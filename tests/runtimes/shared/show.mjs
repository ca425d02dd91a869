// Stores the result where a page's test looks for it. The page's URL has the address of the emulator's server.
import { failure, scenario } from "./scenario.mjs";

/** @param {() => object | Promise<object>} load gives the package's entries */
export async function show(load) {
  const settings = Object.fromEntries(new URLSearchParams(location.search));
  globalThis.outcome = await scenario(load, settings).catch(failure);
}
