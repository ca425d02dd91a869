// Runs Stream's guide to user management: `types/guide.ts` has its calls, this file the expected results.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import test from "node:test";
import { createEmulator } from "getstream-users/emulator";
import ts from "typescript";
import { apiKey, apiSecret, overHttp, unique } from "../support/api.mjs";

/** The guide's file without its types, in a place where its import resolves. */
async function compiled() {
  const { outputText } = ts.transpileModule(readFileSync(new URL("../types/guide.ts", import.meta.url), "utf8"), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    reportDiagnostics: true,
  });
  const folder = new URL(`../node_modules/.cache/guide-${process.pid}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL("guide.mjs", folder), outputText);
  const guide = await import(new URL("guide.mjs", folder).href);
  rmSync(folder, { recursive: true });
  return guide;
}

const guide = await compiled();

/** In the process, with a frozen clock: tasks progress when the test advances it. */
function inProcess() {
  const emulator = createEmulator({ clock: () => 1_700_000_000_000 });
  const client = guide.connect(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
  return { client, calls: recording(client, (_, call) => call()), tasksEnd: async () => emulator.advance(1000) };
}

/** Over HTTP, where requests may overtake each other: one is sent when the one before it was answered. */
function served() {
  const client = guide.connect(apiKey, apiSecret, overHttp);
  const calls = recording(client, (before, call) => before.then(call));
  const tasksEnd = async () => {
    for (const { task_id } of await Promise.all(calls.answers)) {
      if (task_id !== undefined) await client.waitForTask(task_id, { pollInterval: 5 });
    }
  };
  return { client, calls, tasksEnd };
}

/** The client, with its methods' promises collected, because most of the guide's calls are not awaited. */
function recording(client, schedule) {
  const answers = [];
  const recorded = new Proxy(client, {
    get: (_, name) =>
      function method(...args) {
        const answer = schedule(answers.at(-1) ?? Promise.resolve(), () => client[name](...args));
        answers.push(answer);
        return answer;
      },
  });
  return { client: recorded, answers };
}

for (const [name, target] of [
  ["in process", inProcess],
  ["over HTTP", served],
]) {
  const find = async (client, id, more) => {
    const { users } = await client.queryUsers({ payload: { filter_conditions: { id }, ...more } });
    return users[0];
  };

  test(`guide, ${name}: creating a user`, async () => {
    const { client, calls } = target();
    const id = unique("guide");
    await guide.createUser(calls.client, id);
    const user = await find(client, id);
    assert.deepEqual(
      [user.role, user.name, user.image, user.custom],
      ["user", "This is a test user", "link/to/profile/image", { color: "red" }],
    );
  });

  test(`guide, ${name}: updating a user by replacing it`, async () => {
    const { client, calls } = target();
    const id = unique("guide");
    await client.upsertUsers([{ id, custom: { color: "red", more: true } }]);
    guide.replaceUser(calls.client, id);
    await Promise.all(calls.answers);
    assert.deepEqual((await find(client, id)).custom, { color: "blue" });
  });

  test(`guide, ${name}: updating a user partially`, async () => {
    const { client, calls } = target();
    const user = { id: unique("guide"), name: "This is a test user", custom: { color: "blue" } };
    await client.upsertUsers([user]);
    guide.updateUserPartially(calls.client, user);
    await Promise.all(calls.answers);
    const changed = await find(client, user.id);
    assert.deepEqual(changed.custom, { color: "blue", "new-field": "value" });
    assert.equal("name" in changed, false);
  });

  test(`guide, ${name}: deactivating and reactivating users`, async () => {
    const { client, calls, tasksEnd } = target();
    const ids = [unique("guide"), unique("guide-1"), unique("guide-2")];
    await client.upsertUsers(ids.map((id) => ({ id })));
    const response = await guide.deactivateUsers(calls.client, ...ids);
    assert.equal(response.task_id.length, 36);
    const [{ user }, reactivation] = await Promise.all(calls.answers);
    assert.ok(user.deactivated_at instanceof Date);
    assert.equal(reactivation.task_id.length, 36);
    await tasksEnd();
    const seen = await Promise.all(ids.map((id) => find(client, id)));
    assert.deepEqual(
      seen.map((user) => user?.id),
      [ids[0], undefined, undefined],
    );
    assert.ok(await find(client, ids[1], { include_deactivated_users: true }));
  });

  test(`guide, ${name}: exporting users and watching the task`, async (t) => {
    const { client, calls, tasksEnd } = target();
    const id = unique("guide");
    await client.upsertUsers([{ id }]);
    const log = t.mock.method(console, "log", () => {});
    await guide.watchTask(calls.client, id);
    const logged = log.mock.calls.map((call) => call.arguments);
    log.mock.restore();
    assert.equal(typeof logged[0][0], "boolean");
    await tasksEnd();
    const { task_id } = await calls.answers[0];
    const task = await client.getTask({ id: task_id });
    assert.equal(task.status === "completed", true);
  });

  test(`guide, ${name}: deleting a user and restoring it`, async () => {
    const { client, calls } = target();
    const id = unique("guide");
    await client.upsertUsers([{ id, name: "Ann" }]);
    guide.deleteUsers(calls.client, id);
    const [deletion, restoration] = await Promise.all(calls.answers);
    assert.equal(deletion.task_id.length, 36);
    assert.equal(restoration.metadata.responseCode, 201);
    assert.equal((await find(client, id)).name, "Ann");
  });
}
