// A Worker that runs the lifecycle scenario on request, and returns the number of assertions that passed.

import { StreamClient, StreamError } from "getstream-users";
import * as bulk from "getstream-users/bulk";
import { createEmulator } from "getstream-users/emulator";
import { lifecycle } from "../js/lifecycle.mjs";
import { counting } from "../support/assert.mjs";

// At module scope, as usual in Workers: created once, without clock, random numbers or I/O, and used by every request.
// The server's address is written in by the bundler.
const emulator = createEmulator();
const targets = {
  http: target(STREAM_API_KEY, STREAM_API_SECRET, { basePath: STREAM_BASE_URL, timeout: 30_000 }),
  "in-process": target(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch }),
};

function target(apiKey, secret, options) {
  return { apiKey, options, server: new StreamClient(apiKey, secret, options) };
}

const routes = {
  async lifecycle(connect) {
    const counter = counting();
    await lifecycle({ StreamClient, StreamError, bulk, connect, assert: counter.assert });
    return { assertions: counter.count };
  },

  /** Writes and reads a user of this request, with overlapping calls of the shared client. */
  async overlap({ server }, id) {
    await server.upsertUsers([{ id, name: id }]);
    const payload = { filter_conditions: { id } };
    const found = await Promise.all(Array.from({ length: 4 }, () => server.queryUsers({ payload })));
    const error = await server.getTask({ id: `no-task-of-${id}` }).catch((error) => error);
    return { names: found.map(({ users }) => users.map((user) => user.name).join()), error: error.message };
  },

  /** Webhooks, signed and compressed with the platform's own functions. */
  async webhook({ server }, id) {
    const json = new TextEncoder().encode(JSON.stringify({ type: "user.updated", created_at: 0, user: { id } }));
    const packed = new Uint8Array(await new Response(compressed(json)).arrayBuffer());
    const call = async (body, secret) => {
      const headers = { "x-signature": await signature(secret, json) };
      return server.verifyAndParseWebhook(new Request("https://app.test", { method: "POST", headers, body }));
    };
    const refused = (promise) => promise.then(String, ({ kind, message }) => `${kind}: ${message.split(":")[0]}`);
    const secret = STREAM_API_SECRET;
    const events = await Promise.all([call(json, secret), call(packed, secret), server.parseSqs(base64(packed))]);
    return {
      events: events.map(({ user, created_at }) => [user.id, created_at.getTime()]),
      refusals: await Promise.all([
        refused(call(packed, "another")),
        refused(call(packed.subarray(0, -9), secret)),
        refused(call(compressed(new Uint8Array(16 * 1024 * 1024)), secret)),
        refused(server.parseSqs("%")),
      ]),
      user: server.verifyToken(server.generateUserToken({ user_id: id })).user_id,
    };
  },

  /** A call that is not awaited: the request ends before it. */
  async abandon({ server }, id) {
    server.upsertUsers([{ id }]).catch(() => {});
    return {};
  },
};

function compressed(bytes) {
  return new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

async function signature(secret, bytes) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign"]);
  const signed = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
  return Array.from(signed, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    const [, route, target] = pathname.split("/");
    try {
      return Response.json(await routes[route](targets[target], searchParams.get("id")));
    } catch (error) {
      return Response.json({ failed: String(error?.stack ?? error) }, { status: 500 });
    }
  },
};
