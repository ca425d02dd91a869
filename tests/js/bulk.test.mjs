// Bulk work on the emulator: all kinds of input, faults and rate limits, with no user lost or done twice.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import * as bulk from "getstream-users/bulk";
import { createEmulator } from "getstream-users/emulator";
import { apiKey, apiSecret, overHttp, unique } from "../support/api.mjs";
import { fakeTime, settle } from "../support/clock.mjs";
import { json, noFetch, recorder, refusal, rejection } from "../support/stub.mjs";

const { upsertMany, updatePartialMany, deactivateMany, reactivateMany, deleteMany, restoreMany, exportMany } = bulk;

const numbered = (count) => Array.from({ length: count }, (_, index) => ({ id: `u${index}`, name: `User ${index}` }));
const ids = (count) => numbered(count).map(({ id }) => id);

/** An emulator, and a client whose requests are counted in `calls`. */
function emulated(options) {
  const emulator = createEmulator({ taskDuration: 0, ...options });
  const calls = { now: 0, most: 0, all: 0 };
  const fetch = async (url, init) => {
    calls.all++;
    calls.most = Math.max(calls.most, ++calls.now);
    try {
      return await emulator.fetch(url, init);
    } finally {
      calls.now--;
    }
  };
  return { emulator, calls, client: new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch }) };
}

/** All users of the emulator, by id. */
const usersOf = (emulator) => new Map(Object.entries(JSON.parse(emulator.state()).app.users));
const known = async (client, id) => (await client.queryUsers({ payload: { filter_conditions: { id } } })).users.length;
const sizes = (emulator, operation) =>
  emulator.requests({ operation }).map(({ body }) => Object.keys(body.users ?? body.user_ids).length);

/** A client with this `fetch`. */
const stubbed = (fetch, options) => new StreamClient("key", "secret", { fetch, ...options });
const written = ({ json: { users } }) => json({ users, membership_deletion_task_id: "", duration: "1ms" });

function stream(items) {
  return new ReadableStream({
    start(controller) {
      for (const item of items) controller.enqueue(item);
      controller.close();
    },
  });
}

test("users are read from every kind of iterable and from streams", async () => {
  const users = numbered(130);
  const readerOnly = () => ({ getReader: () => stream(users).getReader() });
  for (const [name, source, total] of [
    ["array", users, 130],
    ["set", new Set(users), 130],
    [
      "generator",
      (function* () {
        yield* users;
      })(),
      undefined,
    ],
    [
      "async generator",
      (async function* () {
        yield* users;
      })(),
      undefined,
    ],
    ["stream", stream(users), undefined],
    ["stream that is not iterable", readerOnly(), undefined],
  ]) {
    const { emulator, client } = emulated();
    let progress;
    const result = await upsertMany(client, source, {
      onProgress: (now) => {
        progress = now;
      },
    });
    const { checkpoint, ...counts } = result;
    assert.deepEqual(counts, { sent: 130, succeeded: 130, failed: [], skipped: 0 }, name);
    assert.deepEqual(progress, {
      sent: 130,
      succeeded: 130,
      failed: 0,
      skipped: 0,
      ...(total === undefined ? {} : { total }),
    });
    assert.deepEqual(sizes(emulator, "UpdateUsers").sort(), [100, 30], name);
  }
});

test("an empty input sends no request", async () => {
  const result = await upsertMany(stubbed(noFetch), []);
  assert.deepEqual([result.sent, result.succeeded, result.failed], [0, 0, []]);
});

test("a request has as many users as the API accepts, or `chunkSize` of them", async () => {
  for (const [run, operation, size] of [
    [upsertMany, "UpdateUsers", 100],
    [updatePartialMany, "UpdateUsersPartial", 100],
    [deactivateMany, "DeactivateUsers", 100],
    [reactivateMany, "ReactivateUsers", 100],
    [exportMany, "ExportUsers", 25],
    [deleteMany, "DeleteUsers", 100],
    [restoreMany, "RestoreUsers", 100],
  ]) {
    const { emulator, client } = emulated();
    await upsertMany(client, numbered(120));
    if (run === restoreMany) await deleteMany(client, ids(120));
    const items = run === upsertMany || run === updatePartialMany ? numbered(120) : ids(120);
    const before = emulator.requests({ operation }).length;
    const { succeeded, failed } = await run(client, items);
    assert.deepEqual([succeeded, failed], [120, []], operation);
    assert.equal(Math.max(...sizes(emulator, operation).slice(before)), size, operation);
    const small = run === restoreMany ? await deleteMany(client, ids(120)) : undefined;
    const from = emulator.requests({ operation }).length;
    await run(client, items, { chunkSize: 7 });
    const later = sizes(emulator, operation).slice(from);
    assert.equal(Math.max(...later), 7, `${operation} ${small?.succeeded ?? ""}`);
    assert.equal(
      later.reduce((sum, each) => sum + each),
      120,
    );
  }
});

test("the first request goes alone; then `concurrency` requests run at once, by default six", async () => {
  for (const [concurrency, most] of [
    [undefined, 6],
    [1, 1],
    [4, 4],
  ]) {
    const waiting = [];
    let now = 0;
    let seen = 0;
    const { fetch } = recorder(async (request) => {
      seen = Math.max(seen, ++now);
      await new Promise((resolve) => waiting.push(resolve));
      now--;
      return written(request);
    });
    const done = upsertMany(stubbed(fetch), numbered(200), { chunkSize: 10, concurrency });
    await settle();
    assert.equal(now, 1);
    for (let turn = 0; turn < 30; turn++) {
      waiting.shift()?.();
      await settle(5);
    }
    assert.equal((await done).succeeded, 200);
    assert.equal(seen, most);
  }
});

test("each refused user fails alone, and all others succeed", async () => {
  const { emulator, client } = emulated();
  await client.upsertUsers([{ id: "u17" }, { id: "u250" }]);
  await client.deactivateUser({ user_id: "u17" });
  await client.deleteUsers({ user_ids: ["u250"] });
  const users = numbered(300);
  users[3] = { id: "not an id" };
  users[4] = { name: "nobody" };
  users[60] = { ...users[60], custom: { map: new Map([[1, 2]]) } };
  users[120] = { ...users[120], role: "no-such-role" };
  users[299] = { ...users[299], custom: { long: "x".repeat(6000) } };
  const outcomes = [];
  const { succeeded, failed, sent } = await upsertMany(client, users, {
    onResult: (outcome) => outcomes.push(outcome),
  });
  assert.deepEqual([sent, succeeded, failed.length], [300, 293, 7]);
  const byIndex = new Map(failed.map((failure) => [users.indexOf(failure.user), failure]));
  for (const [index, kind, id] of [
    [3, "invalid_argument", "not an id"],
    [4, "invalid_argument", undefined],
    [17, "not_found", "u17"],
    [60, "invalid_argument", "u60"],
    [120, "invalid_request", "u120"],
    [250, "not_found", "u250"],
    [299, "invalid_argument", "u299"],
  ]) {
    const failure = byIndex.get(index);
    assert.ok(failure.error instanceof StreamError, String(index));
    assert.deepEqual([failure.error.kind, failure.id], [kind, id], String(index));
  }
  const reported = outcomes.flatMap((outcome) => [...outcome.succeeded, ...outcome.failed.map(({ id }) => id)]);
  assert.equal(reported.length, 300);
  assert.equal(new Set(reported).size, 300);
  const stored = usersOf(emulator);
  const good = users.filter((_, index) => !byIndex.has(index));
  assert.ok(good.every(({ id, name }) => stored.get(id)?.profile.name === name));
});

test("an error that every request would get ends the work, and `resultOf` returns what was done", async () => {
  const { emulator, client } = emulated();
  await rejection(deleteMany(client, ids(10), { request: { user: "hardly" } })).then((error) => {
    assert.deepEqual([error.kind, error.field], ["invalid_argument", "user"]);
  });
  emulator.faults.add({ operation: "UpdateUsers", skip: 2, fault: { status: 403 } });
  const error = await rejection(upsertMany(client, numbered(1000), { concurrency: 1 }));
  assert.equal(error.kind, "permission");
  const result = bulk.resultOf(error);
  assert.deepEqual([result.succeeded, result.checkpoint], [200, "upsertMany@200"]);
  assert.equal(bulk.resultOf(new Error("another")), undefined);
  assert.equal(bulk.resultOf("text"), undefined);
});

test("of two changes to one user the later wins, even when requests overtake each other", async () => {
  const { emulator, client } = emulated();
  emulator.faults.add({ operation: "UpdateUsers", probability: 0.3, fault: { latency_ms: 5 } });
  const users = Array.from({ length: 600 }, (_, index) => ({ id: `u${index % 37}`, name: String(index) }));
  users.push(...Array.from({ length: 50 }, (_, index) => ({ id: "same", name: String(index) })));
  const { succeeded, failed, checkpoint } = await upsertMany(client, users, { chunkSize: 10 });
  assert.deepEqual([succeeded, failed, checkpoint], [650, [], "upsertMany@650"]);
  const stored = usersOf(emulator);
  for (let index = 600 - 37; index < 600; index++) {
    assert.equal(stored.get(`u${index % 37}`).profile.name, String(index));
  }
  assert.equal(stored.get("same").profile.name, "49");
});

test("with faults of all kinds, every user succeeds exactly once", async (t) => {
  const pass = fakeTime(t);
  const { emulator, client } = emulated();
  for (const fault of [{ status: 503 }, { status: 429 }, { status: 500 }, { drop: "before" }, { drop: "after" }]) {
    emulator.faults.add({ operation: "UpdateUsers", probability: 0.05, fault });
  }
  const seen = [];
  const work = upsertMany(client, numbered(4000), {
    chunkSize: 25,
    onResult: ({ succeeded }) => {
      seen.push(...succeeded);
    },
  });
  const { succeeded, failed } = await pass(work);
  assert.deepEqual([succeeded, failed], [4000, []]);
  assert.equal(new Set(seen).size, 4000);
  assert.equal(seen.length, 4000);
  assert.equal(usersOf(emulator).size, 4000);
  assert.ok(emulator.faults.list().every(({ hits }) => hits > 0));
});

test("a low rate limit is used up without a single 429", async (t) => {
  const pass = fakeTime(t);
  const { emulator, client } = emulated({ rateLimits: { operations: { UpdateUsers: 7 } } });
  const before = Date.now();
  const { succeeded } = await pass(upsertMany(client, numbered(3000)), 1000);
  assert.equal(succeeded, 3000);
  assert.equal(usersOf(emulator).size, 3000);
  const requests = emulator.requests({ operation: "UpdateUsers" });
  assert.deepEqual(
    requests.filter(({ status }) => status !== 201),
    [],
  );
  assert.equal(requests.length, 30);
  // 30 requests at 7 a minute: four windows have to end, with no time lost between them.
  const minutes = (Date.now() - before) / 60_000;
  assert.ok(minutes > 3 && minutes < 5, String(minutes));
});

test("after a 429, no request is sent until `Retry-After` is over", async (t) => {
  const pass = fakeTime(t);
  const times = [];
  const { fetch } = recorder((request, index) => {
    times.push(Date.now());
    if (index === 3) return refusal(9, "Too many requests", 429, { headers: { "retry-after": "20" } });
    return new Promise((resolve) => setTimeout(() => resolve(written(request)), 1000));
  });
  const { succeeded } = await pass(upsertMany(stubbed(fetch), numbered(500), { chunkSize: 10, concurrency: 3 }), 100);
  assert.equal(succeeded, 500);
  assert.equal(times.length, 51);
  const refused = times[3];
  assert.deepEqual(
    times.slice(4).filter((time) => time > refused && time < refused + 20_000),
    [],
  );
});

test("a server that stays unavailable ends the work when `patience` is over", async (t) => {
  const pass = fakeTime(t);
  const { fetch, requests } = recorder(() => refusal(-1, "", 503));
  const began = Date.now();
  const work = rejection(upsertMany(stubbed(fetch), numbered(1000), { patience: 60_000 }));
  const error = await pass(work, 1000);
  assert.equal(error.kind, "server");
  assert.ok(Date.now() - began < 90_000);
  assert.ok(requests.length < 200, String(requests.length));
  assert.equal(bulk.resultOf(error).checkpoint, "upsertMany@0");
});

test("a user with an `unrecoverable` error is found without retries", async () => {
  const { fetch, requests } = recorder((request) => {
    if (!request.body.includes('"u5"')) return written(request);
    return json({ code: -1, message: "broken user", unrecoverable: true }, { status: 500 });
  });
  const { succeeded, failed } = await upsertMany(stubbed(fetch), numbered(64), { chunkSize: 64 });
  assert.equal(succeeded, 63);
  assert.deepEqual(
    failed.map(({ id, error }) => [id, error.unrecoverable, error.attempts]),
    [["u5", true, 1]],
  );
  // The whole chunk, one request for each bisection, and the users returned by it.
  assert.ok(requests.length <= 1 + Math.log2(64) + 4, String(requests.length));
});

test("users whose requests keep failing fail after `patience` if others succeed", async (t) => {
  const pass = fakeTime(t);
  const { fetch } = recorder((request) => (request.body.includes('"u5"') ? refusal(-1, "", 500) : written(request)));
  const work = upsertMany(stubbed(fetch), slowly(numbered(100)), { chunkSize: 5, patience: 20_000 });
  const { succeeded, failed } = await pass(work);
  assert.equal(succeeded, 95);
  assert.deepEqual(
    failed.map(({ id, error }) => [id, error.kind]),
    [5, 6, 7, 8, 9].map((index) => [`u${index}`, "server"]),
  );
});

async function* slowly(items) {
  for (const item of items) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    yield item;
  }
}

test("aborted work rejects with the signal's reason, and can be resumed from its checkpoint", async () => {
  for (const reason of [new RangeError("mine"), "text", undefined]) {
    const { emulator, client } = emulated();
    const controller = new AbortController();
    const tokens = [];
    const seen = [];
    const options = {
      chunkSize: 10,
      signal: controller.signal,
      onResult: ({ succeeded }) => {
        seen.push(...succeeded);
        if (seen.length >= 150) controller.abort(reason);
      },
      onCheckpoint: (token) => {
        tokens.push(token);
      },
    };
    const why = await rejection(upsertMany(client, numbered(500), options));
    assert.equal(why, reason === undefined ? controller.signal.reason : reason);
    const sent = emulator.requests({ operation: "UpdateUsers" }).length;
    assert.ok(sent < 30, String(sent));
    const done = tokens.map((token) => Number(token.split("@")[1]));
    assert.deepEqual(
      done,
      done.toSorted((one, other) => one - other),
    );
    assert.ok(done.at(-1) >= 90 && done.at(-1) <= 210, String(done.at(-1)));
    const stored = usersOf(emulator);
    assert.ok(ids(done.at(-1)).every((id) => stored.has(id)));

    const rest = await upsertMany(client, numbered(500), { resume: tokens.at(-1) });
    assert.deepEqual([rest.skipped, rest.sent, rest.succeeded], [done.at(-1), 500 - done.at(-1), 500 - done.at(-1)]);
    assert.equal(rest.checkpoint, "upsertMany@500");
    assert.equal(usersOf(emulator).size, 500);
  }
  const error = await rejection(upsertMany(stubbed(noFetch), [{ id: "a" }], { signal: AbortSignal.abort("early") }));
  assert.equal(error, "early");
});

test("on an abort the input is closed, and an input that never answers is left", async () => {
  const { client } = emulated();
  const closed = [];
  async function* endless(name) {
    try {
      for (let index = 0; ; index++) yield { id: `u${index}` };
    } finally {
      closed.push(name);
    }
  }
  const controller = new AbortController();
  const onProgress = ({ sent }) => {
    if (sent > 500) controller.abort("enough");
  };
  assert.equal(
    await rejection(upsertMany(client, endless("async"), { signal: controller.signal, onProgress })),
    "enough",
  );
  assert.deepEqual(closed, ["async"]);

  const silent = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };
  const impatient = new AbortController();
  const work = rejection(upsertMany(client, silent, { signal: impatient.signal }));
  await settle();
  impatient.abort("silence");
  assert.equal(await work, "silence");
});

test("an exception of the input or of a listener ends the work", async () => {
  const reason = new RangeError("mine");
  const { client } = emulated();
  async function* broken() {
    yield* numbered(250);
    throw reason;
  }
  assert.equal(await rejection(upsertMany(client, broken())), reason);
  assert.ok(bulk.resultOf(reason).succeeded >= 100);
  for (const name of ["onProgress", "onResult", "onCheckpoint"]) {
    const fail = async () => {
      throw reason;
    };
    assert.equal(await rejection(upsertMany(client, numbered(1000), { [name]: fail })), reason, name);
  }
});

test("the input is read at most two rounds of chunks ahead", async () => {
  const COUNT = 100_000;
  let pulled = 0;
  let done = 0;
  let most = 0;
  async function* users() {
    for (; pulled < COUNT; pulled++) {
      most = Math.max(most, pulled - done);
      yield { id: `u${pulled}` };
    }
  }
  const { fetch } = recorder((request) => new Response(JSON.stringify({ users: {}, of: request.url.length })));
  const discard = { fetch: (url, init) => fetch(url, { method: init.method, headers: {}, body: "" }) };
  const result = await upsertMany(stubbed(discard.fetch), users(), {
    onResult: ({ succeeded }) => {
      done += succeeded.length;
    },
  });
  assert.equal(result.succeeded, COUNT);
  assert.ok(most <= 2 * 6 * 100, String(most));
});

test("a slow listener slows down the work", async () => {
  const { client, calls } = emulated();
  let go;
  const wait = new Promise((resolve) => {
    go = resolve;
  });
  const work = upsertMany(client, numbered(3000), { onResult: () => wait });
  await settle(100);
  assert.ok(calls.all <= 12, String(calls.all));
  go();
  assert.equal((await work).succeeded, 3000);
});

test("tasks are awaited, and their results are reported for each user", async () => {
  const { client } = emulated({ taskDuration: 20 });
  await upsertMany(client, numbered(120));
  const wait = { pollInterval: 5 };
  const tasks = [];
  const unknown = [...ids(120), "nobody"];
  const onResult = ({ task_ids }) => {
    tasks.push(...task_ids);
  };
  const deactivated = await deactivateMany(client, unknown, {
    wait,
    onResult,
    request: { mark_messages_deleted: true },
  });
  assert.deepEqual([deactivated.succeeded, deactivated.failed.length, "task_ids" in deactivated], [120, 1, false]);
  const [{ id, user, error }] = deactivated.failed;
  assert.deepEqual([id, user, error.kind], ["nobody", "nobody", "task_failed"]);
  assert.equal(tasks.length, 2);
  assert.equal(await known(client, "u7"), 0);

  assert.equal((await reactivateMany(client, ids(120), { wait })).succeeded, 120);
  assert.equal(await known(client, "u7"), 1);

  // A missing user fails the whole export of 25; its other users are exported in another one.
  const exported = await exportMany(client, unknown, { wait });
  assert.deepEqual([exported.succeeded, exported.failed.map((failure) => failure.id)], [120, ["nobody"]]);
  assert.ok(exported.urls.length >= 5);
  assert.ok(exported.urls.every((url) => url.includes("/exports/users/")));

  const started = await deleteMany(client, ids(120), { wait: false });
  assert.equal(started.task_ids.length, 2);
  assert.equal((await client.waitForTask(started.task_ids[0], wait)).status, "completed");
  assert.equal((await restoreMany(client, ids(120))).succeeded, 120);
});

test("a task that times out fails its users, and the others continue", async (t) => {
  const pass = fakeTime(t);
  const { emulator, client } = emulated({ taskDuration: 0 });
  await pass(upsertMany(client, numbered(60)));
  emulator.settings.set({ task_duration_ms: 60_000 });
  const work = deleteMany(client, ids(60), {
    chunkSize: 30,
    concurrency: 1,
    wait: { timeout: 5000 },
    onResult: () => emulator.settings.set({ task_duration_ms: 0 }),
  });
  const { succeeded, failed } = await pass(work);
  assert.equal(succeeded, 30);
  assert.ok(failed.length === 30 && failed.every(({ error }) => error.kind === "timeout" && error.task !== undefined));
});

test("a failed status request is retried without starting the task again", async (t) => {
  const pass = fakeTime(t);
  const { emulator, client } = emulated({ taskDuration: 2000 });
  await pass(upsertMany(client, numbered(50)));
  emulator.faults.add({ operation: "GetTask", times: 8, fault: { status: 500 } });
  const { succeeded } = await pass(deleteMany(client, ids(50)));
  assert.equal(succeeded, 50);
  assert.equal(emulator.requests({ operation: "DeleteUsers" }).length, 1);
});

test("retrying a restore whose response was lost counts as success", async (t) => {
  const pass = fakeTime(t);
  const { emulator, client } = emulated();
  await pass(upsertMany(client, numbered(40)));
  await pass(deleteMany(client, ids(38)));
  emulator.faults.add({ operation: "RestoreUsers", times: 1, fault: { drop: "after" } });
  const { succeeded, failed } = await pass(restoreMany(client, ids(38)));
  assert.deepEqual([succeeded, failed], [38, []]);
  const again = await pass(restoreMany(client, ids(40).slice(37)));
  assert.deepEqual([again.succeeded, again.failed.map(({ id }) => id)], [0, ["u37", "u38", "u39"]]);
});

test("invalid arguments are refused before the input is read or a request is sent", async () => {
  const client = stubbed(noFetch);
  const input = {
    [Symbol.iterator]() {
      throw new Error("taken");
    },
  };
  for (const [options, field] of [
    [{ concurrency: 0 }, "concurrency"],
    [{ concurrency: 7 }, "concurrency"],
    [{ concurrency: "many" }, "concurrency"],
    [{ chunkSize: 101 }, "chunkSize"],
    [{ patience: -1 }, "patience"],
    [{ patience: "long" }, "patience"],
    [{ onProgress: 1 }, "onProgress"],
    [{ onResult: {} }, "onResult"],
    [{ onCheckpoint: "x" }, "onCheckpoint"],
    [{ signal: {} }, "signal"],
    [{ resume: "deleteMany@7" }, "resume"],
    [{ wait: 7 }, "wait"],
    [{ request: 7 }, "request"],
    ["text", "options"],
  ]) {
    const error = await rejection(upsertMany(client, input, options));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", field], JSON.stringify(options));
    assert.match(error.message, /^upsertMany: /);
  }
  for (const source of ["ada", undefined, null, 7, {}, { length: 1 }]) {
    const error = await rejection(deleteMany(client, source));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", "userIds"], String(source));
  }
  for (const other of [undefined, {}, "client"]) {
    assert.equal((await rejection(upsertMany(other, []))).field, "client");
  }
  const typo = await rejection(upsertMany(client, [{ id: "a" }], { timeout: -1 }));
  assert.deepEqual([typo.kind, typo.field], ["invalid_argument", "timeout"]);
});

test("bulk work runs over HTTP, too", async () => {
  const client = new StreamClient(apiKey, apiSecret, overHttp);
  const prefix = unique("bulk");
  const users = Array.from({ length: 450 }, (_, index) => ({ id: `${prefix}-${index}` }));
  users[120] = { id: `${prefix}-120`, role: "no-such-role" };
  const { succeeded, failed } = await upsertMany(client, users);
  assert.deepEqual([succeeded, failed.map(({ id }) => id)], [449, [`${prefix}-120`]]);
  const userIds = users.map(({ id }) => id).filter((id) => !id.endsWith("-120"));
  assert.equal((await deactivateMany(client, userIds, { wait: { pollInterval: 20 } })).succeeded, 449);
  assert.equal((await deleteMany(client, userIds, { wait: { pollInterval: 20 } })).succeeded, 449);
  assert.equal((await restoreMany(client, userIds)).succeeded, 449);
});
