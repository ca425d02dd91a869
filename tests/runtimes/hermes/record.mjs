// Hermes' program has no network. So Node runs first, and its requests and responses are replayed there; a different request fails.
import { writeFile } from "node:fs/promises";
import * as users from "getstream-users/js";
import { inEngine } from "./shared/engine.mjs";
import { settings } from "./shared/settings.mjs";

const given = { ...settings, id: "hermes-ann" };
const exchanges = [];
await inEngine(
  () => users,
  given,
  async (url, { method, headers, body }) => {
    const response = await fetch(url, { method, headers, body });
    const text = await response.text();
    exchanges.push({ request: [method, url, body], status: response.status, headers: [...response.headers], text });
    return new Response(text, response);
  },
);
await writeFile("recorded.json", JSON.stringify({ settings: given, exchanges }));
