// The calls that bulk work makes for one chunk, and what it tells of its users: who is found to be at fault, and who comes
// back to be sent with others.

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
 * @param answer - what the client's method makes of the ids of a call
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
    noteSuccess: (entries) => notes.push(`through: ${entries.length}`),
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

test("a chunk that goes through takes one call", async () => {
  assert.deepEqual(await run(letters("abc"), () => ({})), {
    calls: ["abc"],
    notes: ["larger", "through: 3"],
    returned: "",
    succeeded: "abc",
    failed: [],
    kinds: [],
    task_ids: [],
    urls: [],
  });
});

test("an item without an id succeeds and fails like the others", async () => {
  assert.equal((await run([undefined], () => ({}))).succeeded, "");
  assert.deepEqual((await run([undefined], () => refused("no"))).failed, ["undefined: no"]);
});

test("a user who is refused alone has failed", async () => {
  const { calls, failed, returned } = await run(["a"], () => refused("no"));
  assert.deepEqual([calls, failed, returned], [["a"], ["a: no"], ""]);
});

test("whom the API names fails, and the others come back to be sent with those who follow", async () => {
  const { calls, failed, returned, notes } = await run(letters("abcd"), () => refused("the user b was deleted"));
  assert.deepEqual([calls, failed, returned], [["abcd"], ["b: the user b was deleted"], "acd"]);
  // The size of a call is not to blame.
  assert.deepEqual(notes, []);
});

test("a role that is not defined is told, so that others with it stand apart", async () => {
  const role = 'role "king" provided but not defined';
  const { notes, failed, returned } = await run([{ id: "a", role: "king" }, "b"], () => refused(role));
  assert.deepEqual([notes, failed, returned], [["apart: king"], [`a: ${role}`], "b"]);
});

test("whom the client refuses fails, and the others are sent at once: nothing was sent", async () => {
  const { calls, failed, returned, succeeded } = await run(letters("abc"), (ids) =>
    ids.includes("b") ? error("invalid_argument", "users[1] is odd", { field: "users[1].id" }) : {},
  );
  assert.deepEqual([calls, failed, returned, succeeded], [["abc", "ac"], ["b: users[1] is odd"], "", "ac"]);
});

test("of whom no answer tells is found by halves, and the rest of them comes back", async () => {
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

test("calls get smaller for each refusal that tells nothing, but for those whose users were known to hold one", async () => {
  const { notes } = await run(letters("abcd"), (ids) => (ids.includes("d") ? refused("no") : {}));
  assert.deepEqual(notes, ["smaller", "through: 2", "through: 1"]);
  const other = await run(letters("abcd"), (ids) => (ids.includes("a") ? refused("no") : {}));
  assert.deepEqual(other.notes, ["smaller"]);
});

test("suspects are asked first, and the others come back", async () => {
  const { calls, returned, failed } = await run(letters("abcd"), () => refused("username 'c' already exists"));
  assert.deepEqual([calls, returned, failed], [["abcd", "c"], "abd", ["c: username 'c' already exists"]]);
});

test("when somebody was named, the search goes on among those who are left", async () => {
  // One of the first half was refused without a word, and then somebody by name.
  const { calls, failed, returned, succeeded } = await run(letters("abcdefgh"), (ids, call) => {
    if (call === 1) return refused("no");
    if (ids.includes("b")) return refused("the user b was deleted");
    return ids.includes("g") ? refused("no") : {};
  });
  assert.deepEqual(failed, ["b: the user b was deleted", "g: no"]);
  assert.deepEqual(calls, ["abcdefgh", "abcd", "acde", "fg", "f", "g"]);
  assert.deepEqual([succeeded, returned], ["acdef", "h"]);
});

test("a chunk that is too large is sent in parts, and nobody is at fault", async () => {
  const large = () => error("invalid_request", "too large", { status: 413, outcome: "refused" });
  const { calls, returned, succeeded, failed } = await run(letters("abcde"), (ids) => (ids.length > 2 ? large() : {}));
  assert.deepEqual(calls, ["abcde", "abc", "ab", "c", "de"]);
  assert.deepEqual([returned, succeeded, failed], ["", "abcde", []]);
  const alone = await run(["a"], large);
  assert.deepEqual([alone.calls, alone.failed], [["a"], ["a: too large"]]);
  // Those who come back from a part come back.
  const parts = await run(letters("abcd"), (ids) => {
    if (ids.length > 2) return large();
    return ids.includes("a") ? refused("the user a was deleted") : {};
  });
  assert.deepEqual([parts.returned, parts.succeeded], ["b", "cd"]);
});

test("users whose call failed for good have failed, and nobody else is asked", async () => {
  const late = error("timeout", "late", { task: { status: "running" } });
  const { calls, failed, returned } = await run(letters("ab"), () => late);
  assert.deepEqual([calls, failed, returned], [["ab"], ["a: late", "b: late"], ""]);
});

test("those who were to be asked later come back when a call failed for good", async () => {
  const { failed, returned } = await run(letters("abcd"), (_, call) =>
    call === 1 ? refused("no") : error("timeout", "late", { task: {} }),
  );
  assert.deepEqual([failed, returned], [["a: late", "b: late"], "cd"]);
});

test("patience is that of the work", async () => {
  const down = error("server", "no");
  await assert.rejects(
    run(["a"], () => down),
    down,
  );
});

test("an error that every call would meet ends the work", async () => {
  const denied = error("permission", "no");
  await assert.rejects(
    run(["a"], () => denied),
    denied,
  );
});

test("a refusal that an earlier attempt explains is a success", async () => {
  const isDone = ({ message }) => message === "done already";
  const unsure = error("invalid_request", "no", { outcome: "unknown" });
  const done = refused("done already");
  // After an attempt of which nobody knows whether it ran, its users may be done.
  for (const [first, operation, isSuccess] of [
    [unsure, { isDone }, true],
    [unsure, {}, false],
    [refused("no"), { isDone }, false],
  ]) {
    const told = await run(letters("ab"), (_, call) => (call === 1 ? first : done), { operation });
    assert.equal(told.succeeded.startsWith("a"), isSuccess);
    assert.equal(told.failed.length === 0, isSuccess);
  }
});

test("so it is for an item without an id", async () => {
  const unsure = error("invalid_request", "no", { outcome: "unknown" });
  const operation = { isDone: ({ message }) => message === "done already" };
  const answer = (_, call) => (call === 1 ? unsure : refused("done already"));
  const { succeeded, failed } = await run([undefined, undefined], answer, { operation });
  assert.deepEqual([succeeded, failed], ["", []]);
});

const task = { operation: { isTask: true }, settings: { wait: { timeout: 7 } } };

test("a task is waited for, and what it says is told user by user", async () => {
  const waits = [];
  const client = {
    waitForTask: async (...given) => {
      waits.push(given);
      return { result: { b: { status: "error", error: "gone" }, url: "file" }, metadata: {} };
    },
  };
  const told = await run(letters("ab"), () => ({ task_id: "t1" }), { ...task, client });
  assert.deepEqual(waits, [["t1", { timeout: 7 }]]);
  assert.deepEqual([told.succeeded, told.task_ids, told.urls], ["a", ["t1"], ["file"]]);
  assert.deepEqual(told.failed, ["b: the task did not do it for this user: gone"]);
  assert.deepEqual(told.kinds, ["task_failed"]);
  // A result that lists users does not list an item without an id.
  const listing = { waitForTask: async () => ({ result: { users: [] }, metadata: {} }) };
  const nameless = await run([undefined], () => ({ task_id: "t1" }), { ...task, client: listing });
  assert.deepEqual(nameless.failed, []);
});

test("users of a task that nobody waits for have succeeded when it is started", async () => {
  const told = await run(letters("ab"), () => ({ task_id: "t1" }), { ...task, settings: { wait: undefined } });
  assert.deepEqual([told.succeeded, told.task_ids, told.urls], ["ab", ["t1"], []]);
});

test("a task that failed is looked into like a call that was refused", async () => {
  const client = {
    waitForTask: async (id) => {
      if (id === "task-ab" || id === "task-b") throw error("task_failed", "no", { outcome: "refused" });
      return { result: {}, metadata: {} };
    },
  };
  const told = await run(letters("ab"), (ids) => ({ task_id: `task-${ids}` }), { ...task, client });
  assert.deepEqual([told.calls, told.succeeded, told.failed], [["ab", "a", "b"], "a", ["b: no"]]);
  assert.deepEqual(told.task_ids, ["task-ab", "task-a", "task-b"]);
});

test("a response without its task ends the work", async () => {
  await assert.rejects(
    run(["a"], () => ({}), task),
    { kind: "response", message: "upsertMany: the response has no task_id" },
  );
});
