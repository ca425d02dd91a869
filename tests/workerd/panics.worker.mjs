// A Worker whose client panics or runs out of memory on request.

import { panicEverywhere, plant, runOutOfMemory } from "../support/planted.mjs";

plant();
// The module is instantiated when the first client is created.
const library = import("getstream-users");
const routes = { "/panics": panicEverywhere, "/memory": runOutOfMemory };

export default {
  async fetch(request) {
    return Response.json(await routes[new URL(request.url).pathname](await library));
  },
};
