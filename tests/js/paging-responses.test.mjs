// How a list of users handles responses: full pages, repeated pages and invalid ones.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import { json, recorder, rejection } from "../support/stub.mjs";

const START = Date.parse("2026-01-01T00:00:00Z");

const idsOf = (list) => list.map(({ id }) => id);

/** A client whose server responds to each request for users with `answer`. */
function stubbed(answer) {
  const { fetch, requests } = recorder(answer);
  return { client: new StreamClient("key", "secret", { fetch, retry: false }), requests };
}

/** A page of users with consecutive ids and times. */
const page = (first, size = 3) =>
  json({
    users: Array.from({ length: size }, (_, at) => first + at).map((index) => ({
      id: `u${index}`,
      role: "user",
      created_at: (START + index) * 1e6,
    })),
  });

/** The payloads of requests. */
const payloads = (requests) => requests.map(({ url }) => JSON.parse(new URL(url).searchParams.get("payload")));

test("each request is for the users after the last page, until a page is not full; empty pages are skipped", async () => {
  for (const [sort, sizes, filters] of [
    ["id", [1, 1, 0], [{}, { id: { $gt: "u0" } }, { id: { $gt: "u1" } }]],
    ["id", [3, 2], [{}, { id: { $gt: "u2" } }]],
    ["created_at", [2, 0], [{}, { created_at: { $gte: "2026-01-01T00:00:00.001Z" } }]],
    ["score", [2, 1], [{}, {}]],
  ]) {
    const { client, requests } = stubbed((_, index) => page(index * sizes[0], sizes[index]));
    const found = [];
    for await (const users of client.users({}, { pageSize: sizes[0], sort: [{ field: sort }] }).pages()) {
      found.push(users.length);
    }
    assert.deepEqual(
      found,
      sizes.filter((size) => size > 0),
    );
    const asked = payloads(requests);
    assert.deepEqual(
      asked.map(({ filter_conditions }) => filter_conditions),
      filters,
    );
    assert.ok(asked.every(({ limit }) => limit === sizes[0]));
    const offsets = asked.map(({ offset }) => offset);
    assert.deepEqual(offsets, sort === "score" ? [0, 2] : sizes.map(() => undefined));
  }
});

test("`limit` limits the users that are returned, and the pages that are requested", async () => {
  for (const [limit, requests] of [
    [1, [1]],
    [3, [3]],
    [4, [3, 3]],
    [Number.POSITIVE_INFINITY, [3, 3, 3]],
  ]) {
    const stub = stubbed((_, index) => page(index * 3, index < 2 ? 3 : 1));
    const found = await stub.client.users({}, { pageSize: 3 }).toArray({ limit });
    assert.equal(found.length, Math.min(limit, 7));
    assert.deepEqual(
      payloads(stub.requests).map((payload) => payload.limit),
      requests,
    );
  }
});

test("a list by offset ends with an error after the API's largest offset", async () => {
  const { client, requests } = stubbed((_, index) => page(index * 100, 100));
  const error = await rejection(client.users({}, { sort: [{ field: "score" }] }).toArray());
  assert.deepEqual([error.kind, error.field, error.outcome], ["invalid_argument", "sort", "not_sent"]);
  const way = "sort by id, role or created_at, by name or last_active alone, or narrow the filter";
  assert.equal(error.message, `users: sort goes no further than 1000 users with these terms; ${way}`);
  assert.deepEqual(
    payloads(requests).map(({ offset }) => offset),
    [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000],
  );
});

test("a list by offset allows one repeated page, but not two in a row", async () => {
  const list = (firsts, last) => {
    const { client, requests } = stubbed((_, index) => page(firsts[index] ?? last, index < firsts.length ? 100 : 1));
    return { users: client.users({}, { sort: [{ field: "score" }] }).toArray(), requests };
  };
  assert.equal((await list([0, 0, 100, 100, 200], 300).users).length, 301);
  const { users, requests } = list([0, 0, 0, 100], 200);
  assert.match((await rejection(users)).message, /^users: the server returns the same pages again/);
  assert.equal(requests.length, 3);
});

test("a server that returns the same pages again ends a walk with an error", async () => {
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

test("a server that returns the same millisecond again ends a walk with an error", async () => {
  // After a full page of one millisecond, that millisecond is walked by id; that walk ends here.
  const users = ["a", "b", "c"].map((id) => ({ id, created_at: START * 1e6 }));
  const { client, requests } = stubbed(({ url }, index) => {
    return json({ users: url.includes("%24lt") || index > 100 ? [] : users });
  });
  const error = await rejection(client.users({}, { pageSize: 3, sort: [{ field: "created_at" }] }).toArray());
  assert.equal(error.kind, "response");
  assert.equal(requests.length, 3);
});

test("users of one millisecond may have a different order in each response", async () => {
  const at = (id, time) => ({ id, created_at: (START + time) * 1e6 });
  const [a, b, c, d, e] = [at("a", 0), at("b", 1), at("c", 1), at("d", 1), at("e", 1)];
  // The page of one millisecond ends with the same user as the page before it.
  const pages = [[a, b, c], [d, b, c], [b, c, d], [e], []];
  const { client, requests } = stubbed((_, index) => json({ users: pages[index] }));
  const found = await client.users({}, { pageSize: 3, sort: [{ field: "created_at" }] }).toArray();
  assert.deepEqual(idsOf(found).sort(), ["a", "b", "c", "d", "e"]);
  assert.equal(requests.length, pages.length);
});

test("a user that moves from one page to the next is returned once", async () => {
  const at = (id, time) => ({ id, updated_at: (START + time) * 1e6 });
  const pages = [[at("a", 0), at("b", 1)], [at("c", 2), at("a", 3)], []];
  const { client } = stubbed((_, index) => json({ users: pages[index] }));
  const found = await client.users({}, { pageSize: 2, sort: [{ field: "updated_at" }] }).toArray();
  assert.deepEqual(idsOf(found), ["a", "b", "c"]);
});

test("an invalid response is an error of kind `response`", async () => {
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
