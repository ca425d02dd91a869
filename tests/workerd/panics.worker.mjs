// A Worker whose client panics and runs out of memory when it is asked to.

import { panicEverywhere, plant, runOutOfMemory } from "../support/planted.mjs";

plant();
// The module is instantiated when the first client is made.
const library = import("getstream-users");
const routes = { "/panics": panicEverywhere, "/memory": runOutOfMemory };

export default {
  async fetch(request) {
    return Response.json(await routes[new URL(request.url).pathname](await library));
  },
};
