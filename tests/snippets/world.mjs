// The environment of a document's code: the names in `world.d.ts`, and a strict emulator in place of the network.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { format } from "node:util";
import { StreamClient } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";

/** Runs something in a world of its own; returns the requests that the emulator saw. */
export async function inWorld(run) {
  const emulator = createEmulator({ strict: true, taskDuration: 0 });
  emulator.seed({ users: [{ id: "ada", name: "Ada" }, "bob"] });
  const { apiKey, apiSecret: secret } = emulator;
  const client = new StreamClient(apiKey, secret, { fetch: emulator.fetch });
  const [forgotten, written] = [[], []];
  const write = (...given) => written.push(format(...given));
  /** A webhook as Stream sends it, signed. */
  const delivery = (event) => {
    const body = JSON.stringify({ created_at: "2026-01-01T00:00:00Z", ...event });
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = { "x-signature": signature, "content-type": "application/json" };
    return new Request("https://example.test/webhook", { method: "POST", body, headers });
  };
  const names = {
    apiKey,
    secret,
    client,
    token: client.generateUserToken({ user_id: "ada" }),
    async *rowsOfMyDatabase() {
      yield* [{ id: "ada", name: "Ada" }, { id: "bob" }];
    },
    async forget(id) {
      forgotten.push(id);
    },
    isKnown: async () => false,
    users: [{ id: "ada" }, { id: "dan" }],
    emulator,
    assert,
    delivery,
    request: delivery({ type: "user.deleted", user: { id: "ada" } }),
    forgotten,
    written,
    fetch: emulator.fetch,
    console: { ...console, log: write, info: write, warn: write, error: write },
  };
  const before = Object.getOwnPropertyDescriptors(globalThis);
  const environment = { STREAM_API_KEY: apiKey, STREAM_API_SECRET: secret };
  Object.assign(process.env, environment);
  for (const [name, value] of Object.entries(names)) define(name, { value, configurable: true, writable: true });
  try {
    await run();
    return emulator.requests();
  } finally {
    for (const name of Object.keys(names)) {
      if (before[name] === undefined) delete globalThis[name];
      else define(name, before[name]);
    }
    for (const name of Object.keys(environment)) delete process.env[name];
  }
}

function define(name, descriptor) {
  Object.defineProperty(globalThis, name, descriptor);
}
