// A page whose client panics or runs out of memory on request.

import { panicEverywhere, plant, runOutOfMemory } from "/support/planted.mjs";

plant();
const library = import("/node_modules/getstream-users/dist/index.js");

/** The functions that the tests call. */
window.panics = {
  everywhere: async () => panicEverywhere(await library),
  memory: async () => runOutOfMemory(await library),
};
