// `syncUsers`: makes an app's users equal to a list.

import assert from "node:assert/strict";
import test from "node:test";
import { isInvalidArgumentError, StreamClient } from "getstream-users";
import { safe, syncUsers } from "getstream-users/bulk";
import { createEmulator } from "getstream-users/emulator";

/** An emulator with these users, a client of it, and the requests that write. */
function appWith(users) {
  const emulator = createEmulator({ strict: true, taskDuration: 0 });
  const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
  emulator.seed({ users });
  const allUsers = async () => {
    const found = await client.users({}, { include_deactivated_users: true }).toArray();
    return Object.fromEntries(found.map((user) => [user.id, user]));
  };
  const writes = () => emulator.requests().filter(({ operation }) => !["QueryUsers", "GetTask"].includes(operation));
  return { emulator, client, allUsers, writes };
}

const counts = ({ created, changed, unchanged, reactivated, removed, failed }) => [
  created,
  changed,
  unchanged,
  reactivated,
  removed,
  failed.length,
];

test("creates missing users, changes fields that differ and keeps other fields", async () => {
  const { client, allUsers } = appWith([
    { id: "ada", name: "Ada", custom: { color: "green", pet: "cat" } },
    { id: "bob", name: "Bob" },
    { id: "eve", name: "Eve" },
  ]);
  const list = [
    { id: "ada", custom: { color: "red" } },
    { id: "bob", name: "Bob" },
    { id: "cy", name: "Cy", custom: { age: 4 } },
  ];
  assert.deepEqual(counts(await syncUsers(client, list)), [1, 1, 1, 0, 0, 0]);
  const { ada, cy, eve } = await allUsers();
  assert.deepEqual([ada.name, ada.custom], ["Ada", { color: "red", pet: "cat" }]);
  assert.deepEqual(cy.custom, { age: 4 });
  assert.equal(eve.deactivated_at, undefined);
});

test("changes nothing the second time", async () => {
  const { client, writes } = appWith([]);
  const list = Array.from({ length: 750 }, (_, index) => ({
    id: `user-${index}`,
    name: `User ${index}`,
    language: "de",
    teams: ["red", "blue"],
    custom: { index, tags: ["a", { b: 1 }], since: new Date(0), left: undefined },
  }));
  assert.deepEqual(counts(await syncUsers(client, list)), [750, 0, 0, 0, 0, 0]);
  const before = writes().length;
  assert.deepEqual(counts(await syncUsers(client, list)), [0, 0, 750, 0, 0, 0]);
  assert.equal(writes().length, before);
});

test("removes a field that is null, and writes custom fields whose names a partial update would misread", async () => {
  const { client, allUsers } = appWith([{ id: "ada", name: "Ada", custom: { a: 1, "x.y": 1, kept: true } }]);
  const list = [{ id: "ada", custom: { a: null, "x.y": 2 } }];
  assert.deepEqual(counts(await syncUsers(client, list)), [0, 1, 0, 0, 0, 0]);
  const { ada } = await allUsers();
  assert.deepEqual([ada.name, ada.custom], ["Ada", { "x.y": 2, kept: true }]);
  assert.deepEqual(counts(await syncUsers(client, list)), [0, 0, 1, 0, 0, 0]);
});

/** `count` users, and the list of all but the first `lacking` of them. */
function peopleAndList(count, lacking) {
  const people = Array.from({ length: count }, (_, index) => ({ id: `user-${String(index).padStart(4, "0")}` }));
  return { people, list: people.slice(lacking) };
}

test("deactivates users missing from the list only when asked, and reactivates those that are back", async () => {
  const { people, list } = peopleAndList(50, 5);
  const { client, allUsers } = appWith(people);
  assert.deepEqual(counts(await syncUsers(client, list)), [0, 0, 45, 0, 0, 0]);
  assert.deepEqual(counts(await syncUsers(client, list, { missing: "deactivate" })), [0, 0, 45, 0, 5, 0]);
  assert.ok((await allUsers())["user-0004"].deactivated_at);
  assert.deepEqual(counts(await syncUsers(client, people, { missing: "deactivate" })), [0, 0, 50, 5, 0, 0]);
  assert.equal((await allUsers())["user-0004"].deactivated_at, undefined);
});

test("deletes users missing from the list, but more than a tenth only with allowMany", async () => {
  const { people, list } = peopleAndList(50, 6);
  const { client, allUsers } = appWith(people);
  await assert.rejects(syncUsers(client, list, { missing: "delete" }), (error) => {
    assert.ok(isInvalidArgumentError(error));
    assert.equal(error.field, "allowMany");
    assert.match(error.message, /lacks 6 of 50 users, .* none of them was removed/);
    return true;
  });
  assert.equal(Object.keys(await allUsers()).length, 50);
  const request = { user: "hard", messages: "hard", conversations: "hard" };
  const done = await syncUsers(client, list, { missing: "delete", allowMany: true, request });
  assert.deepEqual(counts(done), [0, 0, 44, 0, 6, 0]);
  assert.equal(Object.keys(await allUsers()).length, 44);
});

test("removes nobody when listing all users fails", async () => {
  const { people, list } = peopleAndList(150, 1);
  const { client, emulator, allUsers } = appWith(people);
  // Two lookups by id, then the first page of the walk.
  emulator.faults.add({ operation: "QueryUsers", skip: 3, fault: { status: 400, code: 4 } });
  await assert.rejects(syncUsers(client, list, { missing: "delete" }), { kind: "invalid_request" });
  emulator.faults.clear();
  assert.equal(Object.keys(await allUsers()).length, 150);
});

test("removes nobody when the list itself fails", async () => {
  const { people } = peopleAndList(20, 0);
  const { client, allUsers } = appWith(people);
  function* cutOff() {
    yield* people.slice(0, 19);
    throw new Error("the database went away");
  }
  await assert.rejects(syncUsers(client, cutOff(), { missing: "delete" }), /the database went away/);
  assert.equal(Object.keys(await allUsers()).length, 20);
});

test("keeps users that were created after the work began", async () => {
  const { people } = peopleAndList(30, 0);
  const { client, emulator, allUsers } = appWith(people);
  let late = false;
  await syncUsers(client, people, {
    missing: "delete",
    allowMany: true,
    async onProgress() {
      if (late) return;
      late = true;
      emulator.advance(1000);
      await client.upsertUsers([{ id: "late" }]);
    },
  });
  assert.ok((await allUsers()).late);
});

test("a dry run reports the changes and makes none", async () => {
  const { client, writes, allUsers } = appWith([{ id: "ada", name: "Ada" }, { id: "eve" }]);
  const before = writes().length;
  const announced = [];
  const list = [{ id: "ada", name: "Ada L." }, { id: "cy" }];
  const options = { dryRun: true, missing: "deactivate", onChange: (change) => void announced.push(change) };
  assert.deepEqual(counts(await syncUsers(client, list, options)), [1, 1, 0, 0, 1, 0]);
  assert.deepEqual(announced, [
    { id: "cy", action: "create" },
    { id: "ada", action: "change", set: { name: "Ada L." } },
    { id: "eve", action: "deactivate" },
  ]);
  assert.equal(writes().length, before);
  assert.deepEqual(Object.keys(await allUsers()).sort(), ["ada", "eve"]);
});

test("lists users that failed, and changes all others", async () => {
  const { client, allUsers } = appWith([{ id: "ada" }]);
  const list = [{ id: "ada", role: "nosuch" }, { id: "bad id" }, { id: "cy" }];
  const { failed, created } = await syncUsers(client, list);
  assert.deepEqual(failed.map(({ id, action }) => `${action} ${id}`).sort(), ["change ada", "create bad id"]);
  assert.equal(created, 1);
  assert.ok((await allUsers()).cy);
});

test("a user that throws when compared fails, and the others are changed", async () => {
  const { client, allUsers } = appWith(["ada", "bob"]);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const list = [
    { id: "ada", privacy_settings: proxy },
    { id: "bob", name: "Bob" },
  ];
  const { failed, changed } = await syncUsers(client, list);
  assert.equal(changed, 1);
  assert.deepEqual(
    failed.map(({ id, action, error }) => [id, action, error.kind, error.message]),
    [["ada", "change", "invalid_argument", "syncUsers: the user ada throws when it is read; `cause` has the reason"]],
  );
  assert.ok(failed[0].error.cause instanceof TypeError);
  assert.equal((await allUsers()).bob.name, "Bob");
});

test("continues from a checkpoint without looking up users that are done", async () => {
  const { people } = peopleAndList(1300, 0);
  const { client, emulator } = appWith([]);
  const stop = new Error("stop");
  let token;
  const first = syncUsers(client, people, {
    onCheckpoint(checkpoint) {
      token = checkpoint;
      throw stop;
    },
  });
  await assert.rejects(first, stop);
  const before = emulator.requests().length;
  assert.deepEqual(counts(await syncUsers(client, people, { resume: token })), [700, 0, 0, 0, 0, 0]);
  // 7 lookups and 7 upserts.
  assert.equal(emulator.requests().length - before, 14);
});

test("refuses invalid options and arguments before anything is sent", async () => {
  const { client, emulator } = appWith([]);
  for (const [given, field] of [
    [[client, [], { missing: "drop" }], "missing"],
    [[client, [], { mising: "keep" }], "mising"],
    [[client, [], { resume: "upsertMany@3" }], "resume"],
    [[client, [], { onChange: 1 }], "onChange"],
    [[client, "ada"], "desired"],
    [[{}, []], "client"],
  ]) {
    await assert.rejects(syncUsers(...given), (error) => isInvalidArgumentError(error) && error.field === field, field);
  }
  assert.equal((await safe.syncUsers(client, [], { missing: "drop" })).error.field, "missing");
  assert.equal(emulator.requests().length, 0);
});
