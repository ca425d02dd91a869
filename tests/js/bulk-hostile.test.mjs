// Bulk work with hostile inputs, responses and servers.

import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { StreamClient, StreamError } from "getstream-users";
import { deleteMany, restoreMany, resultOf, upsertMany } from "getstream-users/bulk";
import { settle } from "../support/clock.mjs";
import { json, noFetch, recorder, refusal, rejection } from "../support/stub.mjs";

const stubbed = (fetch) => new StreamClient("key", "secret", { fetch });
const written = ({ json: { users } }) => json({ users, duration: "" });
const reason = new RangeError("mine");

/** The warnings that Node emits, such as for leaks and for timers that are too long. */
function warningsOf(t) {
  const warnings = [];
  const onWarning = (warning) => warnings.push(warning);
  process.on("warning", onWarning);
  t.after(() => process.off("warning", onWarning));
  return warnings;
}

const fail = () => {
  throw reason;
};

test("users that the client refuses do not block timers or signals", async () => {
  const client = stubbed(noFetch);
  let pulled = 0;
  function* refused() {
    for (; pulled < 50_000; pulled++) yield { id: `u ${pulled}` };
  }
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const signal = AbortSignal.timeout(50);
  const why = await rejection(upsertMany(client, refused(), { signal }));
  clearInterval(timer);
  assert.equal(why, signal.reason);
  assert.ok(ticks > 0, "no timer ran");
  assert.ok(pulled < 50_000, "the signal was not heard");
  const { failed, sent } = resultOf(why);
  assert.ok(failed.length > 0 && failed.length <= sent);
});

test("items that `resume` skips do not block timers or signals", async () => {
  let pulled = 0;
  function* many() {
    for (; pulled < 2_000_000; pulled++) yield { id: "u" };
  }
  const controller = new AbortController();
  setTimeout(() => controller.abort("enough"), 20);
  const options = { signal: controller.signal, resume: `upsertMany@${Number.MAX_SAFE_INTEGER}` };
  assert.equal(await rejection(upsertMany(stubbed(noFetch), many(), options)), "enough");
  assert.ok(pulled > 0 && pulled < 2_000_000, String(pulled));
});

test("a `Retry-After` of months, or of no valid number, causes no early retry and no warning", async (t) => {
  const warnings = warningsOf(t);
  for (const [status, code] of [
    [503, -1],
    [429, 9],
  ]) {
    for (const after of ["9999999", "1e400", "9".repeat(400)]) {
      const { fetch, requests } = recorder(() => refusal(code, "", status, { headers: { "retry-after": after } }));
      const controller = new AbortController();
      const options = { patience: Number.POSITIVE_INFINITY, signal: controller.signal };
      // Without a valid header, the delay is at least half a second.
      const work = rejection(upsertMany(stubbed(fetch), [{ id: "a" }], options));
      await pause(40);
      controller.abort("enough");
      assert.equal(await work, "enough");
      assert.equal(requests.length, 1, `${status} ${after.slice(0, 10)}`);
    }
  }
  assert.deepEqual(warnings, []);
});

test("many jobs share a signal without a warning of Node", async (t) => {
  const warnings = warningsOf(t);
  const controller = new AbortController();
  const { signal } = controller;
  const client = stubbed((_, { signal }) => {
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
  });
  const jobs = Array.from({ length: 20 }, () => rejection(upsertMany(client, [{ id: "a" }], { signal })));
  await settle();
  controller.abort("enough");
  assert.deepEqual(new Set(await Promise.all(jobs)), new Set(["enough"]));
  await settle();
  assert.deepEqual(warnings, []);
});

test("an item that throws when it is read fails, and the others succeed", async () => {
  const getter = (name) => Object.defineProperty({ id: "g" }, name, { get: fail, enumerable: true });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const [name, hostile] of [
    ["a getter for the id", getter("id")],
    ["a getter for the name", getter("name")],
    ["a getter deep inside", { id: "g", custom: getter("deep") }],
    ["a revoked proxy", proxy],
    ["a proxy that throws", new Proxy({}, { get: fail, ownKeys: fail, getPrototypeOf: fail })],
    ["a toJSON that throws", { id: "g", custom: { value: { toJSON: fail } } }],
    ["an id whose toJSON throws", { id: { toJSON: fail } }],
  ]) {
    const { fetch, requests } = recorder(written);
    const items = [{ id: "a" }, { id: "b" }, hostile, { id: "c" }];
    const { succeeded, failed } = await upsertMany(stubbed(fetch), items);
    assert.deepEqual([succeeded, failed.length], [3, 1], name);
    assert.equal(failed[0].user, hostile, name);
    assert.ok(failed[0].error instanceof StreamError && failed[0].error.kind === "invalid_argument", name);
    const sent = requests.flatMap(({ json }) => Object.keys(json.users));
    assert.deepEqual(sent.sort(), ["a", "b", "c"], name);
  }
});

test("ids may be objects that JSON writes as strings, and of two users with one id the later wins", async () => {
  const objectId = (text) => ({ toJSON: () => text });
  const { fetch, requests } = recorder(written);
  const outcomes = [];
  const users = [
    { id: objectId("a"), name: "1" },
    { id: "b", name: "2" },
    { id: objectId("b"), name: "3" },
    { id: objectId("a"), name: "4" },
  ];
  const { succeeded, failed } = await upsertMany(stubbed(fetch), users, {
    concurrency: 1,
    onResult: ({ succeeded }) => outcomes.push(...succeeded),
  });
  assert.deepEqual([succeeded, failed], [4, []]);
  assert.deepEqual(outcomes, ["a", "b", "b", "a"]);
  const names = requests.map(({ json }) =>
    Object.fromEntries(Object.values(json.users).map(({ id, name }) => [id, name])),
  );
  assert.deepEqual(names, [
    { a: "1", b: "2" },
    { a: "4", b: "3" },
  ]);
});

test("a broken iterator ends the work with an error", async () => {
  const client = stubbed(noFetch);
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  const once = (next) => ({ [Symbol.iterator]: () => ({ next }) });
  for (const [name, input] of [
    ["a revoked proxy", proxy],
    ["a getter for the iterator that throws", Object.defineProperty({}, Symbol.iterator, { get: fail })],
    ["an iterator without results", once(() => undefined)],
    ["a result that throws when it is read", once(() => Object.defineProperty({}, "done", { get: fail }))],
    ["a result whose value throws", once(() => Object.defineProperty({ done: false }, "value", { get: fail }))],
  ]) {
    const error = await rejection(upsertMany(client, input));
    assert.ok(error instanceof StreamError, `${name}: ${error}`);
    assert.deepEqual([error.kind, error.field, error.outcome], ["invalid_argument", "users", "not_sent"], name);
    assert.match(error.message, /^upsertMany: users /, name);
  }
  // An exception of the caller's own iterator is passed on unchanged.
  assert.equal(await rejection(upsertMany(client, once(fail))), reason);
  assert.equal(await rejection(upsertMany(client, { [Symbol.iterator]: fail })), reason);
});

test("an error while closing the input does not replace the reason for the end", async () => {
  const { fetch } = recorder(written);
  const controller = new AbortController();
  let index = 0;
  const input = { [Symbol.iterator]: () => ({ next: () => ({ value: { id: `u${index++}` } }), return: fail }) };
  const onProgress = () => controller.abort("enough");
  assert.equal(await rejection(upsertMany(stubbed(fetch), input, { signal: controller.signal, onProgress })), "enough");
});

test("a response without a task id ends the work, and the deletion is not sent again", async () => {
  for (const body of [{}, { task_id: 7 }, { task_id: null }]) {
    const { fetch, requests } = recorder(() => json({ ...body, duration: "" }));
    const error = await rejection(deleteMany(stubbed(fetch), ["a", "b"]));
    assert.equal(error.kind, "response");
    assert.match(error.message, /task_id/);
    assert.equal(requests.length, 1);
  }
});

test("the client may be a proxy or a mock", async () => {
  const { fetch, requests } = recorder(written);
  const client = stubbed(fetch);
  const calls = [];
  const spy = new Proxy(client, {
    get(target, name) {
      calls.push(name);
      return Reflect.get(target, name);
    },
  });
  assert.equal((await upsertMany(spy, [{ id: "a" }])).succeeded, 1);
  assert.equal(requests.length, 1);
  assert.ok(calls.includes("upsertUsers"));

  const others = { waitForTask() {}, tasks() {} };
  const mock = { ...others, upsertUsers: async () => ({ users: {} }) };
  assert.equal((await upsertMany(mock, [{ id: "a" }, { id: "b" }])).succeeded, 2);
  for (const broken of [{}, others, Object.defineProperty({ ...others }, "upsertUsers", { get: fail })]) {
    const error = await rejection(upsertMany(broken, []));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", "client"]);
  }
  // An error that is not a StreamError is a bug in the mock, so it is not retried.
  const defective = { ...others, restoreUsers: () => Promise.reject(reason) };
  assert.equal(await rejection(restoreMany(defective, ["a"])), reason);
  assert.equal(await rejection(restoreMany({ ...others, restoreUsers: fail }, ["a"])), reason);
});

test("`client.safe` is refused, because its errors would count as successes", async () => {
  const error = await rejection(upsertMany(stubbed(noFetch).safe, [{ id: "a" }]));
  assert.deepEqual([error.kind, error.field], ["invalid_argument", "client"]);
  assert.match(
    error.message,
    /must be a StreamClient; for results in place of exceptions use `safe` of getstream-users\/bulk$/,
  );
});
