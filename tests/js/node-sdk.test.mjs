// Stream's own SDK for Node against the emulator: what it relies on has to be there, and what it does has to be what
// this package's client does too. Run over HTTP, since that SDK takes no `fetch`.

import assert from "node:assert/strict";
import test from "node:test";
import * as sdk from "@stream-io/node-sdk";
import { StreamClient } from "getstream-users";
import { apiKey, apiSecret, overHttp, unique } from "../support/api.mjs";

const theirs = new sdk.StreamClient(apiKey, apiSecret, overHttp);
const ours = new StreamClient(apiKey, apiSecret, overHttp);

async function find(filter_conditions, more = {}) {
  const { users } = await theirs.queryUsers({ payload: { filter_conditions, ...more } });
  return users;
}

async function found(ids, more) {
  const users = await find({ id: { $in: ids } }, { sort: [{ field: "id", direction: 1 }], ...more });
  return users.map((user) => user.id);
}

/** Polls a task as the SDK's users do. */
async function ended({ task_id }) {
  for (let looks = 0; looks < 1000; looks++) {
    const task = await theirs.getTask({ id: task_id });
    if (task.status === "completed" || task.status === "failed") return task;
    assert.ok(["pending", "running"].includes(task.status), task.status);
    assert.equal(task.result, undefined);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`task ${task_id} did not end`);
}

/** What the SDK throws; it does not export the class. */
async function refusal(promise) {
  const error = await promise.then(
    () => assert.fail("nothing was thrown"),
    (error) => error,
  );
  assert.equal(error.constructor.name, "StreamError", error.stack);
  return error;
}

test("the SDK creates, replaces and partially updates users", async () => {
  const id = unique("sdk");
  const { users, metadata } = await theirs.upsertUsers([
    { id, name: "Ann", image: "link/to/profile/image", role: "admin", custom: { color: "red", size: 1 } },
  ]);
  assert.equal(users[id].role, "admin");
  assert.deepEqual(users[id].custom, { color: "red", size: 1 });
  assert.equal(metadata.responseCode, 201);
  assert.ok(metadata.clientRequestId);
  assert.ok(metadata.rateLimit.rateLimit > metadata.rateLimit.rateLimitRemaining);
  assert.ok(metadata.rateLimit.rateLimitReset instanceof Date);

  await theirs.updateUsers({ users: { [id]: { id, name: "Anna", custom: { color: "blue" } } } });
  const [replaced] = await find({ id });
  assert.equal(replaced.name, "Anna");
  assert.equal(replaced.image, undefined);
  assert.deepEqual(replaced.custom, { color: "blue" });
  assert.ok(replaced.created_at instanceof Date);

  await theirs.updateUsersPartial({ users: [{ id, set: { "new-field": "value" }, unset: ["name"] }] });
  const [changed] = await find({ id });
  assert.deepEqual(changed.custom, { color: "blue", "new-field": "value" });
  assert.equal(changed.name, undefined);
});

test("the SDK finds users by conditions, in order, page by page", async () => {
  const list = unique("list");
  const ids = ["c", "a", "b"].map((letter) => `${letter}-${list}`);
  await theirs.upsertUsers(ids.map((id, rank) => ({ id, custom: { list, rank } })));
  const sort = [{ field: "id", direction: 1 }];
  const found = async (more) => (await find({ "custom.list": list }, { sort, ...more })).map((user) => user.id);
  const sorted = [...ids].sort();
  assert.deepEqual(await found(), sorted);
  assert.deepEqual(await found({ sort: [{ field: "rank", direction: -1 }] }), [...ids].reverse());
  assert.deepEqual(await found({ limit: 1, offset: 1 }), sorted.slice(1, 2));
  assert.deepEqual(await found({ offset: 3 }), []);
});

test("the SDK creates guests, whose token lets them in", async () => {
  const id = unique("gus");
  const { user, access_token } = await theirs.createGuest({ user: { id, name: "Gus", custom: { color: "red" } } });
  assert.ok(user.id.includes(id));
  assert.equal(user.role, "guest");
  assert.deepEqual(user.custom, { color: "red" });
  const guest = StreamClient.withToken(apiKey, access_token, overHttp);
  assert.equal(guest.userId, user.id);
  const { users } = await guest.queryUsers({ payload: { filter_conditions: { id: user.id } } });
  assert.equal(users[0].name, "Gus");
});

test("the SDK deactivates and reactivates one user", async () => {
  const id = unique("one");
  await theirs.upsertUsers([{ id }]);
  const { user } = await theirs.deactivateUser({ user_id: id });
  assert.ok(user.deactivated_at instanceof Date);
  assert.deepEqual(await found([id]), []);
  assert.deepEqual(await found([id], { include_deactivated_users: true }), [id]);

  const write = await refusal(theirs.upsertUsers([{ id }]));
  assert.equal(write.code, 16);
  assert.equal(write.message, `Stream error code 16: UpdateUsers failed with error: "the user ${id} was deactivated"`);

  const back = await theirs.reactivateUser({ user_id: id });
  assert.equal(back.user.deactivated_at, undefined);
  assert.deepEqual(await found([id]), [id]);
  assert.match((await refusal(theirs.reactivateUser({ user_id: id }))).message, /is not deactivated/);
});

test("the SDK deactivates and reactivates many, and polls their tasks", async () => {
  const ids = [unique("many-a"), unique("many-b")];
  await theirs.upsertUsers(ids.map((id) => ({ id })));
  const start = await theirs.deactivateUsers({ user_ids: ids });
  assert.equal(start.task_id.length, 36);
  const task = await ended(start);
  assert.equal(task.status, "completed");
  assert.equal(task.error, undefined);
  assert.ok(task.created_at instanceof Date && task.updated_at >= task.created_at);
  assert.deepEqual(task.result.users.map((user) => user.id).sort(), ids);
  assert.deepEqual(await found(ids), []);

  assert.equal((await ended(await theirs.reactivateUsers({ user_ids: ids }))).status, "completed");
  assert.deepEqual(await found(ids), ids);
});

test("the SDK exports one user and many", async () => {
  const id = unique("export");
  await theirs.upsertUsers([{ id, name: "Ann" }]);
  const { user, messages, reactions } = await theirs.exportUser({ user_id: id });
  assert.equal(user.name, "Ann");
  assert.deepEqual([messages, reactions], [[], []]);

  const { result } = await ended(await theirs.exportUsers({ user_ids: [id] }));
  assert.match(result.url, /\/exports\/users\//);
  assert.ok((await (await fetch(result.url)).text()).includes(id));
});

test("the SDK deletes users with every option and restores what was deleted softly", async () => {
  const ids = ["soft", "pruning", "hard"].map(unique);
  const [soft, pruning, hard] = ids;
  await theirs.upsertUsers(ids.map((id) => ({ id, name: id })));
  const owner = { new_channel_owner_id: soft, new_call_owner_id: soft };
  const everywhere = { messages: "hard", conversations: "hard", calls: "hard", files: true, ...owner };
  const done = await ended(await theirs.deleteUsers({ user_ids: [soft] }));
  assert.deepEqual(done.result, { [soft]: { status: "ok" } });
  await ended(await theirs.deleteUsers({ user_ids: [pruning], user: "pruning", messages: "pruning" }));
  await ended(await theirs.deleteUsers({ user_ids: [hard], user: "hard", ...everywhere }));
  assert.deepEqual(await found(ids, { include_deactivated_users: true }), []);

  await theirs.restoreUsers({ user_ids: [soft] });
  const [restored] = await find({ id: soft });
  assert.equal(restored.name, soft);
  const again = await refusal(theirs.restoreUsers({ user_ids: [soft] }));
  assert.equal(again.code, 4);
  assert.equal(
    again.message,
    `Stream error code 4: RestoreUsers failed with error: "user "${soft}" is not deleted, it can't be restored"`,
  );
  const burnt = await refusal(theirs.upsertUsers([{ id: hard }]));
  assert.equal(burnt.message, `Stream error code 16: UpdateUsers failed with error: "the user ${hard} was deleted"`);
});

test("the SDK's errors have code, message and metadata, and so have this package's", async () => {
  const id = unique("king");
  const failures = [
    (client) => client.upsertUsers([{ id, role: "king" }]),
    (client) => client.getTask({ id: "no-such-task" }),
    (client) => client.exportUser({ user_id: id }),
    (client) => client.queryUsers({ payload: { filter_conditions: { banned: "yes" } } }),
    (client) => client.updateUsersPartial({ users: [{ id, set: { created_at: 1 } }] }),
  ];
  for (const fail of failures) {
    const error = await refusal(fail(theirs));
    const own = await fail(ours).catch((error) => error);
    assert.equal(own.message, error.message);
    assert.match(own.message, /^Stream error code \d+: \w+ failed with error: ".+"$/s);
    assert.equal(own.code, error.code);
    assert.equal(own.metadata.responseCode, error.metadata.responseCode);
    assert.deepEqual(Object.keys(own.metadata).sort(), Object.keys(error.metadata).sort());
    assert.ok(error.metadata.rateLimit.rateLimitReset instanceof Date);
    assert.deepEqual(Object.keys(own.metadata.rateLimit).sort(), Object.keys(error.metadata.rateLimit).sort());
  }
  const stranger = new sdk.StreamClient(apiKey, "another secret", overHttp);
  const unknown = new sdk.StreamClient("another-key", apiSecret, overHttp);
  assert.equal((await refusal(stranger.upsertUsers([{ id }]))).code, 5);
  assert.equal((await refusal(unknown.upsertUsers([{ id }]))).code, 2);
});

test("both clients read the same of what either wrote", async () => {
  const user = (id) => ({
    id,
    name: "Zoë",
    role: "user",
    language: "de",
    teams: ["red", "blue"],
    invisible: true,
    privacy_settings: { read_receipts: { enabled: false } },
    custom: { deep: { list: [1, "two", null, { three: 3.5 }] }, when: "2024-01-01T00:00:00.000Z", emoji: "🦀" },
  });
  const [one, other] = [unique("theirs"), unique("ours")];
  await theirs.upsertUsers([user(one)]);
  await ours.upsertUsers([user(other)]);
  // Dates are compared elsewhere: the SDK's are a millisecond early one time in eight.
  const plain = ({ users }) =>
    users.map((user) => Object.fromEntries(Object.entries(user).filter(([, value]) => !(value instanceof Date))));
  const query = {
    payload: { filter_conditions: { id: { $in: [one, other] } }, sort: [{ field: "id", direction: 1 }] },
  };
  const [readByThem, readByUs] = [plain(await theirs.queryUsers(query)), plain(await ours.queryUsers(query))];
  assert.deepEqual(readByUs, readByThem);
  assert.deepEqual({ ...readByUs[0], id: one }, { ...readByUs[1], id: one });
});

test("tokens make the same claims", () => {
  const claims = (token) =>
    token
      .split(".")
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, "base64url")));
  const payloads = [
    { user_id: "ann", iat: 1_700_000_000, exp: 1_700_000_060 },
    { user_id: "jörg 🦀", iat: 1_700_000_000, exp: 1_700_000_060 },
    {
      user_id: "ann",
      iat: 1_700_000_000,
      exp: 1_700_000_060,
      role: "admin",
      call_cids: ["default:1"],
      nested: { a: 1 },
    },
    { user_id: "ann", iat: 1_700_000_000 },
  ];
  for (const payload of payloads) {
    const [header, body] = claims(theirs.generateUserToken({ ...payload }));
    const [ownHeader, ownBody] = claims(ours.generateUserToken({ ...payload }));
    assert.deepEqual(ownHeader, header);
    assert.deepEqual(ownBody, body);
  }
  assert.deepEqual(
    claims(ours.createToken("ann", 1_700_000_060, 1_700_000_000)),
    claims(theirs.createToken("ann", 1_700_000_060, 1_700_000_000)),
  );
});

test("either client's tokens let users in through the other's requests", async () => {
  const id = unique("token");
  await ours.upsertUsers([{ id }]);
  for (const token of [theirs.generateUserToken({ user_id: id }), theirs.createToken(id)]) {
    const client = StreamClient.withToken(apiKey, token, overHttp);
    const { users } = await client.queryUsers({ payload: { filter_conditions: { id } } });
    assert.equal(users[0].id, id);
  }
});
