// A program for QuickJS, which has nothing but ECMAScript: its host lends it timers and a way to send.
import * as users from "getstream-users/js";
import { inEngine } from "./shared/engine.mjs";
import { failure } from "./shared/scenario.mjs";

async function fetch(url, { method, headers, body }) {
  const { status, text, received } = JSON.parse(await globalThis.send(JSON.stringify({ url, method, headers, body })));
  return {
    ok: status < 300,
    status,
    headers: { get: (name) => received[name.toLowerCase()] ?? null },
    json: async () => JSON.parse(text),
    text: async () => text,
  };
}

globalThis.main = async (settings) => {
  const outcome = await inEngine(() => users, JSON.parse(settings), fetch).catch(failure);
  return JSON.stringify(outcome);
};
