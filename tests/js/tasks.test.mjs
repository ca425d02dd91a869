// Waiting for tasks, with a fake clock.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import { json, recorder, refusal, rejection } from "../support/stub.mjs";

/** A client whose task has these states one after the other, and keeps the last one. */
function watching(...states) {
  const bodies = states.map((state) => (typeof state === "string" ? { status: state } : state));
  const { fetch, requests } = recorder((_, index) => {
    const body = bodies[Math.min(index, bodies.length - 1)];
    return body instanceof Response ? body.clone() : json({ task_id: "t", ...body });
  });
  return { client: new StreamClient("key", "secret", { fetch }), requests };
}

/** Runs everything that needs no time. */
async function settle() {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function clock(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  return async (milliseconds) => {
    t.mock.timers.tick(milliseconds);
    await settle();
  };
}

test("a task that has ended is returned after one poll", async () => {
  const { client, requests } = watching({ status: "completed", result: { url: "u" }, created_at: 1e18 });
  const task = await client.waitForTask("t");
  assert.deepEqual([task.status, task.result.url], ["completed", "u"]);
  assert.ok(task.created_at instanceof Date);
  assert.equal(task.metadata.responseCode, 200);
  assert.equal(requests.length, 1);
  assert.equal(new URL(requests[0].url).pathname, "/api/v2/tasks/t");
});

test("a task is polled every second until it ends", async (t) => {
  const { client, requests } = watching("pending", "running", "completed");
  const pass = clock(t);
  const wait = client.waitForTask("t");
  await settle();
  assert.equal(requests.length, 1);
  await pass(999);
  assert.equal(requests.length, 1);
  await pass(1);
  assert.equal(requests.length, 2);
  await pass(1000);
  assert.equal(requests.length, 3);
  assert.equal((await wait).status, "completed");
});

test("the poll interval can be set", async (t) => {
  const { client, requests } = watching("pending", "pending", "completed");
  const pass = clock(t);
  const wait = client.waitForTask("t", { pollInterval: 20 });
  await settle();
  await pass(19);
  assert.equal(requests.length, 1);
  await pass(1);
  assert.equal(requests.length, 2);
  await pass(20);
  assert.equal((await wait).status, "completed");
});

test("a task that fails rejects with the task and its reason", async () => {
  const error = { type: "ExportUsersError", description: "no disk", stacktrace: "…" };
  const { client } = watching("running", { status: "failed", error });
  const failure = await rejection(client.waitForTask("t", { pollInterval: 1 }));
  assert.ok(failure instanceof StreamError);
  assert.equal(failure.kind, "task_failed");
  assert.equal(failure.message, "task t failed: ExportUsersError: no disk");
  assert.deepEqual([failure.task.status, failure.task.error], ["failed", error]);
  const { client: silent } = watching("failed");
  assert.equal((await rejection(silent.waitForTask("t"))).message, "task t failed");
});

test("a task that takes too long is polled once more at the timeout, then the wait fails", async (t) => {
  const { client, requests } = watching("pending", "running");
  const pass = clock(t);
  const wait = rejection(client.waitForTask("t", { pollInterval: 100, timeout: 250 }));
  await settle();
  for (const milliseconds of [100, 100, 49]) await pass(milliseconds);
  assert.equal(requests.length, 3);
  await pass(1);
  assert.equal(requests.length, 4);
  const error = await wait;
  assert.ok(error instanceof StreamError);
  assert.equal(error.kind, "timeout");
  assert.match(error.message, /^task t did not end within 250 ms and is still running; it goes on/);
  assert.equal(error.task.status, "running");
});

test("a task that ends at the timeout is not missed", async (t) => {
  const { client } = watching("pending", "completed");
  const pass = clock(t);
  const wait = client.waitForTask("t", { pollInterval: 100, timeout: 50 });
  await settle();
  await pass(50);
  assert.equal((await wait).status, "completed");
});

test("the default timeout is a minute", async (t) => {
  const { client, requests } = watching("running");
  const pass = clock(t);
  const wait = rejection(client.waitForTask("t"));
  await settle();
  for (let second = 0; second < 60; second++) await pass(1000);
  assert.match((await wait).message, /did not end within 60000 ms/);
  assert.equal(requests.length, 61);
});

test("an unknown status keeps the wait going", async () => {
  const { client, requests } = watching("queued", { status: undefined }, { status: 7 }, "completed");
  assert.equal((await client.waitForTask("t", { pollInterval: 1 })).status, "completed");
  assert.equal(requests.length, 4);
});

test("onProgress is called after every poll, including the last", async () => {
  const { client } = watching("pending", "running", "completed");
  const seen = [];
  const task = await client.waitForTask("t", { pollInterval: 1, onProgress: (task) => seen.push(task) });
  assert.deepEqual(
    seen.map(({ status }) => status),
    ["pending", "running", "completed"],
  );
  assert.equal(seen[2], task);
});

test("a listener that throws ends the wait with what it threw", async () => {
  for (const reason of [new RangeError("mine"), "text", undefined]) {
    const { client, requests } = watching("pending");
    const onProgress = () => {
      throw reason;
    };
    assert.equal(await rejection(client.waitForTask("t", { onProgress })), reason);
    assert.equal(requests.length, 1);
  }
});

test("an aborted wait rejects with the reason: before, between and during polls", async (t) => {
  for (const reason of [new RangeError("mine"), { an: "object" }, "text"]) {
    const { client, requests } = watching("pending");
    assert.equal(await rejection(client.waitForTask("t", { signal: AbortSignal.abort(reason) })), reason);
    assert.equal(requests.length, 0);
  }

  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const { client } = watching("pending");
  const between = new AbortController();
  const wait = rejection(client.waitForTask("t", { signal: between.signal }));
  await settle();
  assert.equal(timers(), before + 1);
  between.abort("between");
  assert.equal(await wait, "between");
  assert.equal(timers(), before);

  const during = new AbortController();
  const fetch = (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const looking = new StreamClient("key", "secret", { fetch });
  const look = rejection(looking.waitForTask("t", { signal: during.signal }));
  during.abort("during");
  assert.equal(await look, "during");
  assert.equal(timers(), before);
  t.diagnostic("no timer is left");
});

test("a failed poll ends the wait with its error", async () => {
  const gone = refusal(16, "gone", 404);
  const { client } = watching("pending", gone);
  const error = await rejection(client.waitForTask("t", { pollInterval: 1 }));
  assert.deepEqual([error.kind, error.code], ["not_found", 16]);
});

test("concurrent waits on one client do not interfere", async () => {
  const looks = new Map();
  const { fetch } = recorder(({ url }) => {
    const id = new URL(url).pathname.split("/").at(-1);
    const seen = (looks.get(id) ?? 0) + 1;
    looks.set(id, seen);
    return json({ task_id: id, status: seen > Number(id) % 4 ? "completed" : "running" });
  });
  const client = new StreamClient("key", "secret", { fetch });
  const ids = Array.from({ length: 100 }, (_, index) => String(index));
  const tasks = await Promise.all(ids.map((id) => client.waitForTask(id, { pollInterval: 1 })));
  assert.deepEqual(
    tasks.map((task) => task.task_id),
    ids,
  );
  assert.deepEqual(
    ids.map((id) => looks.get(id)),
    ids.map((id) => (Number(id) % 4) + 1),
  );
});

test("a response that starts a task has wait(), which copies and JSON leave out", async () => {
  const { client, requests } = watching({ status: undefined }, "running", {
    status: "completed",
    result: { url: "u" },
  });
  const started = await client.exportUsers({ user_ids: ["a"] });
  assert.deepEqual(Object.keys(started), ["task_id", "metadata"]);
  assert.equal("wait" in { ...started }, false);
  const seen = [];
  const task = await started.wait({ pollInterval: 1, onProgress: ({ status }) => seen.push(status) });
  assert.deepEqual([task.status, task.result.url, seen], ["completed", "u", ["running", "completed"]]);
  assert.equal(new URL(requests[1].url).pathname, "/api/v2/tasks/t");
  for (const [method, argument] of [
    ["deactivateUsers", { user_ids: ["a"] }],
    ["reactivateUsers", { user_ids: ["a"] }],
    ["deleteUsers", { user_ids: ["a"] }],
  ]) {
    assert.equal(typeof (await client[method](argument)).wait, "function", method);
  }
  assert.equal(typeof (await client.restoreUsers({ user_ids: ["a"] })).wait, "undefined");
  const error = await rejection(started.wait({ timeout: -1 }));
  assert.deepEqual([error.kind, error.field], ["invalid_argument", "timeout"]);
});

test("a task can be continued by its id, elsewhere and later", async () => {
  const { client, requests } = watching("running", "completed");
  const task = client.tasks("t");
  assert.equal(requests.length, 0);
  assert.equal(task.id, "t");
  assert.equal((await task.get()).status, "running");
  assert.equal((await task.wait()).status, "completed");
  for (const id of ["", undefined, 7, {}]) {
    for (const look of [client.tasks(id).get(), client.tasks(id).wait()]) {
      assert.equal((await rejection(look)).kind, "invalid_argument");
    }
  }
  assert.equal(requests.length, 2);
});

test("a poll that fails transiently is retried like any call", async () => {
  const busy = refusal(9, "Too many requests", 429, { headers: { "retry-after": "0" } });
  const { client, requests } = watching("pending", busy, "completed");
  assert.equal((await client.tasks("t").wait({ pollInterval: 1 })).status, "completed");
  assert.equal(requests.length, 3);
});
