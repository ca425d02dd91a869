// Processes one chunk: which requests it takes, which users fail, and which are returned to later chunks.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const { ChunkRunner } = await importSource("bulk/chunk-runner.ts");
const { createError } = await importSource("errors.ts");

const upsert = {
  name: "upsertMany",
  method: "upsertUsers",
  argumentOf: (users, request) => ({ users, request }),
};

/**
 * Runs a chunk of users, or of ids.
 *
 * @param answer - returns the client's response to a request, or the error to throw, from its ids
 */
async function run(users, answer, { operation = {}, settings = {}, client = {} } = {}) {
  const chunk = users.map((user, index) => {
    const item = typeof user === "object" ? user : { id: user };
    return { index, id: item.id, item };
  });
  const calls = [];
  const notes = [];
  const chunks = {
    noteSize: (isWhole) => notes.push(isWhole ? "larger" : "smaller"),
    setApart: (role) => notes.push(`apart: ${role}`),
    noteSuccess: (entries) => notes.push(`success: ${entries.length}`),
  };
  const method = async ({ users, request }, options) => {
    const ids = users.map(({ id }) => id).join("");
    calls.push(ids);
    assert.deepEqual([request, options], [{ mine: 1 }, { timeout: 7 }]);
    const thrown = await answer(ids, calls.length);
    if (thrown instanceof Error) throw thrown;
    return { metadata: {}, ...thrown };
  };
  const runner = new ChunkRunner(
    { ...upsert, ...operation },
    { upsertUsers: method, ...client },
    { patience: 0, request: { mine: 1 }, call: { timeout: 7 }, ...settings },
    { chunks, ending: new AbortController().signal },
  );
  const outcome = { succeeded: [], failed: [], task_ids: [], urls: [] };
  const finish = runner.run(chunk, outcome);
  const returned = await finish.then((entries) => entries.map(({ id }) => String(id)).join(""));
  const { succeeded, failed, task_ids, urls } = outcome;
  assert.ok(failed.every(({ id, user }) => user.id === id));
  const lost = failed.map(({ id, error }) => `${id}: ${error.message}`);
  const kinds = failed.map(({ error }) => error.kind);
  return { calls, notes, returned, succeeded: succeeded.join(""), failed: lost, kinds, task_ids, urls };
}

const error = (kind, message, more = {}) => Object.assign(createError(kind, message, more), { metadata: {}, ...more });
const refused = (reason) => error("invalid_request", reason, { outcome: "refused" });
const letters = (text) => [...text];

test("a chunk that succeeds takes one request", async () => {
  assert.deepEqual(await run(letters("abc"), () => ({})), {
    calls: ["abc"],
    notes: ["larger", "success: 3"],
    returned: "",
    succeeded: "abc",
    failed: [],
    kinds: [],
    task_ids: [],
    urls: [],
  });
});

test("an item without an id can succeed and fail", async () => {
  assert.equal((await run([undefined], () => ({}))).succeeded, "");
  assert.deepEqual((await run([undefined], () => refused("no"))).failed, ["undefined: no"]);
});

test("a user refused in a request without others fails", async () => {
  const { calls, failed, returned } = await run(["a"], () => refused("no"));
  assert.deepEqual([calls, failed, returned], [["a"], ["a: no"], ""]);
});

test("a user named in the error fails; the others return to later chunks", async () => {
  const { calls, failed, returned, notes } = await run(letters("abcd"), () => refused("the user b was deleted"));
  assert.deepEqual([calls, failed, returned], [["abcd"], ["b: the user b was deleted"], "acd"]);
  // A smaller chunk would not have helped.
  assert.deepEqual(notes, []);
});

test("users with a role that the API reports as undefined are set apart", async () => {
  const role = 'role "king" provided but not defined';
  const { notes, failed, returned } = await run([{ id: "a", role: "king" }, "b"], () => refused(role));
  assert.deepEqual([notes, failed, returned], [["apart: king"], [`a: ${role}`], "b"]);
});

test("a user that the client refuses fails; the others are sent at once", async () => {
  const { calls, failed, returned, succeeded } = await run(letters("abc"), (ids) =>
    ids.includes("b") ? error("invalid_argument", "users[1] is odd", { field: "users[1].id" }) : {},
  );
  assert.deepEqual([calls, failed, returned, succeeded], [["abc", "ac"], ["b: users[1] is odd"], "", "ac"]);
});

test("a bad user that no error names is found by bisection; unsent users are returned", async () => {
  for (const [bad, expected] of [
    ["a", { calls: ["abcdefgh", "abcd", "ab", "a"], returned: "efghcdb", succeeded: "" }],
    ["d", { calls: ["abcdefgh", "abcd", "ab", "c", "d"], returned: "efgh", succeeded: "abc" }],
    ["h", { calls: ["abcdefgh", "abcd", "ef", "g", "h"], returned: "", succeeded: "abcdefg" }],
  ]) {
    const { calls, returned, succeeded, failed } = await run(letters("abcdefgh"), (ids) =>
      ids.includes(bad) ? refused("no") : {},
    );
    assert.deepEqual({ calls, returned, succeeded }, expected, bad);
    assert.deepEqual(failed, [`${bad}: no`]);
  }
});

test("a refusal that names no user shrinks the next chunks, except during a bisection", async () => {
  const { notes } = await run(letters("abcd"), (ids) => (ids.includes("d") ? refused("no") : {}));
  assert.deepEqual(notes, ["smaller", "success: 2", "success: 1"]);
  const other = await run(letters("abcd"), (ids) => (ids.includes("a") ? refused("no") : {}));
  assert.deepEqual(other.notes, ["smaller"]);
});

test("suspects are sent alone first; the others are returned", async () => {
  const { calls, returned, failed } = await run(letters("abcd"), () => refused("username 'c' already exists"));
  assert.deepEqual([calls, returned, failed], [["abcd", "c"], "abd", ["c: username 'c' already exists"]]);
});

test("after an error names a user, the bisection continues with the others", async () => {
  // The first refusal names no user; a later one names `b`.
  const { calls, failed, returned, succeeded } = await run(letters("abcdefgh"), (ids, call) => {
    if (call === 1) return refused("no");
    if (ids.includes("b")) return refused("the user b was deleted");
    return ids.includes("g") ? refused("no") : {};
  });
  assert.deepEqual(failed, ["b: the user b was deleted", "g: no"]);
  assert.deepEqual(calls, ["abcdefgh", "abcd", "acde", "fg", "f", "g"]);
  assert.deepEqual([succeeded, returned], ["acdef", "h"]);
});

test("a request that is too large is split, and no user fails", async () => {
  const large = () => error("invalid_request", "too large", { status: 413, outcome: "refused" });
  const { calls, returned, succeeded, failed } = await run(letters("abcde"), (ids) => (ids.length > 2 ? large() : {}));
  assert.deepEqual(calls, ["abcde", "abc", "ab", "c", "de"]);
  assert.deepEqual([returned, succeeded, failed], ["", "abcde", []]);
  const alone = await run(["a"], large);
  assert.deepEqual([alone.calls, alone.failed], [["a"], ["a: too large"]]);
  // Users returned from a part are returned from the chunk.
  const parts = await run(letters("abcd"), (ids) => {
    if (ids.length > 2) return large();
    return ids.includes("a") ? refused("the user a was deleted") : {};
  });
  assert.deepEqual([parts.returned, parts.succeeded], ["b", "cd"]);
});

test("when the wait for a task times out, its users fail without another request", async () => {
  const late = error("timeout", "late", { task: { status: "running" } });
  const { calls, failed, returned } = await run(letters("ab"), () => late);
  assert.deepEqual([calls, failed, returned], [["ab"], ["a: late", "b: late"], ""]);
});

test("when a request fails during a bisection, the unsent half is returned", async () => {
  const { failed, returned } = await run(letters("abcd"), (_, call) =>
    call === 1 ? refused("no") : error("timeout", "late", { task: {} }),
  );
  assert.deepEqual([failed, returned], [["a: late", "b: late"], "cd"]);
});

test("the `patience` of the work limits the retries of a request", async () => {
  const down = error("server", "no");
  await assert.rejects(
    run(["a"], () => down),
    down,
  );
});

test("an error that every request would get ends the work", async () => {
  const denied = error("permission", "no");
  await assert.rejects(
    run(["a"], () => denied),
    denied,
  );
});

test("a refusal counts as success if an earlier attempt may have done the work", async () => {
  const isDone = ({ message }) => message === "done already";
  const unsure = error("invalid_request", "no", { outcome: "unknown" });
  const done = refused("done already");
  // After an attempt with an unknown outcome, its users may be done.
  for (const [first, operation, isSuccess] of [
    [unsure, { isDone }, true],
    [unsure, {}, false],
    [refused("no"), { isDone }, false],
  ]) {
    const result = await run(letters("ab"), (_, call) => (call === 1 ? first : done), { operation });
    assert.equal(result.succeeded.startsWith("a"), isSuccess);
    assert.equal(result.failed.length === 0, isSuccess);
  }
});

test("a refused item without an id also counts as success if an earlier attempt may have done it", async () => {
  const unsure = error("invalid_request", "no", { outcome: "unknown" });
  const operation = { isDone: ({ message }) => message === "done already" };
  const answer = (_, call) => (call === 1 ? unsure : refused("done already"));
  const { succeeded, failed } = await run([undefined, undefined], answer, { operation });
  assert.deepEqual([succeeded, failed], ["", []]);
});

const task = { operation: { isTask: true }, settings: { wait: { timeout: 7 } } };

test("a task's result decides which of its users succeeded", async () => {
  const waits = [];
  const client = {
    waitForTask: async (...given) => {
      waits.push(given);
      return { result: { b: { status: "error", error: "gone" }, url: "file" }, metadata: {} };
    },
  };
  const result = await run(letters("ab"), () => ({ task_id: "t1" }), { ...task, client });
  assert.deepEqual(waits, [["t1", { timeout: 7 }]]);
  assert.deepEqual([result.succeeded, result.task_ids, result.urls], ["a", ["t1"], ["file"]]);
  assert.deepEqual(result.failed, ["b: the task failed for this user: gone"]);
  assert.deepEqual(result.kinds, ["task_failed"]);
  // An item without an id cannot be in the result's list of users, and does not fail for that.
  const listing = { waitForTask: async () => ({ result: { users: [] }, metadata: {} }) };
  const nameless = await run([undefined], () => ({ task_id: "t1" }), { ...task, client: listing });
  assert.deepEqual(nameless.failed, []);
});

test("without `wait`, users succeed when their task starts", async () => {
  const result = await run(letters("ab"), () => ({ task_id: "t1" }), { ...task, settings: { wait: undefined } });
  assert.deepEqual([result.succeeded, result.task_ids, result.urls], ["ab", ["t1"], []]);
});

test("a failed task is bisected like a refused request", async () => {
  const client = {
    waitForTask: async (id) => {
      if (id === "task-ab" || id === "task-b") throw error("task_failed", "no", { outcome: "refused" });
      return { result: {}, metadata: {} };
    },
  };
  const result = await run(letters("ab"), (ids) => ({ task_id: `task-${ids}` }), { ...task, client });
  assert.deepEqual([result.calls, result.succeeded, result.failed], [["ab", "a", "b"], "a", ["b: no"]]);
  assert.deepEqual(result.task_ids, ["task-ab", "task-a", "task-b"]);
});

test("a response without a task id ends the work", async () => {
  await assert.rejects(
    run(["a"], () => ({}), task),
    { kind: "response", message: "upsertMany: the response has no task_id" },
  );
});
