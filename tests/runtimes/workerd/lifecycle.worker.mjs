// A Worker that leads the life of users when it is asked to, and tells how many assertions held.

import { StreamClient, StreamError } from "getstream-users";
import * as bulk from "getstream-users/bulk";
import { createEmulator } from "getstream-users/emulator";
import * as paging from "getstream-users/paging";
import { lifecycle } from "../../js/lifecycle.mjs";
import { counting } from "../../support/assert.mjs";

// At module scope, as Workers want it: made once, when there is neither clock nor random nor I/O, used by every request.
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
    await lifecycle({ StreamClient, StreamError, bulk, paging, connect, assert: counter.assert });
    return { assertions: counter.count };
  },

  /** A user of its own, written and read by overlapping calls of the shared client. */
  async overlap({ server }, id) {
    await server.upsertUsers([{ id, name: id }]);
    const payload = { filter_conditions: { id } };
    const found = await Promise.all(Array.from({ length: 4 }, () => server.queryUsers({ payload })));
    const error = await server.getTask({ id: `no-task-of-${id}` }).catch((error) => error);
    return { names: found.map(({ users }) => users.map((user) => user.name).join()), error: error.message };
  },

  /** A call that nobody waits for: the request ends before it does. */
  async abandon({ server }, id) {
    server.upsertUsers([{ id }]).catch(() => {});
    return {};
  },
};

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
