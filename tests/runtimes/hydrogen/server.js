import * as build from "virtual:react-router/server-build";
import { createHydrogenContext, createRequestHandler } from "@shopify/hydrogen";

export default {
  async fetch(request, env, { waitUntil }) {
    const cache = await caches.open("hydrogen");
    const context = createHydrogenContext({ env, request, cache, waitUntil, session: undefined });
    return createRequestHandler({ build, mode: process.env.NODE_ENV, getLoadContext: () => context })(request);
  },
};
