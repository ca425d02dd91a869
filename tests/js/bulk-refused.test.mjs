// Users that the API refuses: each gets the same outcome as in a request of one, and how many requests that takes.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { deleteMany, exportMany, restoreMany, resultOf, updatePartialMany, upsertMany } from "getstream-users/bulk";
import { createEmulator } from "getstream-users/emulator";
import { rejection } from "../support/stub.mjs";

/** Pseudorandom numbers, the same in every run. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const SILENT = { code: 4, message: "UpdateUsers failed with error: invalid input", StatusCode: 400, duration: "1ms" };

/** A client of an emulator that refuses users named "silent" without naming them; `calls` has the ids of each request. */
function emulated() {
  const emulator = createEmulator({ taskDuration: 0 });
  const calls = [];
  const fetch = async (url, init) => {
    const { users, user_ids } = init.body ? JSON.parse(init.body) : {};
    const sent = user_ids?.map((id) => ({ id })) ?? Object.values(users ?? {});
    const isSilent = sent.some(({ name, set }) => (name ?? set?.name) === "silent");
    const response = isSilent ? Response.json(SILENT, { status: 400 }) : await emulator.fetch(url, init);
    if (sent.length > 0) calls.push({ ids: sent.map(({ id }) => id), isRefused: !response.ok });
    return response;
  };
  return { emulator, calls, client: new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch }) };
}

const numbered = (count) => Array.from({ length: count }, (_, index) => ({ id: `u${index}`, name: `User ${index}` }));

/** Creates the users with these defects and deletes or deactivates them. */
async function removeSome(client, users) {
  const gone = users.filter(({ defect }) => defect === "deleted" || defect === "deactivated");
  for (const { id, defect } of gone) {
    await client.upsertUsers([{ id }]);
    if (defect === "deleted") await client.deleteUsers({ user_ids: [id] });
    else await client.deactivateUser({ user_id: id });
  }
}

const DEFECTS = ["role", "role", "team role", "silent", "deleted", "deactivated", "teams", "id"];

/** Users, a share of them with one of the `DEFECTS`, for which the API or the client refuses them. */
function mixed(count, share, random) {
  return numbered(count).map((user) => {
    if (random() >= share) return user;
    const defect = DEFECTS[Math.floor(random() * DEFECTS.length)];
    const role = ["king", "queen", "jack"][Math.floor(random() * 3)];
    const overrides = {
      role: { role },
      "team role": { teams: ["blue"], teams_role: { blue: role } },
      silent: { name: "silent" },
      teams: { teams: ["blue", ""] },
      id: { id: `not an id ${user.id}` },
    }[defect];
    return { ...user, ...overrides, defect };
  });
}

const withoutDefect = ({ defect, ...user }) => user;
const failure = (error) => [error.kind, error.message.replace(/users\[\d+\]/, "users[0]")];

/** The outcome of each user in a request of one: undefined or the failure. */
async function oneByOne(client, users) {
  const outcome = new Map();
  for (const user of users) {
    const { error } = await client.safe.upsertUsers([withoutDefect(user)]);
    outcome.set(user.id, error && failure(error));
  }
  return outcome;
}

for (const [seed, count, share, options] of [
  [1, 400, 0.03, {}],
  [2, 250, 0.15, {}],
  [3, 150, 0.6, { concurrency: 1 }],
  [4, 200, 0.1, { chunkSize: 7 }],
  [5, 120, 1, {}],
  [6, 300, 0.05, { chunkSize: 100, concurrency: 3 }],
]) {
  test(`${count} users, ${share * 100} % bad: each has the same outcome as in a request of one`, async () => {
    const users = mixed(count, share, randomFrom(seed));
    const [one, other] = [emulated(), emulated()];
    for (const { client } of [one, other]) await removeSome(client, users);
    const expected = await oneByOne(one.client, users);
    other.calls.length = 0;

    const reported = new Map();
    const progress = [];
    const tokens = [];
    const result = await upsertMany(other.client, users.map(withoutDefect), {
      ...options,
      onResult: ({ succeeded, failed }) => {
        for (const id of succeeded) {
          assert.ok(!reported.has(id), id);
          reported.set(id, undefined);
        }
        for (const { id, error } of failed) {
          assert.ok(!reported.has(id), id);
          reported.set(id, failure(error));
        }
      },
      onProgress: ({ sent, succeeded, failed }) => progress.push([sent, succeeded + failed, reported.size]),
      onCheckpoint: (token) => tokens.push(Number(token.split("@")[1])),
    });
    assert.equal(reported.size, count);
    for (const [id, how] of expected) assert.deepEqual(reported.get(id), how, id);
    assert.deepEqual([result.sent, result.checkpoint], [count, `upsertMany@${count}`]);
    assert.ok(progress.every(([sent, done, count]) => done === count && sent >= done));
    assert.deepEqual(
      tokens,
      tokens.toSorted((a, b) => a - b),
    );
    // A user that no error names fails only after a request of one was refused.
    for (const { id } of users.filter(({ defect }) => defect === "silent")) {
      assert.ok(
        other.calls.some(({ ids, isRefused }) => isRefused && ids.length === 1 && ids[0] === id),
        id,
      );
    }
    const names = ({ emulator }) =>
      Object.fromEntries(
        Object.entries(JSON.parse(emulator.state()).app.users).map(([id, { profile }]) => [id, profile]),
      );
    assert.deepEqual(names(other), names(one));
  });
}

test("work that is aborted and resumed leaves out no user, wherever the refused ones are", async () => {
  for (let seed = 1; seed <= 5; seed++) {
    const random = randomFrom(seed);
    const users = mixed(600, 0.1, random);
    const { client } = emulated();
    await removeSome(client, users);
    const controller = new AbortController();
    const limit = Math.floor(random() * 500);
    const reported = new Set();
    const note = ({ succeeded, failed }) => {
      for (const id of [...succeeded, ...failed.map(({ id }) => id)]) reported.add(id);
    };
    const onResult = (outcome) => {
      note(outcome);
      if (reported.size > limit) controller.abort("enough");
    };
    const input = users.map(withoutDefect);
    let token = "upsertMany@0";
    const onCheckpoint = (latest) => {
      token = latest;
    };
    const stopped = { chunkSize: 20, signal: controller.signal, onResult, onCheckpoint };
    const outcome = await upsertMany(client, input, stopped).catch((reason) => reason);
    assert.equal(outcome, "enough");
    // `resultOf` needs an object as the reason, so the work resumes from the stored checkpoint.
    const { skipped, checkpoint } = await upsertMany(client, input, { chunkSize: 20, onResult: note, resume: token });
    assert.deepEqual([skipped, checkpoint], [Number(token.split("@")[1]), "upsertMany@600"]);
    assert.equal(reported.size, 600, `seed ${seed}`);
  }
});

test("a checkpoint never includes a user that is not done", async () => {
  const random = randomFrom(7);
  const users = mixed(3000, 0.05, random);
  const { client } = emulated();
  await removeSome(client, users);
  const reported = new Set();
  await upsertMany(client, users.map(withoutDefect), {
    onResult: ({ succeeded, failed }) => {
      for (const id of [...succeeded, ...failed.map(({ id }) => id)]) reported.add(id);
    },
    onCheckpoint: (token) => {
      const done = Number(token.split("@")[1]);
      // Chunks that finish at the same time are reported right after this one.
      const missing = users.slice(0, done).filter(({ id }) => !reported.has(id));
      assert.ok(missing.length <= 6 * 100, `${missing.length} before ${done}`);
    },
  });
  assert.equal(reported.size, 3000);
});

test("users with an undefined role take one request each, and succeed once the role is defined", async () => {
  const { client, calls } = emulated();
  const users = numbered(4000).map((user, index) => (index % 100 === 50 ? { ...user, role: "king" } : user));
  const { succeeded, failed } = await upsertMany(client, users);
  assert.deepEqual([succeeded, failed.length], [3960, 40]);
  assert.ok(calls.length <= 40 + 6 + 1, String(calls.length));

  let isDefined = false;
  const later = await upsertMany(client, users, {
    concurrency: 1,
    onResult: async () => {
      if (!isDefined) await client.createRole({ name: "king" });
      isDefined = true;
    },
  });
  assert.deepEqual([later.succeeded, later.failed.length], [3999, 1]);
});

test("at most 5,000 users overtake those set apart", async () => {
  const { client } = emulated();
  const users = numbered(14_000);
  for (const index of [10, 110, 210, 1000]) users[index].role = "king";
  const reports = [];
  const { failed } = await upsertMany(client, users, {
    concurrency: 1,
    onResult: ({ failed }) => reports.push(...failed.map(({ id }) => id)),
    onProgress: ({ sent, failed }) => {
      if (sent > 7000) assert.equal(failed, 4);
    },
  });
  assert.equal(failed.length, 4);
  assert.deepEqual(new Set(reports), new Set(["u10", "u110", "u210", "u1000"]));
});

test("each deleted user takes one more request, and the others of its chunk go into later chunks", async () => {
  const { client, calls } = emulated();
  const users = numbered(2000).map((user, index) => (index % 100 === 37 ? { ...user, defect: "deleted" } : user));
  await removeSome(client, users);
  calls.length = 0;
  const { succeeded, failed } = await upsertMany(client, users.map(withoutDefect));
  assert.deepEqual([succeeded, failed.length], [1980, 20]);
  assert.ok(calls.length <= 41 + 6, String(calls.length));
});

test("a bad user that no error names is found in fewer than nine requests", async () => {
  const { client, calls } = emulated();
  const users = numbered(5000).map((user, index) => (index % 97 === 13 ? { ...user, name: "silent" } : user));
  const { failed } = await upsertMany(client, users);
  assert.equal(failed.length, 52);
  assert.ok(calls.length < 52 * 9 + 10, String(calls.length));
});

test("requests that are too large are split until they succeed", async () => {
  const emulator = createEmulator();
  let calls = 0;
  const fetch = async (url, init) => {
    calls++;
    const count = Object.keys(JSON.parse(init.body).users).length;
    const tooLarge = { code: 22, message: "request entity too large", StatusCode: 413, duration: "1ms" };
    return count > 30 ? Response.json(tooLarge, { status: 413 }) : emulator.fetch(url, init);
  };
  const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch });
  const { succeeded, failed } = await upsertMany(client, numbered(200));
  assert.deepEqual([succeeded, failed], [200, []]);
  assert.equal(calls, 2 * 7);
});

test("of users of one chunk with the same unique name, one succeeds", async () => {
  const emulator = createEmulator();
  const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
  await client.updateApp({ enforce_unique_usernames: "app" });
  const users = numbered(120);
  for (const index of [3, 70, 90]) users[index].name = "Ann";
  const { succeeded, failed } = await upsertMany(client, users);
  assert.deepEqual([succeeded, failed.length], [118, 2]);
  assert.ok(failed.every(({ user, error }) => user.name === "Ann" && error.message.includes("Ann")));
});

test("partial updates, restores and exports also report each refused user", async () => {
  const { client, calls } = emulated();
  await upsertMany(client, numbered(300));
  const changes = numbered(300).map(({ id }, index) => ({
    id,
    set: index % 60 === 7 ? { role: "king" } : { color: "red" },
  }));
  const changed = await updatePartialMany(client, changes);
  assert.deepEqual(
    [changed.succeeded, changed.failed.map(({ id }) => id).sort()],
    [295, ["u127", "u187", "u247", "u67", "u7"]],
  );

  const ids = numbered(300).map(({ id }) => id);
  await deleteMany(
    client,
    ids.filter((_, index) => index % 50 !== 9),
  );
  calls.length = 0;
  const restored = await restoreMany(client, ids);
  assert.deepEqual([restored.succeeded, restored.failed.length], [294, 6]);
  assert.ok(calls.length <= 3 + 6 + 6, String(calls.length));

  await deleteMany(client, ["u30", "u31"]);
  const exported = await exportMany(client, ids, { wait: { pollInterval: 1 } });
  assert.deepEqual([exported.succeeded, exported.failed.map(({ id }) => id).sort()], [298, ["u30", "u31"]]);
});

test("after an error ends the work, the checkpoint excludes users that were to be sent again", async () => {
  const { emulator, client } = emulated();
  const users = numbered(1000);
  users[50].role = "king";
  emulator.faults.add({ operation: "UpdateUsers", skip: 3, fault: { status: 403 } });
  const error = await rejection(upsertMany(client, users, { concurrency: 1 }));
  assert.equal(error.kind, "permission");
  const { checkpoint, succeeded, failed } = resultOf(error);
  const done = Number(checkpoint.split("@")[1]);
  assert.ok(done <= succeeded + failed.length, `${done} of ${succeeded} and ${failed.length}`);
  const rest = await upsertMany(emulated().client, users, { resume: checkpoint });
  assert.equal(rest.skipped, done);
});
