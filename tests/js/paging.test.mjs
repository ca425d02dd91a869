// All users that a filter finds, page by page: nobody twice, nobody missing, however many there are.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";
import { apiKey, apiSecret, overHttp, unique } from "../support/api.mjs";
import { json, noFetch, recorder, rejection } from "../support/stub.mjs";

const START = Date.parse("2026-01-01T00:00:00Z");

function emulated(seed = []) {
  const emulator = createEmulator();
  for (let at = 0; at < seed.length; at += 1000) emulator.seed({ users: seed.slice(at, at + 1000) });
  const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
  return { emulator, client };
}

/** Users with times a few microseconds apart, so that one millisecond has many, and other values that repeat. */
const crowd = (count, step = 7) =>
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
const once = (list, count) => {
  assert.equal(list.length, count);
  assert.equal(new Set(idsOf(list)).size, count);
};
const isSorted = (list, compare) => list.every((user, index) => index === 0 || compare(list[index - 1], user) <= 0);
const by = (key) => (one, other) => (key(one) < key(other) ? -1 : Number(key(one) > key(other)));

test("users come by id unless told otherwise: one by one, in pages, or all at once", async () => {
  const { emulator, client } = emulated(crowd(1234));
  const all = client.users();
  const walked = [];
  for await (const user of all) walked.push(user);
  once(walked, 1234);
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

test("as many as asked for, and no request for more", async () => {
  const { emulator, client } = emulated(crowd(500));
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

test("every order that has no end: nobody twice, nobody missing", async () => {
  const { client } = emulated(crowd(3000));
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
      once(found, 3000);
      if (compare !== undefined) assert.ok(isSorted(found, compare), JSON.stringify(sort));
    }
  }
});

test("a millisecond may hold more users than a page", async () => {
  for (const step of [0, 1]) {
    const { client } = emulated(crowd(950, step));
    for (const direction of [1, -1]) {
      for (const pageSize of [100, 7]) {
        const sort = [{ field: "created_at", direction }];
        once(await client.users({}, { sort, pageSize }).toArray(), 950);
        once(await client.users({}, { sort: [{ field: "role" }, ...sort], pageSize }).toArray(), 950);
      }
    }
  }
});

test("users who are added meanwhile neither repeat nor hide others", async () => {
  for (const sort of [[], [{ field: "created_at" }], [{ field: "created_at", direction: -1 }], [{ field: "role" }]]) {
    const { client } = emulated(crowd(1500));
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
    const there = new Set(found);
    assert.ok(
      before.every((id) => there.has(id)),
      JSON.stringify(sort),
    );
  }
});

test("the filter holds beside the cursor, whatever it is", async () => {
  const { client } = emulated(crowd(900));
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

test("an order that no filter can follow goes as far as the API's offset, and says so", async () => {
  const { client } = emulated(crowd(1050));
  const sort = [{ field: "score", type: "number" }];
  once(await client.users({}, { sort }).toArray(), 1050);
  await client.upsertUsers(Array.from({ length: 51 }, (_, index) => ({ id: `more${index}` })));
  const list = client.users({}, { sort });
  assert.equal((await list.toArray({ limit: 1100 })).length, 1100);
  const error = await rejection(list.toArray());
  assert.deepEqual([error.kind, error.field], ["invalid_argument", "sort"]);
  assert.match(error.message, /goes no further than 1000 users with these terms; sort by id/);
});

test("options of a call go with every page", async () => {
  const { fetch, requests } = recorder(() => json({ users: [] }));
  const client = new StreamClient("key", "secret", { fetch });
  const options = Object.freeze({
    headers: { "x-mine": "1" },
    user_id: { toJSON: () => "ann" },
    pageSize: 5,
    sort: Object.freeze([]),
  });
  assert.deepEqual(await client.users({}, options).toArray(), []);
  assert.equal(requests[0].headers["x-mine"], "1");
  const payload = JSON.parse(new URL(requests[0].url).searchParams.get("payload"));
  assert.deepEqual(payload, { filter_conditions: {}, sort: [{ field: "id", direction: 1 }], limit: 5, user_id: "ann" });
  const aborted = client.users({}, { signal: AbortSignal.abort("mine") });
  assert.equal(await rejection(aborted.toArray()), "mine");
});

test("a walk that is called off ends its request", async (t) => {
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

/** A client whose server has an answer for each request for users. */
function stubbed(answer) {
  const { fetch, requests } = recorder(answer);
  return { client: new StreamClient("key", "secret", { fetch, retry: false }), requests };
}

/** Full pages of three users, whose ids and times follow each other. */
const page = (first) => {
  const indices = [first, first + 1, first + 2];
  return json({
    users: indices.map((index) => ({ id: `u${index}`, role: "user", created_at: (START + index) * 1e6 })),
  });
};

test("a server that returns the same pages again does not hold a walk up for ever", async () => {
  for (const [name, pages, sort, most] of [
    ["one page, by id", [0], "id", 2],
    ["one page, by time", [0], "created_at", 2],
    ["two pages in turn, by id", [0, 3], "id", 3],
    ["two pages in turn, by time", [0, 3], "created_at", 3],
    ["two pages in turn after others", [9, 12, 15, 0, 3, 0, 3, 0, 3, 0, 3], "id", 11],
    ["five pages in turn, by role", [0, 3, 6, 9, 12], "role", 13],
    ["one page, by offset", [0], "score", 68],
    ["two pages in turn, by offset", [0, 3], "score", 69],
  ]) {
    const { client, requests } = stubbed((_, index) => (index < 100 ? page(pages[index % pages.length]) : json({})));
    const walk = client.users({}, { pageSize: 3, sort: [{ field: sort }] });
    const error = await rejection(walk.toArray());
    assert.equal(error.kind, "response", name);
    assert.match(error.message, /^users: the server returns the same pages again/, name);
    assert.ok(requests.length <= most, `${name}: ${requests.length}`);
  }
});

test("a millisecond that comes again and again ends a walk too", async () => {
  // A full page of one millisecond is followed by a walk through that millisecond by id, which ends here.
  const users = ["a", "b", "c"].map((id) => ({ id, created_at: START * 1e6 }));
  const { client, requests } = stubbed(({ url }, index) => {
    return json({ users: url.includes("%24lt") || index > 100 ? [] : users });
  });
  const error = await rejection(client.users({}, { pageSize: 3, sort: [{ field: "created_at" }] }).toArray());
  assert.equal(error.kind, "response");
  assert.equal(requests.length, 3);
});

test("users of one millisecond may come in another order each time", async () => {
  const at = (id, time) => ({ id, created_at: (START + time) * 1e6 });
  const [a, b, c, d, e] = [at("a", 0), at("b", 1), at("c", 1), at("d", 1), at("e", 1)];
  // The page of one millisecond ends with the user that the page before it ended with.
  const pages = [[a, b, c], [d, b, c], [b, c, d], [e], []];
  const { client, requests } = stubbed((_, index) => json({ users: pages[index] }));
  const found = await client.users({}, { pageSize: 3, sort: [{ field: "created_at" }] }).toArray();
  assert.deepEqual(idsOf(found).sort(), ["a", "b", "c", "d", "e"]);
  assert.equal(requests.length, pages.length);
});

test("users who are added by the hundred do not look like pages that repeat", async () => {
  const { client } = emulated(crowd(300));
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

test("a response of another shape is an error of kind `response`", async () => {
  const user = { id: "a", role: "user" };
  for (const [body, sort] of [
    [{}, "id"],
    [{ users: null }, "id"],
    [{ users: "abc" }, "id"],
    [{ users: 7 }, "id"],
    [{ users: { a: user } }, "id"],
    [{ users: [null] }, "id"],
    [{ users: [7] }, "id"],
    [{ users: [[]] }, "id"],
    [{ users: [{}] }, "id"],
    [{ users: [{ id: 7 }] }, "id"],
    [{ users: [user] }, "created_at"],
    [{ users: [{ ...user, created_at: "never" }] }, "created_at"],
    [{ users: [{ ...user, created_at: {} }] }, "created_at"],
    [{ users: [{ id: "a" }] }, "role"],
    [{ users: [{ id: "a", role: {} }] }, "role"],
    [{ users: [{ id: "a", name: 7 }] }, "name"],
    [{ users: [null] }, "score"],
    [[], "id"],
    ["null", "id"],
  ]) {
    const { client } = stubbed(() => json(body));
    const walk = client.users({}, { pageSize: 1, sort: [{ field: sort }] });
    for (const ask of [() => walk.toArray(), () => walk.pages().next(), () => walk[Symbol.asyncIterator]().next()]) {
      const error = await rejection(ask());
      assert.ok(error instanceof StreamError, `${JSON.stringify(body)}: ${error}`);
      assert.equal(error.kind, "response", `${JSON.stringify(body)}: ${error}`);
    }
  }
});

test("what cannot be right is refused before anything is sent", async () => {
  const client = new StreamClient("key", "secret", { fetch: noFetch });
  for (const [args, field, message] of [
    [["admin"], "filter", "must be an object, but was a string"],
    [[[]], "filter", "must be an object, but was an array"],
    [[7], "filter", "must be an object, but was 7"],
    [[{}, "options"], "options", "must be an object, but was a string"],
    [[{}, []], "options", "must be an object, but was an array"],
    [[{}, { sort: "id" }], "sort", "must be an array of sort terms, but was a string"],
    [[{}, { sort: {} }], "sort", "must be an array of sort terms, but was an object"],
    [[{}, { sort: ["id"] }], "sort[0]", "must be an object with `field` and `direction`, but was a string"],
    [[{}, { sort: [{}, null] }], "sort[1]", "must be an object with `field` and `direction`, but was missing"],
    [[{}, { sort: [{ direction: 7 }] }], "sort[0].direction", "must be 1 or -1, but was 7"],
    [[{}, { sort: [{ direction: "-1" }] }], "sort[0].direction", "must be 1 or -1, but was a string"],
    [[{}, { pageSize: 0 }], "pageSize", "must be a whole number from 1 to 100, but was 0"],
    [[{}, { pageSize: 101 }], "pageSize", "must be a whole number from 1 to 100, but was 101"],
    [[{}, { pageSize: "10" }], "pageSize", "must be a whole number from 1 to 100, but was a string"],
    [[{}, { user_id: 7 }], "user_id", "must be a string, but was 7"],
    [[{}, { user_id: {} }], "user_id", "must be a string, but was an object"],
    [[{}, { include_deactivated_users: 1 }], "include_deactivated_users", "must be a boolean, but was 1"],
  ]) {
    const expected = { kind: "invalid_argument", field, outcome: "not_sent", message: `users: ${field} ${message}` };
    assert.throws(() => client.users(...args), expected);
  }
  for (const [options, field] of [
    [{ sort: Array(6).fill({ field: "id" }) }, "payload.sort"],
    [{ timeout: -1 }, "timeout"],
    [{ retry: "often" }, "retry"],
    [{ signal: {} }, "signal"],
  ]) {
    const error = await rejection(client.users({}, options).toArray());
    assert.deepEqual([error.kind, error.field], ["invalid_argument", field]);
  }
  for (const [options, field, message] of [
    [{ limit: 1.5 }, "limit", "must be a whole number from 1 to 9007199254740991, but was 1.5"],
    [{ limit: 0 }, "limit", "must be a whole number from 1 to 9007199254740991, but was 0"],
    [{ limit: "10" }, "limit", "must be a whole number from 1 to 9007199254740991, but was a string"],
    [7, "options", "must be an object, but was 7"],
  ]) {
    const error = await rejection(client.users().toArray(options));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", field]);
    assert.equal(error.message, `users: ${field} ${message}`);
  }
});

test("options that do not exist are refused, with what was meant", async () => {
  const client = new StreamClient("key", "secret", { fetch: noFetch });
  for (const [options, field, message] of [
    [{ pagesize: 3 }, "pagesize", "users: unknown option pagesize; did you mean pageSize?"],
    [{ sorts: [] }, "sorts", "users: unknown option sorts; did you mean sort?"],
    [{ userId: "a" }, "userId", "users: unknown option userId; did you mean user_id?"],
    [{ timeOut: 3 }, "timeOut", "users: unknown option timeOut; did you mean timeout?"],
  ]) {
    assert.throws(() => client.users({}, options), { kind: "invalid_argument", field, message });
  }
  const error = await rejection(client.users().toArray({ limits: 3 }));
  assert.equal(error.message, "users: unknown option limits; did you mean limit?");
});

test("`null` and `undefined` mean not given", async () => {
  const names = ["sort", "pageSize", "include_deactivated_users", "user_id", "signal", "timeout", "deadline", "retry"];
  const payloadOf = async (...args) => {
    const { client, requests } = stubbed(() => json({ users: [] }));
    await client.users(...args).toArray();
    return JSON.parse(new URL(requests[0].url).searchParams.get("payload"));
  };
  const plain = await payloadOf();
  for (const nothing of [undefined, null]) {
    assert.deepEqual(await payloadOf(nothing, nothing), plain);
    for (const name of names) assert.deepEqual(await payloadOf({}, { [name]: nothing }), plain, name);
    const { client } = emulated(crowd(20));
    assert.equal((await client.users().toArray({ limit: nothing })).length, 20);
    assert.equal((await client.users().toArray(nothing)).length, 20);
    // Ascending, and the next page goes on upwards.
    const sort = [{ field: "id", direction: nothing, type: nothing }];
    const found = await client.users({}, { sort, pageSize: 7 }).toArray();
    assert.deepEqual(idsOf(found), idsOf(crowd(20)).sort());
  }
});

test("what throws when it is read is refused, with the reason", async () => {
  const reason = new RangeError("mine");
  const fail = () => {
    throw reason;
  };
  const getter = (name) => Object.defineProperty({}, name, { get: fail, enumerable: true });
  const client = new StreamClient("key", "secret", { fetch: noFetch });
  for (const [args, field] of [
    [[getter("role")], "filter"],
    [[new Proxy({}, { ownKeys: fail })], "filter"],
    [[{}, getter("sort")], "sort"],
    [[{}, getter("timeout")], "timeout"],
    [[{}, { sort: [getter("field")] }], "sort[0]"],
    [[{}, { sort: new Proxy([], { get: fail }) }], "sort"],
  ]) {
    const expected = { name: "InvalidArgumentError", field, cause: reason };
    assert.throws(() => client.users(...args), expected, field);
  }
  const error = await rejection(client.users().toArray(getter("limit")));
  assert.deepEqual([error.kind, error.field, error.cause], ["invalid_argument", "limit", reason]);
  // What lies deeper is read when it is written as JSON.
  const deep = await rejection(client.users({ role: getter("$eq") }).toArray());
  assert.ok(deep instanceof StreamError && deep.kind === "invalid_argument");
});

test("a list is what it was when it was made", async () => {
  const { client } = emulated(crowd(30));
  const filter = {};
  const sort = [{ field: "id", direction: -1 }];
  const list = client.users(filter, { sort, pageSize: 7 });
  filter.role = "nobody";
  sort[0].direction = 1;
  sort.push({ field: "name" });
  assert.deepEqual(idsOf(await list.toArray()), idsOf(crowd(30)).sort().reverse());
});

test("it goes over HTTP too", async () => {
  const client = new StreamClient(apiKey, apiSecret, overHttp);
  const team = unique("paging");
  const all = Array.from({ length: 250 }, (_, index) => ({ id: `${team}-${index}`, teams: [team] }));
  for (let at = 0; at < 250; at += 100) await client.upsertUsers(all.slice(at, at + 100));
  const filter = { teams: { $contains: team } };
  once(await client.users(filter).toArray(), 250);
  once(await client.users(filter, { sort: [{ field: "created_at", direction: -1 }], pageSize: 60 }).toArray(), 250);
});
