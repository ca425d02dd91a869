// An emulator in the demo page's initial state.

import { StreamClient } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";
import { load } from "../support/page.mjs";

const { fill } = await load("fill.ts");

/** A filled emulator and its server's client. The client's requests go through `fetch`, which may inspect them. */
export async function filled({ fetch = (url, init, next) => next(url, init), emulator: choices, ...options } = {}) {
  const emulator = createEmulator(choices);
  const seeder = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
  await fill(seeder, emulator.seed);
  const through = (url, init) => fetch(url, init, emulator.fetch);
  const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: through, ...options });
  return { emulator, client };
}

/** Calls a method by its name: `upsertUsers`, `moderation.ban`. */
export function call(client, name, input) {
  const [first, second] = name.split(".");
  return second === undefined ? client[first](...input) : client[first][second](...input);
}
