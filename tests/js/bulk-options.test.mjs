// Options of bulk work: `null` and `undefined` mean not given; wrong values are refused with the option's name.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import * as bulk from "getstream-users/bulk";
import { json, noFetch, recorder, refusal, rejection } from "../support/stub.mjs";

const { upsertMany, deleteMany, exportMany, restoreMany } = bulk;
const users = (count) => Array.from({ length: count }, (_, index) => ({ id: `u${index}` }));
const ids = (count) => users(count).map(({ id }) => id);

/** A client whose calls all succeed and whose tasks are completed at once. */
function stubbed(options) {
  const { fetch, requests } = recorder((request) => {
    if (request.method === "GET") return json({ task_id: "t", status: "completed", result: {}, duration: "" });
    return json({ users: {}, task_id: "t", duration: "" });
  });
  return { client: new StreamClient("key", "secret", { fetch, ...options }), requests };
}

const refused = new StreamClient("key", "secret", { fetch: noFetch });

const FUNCTION = { right: [() => {}], wrong: [0, 1, "f", true, {}, [], Symbol("f")] };
/** Right and wrong values of every option of bulk work. */
const OPTIONS = {
  concurrency: { right: [1, 6], wrong: [0, 7, 1.5, -1, Number.NaN, "3", true, {}, [], () => {}, 3n] },
  chunkSize: { right: [1, 100], wrong: [0, 101, 2.5, Number.POSITIVE_INFINITY, "10", false, {}, []] },
  patience: { right: [0, 1e12, Number.POSITIVE_INFINITY], wrong: [-1, Number.NaN, "long", true, {}, [], new Date(5)] },
  resume: { right: ["deleteMany@0"], wrong: ["", "upsertMany@3", "deleteMany@-1", 3, true, {}, []] },
  onProgress: FUNCTION,
  onResult: FUNCTION,
  onCheckpoint: FUNCTION,
  signal: { right: [new AbortController().signal], wrong: [{}, "signal", true, new AbortController(), () => {}] },
  wait: { right: [true, false, {}, { pollInterval: 5 }, { timeout: null }], wrong: [0, 1, "no", [], () => {}] },
  request: { right: [{}, { user: "hard" }], wrong: [7, "hard", true, [], () => {}] },
};

test("every option accepts its valid values, `null` and `undefined`, and refuses wrong types", async () => {
  const { client, requests } = stubbed();
  await deleteMany(client, ids(250));
  const sent = (from) => requests.slice(from).map(({ method, url, body }) => [method, url.split("?")[0], body]);
  const plain = sent(0);
  for (const [name, { right, wrong }] of Object.entries(OPTIONS)) {
    for (const value of [undefined, null]) {
      const from = requests.length;
      assert.equal((await deleteMany(client, ids(250), { [name]: value })).succeeded, 250);
      assert.deepEqual(sent(from).sort(), plain.toSorted(), `${name}: ${value}`);
    }
    for (const value of right) {
      assert.equal((await deleteMany(client, ids(3), { [name]: value })).succeeded, 3, `${name}: ${String(value)}`);
    }
    for (const value of wrong) {
      const error = await rejection(deleteMany(refused, [], { [name]: value }));
      const what = `${name}: ${String(value)}: ${error.message}`;
      assert.ok(error instanceof StreamError, what);
      assert.deepEqual([error.kind, error.field, error.outcome], ["invalid_argument", name, "not_sent"], what);
      assert.match(error.message, new RegExp(`^deleteMany: ${name} must be .+, but was .+`), what);
    }
  }
});

test("the message about a wrong option names the expected and the given value", async () => {
  for (const [options, message] of [
    [{ concurrency: 7 }, "deleteMany: concurrency must be a whole number from 1 to 6, but was 7"],
    [{ concurrency: "3" }, "deleteMany: concurrency must be a whole number from 1 to 6, but was a string"],
    [{ onResult: [] }, "deleteMany: onResult must be a function, but was an array"],
    [{ signal: {} }, "deleteMany: signal must be an AbortSignal, but was an object"],
    [{ wait: 7 }, "deleteMany: wait must be true, false, or an object of pollInterval and timeout, but was 7"],
    [
      { wait: { pollInterval: 0 } },
      "deleteMany: wait.pollInterval must be milliseconds, more than 0 and at most 2147483647, but was 0",
    ],
    [
      { wait: { timeout: 3e9 } },
      "deleteMany: wait.timeout must be milliseconds, more than 0 and at most 2147483647, but was 3000000000",
    ],
    [
      { request: { user_ids: ["a"] } },
      "deleteMany: request must be an object without user_ids, which are the second argument, but was an object",
    ],
    ["text", "deleteMany: options must be an object, but was a string"],
    [[], "deleteMany: options must be an object, but was an array"],
  ]) {
    assert.equal((await rejection(deleteMany(refused, [], options))).message, message);
  }
});

test("unknown options are refused, with the option that was probably meant", async () => {
  for (const [run, options, field, message] of [
    [upsertMany, { concurency: 3 }, "concurency", "upsertMany: unknown option concurency; did you mean concurrency?"],
    [upsertMany, { timeOut: 3 }, "timeOut", "upsertMany: unknown option timeOut; did you mean timeout?"],
    [upsertMany, { onprogress() {} }, "onprogress", "upsertMany: unknown option onprogress; did you mean onProgress?"],
    [deleteMany, { requests: {} }, "requests", "deleteMany: unknown option requests; did you mean request?"],
    [
      deleteMany,
      { wait: { pollinterval: 3 } },
      "wait.pollinterval",
      "deleteMany: unknown option wait.pollinterval; did you mean pollInterval?",
    ],
    [upsertMany, { wait: true }, "wait", /^upsertMany: unknown option wait; /],
    [upsertMany, { request: {} }, "request", /^upsertMany: unknown option request; /],
    [restoreMany, { wait: true }, "wait", /^restoreMany: unknown option wait; /],
    [exportMany, { request: {} }, "request", /^exportMany: unknown option request; /],
    [upsertMany, { xyz: undefined }, "xyz", /^upsertMany: unknown option xyz; the options are concurrency, /],
  ]) {
    const error = await rejection(run(refused, [], options));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", field]);
    if (typeof message === "string") assert.equal(error.message, message);
    else assert.match(error.message, message);
  }
});

test("an option that throws when it is read is refused, with the exception as `cause`", async () => {
  const reason = new RangeError("mine");
  const fail = () => {
    throw reason;
  };
  const getter = (name) => Object.defineProperty({}, name, { get: fail, enumerable: true });
  for (const [options, field] of [
    [getter("concurrency"), "concurrency"],
    [getter("signal"), "signal"],
    [getter("timeout"), "timeout"],
    [{ wait: getter("timeout") }, "wait.timeout"],
    [{ request: getter("user") }, "request"],
    [new Proxy({}, { ownKeys: fail }), "options"],
  ]) {
    const error = await rejection(deleteMany(refused, [], options));
    assert.ok(error instanceof StreamError);
    assert.deepEqual([error.kind, error.field, error.cause], ["invalid_argument", field, reason]);
    assert.equal(error.message, `deleteMany: ${field} throws when it is read; \`cause\` has the reason`);
  }
});

test("options of a call apply to every request, and the request validates them", async () => {
  const { client, requests } = stubbed();
  const headers = { "x-mine": "1" };
  await deleteMany(client, ids(250), { headers, timeout: 500, deadline: 1000, retry: null, onRateLimit: undefined });
  const calls = requests.filter(({ method }) => method === "POST");
  assert.equal(calls.length, 3);
  assert.ok(calls.every((request) => request.headers["x-mine"] === "1"));
  for (const [options, field] of [
    [{ timeout: -1 }, "timeout"],
    [{ deadline: "soon" }, "deadline"],
    [{ retry: { attempts: 0 } }, "retry.attempts"],
    [{ headers: [] }, "headers"],
    [{ onRateLimit: 7 }, "onRateLimit"],
  ]) {
    const error = await rejection(upsertMany(refused, users(1), options));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", field]);
  }
});

test("the client's retries are off unless `retry` is given, because bulk work has its own", async () => {
  for (const [options, attempts] of [
    [{}, 1],
    [{ retry: null }, 1],
    [{ retry: false }, 1],
    [{ retry: { attempts: 3, budget: 5000 } }, 3],
  ]) {
    const { fetch, requests } = recorder(() => refusal(-1, "", 503, { headers: { "retry-after": "0" } }));
    const client = new StreamClient("key", "secret", { fetch, retry: { attempts: 5 } });
    // With `retry-after: 0`, `patience` ends by the clock, not by a delay that is too long.
    const error = await rejection(upsertMany(client, users(1), { ...options, patience: 20 }));
    assert.equal(error.attempts, attempts, JSON.stringify(options));
    assert.equal(requests.length % attempts, 0);
    assert.ok(requests.length > attempts, "bulk work did not retry");
  }
});

test("the client's `onRateLimit` is called after every 429, and may leave the wait to bulk work", async () => {
  for (const [chosen, attempts] of [
    [false, 1],
    [undefined, 1],
    [true, 1],
    [0, 2],
  ]) {
    const seen = [];
    const { fetch, requests } = recorder((_, index) => {
      if (index === 0) return refusal(9, "Too many requests", 429, { headers: { "retry-after": "0" } });
      return json({ users: {}, duration: "" });
    });
    const onRateLimit = ({ attempt }) => {
      seen.push(attempt);
      return chosen;
    };
    const events = [];
    const client = new StreamClient("key", "secret", { fetch, onRateLimit, onRequest: (event) => events.push(event) });
    assert.equal((await upsertMany(client, users(1))).succeeded, 1);
    assert.deepEqual(seen, [1], String(chosen));
    assert.equal(requests.length, 2);
    assert.equal(events.at(-1).attempt, attempts, String(chosen));
  }
});

test("changing the `request` option during the work has no effect", async () => {
  const { client, requests } = stubbed();
  const request = { user: "soft" };
  const work = deleteMany(client, ids(300), {
    request,
    onProgress: () => {
      request.user = "hard";
    },
  });
  request.user = "hard";
  await work;
  const sent = requests.filter(({ method }) => method === "POST").map(({ json: { user } }) => user);
  assert.deepEqual(sent, ["soft", "soft", "soft"]);
});
