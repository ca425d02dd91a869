// The memory of a client does not grow with its calls, however they end.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { settle } from "../support/clock.mjs";
import { json, refusal, rejection } from "../support/stub.mjs";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

/** The exports of the package's wasm, including its memory and table, which are otherwise private. */
const exported = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...given) {
    super(...given);
    // A small module reads the text in which the other is carried, and is not used again.
    if (this.exports.decode === undefined) exported.push(...Object.values(this.exports));
  }
};
const { StreamClient } = await import("getstream-users");
const { upsertMany } = await import("getstream-users/bulk");

const headers = new Headers({ "content-type": "application/json", "x-ratelimit-limit": "10" });
/** A response that takes no time and no memory. */
function thin(status, body) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, ok: status < 300, headers, json: async () => JSON.parse(text), text: async () => text };
}
const users = Array.from({ length: 3 }, (_, index) => ({ id: `u${index}`, created_at: 1e18, custom: { index } }));
const no = { code: 4, message: "no", StatusCode: 400, exception_fields: { id: "no" }, duration: "1ms" };
const answers = {
  written: thin(201, { users: {}, duration: "1ms" }),
  found: thin(200, { users, duration: "1ms" }),
  refused: thin(400, no),
  limited: thin(429, { ...no, code: 9 }),
  page: thin(502, "<html>"),
  broken: thin(200, "{"),
};

/** Calls with every kind of result: the response, and the kind of error. */
const calls = [
  ["written", "", (client, id) => client.upsertUsers([{ id, name: "Ann", custom: { color: "green" } }])],
  [
    "written",
    "",
    (client, id) => client.upsertUsers([{ id, custom: { list: [1, { two: null }], when: new Date(0) } }]),
  ],
  ["written", "", (client, id) => client.updateUsersPartial({ users: [{ id, set: { a: 1 }, unset: ["b"] }] })],
  ["found", "", (client, id) => client.queryUsers({ payload: { filter_conditions: { id }, sort: [{ field: "id" }] } })],
  ["found", "", (client, id) => client.request("GET", `/api/v2/${id}`, { query: { id }, headers: { a: "b" } })],
  ["refused", "invalid_request", (client, user_id) => client.deactivateUser({ user_id })],
  ["limited", "rate_limit", (client, id) => client.getTask({ id })],
  ["page", "server", (client, user_id) => client.exportUser({ user_id })],
  ["broken", "response", (client, user_id) => client.moderation.unban({ target_user_id: user_id })],
  ["none", "connection", (client, user_id) => client.exportUser({ user_id })],
  ["none", "invalid_argument", (client) => client.upsertUsers([{ id: "not an id" }])],
  ["none", "invalid_argument", (client, id) => client.upsertUsers([{ id, custom: { a: () => {} } }])],
  ["none", "invalid_argument", (client) => client.upsertUsers([new Proxy({}, { get: () => assert.fail("a trap") })])],
  ["none", "config", (client, id) => StreamClient.prototype.getTask.call({ ...client }, { id })],
  ["none", "", async (client, user_id) => client.verifyToken(client.generateUserToken({ user_id }))],
  ["none", "authentication", async (client, user_id) => client.verifyToken(client.createToken(user_id, 1e9, 1))],
  ["none", "", async (client, id) => client.verifyWebhook(id, client.createCallToken(id, ["default:1"]))],
];

/** Makes so many calls, one after the other. */
async function makeCalls(from, to) {
  for (let index = from; index < to; index++) {
    const [coming, kind, call] = calls[index % calls.length];
    answer = coming;
    const end = await call(client, `u${index}`).then(
      () => "",
      (error) => error.kind,
    );
    if (end !== kind) assert.equal(end, kind, call);
  }
}

let answer;
const fetch = async () => answers[answer] ?? assert.fail("no connection");
const client = new StreamClient("key", "secret", { fetch, retry: false });

/** After the job that made the calls has ended: what it touched through weak references lives as long as it does. */
async function measured() {
  for (let round = 0; round < 3; round++) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  const { heapUsed: heap, external, arrayBuffers } = process.memoryUsage();
  const sizeOf = (one) => (one instanceof WebAssembly.Memory ? one.buffer.byteLength : one.length);
  const wasm = exported.filter((one) => one instanceof WebAssembly.Memory || one instanceof WebAssembly.Table);
  return { heap, outside: external + arrayBuffers, wasm: wasm.map(sizeOf) };
}

test("100,000 calls use no more memory than 10,000", async (t) => {
  await makeCalls(0, 10_000);
  const states = [await measured()];
  for (let made = 10_000; made < 100_000; made += 10_000) {
    await makeCalls(made, made + 10_000);
    states.push(await measured());
  }
  const [first, last] = [states[0], states.at(-1)];
  t.diagnostic(`after 10,000 calls ${JSON.stringify(first)}, after 100,000 ${JSON.stringify(last)}`);
  assert.equal(first.wasm.length, 2, "a memory and a table");
  assert.deepEqual(last.wasm, first.wasm);
  for (const name of ["heap", "outside"]) {
    const growth = states.slice(1).map((state, index) => state[name] - states[index][name]);
    // The engine's own compiled code comes and goes in steps; what is kept of calls is there each time. A call of which
    // something is kept takes more than the eight bytes of a reference.
    const usual = growth.toSorted((one, other) => one - other)[4];
    assert.ok(usual < 80_000, `${name}: ${growth.join(" ")} bytes more after each 10,000 calls`);
  }
});

const silent = () => new Promise(() => {});
const failing = async () => refusal(-1, "later", 503, { headers: { "retry-after": "60" } });
const connect = (fetch, options) => new StreamClient("key", "secret", { fetch, ...options });

/** Responds to every second call, and refuses the first attempt of each. */
function hesitant() {
  let count = 0;
  const again = { headers: { "retry-after": "0" } };
  return async () => (++count % 2 === 1 ? refusal(9, "later", 429, again) : json({ task_id: "t", status: "running" }));
}

test("calls that are repeated or run out of time leave no timer and no listener", async () => {
  const { signal } = new AbortController();
  const before = timers();
  for (const [call, kind] of [
    [() => connect(hesitant()).getTask({ id: "t" }, { signal }), undefined],
    [() => connect(hesitant()).waitForTask("t", { signal, pollInterval: 1, timeout: 5 }), "timeout"],
    [() => connect(silent).getTask({ id: "t" }, { signal, timeout: 1, retry: false }), "timeout"],
    [() => connect(failing).getTask({ id: "t" }, { signal, deadline: 1000 }), "server"],
    [() => connect(failing).getTask({ id: "t" }, { signal, retry: { attempts: 1 } }), "server"],
    [() => connect(hesitant()).getTask({ id: "t" }, { signal, onRateLimit: () => false }), "rate_limit"],
    [() => upsertMany(connect(hesitant()), [{ id: "a" }, { id: "b" }], { signal, chunkSize: 1 }), undefined],
  ]) {
    const ends = Array.from({ length: 3 }, () => call().catch((error) => error));
    for (const end of await Promise.all(ends)) assert.equal(end.kind, kind, call);
    assert.equal(getEventListeners(signal, "abort").length, 0, call);
    assert.equal(timers(), before, call);
  }
});

test("calls that are aborted leave no timer and no listener, wherever they were", async () => {
  const before = timers();
  for (const call of [
    (signal) => connect(silent).getTask({ id: "t" }, { signal }),
    (signal) => connect(failing).getTask({ id: "t" }, { signal, retry: { budget: 100_000 } }),
    (signal) => connect(hesitant()).waitForTask("t", { signal, pollInterval: 60_000 }),
    (signal) => upsertMany(connect(failing), [{ id: "a" }], { signal, retry: false }),
  ]) {
    const controller = new AbortController();
    const { signal } = controller;
    const reasons = Array.from({ length: 3 }, () => rejection(call(signal)));
    await settle();
    assert.ok(timers() > before, call);
    // The calls of a signal share one listener.
    assert.ok(getEventListeners(signal, "abort").length >= 1, call);
    controller.abort("enough");
    for (const reason of await Promise.all(reasons)) assert.equal(reason, "enough", call);
    assert.equal(getEventListeners(signal, "abort").length, 0, call);
    assert.equal(timers(), before, call);
  }
});

function timers() {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}
