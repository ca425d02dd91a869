// The arguments that are refused before anything is sent, with their messages, and those that must pass.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import { apiKey, apiSecret, overHttp, unique } from "../support/api.mjs";
import { noFetch, recorder, rejection } from "../support/stub.mjs";

const client = new StreamClient("key", "secret", { fetch: noFetch });
const list = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const users = (count) => list(count, (index) => ({ id: `user-${index}` }));
const ids = (count) => list(count, (index) => `user-${index}`);
const withCustom = (custom) => [{ id: "fine" }, { id: "odd", custom }];

const cyclic = { name: "loop" };
cyclic.self = cyclic;
const cyclicList = [];
cyclicList.push([cyclicList]);
const deep = list(200, () => 0).reduce((inside) => ({ in: inside }), {});

const ALPHABET = "may hold letters (a-z, A-Z), digits, '@', '_' and '-' only";
const JSON_CANNOT = "which JSON cannot carry";

/** By method: an argument, the invalid field, and the message about it. */
const refused = {
  upsertUsers: [
    [undefined, "users", "must be an array of users, but is missing"],
    [null, "users", "must be an array of users, but is missing"],
    [{ id: "a" }, "users", "must be an array of users, but was an object"],
    ["ann", "users", "must be an array of users, but was a string"],
    [[], "users", "must hold 1 to 100 users, but is empty"],
    [users(101), "users", "must hold at most 100 users, but holds 101; split them over several calls"],
    [[null], "users[0]", "must be a user object, but is missing"],
    [[{ id: "a" }, "b"], "users[1]", "must be a user object, but was a string"],
    [[[]], "users[0]", "must be a user object, but was an array"],
    [[{}], "users[0].id", "must be a string, but is missing"],
    [[{ id: null }], "users[0].id", "must be a string, but is missing"],
    [[{ id: 7 }], "users[0].id", "must be a string, but was a number"],
    [[{ id: 7n }], "users[0].id", "must be a string, but was a BigInt"],
    [[{ id: "" }], "users[0].id", "must not be empty"],
    [[{ id: "x".repeat(256) }], "users[0].id", "must have at most 255 characters, but has 256"],
    [[{ id: "a b" }], "users[0].id", `${ALPHABET}, but has a space`],
    [[{ id: "a.b" }], "users[0].id", `${ALPHABET}, but has '.'`],
    [[{ id: "a/../b?x=1" }], "users[0].id", `${ALPHABET}, but has '/'`],
    [[{ id: "a\n" }], "users[0].id", `${ALPHABET}, but has U+000A`],
    [[{ id: "jörg" }], "users[0].id", `${ALPHABET}, but has 'ö' (U+00F6)`],
    [[{ id: "🦀" }], "users[0].id", `${ALPHABET}, but has '🦀' (U+1F980)`],
    [[{ id: "a" }, { id: "b" }, { id: "a" }], "users[2].id", "is the same as that of users[0]"],
    [withCustom("red"), "users[1].custom", "must be an object with your own fields, but was a string"],
    [withCustom(["red"]), "users[1].custom", "must be an object with your own fields, but was an array"],
    [withCustom(() => {}), "users[1].custom", "must be an object with your own fields, but was a function"],
    [withCustom(cyclic), "users[1].custom.self", `contains itself, ${JSON_CANNOT}`],
    [withCustom({ list: cyclicList }), "users[1].custom.list[0][0]", `contains itself, ${JSON_CANNOT}`],
    [withCustom({ n: 1n }), "users[1].custom.n", `is a BigInt, ${JSON_CANNOT}; pass a number or a string`],
    [
      withCustom({ n: Number.NaN }),
      "users[1].custom.n",
      `is NaN or infinite, ${JSON_CANNOT}; pass a finite number or null`,
    ],
    [
      withCustom({ a: [1, -1 / 0] }),
      "users[1].custom.a[1]",
      `is NaN or infinite, ${JSON_CANNOT}; pass a finite number or null`,
    ],
    [withCustom({ "my fn": () => {} }), 'users[1].custom["my fn"]', `is a function, ${JSON_CANNOT}`],
    [withCustom({ s: Symbol("s") }), "users[1].custom.s", `is a symbol, ${JSON_CANNOT}`],
    [
      withCustom({ m: new Map() }),
      "users[1].custom.m",
      "would lose its content in JSON; pass a plain object or an array",
    ],
    [
      withCustom({ s: new Set([1]) }),
      "users[1].custom.s",
      "would lose its content in JSON; pass a plain object or an array",
    ],
    [
      withCustom({ p: Promise.resolve() }),
      "users[1].custom.p",
      "would lose its content in JSON; pass a plain object or an array",
    ],
    [[{ id: "a", teams: [1n] }], "users[0].teams[0]", `is a BigInt, ${JSON_CANNOT}; pass a number or a string`],
    [[{ id: "a", name: () => {} }], "users[0].name", `is a function, ${JSON_CANNOT}`],
    [[{ id: "a", image: Symbol("s") }], "users[0].image", `is a symbol, ${JSON_CANNOT}`],
    [
      [{ id: "a", name: Number.NaN }],
      "users[0].name",
      `is NaN or infinite, ${JSON_CANNOT}; pass a finite number or null`,
    ],
    [
      [{ id: "a", teams: new Set(["t"]) }],
      "users[0].teams",
      "would lose its content in JSON; pass a plain object or an array",
    ],
  ],
  updateUsers: [
    [undefined, "the argument", "must be an object, but is missing"],
    [[{ id: "a" }], "the argument", "must be an object, but was an array"],
    [{}, "users", "must be an object that has each user under its id, but is missing"],
    [{ users: [] }, "users", "must be an object that has each user under its id, but was an array"],
    [{ users: {} }, "users", "must hold 1 to 100 users, but is empty"],
    [
      { users: Object.fromEntries(users(101).map((user) => [user.id, user])) },
      "users",
      "must hold at most 100 users, but holds 101; split them over several calls",
    ],
    [{ users: { a: 1 } }, "users.a", "must be a user object, but was a number"],
    [{ users: { a: { id: "b" } } }, "users.a.id", 'must be equal to its key, but is "b"'],
    [{ users: { "a b": { id: "a b" } } }, 'users["a b"].id', `${ALPHABET}, but has a space`],
    [
      { users: { a: { id: "a", custom: [] } } },
      "users.a.custom",
      "must be an object with your own fields, but was an array",
    ],
    [
      { users: { a: { id: "a", custom: { n: 1n } } } },
      "users.a.custom.n",
      `is a BigInt, ${JSON_CANNOT}; pass a number or a string`,
    ],
  ],
  updateUsersPartial: [
    [undefined, "the argument", "must be an object, but is missing"],
    [{}, "users", "must be an array of partial updates, but is missing"],
    [{ users: [] }, "users", "must hold 1 to 100 partial updates, but is empty"],
    [
      { users: users(101) },
      "users",
      "must hold at most 100 partial updates, but holds 101; split them over several calls",
    ],
    [{ users: ["a"] }, "users[0]", "must be an object with `id`, `set` and `unset`, but was a string"],
    [{ users: [{ id: "a" }, { set: {} }] }, "users[1].id", "must be a non-empty string, but is missing"],
    [{ users: [{ id: "" }] }, "users[0].id", "must not be empty"],
    [
      { users: [{ id: "a", set: "x" }] },
      "users[0].set",
      "must be an object with the fields to write, but was a string",
    ],
    [{ users: [{ id: "a", set: [] }] }, "users[0].set", "must be an object with the fields to write, but was an array"],
    [{ users: [{ id: "a", unset: "name" }] }, "users[0].unset", "must be an array of field names, but was a string"],
    [{ users: [{ id: "a", unset: ["name", ""] }] }, "users[0].unset[1]", "must not be empty"],
    [{ users: [{ id: "a", unset: [1] }] }, "users[0].unset[0]", "must be a non-empty string, but was a number"],
    [{ users: [{ id: "a", set: { f: cyclic } }] }, "users[0].set.f.self", `contains itself, ${JSON_CANNOT}`],
  ],
  queryUsers: [
    [undefined, "the argument", "must be an object, but is missing"],
    [{}, "payload", "must be an object such as { filter_conditions: {} }, but is missing"],
    [{ payload: [] }, "payload", "must be an object such as { filter_conditions: {} }, but was an array"],
    [{ payload: {} }, "payload.filter_conditions", "must be an object ({} finds everything), but is missing"],
    [
      { payload: { filter_conditions: "x" } },
      "payload.filter_conditions",
      "must be an object ({} finds everything), but was a string",
    ],
    [
      { payload: { filter_conditions: {}, limit: 101 } },
      "payload.limit",
      "must be a whole number from 0 to 100, but was 101",
    ],
    [
      { payload: { filter_conditions: {}, limit: -1 } },
      "payload.limit",
      "must be a whole number from 0 to 100, but was -1",
    ],
    [{ payload: { filter_conditions: {}, limit: "9" } }, "payload.limit", "must be a number, but was a string"],
    [
      { payload: { filter_conditions: {}, offset: 1001 } },
      "payload.offset",
      "must be a whole number from 0 to 1000, but was 1001",
    ],
    [
      { payload: { filter_conditions: {}, offset: 1.5 } },
      "payload.offset",
      "must be a whole number from 0 to 1000, but was a fraction",
    ],
    [
      { payload: { filter_conditions: {}, sort: {} } },
      "payload.sort",
      "must be an array of sort terms, but was an object",
    ],
    [
      { payload: { filter_conditions: {}, sort: list(6, () => ({})) } },
      "payload.sort",
      "must have at most 5 sort terms, but has 6",
    ],
    [
      { payload: { filter_conditions: {}, sort: ["id"] } },
      "payload.sort[0]",
      "must be an object with `field` and `direction`, but was a string",
    ],
    [
      { payload: { filter_conditions: { n: 1n } } },
      "payload.filter_conditions.n",
      `is a BigInt, ${JSON_CANNOT}; pass a number or a string`,
    ],
    [{ payload: { filter_conditions: cyclic } }, "payload.filter_conditions.self", `contains itself, ${JSON_CANNOT}`],
  ],
  createGuest: [
    [undefined, "the argument", "must be an object, but is missing"],
    [{}, "user", "must be a user object, but is missing"],
    [{ user: { name: "Gus" } }, "user.id", "must be a string, but is missing"],
    [{ user: { id: "a b" } }, "user.id", `${ALPHABET}, but has a space`],
    [{ user: { id: "a", custom: 1 } }, "user.custom", "must be an object with your own fields, but was a number"],
    [{ user: { id: "a", custom: { f() {} } } }, "user.custom.f", `is a function, ${JSON_CANNOT}`],
  ],
  deactivateUser: [
    [undefined, "the argument", "must be an object, but is missing"],
    ["ann", "the argument", "must be an object, but was a string"],
    [{}, "user_id", "must be a non-empty string, but is missing"],
    [{ user_id: 1 }, "user_id", "must be a non-empty string, but was a number"],
    [{ user_id: "" }, "user_id", "must not be empty"],
    [{ user_id: "a", mark_messages_deleted: "yes" }, "mark_messages_deleted", "must be a boolean, but was a string"],
    [{ user_id: "a", created_by_id: 1 }, "created_by_id", "must be a non-empty string, but was a number"],
    [{ user_id: "a", created_by_id: "" }, "created_by_id", "must not be empty"],
  ],
  deactivateUsers: [
    [{}, "user_ids", "must be an array of user ids, but is missing"],
    [{ user_ids: "a" }, "user_ids", "must be an array of user ids, but was a string"],
    [{ user_ids: [] }, "user_ids", "must hold 1 to 100 user ids, but is empty"],
    [
      { user_ids: ids(101) },
      "user_ids",
      "must hold at most 100 user ids, but holds 101; split them over several calls",
    ],
    [{ user_ids: ["a", null] }, "user_ids[1]", "must be a non-empty string, but is missing"],
    [{ user_ids: ["a", ""] }, "user_ids[1]", "must not be empty"],
    [{ user_ids: ["a"], mark_channels_deleted: 1 }, "mark_channels_deleted", "must be a boolean, but was a number"],
  ],
  reactivateUser: [
    [{}, "user_id", "must be a non-empty string, but is missing"],
    [{ user_id: "a", name: 1 }, "name", "must be a non-empty string, but was a number"],
    [{ user_id: "a", restore_messages: "no" }, "restore_messages", "must be a boolean, but was a string"],
  ],
  reactivateUsers: [
    [{ user_ids: [] }, "user_ids", "must hold 1 to 100 user ids, but is empty"],
    [
      { user_ids: ids(101) },
      "user_ids",
      "must hold at most 100 user ids, but holds 101; split them over several calls",
    ],
    [{ user_ids: ["a"], restore_channels: 0 }, "restore_channels", "must be a boolean, but was a number"],
  ],
  deleteUsers: [
    [{ user_ids: [] }, "user_ids", "must hold 1 to 100 user ids, but is empty"],
    [
      { user_ids: ids(101) },
      "user_ids",
      "must hold at most 100 user ids, but holds 101; split them over several calls",
    ],
    [{ user_ids: ["a", 1] }, "user_ids[1]", "must be a non-empty string, but was a number"],
    [{ user_ids: ["a"], user: "gone" }, "user", 'must be one of "soft", "pruning", "hard", but was "gone"'],
    [{ user_ids: ["a"], user: true }, "user", 'must be one of "soft", "pruning", "hard", but was a boolean'],
    [{ user_ids: ["a"], user: "" }, "user", 'must be one of "soft", "pruning", "hard", but was ""'],
    [{ user_ids: ["a"], user: "Hard" }, "user", 'must be one of "soft", "pruning", "hard", but was "Hard"'],
    [{ user_ids: ["a"], messages: "x" }, "messages", 'must be one of "soft", "pruning", "hard", but was "x"'],
    [
      { user_ids: ["a"], conversations: "pruning" },
      "conversations",
      'must be one of "soft", "hard", but was "pruning"',
    ],
    [{ user_ids: ["a"], calls: "pruning" }, "calls", 'must be one of "soft", "hard", but was "pruning"'],
    [{ user_ids: ["a"], files: "yes" }, "files", "must be a boolean, but was a string"],
    [
      { user_ids: ["a"], new_channel_owner_id: 1 },
      "new_channel_owner_id",
      "must be a non-empty string, but was a number",
    ],
    [{ user_ids: ["a"], new_call_owner_id: "" }, "new_call_owner_id", "must not be empty"],
  ],
  restoreUsers: [
    [{ user_ids: [] }, "user_ids", "must hold 1 to 100 user ids, but is empty"],
    [
      { user_ids: ids(101) },
      "user_ids",
      "must hold at most 100 user ids, but holds 101; split them over several calls",
    ],
  ],
  exportUser: [
    [undefined, "the argument", "must be an object, but is missing"],
    [{}, "user_id", "must be a non-empty string, but is missing"],
  ],
  exportUsers: [
    [{ user_ids: [] }, "user_ids", "must hold 1 to 25 user ids, but is empty"],
    [{ user_ids: ids(26) }, "user_ids", "must hold at most 25 user ids, but holds 26; split them over several calls"],
  ],
  getTask: [
    [undefined, "the argument", "must be an object, but is missing"],
    ["some-id", "the argument", "must be an object, but was a string"],
    [{}, "id", "must be a non-empty string, but is missing"],
    [{ id: "" }, "id", "must not be empty"],
  ],
};

async function assertRefused(promise, { message, field, kind = "invalid_argument" }) {
  const error = await rejection(promise);
  assert.ok(error instanceof StreamError, String(error));
  assert.deepEqual([error.message, error.kind, error.field], [message, kind, field]);
  assert.deepEqual([error.code, error.status, error.metadata], [undefined, undefined, undefined]);
}

for (const [method, cases] of Object.entries(refused)) {
  test(`${method} refuses what the API does not accept`, async () => {
    for (const [argument, field, problem] of cases) {
      await assertRefused(client[method](argument), { message: `${method}: ${field} ${problem}`, field });
    }
  });
}

test("custom data that is not an object in JSON is refused with a clear message", async () => {
  for (const custom of [new Date(0), new URL("https://example.com"), { toJSON: () => "text" }]) {
    const error = await rejection(client.upsertUsers(withCustom(custom)));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", "users[1].custom"]);
    assert.doesNotMatch(error.message, /must be an object.*but was an object/);
  }
});

test("nesting that is too deep is refused", async () => {
  for (const call of [
    client.upsertUsers(withCustom(deep)),
    client.queryUsers({ payload: { filter_conditions: deep } }),
  ]) {
    const error = await rejection(call);
    assert.match(error.message, /\.in\.in\.in is nested too deep$/);
    assert.equal(error.kind, "invalid_argument");
  }
});

test("an id that a URL cannot contain is refused with an alternative", async () => {
  for (const id of [".", ".."]) {
    for (const [method, field] of [
      ["deactivateUser", "user_id"],
      ["reactivateUser", "user_id"],
      ["exportUser", "user_id"],
    ]) {
      const wayOut = "an operation on several users takes it in `user_ids`";
      const message = `${method}: ${field} must not be "${id}", which no URL can carry; ${wayOut}`;
      await assertRefused(client[method]({ [field]: id }), { message, field });
    }
    const { fetch, requests } = recorder();
    const several = new StreamClient("key", "secret", { fetch });
    await several.deactivateUsers({ user_ids: [id] });
    assert.deepEqual(requests[0].json, { user_ids: [id] });
  }
  const error = await rejection(client.getTask({ id: ".." }));
  assert.equal(error.field, "id");
});

test("a waiting call refuses its arguments too", async () => {
  const task = "taskId must be the task_id that the operation returned";
  for (const [id, options, field, problem] of [
    [undefined, {}, "taskId", task],
    ["", {}, "taskId", task],
    [{ id: "a" }, {}, "taskId", task],
    ["a", 5, "options", "options must be an object, but was 5"],
    [
      "a",
      { pollInterval: 0 },
      "pollInterval",
      "pollInterval must be milliseconds, more than 0 and at most 2147483647, but was 0",
    ],
    [
      "a",
      { timeout: Number.NaN },
      "timeout",
      "timeout must be milliseconds, more than 0 and at most 2147483647, but was NaN",
    ],
    [
      "a",
      { timeout: "60s" },
      "timeout",
      "timeout must be milliseconds, more than 0 and at most 2147483647, but was a string",
    ],
    ["a", { signal: {} }, "signal", "signal must be an AbortSignal, but was an object"],
    ["a", { onProgress: "log" }, "onProgress", "onProgress must be a function, but was a string"],
  ]) {
    await assertRefused(client.waitForTask(id, options), { message: `waitForTask: ${problem}`, field });
  }
});

/** Options of a client or a call that are refused: the options, the invalid field, the message about it. */
const wrongOptions = [
  [5, "options", "must be an object, but was 5"],
  ["fast", "options", "must be an object, but was a string"],
  [{ timeout: 0 }, "timeout", "must be milliseconds, more than 0 and at most 2147483647, but was 0"],
  [{ timeout: -1 }, "timeout", "must be milliseconds, more than 0 and at most 2147483647, but was -1"],
  [{ timeout: Number.NaN }, "timeout", "must be milliseconds, more than 0 and at most 2147483647, but was NaN"],
  [{ timeout: 2 ** 31 }, "timeout", "must be milliseconds, more than 0 and at most 2147483647, but was 2147483648"],
  [{ timeout: 1 / 0 }, "timeout", "must be milliseconds, more than 0 and at most 2147483647, but was Infinity"],
  [{ timeout: "1s" }, "timeout", "must be milliseconds, more than 0 and at most 2147483647, but was a string"],
  [{ headers: "a: b" }, "headers", "must be a plain object of names and values, but was a string"],
  [{ headers: [["a", "b"]] }, "headers", "must be a plain object of names and values, but was an array"],
  [{ headers: { "x-a": 1 } }, 'headers["x-a"]', "must be a string of characters up to U+00FF without line ends"],
  [
    { headers: { "x-a": "1\r\nx-b: 2" } },
    'headers["x-a"]',
    "must be a string of characters up to U+00FF without line ends",
  ],
];

test("options of a call are checked before anything is sent", async () => {
  const cases = [
    ...wrongOptions,
    [{ signal: {} }, "signal", "must be an AbortSignal, but was an object"],
    [{ signal: "stop" }, "signal", "must be an AbortSignal, but was a string"],
  ];
  for (const [options, field, problem] of cases) {
    const message = `getTask: ${field} ${problem}`;
    await assertRefused(client.getTask({ id: "a" }, options), { message, field });
  }
});

function thrown(make) {
  try {
    make();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

test("options of a client are checked when it is created", async () => {
  const cases = [
    ...wrongOptions,
    [{ fetch: {} }, "fetch", "must be a function, but was an object"],
    [{ fetch: "fetch" }, "fetch", "must be a function, but was a string"],
    [{ basePath: 1 }, "basePath", "must be a string, but was 1"],
    [{ dangerouslyAllowBrowser: "yes" }, "dangerouslyAllowBrowser", "must be a boolean, but was a string"],
  ];
  const token = client.generateUserToken({ user_id: "ann" });
  for (const [options, field, problem] of cases) {
    for (const make of [
      () => new StreamClient("key", "secret", options),
      () => StreamClient.withToken("key", token, options),
      () => StreamClient.anonymous("key", options),
    ]) {
      const error = thrown(make);
      assert.ok(error instanceof StreamError);
      assert.deepEqual([error.message, error.field, error.kind], [`${field} ${problem}`, field, "invalid_argument"]);
    }
    const error = await rejection(StreamClient.guest("key", { id: "gus" }, options));
    assert.equal(error.message, `${field} ${problem}`);
  }
});

test("headers that cannot be read are refused, not dropped", async () => {
  for (const headers of [new Headers({ "x-mine": "1" }), new Map([["x-mine", "1"]]), new Set(["x-mine"]), new Date()]) {
    assert.equal(thrown(() => new StreamClient("key", "secret", { headers })).field, "headers");
    assert.equal((await rejection(client.getTask({ id: "a" }, { headers }))).field, "headers");
  }
});

test("header names and values are those that HTTP has", async () => {
  const sent = async (headers) => {
    const { fetch, requests } = recorder();
    await new StreamClient("key", "secret", { fetch, headers }).getApp({ headers: { "X-Call": "1" } });
    return requests[0].headers;
  };
  for (const [name, value] of [
    ["x-mine", "a"],
    ["X_Mine~", ""],
    ["x", "caf\u00e9 \t"],
  ]) {
    const headers = await sent({ [name]: value });
    assert.deepEqual([headers[name.toLowerCase()], headers["x-call"]], [value, "1"], name);
  }
  for (const [name, value, problem] of [
    ["", "a", "has a name that no header may have"],
    ["x y", "a", "has a name that no header may have"],
    ["x\n", "a", "has a name that no header may have"],
    ["x", 1, "must be a string of characters up to U+00FF without line ends"],
    ["x", null, "must be a string of characters up to U+00FF without line ends"],
    ["x", "hush\r\n", "must be a string of characters up to U+00FF without line ends"],
    ["x", "hush\u2603", "must be a string of characters up to U+00FF without line ends"],
  ]) {
    const error = thrown(() => new StreamClient("key", "secret", { headers: { [name]: value } }));
    const field = `headers[${JSON.stringify(name)}]`;
    assert.deepEqual([error.message, error.field], [`${field} ${problem}`, field]);
  }
});

test("a base path may end with slashes", async () => {
  const { fetch, requests } = recorder();
  await new StreamClient("key", "secret", { fetch, basePath: "https://example.com/proxy//" }).getApp();
  assert.equal(new URL(requests[0].url).pathname, "/proxy/api/v2/app");
});

test("a base path that paths cannot follow is refused", () => {
  for (const basePath of [
    "",
    "example.com",
    "ftp://example.com",
    "https://",
    "https:///x",
    "https://example.com?a=b",
    "https://example.com#a",
    "https://user:pass@example.com",
    "https://example .com",
    "https://example.com\n",
    "https://example.com\\x",
  ]) {
    const error = thrown(() => new StreamClient("key", "secret", { basePath }));
    const message = "basePath must be an http or https URL without query, fragment or credentials";
    assert.deepEqual([error.message, error.kind], [message, "config"], basePath);
  }
});

test("credentials that cannot be valid are refused, and never shown", async () => {
  const control = (name, at, of) =>
    `${name} must not have control characters, but has one at position ${at} of ${of}; trim line ends`;
  const cases = [
    [() => new StreamClient("", "secret"), "apiKey must not be empty"],
    [() => new StreamClient(undefined, "secret"), "apiKey must be a string, but was missing"],
    [() => new StreamClient(12345, "secret"), "apiKey must be a string, but was a number"],
    [() => new StreamClient("hushkey\n", "secret"), control("apiKey", 7, 8)],
    [() => new StreamClient("hush\r\nkey", "secret"), control("apiKey", 4, 9)],
    [() => new StreamClient("hush\u007fkey", "secret"), control("apiKey", 4, 8)],
    [() => new StreamClient("hush\0key", "secret"), control("apiKey", 4, 8)],
    [() => new StreamClient("key", ""), "secret must not be empty"],
    [() => new StreamClient("key"), "secret must be a string, but was missing"],
    [() => new StreamClient("key", { secret: "hush" }), "secret must be a string, but was an object"],
    [() => new StreamClient("key", "hush\n"), control("secret", 4, 5)],
    [() => new StreamClient("key", "\u0085hush"), control("secret", 0, 5)],
    [() => StreamClient.withToken("key", ""), "token must not be empty"],
    [() => StreamClient.withToken("key", null), "token must be a string, but was missing"],
    [() => StreamClient.anonymous("hush\n"), control("apiKey", 4, 5)],
  ];
  for (const [make, message] of cases) {
    const error = thrown(make);
    assert.ok(error instanceof StreamError);
    assert.deepEqual([error.message, error.kind], [message, "config"]);
  }
  const good = client.generateUserToken({ user_id: "ann" });
  const [header, payload, signature] = good.split(".");
  for (const token of [
    "hush",
    "hush.hush",
    `${good}.hush`,
    `${good}\n`,
    `${good}\nhush`,
    ` ${good}`,
    `${header}.${payload}\r\n.${signature}`,
    `${header}.hu sh.${signature}`,
  ]) {
    const error = thrown(() => StreamClient.withToken("key", token));
    assert.equal(error.kind, "config");
    assert.match(error.message, /^token is invalid: /);
    assert.ok(![payload, signature, "hush"].some((part) => error.message.includes(part)), error.message);
  }
  const error = await rejection(StreamClient.guest("key\n", { id: "gus" }));
  assert.deepEqual([error.message, error.kind], [control("apiKey", 3, 4), "config"]);
});

test("limits are inclusive", async () => {
  const { fetch, requests } = recorder();
  const client = new StreamClient("key", "secret", { fetch });
  await client.upsertUsers(users(100));
  await client.upsertUsers([{ id: "x".repeat(255) }, { id: "A-z_0@9" }]);
  await client.updateUsersPartial({ users: users(100) });
  for (const method of ["deactivateUsers", "reactivateUsers", "deleteUsers", "restoreUsers"]) {
    await client[method]({ user_ids: ids(100) });
  }
  await client.exportUsers({ user_ids: ids(25) });
  const sort = list(5, () => ({ field: "id", direction: 1 }));
  await client.queryUsers({ payload: { filter_conditions: {}, limit: 100, offset: 1000, sort } });
  await client.queryUsers({ payload: { filter_conditions: {}, limit: 0, offset: 0, sort: [] } });
  assert.equal(requests.length, 10);
});

test("null and undefined mean not given", async () => {
  const { fetch, requests } = recorder();
  const client = new StreamClient("key", "secret", { fetch });
  const absent = { user: null, messages: undefined, calls: null, files: null, new_call_owner_id: undefined };
  await client.deleteUsers({ user_ids: ["a"], ...absent }, null);
  await client.deactivateUser({ user_id: "a", created_by_id: undefined, mark_messages_deleted: null }, undefined);
  await client.upsertUsers([{ id: "a", custom: null, name: undefined }]);
  await client.queryUsers(
    { payload: { filter_conditions: {}, limit: null, sort: undefined } },
    { signal: undefined, timeout: null },
  );
  assert.deepEqual(requests[0].json, { user_ids: ["a"], user: null, calls: null, files: null });
  assert.deepEqual(requests[2].json, { users: { a: { id: "a", custom: null } } });
});

test("all JSON data is sent as JSON.stringify writes it", async () => {
  const { fetch, requests } = recorder();
  const client = new StreamClient("key", "secret", { fetch });
  class Point {
    x = 1;
    get doubled() {
      return this.x * 2;
    }
  }
  const bare = Object.assign(Object.create(null), { color: "red", when: new Date(0) });
  const custom = {
    when: new Date(1_700_000_000_123),
    bare,
    point: new Point(),
    list: [1, "two", null, undefined, [true]],
    nothing: undefined,
    json: { toJSON: () => ({ said: "so" }) },
    url: new URL("https://example.com/a"),
    text: '"\\\u2028🦀',
    "": "an empty name",
    big: 1e21,
  };
  const user = Object.assign(Object.create(null), { id: "ann", custom });
  await client.upsertUsers([user]);
  assert.equal(requests[0].body, JSON.stringify({ users: { ann: user } }));
  assert.equal(requests[0].json.users.ann.custom.when, "2023-11-14T22:13:20.123Z");
  await client.updateUsers({ users: { ann: user } });
  assert.equal(requests[1].body, requests[0].body);
  const shared = { twice: true };
  await client.updateUsersPartial({ users: [{ id: "ann", set: { one: shared, other: shared } }] });
  assert.deepEqual(requests[2].json.users[0].set, { one: shared, other: shared });
});

test("a user's id may be the name of a property of Object", async () => {
  const { fetch, requests } = recorder();
  const client = new StreamClient("key", "secret", { fetch });
  const ids = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  await client.upsertUsers(ids.map((id) => ({ id, name: id })));
  await client.updateUsers(JSON.parse('{"users":{"__proto__":{"id":"__proto__","name":"__proto__"}}}'));
  assert.deepEqual(Object.keys(requests[0].json.users), ids);
  assert.ok(requests[0].body.includes('"__proto__":{"id":"__proto__","name":"__proto__"}'));
  assert.equal(requests[1].body, '{"users":{"__proto__":{"id":"__proto__","name":"__proto__"}}}');
  assert.equal({}.name, undefined);

  const real = new StreamClient(apiKey, apiSecret, overHttp);
  const response = await real.upsertUsers([{ id: "__proto__", name: "Proto" }]);
  const [user] = Object.values(response.users);
  assert.equal(user.name, "Proto");
  assert.ok(user.created_at instanceof Date);
  assert.equal(Object.getPrototypeOf(response.users), Object.prototype);
});

test("existing ids that are no longer valid can be used", async () => {
  const { fetch, requests } = recorder();
  const client = new StreamClient("key", "secret", { fetch });
  const odd = ["a b", "jörg", "x".repeat(300), "..", "a/b", "\n"];
  for (const method of ["deactivateUsers", "reactivateUsers", "deleteUsers", "restoreUsers", "exportUsers"]) {
    await client[method]({ user_ids: odd });
    assert.deepEqual(requests.at(-1).json.user_ids, odd);
  }
  await client.updateUsersPartial({ users: odd.map((id) => ({ id, unset: ["name"] })) });
  assert.deepEqual(
    requests.at(-1).json.users.map((user) => user.id),
    odd,
  );
});

const paths = [
  ["ann", "ann"],
  ["a/../b?x=1", "a%2F..%2Fb%3Fx%3D1"],
  ["$&", "%24%26"],
  ["$1$`$'$$", "%241%24%60%24%27%24%24"],
  ["jörg 🦀", "j%C3%B6rg%20%F0%9F%A6%80"],
  ["%2e%2e", "%252e%252e"],
  ["a b", "a%20b"],
  ["a+b", "a%2Bb"],
  ["...", "..."],
  ["a#b", "a%23b"],
  ["a\\b", "a%5Cb"],
  ["{user_id}", "%7Buser_id%7D"],
  ["x/deactivate", "x%2Fdeactivate"],
  ["A-Z_0.9~", "A-Z_0.9~"],
];

test("an id in a path never becomes part of its structure", async () => {
  const { fetch, requests } = recorder();
  const client = new StreamClient("my key&", "secret", { fetch, basePath: "https://api.example.com/proxy/" });
  for (const [id, encoded] of paths) {
    await client.deactivateUser({ user_id: id });
    await client.reactivateUser({ user_id: id });
    await client.exportUser({ user_id: id });
    await client.getTask({ id });
    const expected = [
      `https://api.example.com/proxy/api/v2/users/${encoded}/deactivate?api_key=my%20key%26`,
      `https://api.example.com/proxy/api/v2/users/${encoded}/reactivate?api_key=my%20key%26`,
      `https://api.example.com/proxy/api/v2/users/${encoded}/export?api_key=my%20key%26`,
      `https://api.example.com/proxy/api/v2/tasks/${encoded}?api_key=my%20key%26`,
    ];
    const urls = requests.splice(0).map((request) => request.url);
    assert.deepEqual(urls, expected);
    // Nor does a URL parser change it.
    assert.deepEqual(
      urls.map((url) => new URL(url).href),
      expected,
    );
  }
});

test("unusual ids reach the API over HTTP unchanged", async () => {
  const server = new StreamClient(apiKey, apiSecret, overHttp);
  for (const [plain] of paths) {
    // None of these ids can be created today, but the response contains the id that was looked up.
    const id = `${plain}${unique("")}`;
    const unknown = (operation) =>
      `Stream error code 16: ${operation} failed with error: "the user ${id} does not exist"`;
    for (const [method, operation] of [
      ["exportUser", "ExportUser"],
      ["deactivateUser", "DeactivateUser"],
      ["reactivateUser", "ReactivateUser"],
    ]) {
      if (/^[\w@-]+$/.test(id)) break;
      assert.equal((await rejection(server[method]({ user_id: id }))).message, unknown(operation));
    }
    const { message } = await rejection(server.getTask({ id }));
    assert.equal(message, `Stream error code 16: GetTask failed with error: "Can't find task with id "${id}""`);
    const { users } = await server.queryUsers({ payload: { filter_conditions: { id: { $in: [id] }, name: id } } });
    assert.deepEqual(users, []);
  }
});

test("ids that look like a part of a path are found over HTTP", async () => {
  const server = new StreamClient(apiKey, apiSecret, overHttp);
  const created = ["deactivate", "export", "users", `@${unique("@")}@`];
  await server.upsertUsers(created.map((id) => ({ id })));
  for (const id of created) {
    assert.equal((await server.deactivateUser({ user_id: id })).user.id, id);
    assert.equal((await server.reactivateUser({ user_id: id })).user.id, id);
    assert.equal((await server.exportUser({ user_id: id })).user.id, id);
  }
});
