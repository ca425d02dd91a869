import * as entries from "./shared/entries.mjs";
import { scenario } from "./shared/scenario.mjs";

export default {
  async fetch(request) {
    const settings = Object.fromEntries(new URL(request.url).searchParams);
    return Response.json(await scenario(() => entries, settings));
  },
};
