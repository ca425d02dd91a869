// Walks all users that match a filter: each user once, for any number of users.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";
import { apiKey, apiSecret, overHttp, unique } from "../support/api.mjs";
import { rejection } from "../support/stub.mjs";

const START = Date.parse("2026-01-01T00:00:00Z");

function emulated(seed = []) {
  const emulator = createEmulator();
  for (let at = 0; at < seed.length; at += 1000) emulator.seed({ users: seed.slice(at, at + 1000) });
  const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
  return { emulator, client };
}

/** Users with times `step` microseconds apart, so that a millisecond has many, and with repeated names and roles. */
const numbered = (count, step = 7) =>
  Array.from({ length: count }, (_, index) => {
    const micros = index * step;
    const at = `${new Date(START + Math.floor(micros / 1000)).toISOString().slice(0, -1)}${String(micros % 1000).padStart(3, "0")}Z`;
    return {
      id: `u${(index * 7919) % count}`,
      ...(index % 3 === 0 ? {} : { name: `Name ${index % 50}` }),
      role: ["user", "admin", "moderator"][index % 3],
      created_at: at,
      updated_at: at,
      custom: { score: index % 10 },
    };
  });

const idsOf = (list) => list.map(({ id }) => id);
const eachOnce = (list, count) => {
  assert.equal(list.length, count);
  assert.equal(new Set(idsOf(list)).size, count);
};
const isSorted = (list, compare) => list.every((user, index) => index === 0 || compare(list[index - 1], user) <= 0);
const by = (key) => (one, other) => (key(one) < key(other) ? -1 : Number(key(one) > key(other)));

test("users are sorted by id by default, and come one by one, in pages or as an array", async () => {
  const { emulator, client } = emulated(numbered(1234));
  const all = client.users();
  const walked = [];
  for await (const user of all) walked.push(user);
  eachOnce(walked, 1234);
  assert.ok(
    isSorted(
      walked,
      by(({ id }) => id),
    ),
  );
  assert.ok(walked[0].created_at instanceof Date);
  const pages = [];
  for await (const page of all.pages()) pages.push(page.length);
  assert.deepEqual(pages, [...Array(12).fill(100), 34]);
  assert.deepEqual(idsOf(await all.toArray()), idsOf(walked));
  assert.equal(emulator.requests({ operation: "QueryUsers" }).length, 3 * 13);
});

test("`limit` and `break` end a walk without further requests", async () => {
  const { emulator, client } = emulated(numbered(500));
  for (const [limit, requests] of [
    [1, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ]) {
    const before = emulator.requests().length;
    assert.equal((await client.users().toArray({ limit })).length, limit);
    assert.equal(emulator.requests().length - before, requests, String(limit));
  }
  for await (const _ of client.users({}, { pageSize: 10 })) break;
  assert.equal(emulator.requests().length, 8);
});

test("with every sort order that a cursor supports, each user is returned once", async () => {
  const { client } = emulated(numbered(3000));
  const time = by(({ created_at }) => created_at.getTime());
  const role = by(({ role }) => role);
  const name = by(({ name }) => name ?? "\uffff");
  for (const [sort, compare] of [
    [[{ field: "id", direction: -1 }], (one, other) => by(({ id }) => id)(other, one)],
    [[{ field: "created_at" }], time],
    [[{ field: "created_at", direction: -1 }], (one, other) => time(other, one)],
    [[{ field: "updated_at" }, { field: "name" }], by(({ updated_at }) => updated_at.getTime())],
    [[{ field: "role" }], role],
    [[{ field: "role" }, { field: "created_at", direction: -1 }], (one, other) => role(one, other) || time(other, one)],
    [[{ field: "name" }], name],
    [[{ field: "name", direction: -1 }], undefined],
    [
      [{ field: "name" }, { field: "created_at" }],
      (one, other) => name(one, other) || (one.name ? time(one, other) : 0),
    ],
    [[{ field: "last_active", direction: -1 }], undefined],
  ]) {
    for (const pageSize of [100, 37]) {
      const found = await client.users({}, { sort, pageSize }).toArray();
      eachOnce(found, 3000);
      if (compare !== undefined) assert.ok(isSorted(found, compare), JSON.stringify(sort));
    }
  }
});

test("a millisecond may hold more users than a page", async () => {
  for (const step of [0, 1]) {
    const { client } = emulated(numbered(950, step));
    for (const direction of [1, -1]) {
      for (const pageSize of [100, 7]) {
        const sort = [{ field: "created_at", direction }];
        eachOnce(await client.users({}, { sort, pageSize }).toArray(), 950);
        eachOnce(await client.users({}, { sort: [{ field: "role" }, ...sort], pageSize }).toArray(), 950);
      }
    }
  }
});

test("users added during a walk neither repeat nor hide others", async () => {
  for (const sort of [[], [{ field: "created_at" }], [{ field: "created_at", direction: -1 }], [{ field: "role" }]]) {
    const { client } = emulated(numbered(1500));
    const before = idsOf(await client.users().toArray());
    const found = [];
    let added = 0;
    for await (const page of client.users({}, { sort, pageSize: 50 }).pages()) {
      found.push(...idsOf(page));
      if (added > 1000) continue;
      const more = Array.from({ length: 30 }, () => ({
        id: `${added % 2 === 0 ? "a" : "z"}${added++}`,
        role: "admin",
      }));
      await client.upsertUsers(more);
    }
    assert.equal(new Set(found).size, found.length, JSON.stringify(sort));
    const returned = new Set(found);
    assert.ok(
      before.every((id) => returned.has(id)),
      JSON.stringify(sort),
    );
  }
});

test("the caller's filter applies together with the cursor", async () => {
  const { client } = emulated(numbered(900));
  for (const filter of [
    { role: "admin" },
    { id: { $gte: "u3" }, role: { $in: ["admin", "user"] } },
    { $or: [{ role: "admin" }, { name: "Name 1" }] },
  ]) {
    const expected = [];
    for (let offset = 0; offset <= 900; offset += 100) {
      const payload = { filter_conditions: filter, limit: 100, offset };
      expected.push(...(await client.queryUsers({ payload })).users);
    }
    const found = await client.users(Object.freeze(filter), { pageSize: 20 }).toArray();
    assert.deepEqual(idsOf(found).sort(), idsOf(expected).sort());
  }
  await client.deactivateUser({ user_id: "u1" });
  assert.equal((await client.users().toArray()).length, 899);
  assert.equal((await client.users({}, { include_deactivated_users: true }).toArray()).length, 900);
});

test("a sort order without a cursor ends with an error after the API's largest offset", async () => {
  const { client } = emulated(numbered(1050));
  const sort = [{ field: "score", type: "number" }];
  eachOnce(await client.users({}, { sort }).toArray(), 1050);
  await client.upsertUsers(Array.from({ length: 51 }, (_, index) => ({ id: `more${index}` })));
  const list = client.users({}, { sort });
  assert.equal((await list.toArray({ limit: 1100 })).length, 1100);
  const error = await rejection(list.toArray());
  assert.deepEqual([error.kind, error.field], ["invalid_argument", "sort"]);
  assert.match(error.message, /goes no further than 1000 users with these terms; sort by id/);
});

test("aborting a walk aborts its request", async (t) => {
  const silent = createServer();
  const closed = new Promise((resolve) => silent.once("request", (_, response) => response.once("close", resolve)));
  const asked = new Promise((resolve) => silent.once("request", resolve));
  await new Promise((resolve) => silent.listen(0, "127.0.0.1", resolve));
  t.after(() => silent.close());
  const client = new StreamClient("key", "secret", { basePath: `http://127.0.0.1:${silent.address().port}` });
  const controller = new AbortController();
  const walk = client.users({}, { signal: controller.signal, timeout: 60_000 })[Symbol.asyncIterator]();
  const first = walk.next();
  await asked;
  controller.abort("enough");
  assert.equal(await rejection(first), "enough");
  await closed;
  assert.deepEqual(await walk.next(), { done: true, value: undefined });
});

test("a hundred users added at once are not mistaken for repeated pages", async () => {
  const { client } = emulated(numbered(300));
  const walk = client.users({}, { sort: [{ field: "score", type: "number", direction: -1 }], pageSize: 10 });
  const found = [];
  for await (const page of walk.pages()) {
    found.push(...idsOf(page));
    if (found.length > 20) continue;
    await client.upsertUsers(Array.from({ length: 100 }, (_, index) => ({ id: `z${index}`, custom: { score: 99 } })));
  }
  assert.equal(new Set(found).size, found.length);
  assert.ok(found.filter((id) => id.startsWith("u")).length === 300);
});

test("paging runs over HTTP, too", async () => {
  const client = new StreamClient(apiKey, apiSecret, overHttp);
  const team = unique("paging");
  const all = Array.from({ length: 250 }, (_, index) => ({ id: `${team}-${index}`, teams: [team] }));
  for (let at = 0; at < 250; at += 100) await client.upsertUsers(all.slice(at, at + 100));
  const filter = { teams: { $contains: team } };
  eachOnce(await client.users(filter).toArray(), 250);
  eachOnce(await client.users(filter, { sort: [{ field: "created_at", direction: -1 }], pageSize: 60 }).toArray(), 250);
});
