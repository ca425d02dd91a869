// The options of a list of users: which are refused, and which are sent with each request.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";
import { json, noFetch, recorder, rejection } from "../support/stub.mjs";

const idsOf = (list) => list.map(({ id }) => id);

/** A client of an emulator with `count` users, and their ids in order. */
function emulated(count) {
  const emulator = createEmulator();
  emulator.seed({ users: Array.from({ length: count }, (_, index) => ({ id: `u${index}` })) });
  const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
  return { client, ids: Array.from({ length: count }, (_, index) => `u${index}`).sort() };
}

/** A client whose server returns no users. */
function stubbed() {
  const { fetch, requests } = recorder(() => json({ users: [] }));
  return { client: new StreamClient("key", "secret", { fetch }), requests };
}

test("options of a call apply to the request for each page", async () => {
  const { client, requests } = stubbed();
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
  await client.users({}, { user_id: "bob" }).toArray();
  assert.equal(JSON.parse(new URL(requests[1].url).searchParams.get("payload")).user_id, "bob");
  const aborted = client.users({}, { signal: AbortSignal.abort("mine") });
  assert.equal(await rejection(aborted.toArray()), "mine");
});

test("invalid arguments are refused before a request is sent", async () => {
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

test("unknown options are refused, with the option that was probably meant", async () => {
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
    const { client, requests } = stubbed();
    await client.users(...args).toArray();
    return JSON.parse(new URL(requests[0].url).searchParams.get("payload"));
  };
  const plain = await payloadOf();
  for (const nothing of [undefined, null]) {
    assert.deepEqual(await payloadOf(nothing, nothing), plain);
    for (const name of names) assert.deepEqual(await payloadOf({}, { [name]: nothing }), plain, name);
    const { client, ids } = emulated(20);
    assert.equal((await client.users().toArray({ limit: nothing })).length, 20);
    assert.equal((await client.users().toArray(nothing)).length, 20);
    // Ascending, also from page to page.
    const sort = [{ field: "id", direction: nothing, type: nothing }];
    const found = await client.users({}, { sort, pageSize: 7 }).toArray();
    assert.deepEqual(idsOf(found), ids);
  }
});

test("an argument that throws when it is read is refused, with the exception as `cause`", async () => {
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
    const message = `users: ${field} throws when it is read; \`cause\` has the reason`;
    const expected = { name: "InvalidArgumentError", field, message, cause: reason };
    assert.throws(() => client.users(...args), expected, field);
  }
  const error = await rejection(client.users().toArray(getter("limit")));
  assert.deepEqual([error.kind, error.field, error.cause], ["invalid_argument", "limit", reason]);
  // Deeper values are read when the request is written as JSON.
  const deep = await rejection(client.users({ role: getter("$eq") }).toArray());
  assert.ok(deep instanceof StreamError && deep.kind === "invalid_argument");
});

test("changing the filter or the options after the list is created has no effect", async () => {
  const { client, ids } = emulated(30);
  const filter = {};
  const sort = [{ field: "id", direction: -1 }];
  const list = client.users(filter, { sort, pageSize: 7 });
  filter.role = "nobody";
  sort[0].direction = 1;
  sort.push({ field: "name" });
  assert.deepEqual(idsOf(await list.toArray()), ids.reverse());
});
