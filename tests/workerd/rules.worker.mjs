// A Worker that uses the package under the platform's rules: no I/O at module scope, no state shared between requests, no
// connection held by an unread response, and no more connections than allowed.

// Imported first, so that it records what the others do.
import "./watch.mjs";
import { StreamClient } from "getstream-users";
import { upsertMany } from "getstream-users/bulk";
import { calls } from "./watch.mjs";

const options = { basePath: STREAM_BASE_URL, timeout: 30_000 };
const client = new StreamClient(STREAM_API_KEY, STREAM_API_SECRET, options);
const others = [
  StreamClient.anonymous(STREAM_API_KEY, options),
  StreamClient.withToken(STREAM_API_KEY, "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiYW5uIn0.c2lnbmF0dXJl"),
  StreamClient.withToken(STREAM_API_KEY, () => Promise.reject(new Error("nobody asked for it"))),
];
const atModuleScope = [...calls];

/** A short description of a call's result. */
const ended = (promise) =>
  promise.then(
    () => "answered",
    (error) => error.kind ?? String(error),
  );

const routes = {
  /** The functions that were called while the modules were loaded, and by one call of the API. */
  async scope() {
    calls.length = 0;
    await client.queryUsers({ payload: { filter_conditions: {} } });
    return { atModuleScope, clients: others.length, later: [...new Set(calls)] };
  },

  /** Writes, reads and queries a user of this request, with the client that all requests share. */
  async request({ id }) {
    await client.upsertUsers([{ id, name: id }]);
    const { users } = await client.queryUsers({ payload: { filter_conditions: { id } } });
    const error = await client.getTask({ id: `no-task-of-${id}` }).catch((error) => error);
    return { names: users.map(({ name }) => name), kind: error.kind, hasOwn: error.message.includes(id) };
  },

  /** Calls the test's server several times in sequence, and returns each result. */
  async calls({ basePath, count }) {
    const client = new StreamClient("key", "secret", { basePath, timeout: 30_000 });
    const kinds = [];
    for (let call = 0; call < count; call++) kinds.push(await ended(client.getTask({ id: String(call) })));
    return { kinds };
  },

  /** Sends many users to the test's server. */
  async bulk({ basePath, count }) {
    const client = new StreamClient("key", "secret", { basePath, timeout: 30_000 });
    const users = Array.from({ length: count }, (_, index) => ({ id: `user-${index}` }));
    const { succeeded, failed } = await upsertMany(client, users);
    return { succeeded, refused: failed.length };
  },

  async ping() {
    return {};
  },
};

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    try {
      return Response.json(await routes[pathname.slice(1)](Object.fromEntries(searchParams)));
    } catch (error) {
      return Response.json({ failed: String(error?.stack ?? error) }, { status: 500 });
    }
  },
};
