// The rules of Workers, which are otherwise noticed only in production: tested in workerd.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { apiKey, apiSecret, basePath, unique } from "../support/api.mjs";
import { countingServer } from "../support/counting-server.mjs";
import { startWorker } from "../support/workerd.mjs";

const source = fileURLToPath(new URL("rules.worker.mjs", import.meta.url));
const constants = { STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret, STREAM_BASE_URL: basePath };

let worker;
before(async () => {
  worker = await startWorker(source, { constants });
});
after(() => worker.stop());

async function ask(route, settings = {}) {
  const response = await fetch(`${worker.url}/${route}?${new URLSearchParams(settings)}`);
  const said = await response.json();
  assert.equal(said.failed, undefined);
  return said;
}

test("loading the package and creating clients uses no clock, no random numbers and no I/O", async () => {
  const { atModuleScope, clients, later } = await ask("scope");
  assert.deepEqual(atModuleScope, []);
  assert.equal(clients, 3);
  // The check itself works: a call uses the network, and the clock for its timeout.
  assert.ok(later.includes("fetch") && later.includes("setTimeout"), later.join());
});

test("500 concurrent requests share one client, and no response gets mixed up", async () => {
  const ids = Array.from({ length: 500 }, () => unique("crowd"));
  const answers = await Promise.all(ids.map((id) => ask("request", { id })));
  const expected = ids.map((id) => ({ names: [id], kind: "not_found", hasOwn: true }));
  assert.deepEqual(answers, expected);
});

const page = (length) => `<html>${"x".repeat(length)}</html>`;
const error = JSON.stringify({ code: 4, message: "no", StatusCode: 400, duration: "", details: [] });
const gone = { status: 429, headers: { "retry-after": "0" }, body: error };

/** Answers in the order they are given, and what the calls they are for end with. */
const refusals = [
  [{ status: 400, body: error }, "invalid_request"],
  [{ status: 403, body: page(60_000), headers: { "content-type": "text/html" } }, "permission"],
  [{ status: 404, body: "" }, "not_found"],
  [{ status: 501, body: page(10) }, "server"],
  // A call with three attempts.
  [gone],
  [{ status: 200, body: page(60_000) }],
  [{}, "answered"],
];

test("error responses are read to the end, so that all calls share one connection", async (t) => {
  const server = await countingServer((index) => refusals[index % refusals.length][0]);
  t.after(() => server.stop());
  const kinds = refusals.map(([, kind]) => kind).filter((kind) => kind !== undefined);

  const said = await ask("calls", { basePath: server.url, count: 4 * kinds.length });

  assert.deepEqual(said.kinds, [kinds, kinds, kinds, kinds].flat());
  const { requests, connections } = server.counts;
  assert.deepEqual([requests, connections], [4 * refusals.length, 1]);
});

test("a response longer than any error is cancelled", async (t) => {
  const server = await countingServer(() => ({ status: 400, body: page(16 * 1024 * 1024) }));
  t.after(() => server.stop());

  const { kinds } = await ask("calls", { basePath: server.url, count: 24 });

  assert.deepEqual(new Set(kinds), new Set(["invalid_request"]));
  // One may still be on its way out when the next one comes; each that was left to wait would stay for all of the request.
  assert.ok(server.counts.most < 6, `${server.counts.most} answers under way at once`);
});

test("bulk work uses no more than a Worker's six connections", async (t) => {
  // A response waits until the Worker has had every chance to send another request.
  const server = await countingServer(async () => {
    for (let round = 0; round < 5; round++) await ask("ping");
    return { body: JSON.stringify({ users: {}, duration: "" }) };
  });
  t.after(() => server.stop());

  const { succeeded, refused } = await ask("bulk", { basePath: server.url, count: 3_000 });

  assert.deepEqual([succeeded, refused], [3_000, 0]);
  const { requests, most, connections } = server.counts;
  assert.deepEqual([requests, most, connections], [30, 6, 6]);
});
