// `safe` of `getstream-users/bulk`: results in place of exceptions.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import * as bulk from "getstream-users/bulk";
import { createEmulator } from "getstream-users/emulator";
import { noFetch } from "../support/stub.mjs";

const { safe, resultOf } = bulk;
const users = (count) => Array.from({ length: count }, (_, index) => ({ id: `u${index}` }));
const ids = (count) => users(count).map(({ id }) => id);

function emulated() {
  const emulator = createEmulator({ taskDuration: 0 });
  return { emulator, client: new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch }) };
}

test("`safe` has every bulk function and nothing else", async () => {
  const functions = Object.keys(bulk).filter((name) => name.endsWith("Many") || name === "syncUsers");
  assert.equal(functions.length, 8);
  assert.deepEqual(Object.keys(safe).sort(), functions.sort());
  const { client } = emulated();
  const wait = { pollInterval: 5 };
  for (const [name, items, options] of [
    ["upsertMany", users(120), {}],
    ["updatePartialMany", users(120).map(({ id }) => ({ id, set: { name: "A" } })), {}],
    ["exportMany", ids(120), { wait }],
    ["deactivateMany", ids(120), { wait }],
    ["reactivateMany", ids(120), { wait }],
    ["deleteMany", ids(120), { wait }],
    ["restoreMany", ids(120), {}],
  ]) {
    const { data, error } = await safe[name](client, items, options);
    assert.equal(error, undefined, name);
    assert.deepEqual([data.sent, data.succeeded, data.failed], [120, 120, []], name);
  }
});

test("a failure is returned as `error`, and `resultOf` returns what was done before it", async () => {
  const { emulator, client } = emulated();
  emulator.faults.add({ operation: "UpdateUsers", skip: 2, fault: { status: 403 } });
  const { data, error } = await safe.upsertMany(client, users(1000), { concurrency: 1 });
  assert.equal(data, undefined);
  assert.ok(error instanceof StreamError);
  assert.equal(error.kind, "permission");
  assert.equal(resultOf(error).succeeded, 200);
});

test("an abort is returned as `error`, with the signal's reason as its cause", async () => {
  for (const reason of [new RangeError("mine"), "text", undefined, 0]) {
    const { client } = emulated();
    const controller = new AbortController();
    const onResult = () => controller.abort(reason);
    const { data, error } = await safe.upsertMany(client, users(1000), { signal: controller.signal, onResult });
    assert.deepEqual([data, error.kind], [undefined, "aborted"]);
    assert.equal(error.cause, reason === undefined ? controller.signal.reason : reason);
    assert.ok(resultOf(error).succeeded >= 100, String(reason));
  }
});

test("an exception of a listener is the cause of the returned `error`", async () => {
  const reason = new RangeError("mine");
  const fail = () => {
    throw reason;
  };
  const { client } = emulated();
  const { error } = await safe.upsertMany(client, users(10), { onProgress: fail });
  assert.ok(error instanceof StreamError);
  assert.equal(error.cause, reason);
  assert.equal(resultOf(error).succeeded, 10);
});

test("invalid arguments are returned as `error`, not thrown", async () => {
  const client = new StreamClient("key", "secret", { fetch: noFetch });
  for (const [given, field] of [
    [[undefined, []], "client"],
    [[client, "ann"], "users"],
    [[client, [], { concurrency: 0 }], "concurrency"],
    [[client, [], { concurency: 1 }], "concurency"],
  ]) {
    const { data, error } = await safe.upsertMany(...given);
    assert.deepEqual([data, error.kind, error.field], [undefined, "invalid_argument", field]);
  }
});
