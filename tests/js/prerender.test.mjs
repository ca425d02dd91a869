// Frameworks that prerender pages refuse random values and the time of day until a page has made its first request, and let
// requests pass that look alike from a cache.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { json, noFetch, recorder } from "../support/stub.mjs";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Refuses random values and the time of day until `fetch` is called, as Next's Cache Components do. */
function refusing(t, answer = () => json({})) {
  const refuse = (what) => () => {
    throw new Error(`${what} before the first request`);
  };
  const mocks = [
    t.mock.method(crypto, "getRandomValues", refuse("crypto.getRandomValues")),
    t.mock.method(crypto, "randomUUID", refuse("crypto.randomUUID")),
    t.mock.method(Math, "random", refuse("Math.random")),
    t.mock.method(Date, "now", refuse("Date.now")),
  ];
  return async () => {
    for (const { mock } of mocks) mock.restore();
    return answer();
  };
}

for (const [what, run, answer] of [
  ["a query", (client) => client.queryUsers({ payload: { filter_conditions: {} } }), { users: [] }],
  ["an upsert", (client) => client.upsertUsers([{ id: "ada" }]), { users: {} }],
  ["a list", async (client) => client.users().toArray(), { users: [] }],
  ["a wait for a task", (client) => client.waitForTask("t"), { task_id: "t", status: "completed", result: {} }],
]) {
  test(`${what} reads no random value and no time before its first request`, async (t) => {
    const fetch = refusing(t, () => json(answer));
    await run(new StreamClient("key", "secret", { fetch, onResponse() {} }));
  });
}

test("creating a client, or a token with given times, reads neither", (t) => {
  refusing(t);
  const client = new StreamClient("key", "secret", { fetch: noFetch });
  client.generateUserToken({ user_id: "ada", iat: 1_700_000_000, exp: 1_700_003_600 });
});

test("ids of requests have the form of random UUIDs, and no two are the same", async () => {
  const { fetch, requests } = recorder(() => json({ task_id: "t", status: "waiting" }));
  const client = new StreamClient("key", "secret", { fetch });
  for (let call = 0; call < 5000; call++) await client.getTask({ id: "t" });
  const ids = requests.map(({ headers }) => headers["x-client-request-id"]);
  for (const id of ids) assert.match(id, UUID);
  assert.equal(new Set(ids).size, ids.length);
});

test("no two polls of a task look alike to a cache", async () => {
  let asked = 0;
  const { fetch, requests } = recorder(() => json({ task_id: "t", status: ++asked < 3 ? "running" : "completed" }));
  await new StreamClient("key", "secret", { fetch }).waitForTask("t", { pollInterval: 1 });
  const seen = requests.map(({ url, method, headers }) => JSON.stringify([url, method, headers]));
  assert.deepEqual([seen.length, new Set(seen).size], [3, 3]);
});

test("a process started from a snapshot has different ids", async (t) => {
  const { fetch, requests } = recorder();
  const client = new StreamClient("key", "secret", { fetch });
  await client.getApp();
  const seeds = t.mock.method(crypto, "getRandomValues");
  await client.getApp();
  assert.equal(seeds.mock.callCount(), 0);
  t.mock.getter(performance, "timeOrigin", () => 1);
  await client.getApp();
  await client.getApp();
  assert.equal(seeds.mock.callCount(), 1);
  assert.equal(new Set(requests.map(({ headers }) => headers["x-client-request-id"])).size, 4);
});

test("an error that a framework throws through fetch passes unchanged, once", async () => {
  const thrown = Object.assign(new Error("NEXT_HTTP_ERROR_FALLBACK"), { digest: "NEXT_HTTP_ERROR_FALLBACK;404" });
  let calls = 0;
  const fetch = async () => {
    calls++;
    throw thrown;
  };
  const client = new StreamClient("key", "secret", { fetch });
  await assert.rejects(client.getApp(), (error) => error === thrown);
  assert.equal(calls, 1);
});
