// Misuse: it fails the call, but never harms the client, or the module, which all clients of the process share.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { recorder, rejection } from "../support/stub.mjs";

const { fetch, requests } = recorder();
const client = new StreamClient("key", "secret", { fetch });

async function assertAlive() {
  const before = requests.length;
  await client.upsertUsers([{ id: "ann" }]);
  await new StreamClient("key", "secret", { fetch }).getTask({ id: "a" });
  assert.equal(client.generateUserToken({ user_id: "ann" }).split(".").length, 3);
  assert.equal(requests.length, before + 2);
}

/** The result of a call, and whether it returned, threw or rejected. */
async function ending(call) {
  try {
    return await call().then(
      () => "resolved",
      (error) => ["rejected", error],
    );
  } catch (error) {
    return ["thrown", error];
  }
}

const trap = () => {
  throw new RangeError("trap");
};
const trapped = (name) => Object.defineProperty({ id: "ann" }, name, { get: trap, enumerable: true });
const named = (name) => Object.assign(trapped(name), { user_id: "ann" });
const proxy = new Proxy({}, { get: trap, ownKeys: trap, has: trap, getPrototypeOf: trap });
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

/** Calls whose arguments throw when they are read. */
const hostile = {
  "a user's id": () => client.upsertUsers([trapped("id")]),
  "a user's custom data": () => client.upsertUsers([trapped("custom")]),
  "a user's name": () => client.upsertUsers([trapped("name")]),
  "a custom field": () => client.upsertUsers([{ id: "ann", custom: trapped("color") }]),
  "a user": () => client.upsertUsers([proxy]),
  "all users": () => client.upsertUsers(proxy),
  "a list of users": () => client.upsertUsers(new Proxy([{ id: "ann" }], { get: trap })),
  "a list of ids": () => client.deleteUsers({ user_ids: new Proxy(["ann"], { get: trap }) }),
  "a list in custom data": () => client.upsertUsers([{ id: "ann", custom: { list: new Proxy([1], { get: trap }) } }]),
  "a revoked proxy": () => client.upsertUsers([revoked]),
  "a revoked proxy instead of users": () => client.upsertUsers(revoked),
  "custom data": () => client.upsertUsers([{ id: "ann", custom: proxy }]),
  "an argument": () => client.updateUsers(proxy),
  "a map of users": () => client.updateUsers({ users: proxy }),
  "fields to set": () => client.updateUsersPartial({ users: [{ id: "ann", set: proxy }] }),
  conditions: () => client.queryUsers({ payload: { filter_conditions: proxy } }),
  "a payload": () => client.queryUsers({ payload: proxy }),
  "an argument with a path": () => client.deactivateUser(proxy),
  "an argument that is only a path": () => client.getTask(proxy),
  "a delete mode": () => client.deleteUsers({ user_ids: ["ann"], user: proxy }),
  "options of a call": () => client.getTask({ id: "a" }, proxy),
  "headers of a call": () => client.getTask({ id: "a" }, { headers: trapped("x-mine") }),
  "a task id": () => client.waitForTask(proxy),
  "options of a wait": () => client.waitForTask("a", proxy),
};

for (const [what, call] of Object.entries(hostile)) {
  test(`only the call is rejected when this argument throws as it is read: ${what}`, async () => {
    const sent = requests.length;
    const [how, error] = await ending(call);
    assert.equal(how, "rejected");
    assert.ok(error instanceof Error);
    assert.equal(requests.length, sent);
    await assertAlive();
  });
}

test("a thousand arguments that throw do not harm the module", async () => {
  for (const call of Object.values(hostile)) {
    for (let count = 0; count < 1000; count++) await ending(call);
    await assertAlive();
  }
});

test("claims that throw when they are read fail that token only", async () => {
  for (let count = 0; count < 1000; count++) {
    for (const payload of [proxy, revoked, trapped("user_id"), named("iat"), named("role")]) {
      assert.throws(() => client.generateUserToken(payload));
    }
  }
  await assertAlive();
});

test("options that throw when they are read fail that client only", async () => {
  for (let count = 0; count < 1000; count++) {
    assert.throws(() => new StreamClient("key", "secret", proxy));
    assert.throws(() => new StreamClient(proxy, "secret"));
    await rejection(StreamClient.guest("key", proxy, { fetch }));
  }
  await assertAlive();
});

test("a method without its client fails and harms no other client", async () => {
  const { getTask, users, tasks, verifyAndParseWebhook } = StreamClient.prototype;
  for (let count = 0; count < 1000; count++) {
    for (const [how, call] of [
      ["rejected", () => getTask({ id: "a" })],
      ["rejected", () => getTask.call({}, { id: "a" })],
      ["rejected", () => verifyAndParseWebhook("{}", "x")],
      ["thrown", () => users.call({})],
      ["thrown", () => tasks("a")],
    ]) {
      const [ended, error] = await ending(call);
      assert.equal(ended, how);
      assert.match(error.message, /^this method was called on an object that is not a StreamClient/);
    }
  }
  await assertAlive();
});

test("a client that was given back fails and harms no other client", async () => {
  const gone = new StreamClient("key", "secret", { fetch });
  gone.free?.();
  for (let count = 0; count < 1000; count++) {
    const outcome = await ending(() => gone.getTask({ id: "a" }));
    assert.ok(gone.free === undefined || outcome[1] instanceof Error);
  }
  await assertAlive();
});

test("a client that is given back lets its calls end", async () => {
  const answers = [];
  const slow = () => new Promise((resolve) => answers.push(resolve));
  const leaving = new StreamClient("key", "secret", { fetch: slow });
  const calls = [leaving.getTask({ id: "a" }), leaving.waitForTask("a")];
  leaving.free?.();
  // A wait is a future, whose first look is a step of its own.
  await new Promise((resolve) => setImmediate(resolve));
  for (const answer of answers) answer(new Response('{"status":"completed"}'));
  for (const call of calls) assert.equal((await call).status, "completed");
});
