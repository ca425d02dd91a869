// Requests, responses, and everything that can fail in between.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import { json, noFetch, recorder, refusal, rejection } from "../support/stub.mjs";

const KEY = "hushkey";
const SECRET = "hushsecret";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const QUERY = { payload: { filter_conditions: {} } };

// One attempt per call; retries.test.mjs tests the retries.
const server = (options) => new StreamClient(KEY, SECRET, { retry: false, ...options });

function deepFreeze(value) {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

const AT = new Date("2026-01-31T12:00:00.123Z");
const MEMBERS = { member_ids: ["ann"], as_admin: true, team_id: "red" };
const BANS = { payload: { filter_conditions: { user_id: "ü&=" }, limit: 300 } };

/** Method, argument, HTTP method, path, body, query. */
const operations = [
  [
    "upsertUsers",
    [{ id: "ann", name: "Ann" }, { id: "bob" }],
    "POST",
    "/api/v2/users",
    { users: { ann: { id: "ann", name: "Ann" }, bob: { id: "bob" } } },
  ],
  ["updateUsers", { users: { ann: { id: "ann" } } }, "POST", "/api/v2/users", { users: { ann: { id: "ann" } } }],
  [
    "updateUsersPartial",
    { users: [{ id: "ann", set: { a: 1 }, unset: ["b"] }] },
    "PATCH",
    "/api/v2/users",
    { users: [{ id: "ann", set: { a: 1 }, unset: ["b"] }] },
  ],
  [
    "queryUsers",
    { payload: { filter_conditions: { name: "ü&=" }, limit: 3 } },
    "GET",
    "/api/v2/users",
    undefined,
    { payload: '{"filter_conditions":{"name":"ü&="},"limit":3}' },
  ],
  ["createGuest", { user: { id: "gus" } }, "POST", "/api/v2/guest", { user: { id: "gus" } }],
  [
    "deactivateUser",
    { user_id: "ann", created_by_id: "bob" },
    "POST",
    "/api/v2/users/ann/deactivate",
    { created_by_id: "bob" },
  ],
  ["deactivateUsers", { user_ids: ["a"] }, "POST", "/api/v2/users/deactivate", { user_ids: ["a"] }],
  ["reactivateUser", { user_id: "ann" }, "POST", "/api/v2/users/ann/reactivate", {}],
  ["reactivateUsers", { user_ids: ["a"] }, "POST", "/api/v2/users/reactivate", { user_ids: ["a"] }],
  [
    "deleteUsers",
    { user_ids: ["a"], user: "hard", files: true },
    "POST",
    "/api/v2/users/delete",
    { user_ids: ["a"], user: "hard", files: true },
  ],
  ["restoreUsers", { user_ids: ["a"] }, "POST", "/api/v2/users/restore", { user_ids: ["a"] }],
  ["exportUser", { user_id: "ann" }, "GET", "/api/v2/users/ann/export", undefined],
  ["exportUsers", { user_ids: ["a"] }, "POST", "/api/v2/export/users", { user_ids: ["a"] }],
  ["getTask", { id: "t-1" }, "GET", "/api/v2/tasks/t-1", undefined],
  ["blockUsers", { blocked_user_id: "bob", user_id: "ann" }, "POST", "/api/v2/users/block"],
  ["unblockUsers", { blocked_user_id: "bob", user_id: "ann" }, "POST", "/api/v2/users/unblock"],
  ["getBlockedUsers", { user_id: "ann" }, "GET", "/api/v2/users/block", undefined, { user_id: "ann" }],
  ["getBlockedUsers", undefined, "GET", "/api/v2/users/block", undefined],
  [
    "listUserGroups",
    { limit: 2, id_gt: "g", created_at_gt: AT, team_id: undefined, other: 1 },
    "GET",
    "/api/v2/usergroups",
    undefined,
    { limit: "2", id_gt: "g", created_at_gt: "2026-01-31T12:00:00.123Z" },
  ],
  ["createUserGroup", { name: "Staff", member_ids: ["ann"] }, "POST", "/api/v2/usergroups"],
  ["getUserGroup", { id: "a/b", team_id: "red" }, "GET", "/api/v2/usergroups/a%2Fb", undefined, { team_id: "red" }],
  ["updateUserGroup", { id: "g", description: "" }, "PUT", "/api/v2/usergroups/g", { description: "" }],
  ["deleteUserGroup", { id: "g", team_id: null }, "DELETE", "/api/v2/usergroups/g", undefined],
  ["addUserGroupMembers", { id: "g", ...MEMBERS }, "POST", "/api/v2/usergroups/g/members", MEMBERS],
  [
    "removeUserGroupMembers",
    { id: "g", member_ids: ["ann"] },
    "POST",
    "/api/v2/usergroups/g/members/delete",
    { member_ids: ["ann"] },
  ],
  [
    "searchUserGroups",
    { query: "st aff", limit: 25, name_gt: "s", id_gt: "g", team_id: "red" },
    "GET",
    "/api/v2/usergroups/search",
    undefined,
    { query: "st aff", limit: "25", name_gt: "s", id_gt: "g", team_id: "red" },
  ],
  ["listRoles", undefined, "GET", "/api/v2/roles", undefined],
  ["createRole", { name: "vip" }, "POST", "/api/v2/roles"],
  ["deleteRole", { name: "vip" }, "DELETE", "/api/v2/roles/vip", undefined],
  [
    "searchRoles",
    { query: "v", role_type: "user", include_global_roles: false },
    "GET",
    "/api/v2/roles/search",
    undefined,
    { query: "v", role_type: "user", include_global_roles: "false" },
  ],
  ["listPermissions", undefined, "GET", "/api/v2/permissions", undefined],
  ["getPermission", { id: "update-user" }, "GET", "/api/v2/permissions/update-user", undefined],
  [
    "getRateLimits",
    { server_side: true, web: false, endpoints: ["QueryUsers", "GetApp"] },
    "GET",
    "/api/v2/rate_limits",
    undefined,
    { server_side: "true", web: "false", endpoints: "QueryUsers,GetApp" },
  ],
  ["getRateLimits", undefined, "GET", "/api/v2/rate_limits", undefined],
  ["listDevices", { user_id: "ann" }, "GET", "/api/v2/devices", undefined, { user_id: "ann" }],
  ["createDevice", { id: "d", push_provider: "apn", user_id: "ann" }, "POST", "/api/v2/devices"],
  [
    "deleteDevice",
    { id: "d/1", user_id: "ann" },
    "DELETE",
    "/api/v2/devices",
    undefined,
    { id: "d/1", user_id: "ann" },
  ],
  [
    "updatePushNotificationPreferences",
    { preferences: [{ user_id: "ann", disabled_until: AT }] },
    "POST",
    "/api/v2/push_preferences",
    { preferences: [{ user_id: "ann", disabled_until: AT.toISOString() }] },
  ],
  ["getUserLiveLocations", { user_id: "ann" }, "GET", "/api/v2/users/live_locations", undefined, { user_id: "ann" }],
  [
    "updateLiveLocation",
    { message_id: "m", latitude: 1.5, user_id: "ann" },
    "PUT",
    "/api/v2/users/live_locations",
    { message_id: "m", latitude: 1.5 },
    { user_id: "ann" },
  ],
  ["getApp", undefined, "GET", "/api/v2/app", undefined],
  ["updateApp", { revoke_tokens_issued_before: null }, "PATCH", "/api/v2/app"],
  ["updateApp", undefined, "PATCH", "/api/v2/app", {}],
  ["moderation.ban", { target_user_id: "bob", banned_by_id: "ann", timeout: 5 }, "POST", "/api/v2/moderation/ban"],
  [
    "moderation.unban",
    { target_user_id: "bob", channel_cid: "messaging:a", created_by: "ann", unbanned_by_id: "ann" },
    "POST",
    "/api/v2/moderation/unban",
    { unbanned_by_id: "ann" },
    { target_user_id: "bob", channel_cid: "messaging:a", created_by: "ann" },
  ],
  ["moderation.mute", { target_ids: ["bob"], user_id: "ann", timeout: 1 }, "POST", "/api/v2/moderation/mute"],
  ["moderation.unmute", { target_ids: ["bob"], user_id: "ann" }, "POST", "/api/v2/moderation/unmute"],
  [
    "moderation.flag",
    { entity_type: "stream:user", entity_id: "bob", user_id: "ann" },
    "POST",
    "/api/v2/moderation/flag",
  ],
  ["queryBannedUsers", BANS, "GET", "/api/v2/chat/query_banned_users", undefined, stringified(BANS)],
  ["chat.queryBannedUsers", BANS, "GET", "/api/v2/chat/query_banned_users", undefined, stringified(BANS)],
  [
    "chat.queryFutureChannelBans",
    { payload: { target_user_id: "bob" } },
    "GET",
    "/api/v2/chat/query_future_channel_bans",
    undefined,
    { payload: '{"target_user_id":"bob"}' },
  ],
  ["chat.queryFutureChannelBans", undefined, "GET", "/api/v2/chat/query_future_channel_bans", undefined],
  [
    "chat.sendUserCustomEvent",
    { user_id: "ann", event: { type: "hello", custom: { a: 1 } } },
    "POST",
    "/api/v2/chat/users/ann/event",
    { event: { type: "hello", custom: { a: 1 } } },
  ],
];

/** An argument with one field, which is sent as JSON in the query. */
function stringified(argument) {
  return Object.fromEntries(Object.entries(argument).map(([name, value]) => [name, JSON.stringify(value)]));
}

/** A method by its name, which may be one of `client.moderation` or `client.chat`. */
function methodOf(client, name) {
  const [space, method] = name.split(".");
  return method === undefined ? client[name].bind(client) : client[space][method];
}

test("every operation is sent as the API expects, and its argument is not modified", async () => {
  for (const [method, argument, httpMethod, path, ...more] of operations) {
    const { fetch, requests } = recorder();
    await methodOf(server({ fetch }), method)(deepFreeze(argument));
    const [body = more.length === 0 ? argument : undefined, query = {}] = more;
    const [{ url, method: sent, headers, body: text }] = requests;
    const parsed = new URL(url);
    assert.equal(sent, httpMethod, method);
    assert.equal(parsed.origin + parsed.pathname, `https://chat.stream-io-api.com${path}`);
    assert.equal(parsed.searchParams.get("api_key"), KEY);
    assert.deepEqual(text === undefined ? undefined : JSON.parse(text), body);
    const { authorization, "x-client-request-id": id, "x-stream-client": sdk, ...others } = headers;
    assert.match(authorization, /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/);
    assert.match(id, UUID);
    assert.match(sdk, /^getstream-users-\d+\.\d+\.\d+\|node$/);
    assert.deepEqual(others, { "stream-auth-type": "jwt", "content-type": "application/json" });
    parsed.searchParams.delete("api_key");
    assert.deepEqual(Object.fromEntries(parsed.searchParams), query, method);
  }
});

test("every declared operation has a row above or a separate test", () => {
  const folder = new URL(".", import.meta.resolve("getstream-users/package.json"));
  const types = readFileSync(new URL("dist/index.d.cts", folder), "utf8");
  const prefixes = { Operations: "", ModerationMethods: "moderation.", ChatMethods: "chat." };
  const classes = types.matchAll(/^declare class (\w+) extends ClientBase \{(.*?)\n\}/gms);
  const all = [...classes].flatMap(([, object, body]) =>
    [...body.matchAll(/^ {4}(\w+)[<(]/gm)].map(([, name]) => prefixes[object] + name),
  );
  assert.ok(all.length > 50);
  const rows = new Set(operations.map(([name]) => name));
  const bare = all.filter((name) => !rows.has(name) && !name.startsWith("revokeUserToken"));
  assert.deepEqual(bare, []);
});

test("operations without an argument take their options first", async () => {
  const signal = AbortSignal.abort("enough");
  for (const method of ["getApp", "listRoles", "listPermissions"]) {
    const { fetch, requests } = recorder();
    await server({ fetch })[method]({ headers: { "x-mine": "1" } });
    assert.equal(requests[0].headers["x-mine"], "1");
    assert.equal(await rejection(server({ fetch: noFetch })[method]({ signal })), "enough");
    assert.equal((await rejection(server({ fetch: noFetch })[method]("x"))).field, "options");
  }
});

test("moderation and chat belong to their client and are the same objects each time", async () => {
  const { fetch, requests } = recorder();
  const [one, other] = [server({ fetch }), new StreamClient("otherkey", SECRET, { fetch })];
  assert.equal(one.moderation, one.moderation);
  assert.notEqual(one.moderation, other.moderation);
  const { sendUserCustomEvent } = other.chat;
  await sendUserCustomEvent({ user_id: "ann", event: { type: "hello" } });
  await one.chat.sendUserCustomEvent({ user_id: "ann", event: { type: "hello" } });
  const keys = requests.map(({ url }) => new URL(url).searchParams.get("api_key"));
  assert.deepEqual(keys, ["otherkey", KEY]);
  assert.deepEqual(Object.keys(one), Object.keys(other));
  const fake = { ban: () => "a fake" };
  one.moderation = fake;
  assert.equal(one.moderation, fake);
});

test("values that a query cannot contain are refused", async () => {
  const client = server({ fetch: noFetch });
  const refusedFields = [
    [() => client.listUserGroups({ created_at_gt: new Date(Number.NaN) }), "created_at_gt"],
    [() => client.listUserGroups({ id_gt: Symbol("g") }), "id_gt"],
    [() => client.getRateLimits({ endpoints: () => "GetApp" }), "endpoints"],
    [() => client.moderation.unban({ target_user_id: "a", channel_cid: 1n }), "channel_cid"],
    [() => client.updateApp({ revoke_tokens_issued_before: new Date(Number.NaN) }), "revoke_tokens_issued_before"],
  ];
  for (const [call, field] of refusedFields) {
    const error = await rejection(call());
    assert.deepEqual([error.kind, error.field], ["invalid_argument", field], error.message);
  }
});

test("tokens are revoked by a partial update: up to now, up to a time, or no longer", async () => {
  const { fetch, requests } = recorder();
  const client = server({ fetch });
  const before = Date.now();
  await client.revokeUserToken("ann");
  await client.revokeUserToken("ann", AT);
  await client.revokeUserTokens(deepFreeze(["ann", "bob"]), "2026-01-31T12:00:00Z", { headers: { "x-mine": "1" } });
  await client.revokeUserTokens(["ann"], null);
  const sent = requests.map(({ method, url, json }) => {
    assert.deepEqual([method, new URL(url).pathname], ["PATCH", "/api/v2/users"]);
    return json.users.map(({ id, set }) => [id, set.revoke_tokens_issued_before]);
  });
  const now = Date.parse(sent[0][0][1]);
  assert.ok(before <= now && now <= Date.now());
  assert.deepEqual(sent.slice(1), [
    [["ann", "2026-01-31T12:00:00.123Z"]],
    [
      ["ann", "2026-01-31T12:00:00Z"],
      ["bob", "2026-01-31T12:00:00Z"],
    ],
    [["ann", null]],
  ]);
  assert.equal(requests[2].headers["x-mine"], "1");
});

test("an invalid time does not undo a revocation", async () => {
  const client = server({ fetch: noFetch });
  for (const before of [new Date("then"), "then", 5, {}, true]) {
    const error = await rejection(client.revokeUserToken("ann", before));
    assert.equal(error.field, "before");
    assert.equal((await rejection(client.revokeUserTokens(["ann"], before))).field, "before");
  }
  assert.equal((await rejection(client.revokeUserToken())).field, "userId");
  assert.equal((await rejection(client.revokeUserTokens("ann"))).field, "userIds");
  assert.equal((await rejection(client.revokeUserTokens(["ann", ""]))).field, "userIds[1]");
});

test("request sends to the same address with the same authentication", async () => {
  const { fetch, requests } = recorder(() => json({ created_at: 5, list: [1] }));
  const client = server({ fetch, basePath: "https://example.com/proxy" });
  const query = deepFreeze({ a: "ü&", b: [1, "x"], c: [{ d: 1 }], e: { f: null }, g: AT, h: false, i: null, "j&": 1 });
  const { metadata, ...answer } = await client.request("GET", "/api/v2/channels", { query });
  await client.request("DELETE", "//api/v2/a%2Fb");
  await client.request("PUT", "/api/v2/c", deepFreeze({ body: { n: 1 }, headers: { "x-mine": "1" } }));
  assert.deepEqual(answer, { created_at: 5, list: [1] });
  assert.equal(metadata.responseCode, 200);
  const [get, remove, put] = requests;
  const url = new URL(get.url);
  assert.equal(url.origin + url.pathname, "https://example.com/proxy/api/v2/channels");
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    api_key: KEY,
    a: "ü&",
    b: "1,x",
    c: '[{"d":1}]',
    e: '{"f":null}',
    g: "2026-01-31T12:00:00.123Z",
    h: "false",
    "j&": "1",
  });
  assert.deepEqual([get.method, remove.method, put.method], ["GET", "DELETE", "PUT"]);
  assert.equal(remove.url, "https://example.com/proxy//api/v2/a%2Fb?api_key=hushkey");
  assert.deepEqual([get.body, remove.body, put.body], [undefined, undefined, '{"n":1}']);
  assert.equal(put.headers["x-mine"], "1");
  assert.equal(put.headers.authorization, get.headers.authorization);
});

test("request is retried for GET, or if it is declared idempotent", async () => {
  const tries = async (method, options) => {
    const { fetch, requests } = recorder(() => refusal(-1, "down", 503, { headers: { "retry-after": "0" } }));
    const client = new StreamClient(KEY, SECRET, { fetch });
    const error = await rejection(client.request(method, "/api/v2/c", options));
    assert.deepEqual([error.kind, error.method, error.path], ["server", method, "/api/v2/c"]);
    return requests.length;
  };
  assert.equal(await tries("GET"), 3);
  assert.equal(await tries("POST", { body: {} }), 1);
  assert.equal(await tries("POST", { body: {}, idempotent: true }), 3);
  assert.equal(await tries("GET", { retry: false }), 1);
});

test("requests that would go elsewhere or lose data are refused", async () => {
  const client = server({ fetch: noFetch });
  const paths = [
    "",
    "api/v2",
    "https://example.com/",
    "@example.com/",
    "/a/../b",
    "/.",
    "/a/%2e%2E/b",
    "/a\\b",
    "/a?b",
    "/a#b",
  ];
  for (const path of [...paths, "/a b", "/a\nb", "/ü", "/.\t./a", 7, undefined, null, {}]) {
    const error = await rejection(client.request("GET", path));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", "path"], String(path));
  }
  const others = [
    [["get", "/a"], "method"],
    [["HEAD", "/a"], "method"],
    [[undefined, "/a"], "method"],
    [["GET", "/a", { body: {} }], "body"],
    [["GET", "/a", { query: "a=b" }], "query"],
    [["GET", "/a", { query: { a: Symbol("x") } }], "query.a"],
    [["POST", "/a", { body: { n: 1n } }], "body.n"],
    [["POST", "/a", { body: {}, idempotent: "yes" }], "idempotent"],
    [["POST", "/a", { timeout: -1 }], "timeout"],
  ];
  for (const [given, field] of others) {
    const error = await rejection(client.request(...given));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", field], error.message);
  }
});

test("the server's token contains only `server`", async () => {
  const { fetch, requests } = recorder();
  await server({ fetch }).getTask({ id: "a" });
  const [header, payload] = requests[0].headers.authorization.split(".").slice(0, 2);
  assert.deepEqual(JSON.parse(Buffer.from(header, "base64url")), { alg: "HS256", typ: "JWT" });
  assert.equal(Buffer.from(payload, "base64url").toString(), '{"server":true}');
});

test("users send their token, anonymous clients none, and guests are created without one", async () => {
  const { fetch, requests } = recorder(() => json({ access_token: token, user: { id: "guest-1" } }));
  const token = server().generateUserToken({ user_id: "ann" });
  const user = StreamClient.withToken(KEY, token, { fetch });
  const visitor = StreamClient.anonymous(KEY, { fetch });
  await user.queryUsers(QUERY);
  await user.createGuest({ user: { id: "gus" } });
  await visitor.queryUsers(QUERY);
  await visitor.createGuest({ user: { id: "gus" } });
  await StreamClient.guest(KEY, { id: "gus" }, { fetch });
  await server({ fetch }).createGuest({ user: { id: "gus" } });
  const proofs = requests.map(({ headers }) => [headers["stream-auth-type"], headers.authorization]);
  const none = ["anonymous", undefined];
  assert.deepEqual(proofs.slice(0, 5), [["jwt", token], none, none, none, none]);
  assert.equal(proofs[5][0], "jwt");
  assert.notEqual(proofs[5][1], undefined);
});

test("basePath sets the address", async () => {
  for (const [basePath, expected] of [
    ["http://127.0.0.1:8787", "http://127.0.0.1:8787/api/v2/tasks/a?api_key=hushkey"],
    ["https://example.com/", "https://example.com/api/v2/tasks/a?api_key=hushkey"],
    ["https://example.com/stream/proxy//", "https://example.com/stream/proxy/api/v2/tasks/a?api_key=hushkey"],
  ]) {
    const { fetch, requests } = recorder();
    await server({ fetch, basePath }).getTask({ id: "a" });
    assert.equal(requests[0].url, expected);
  }
});

test("request ids are unique, and returned with the response", async () => {
  const { fetch, requests } = recorder();
  const client = server({ fetch });
  const answers = await Promise.all(Array.from({ length: 300 }, () => client.getTask({ id: "a" })));
  const sent = requests.map(({ headers }) => headers["x-client-request-id"]);
  assert.equal(new Set(sent).size, 300);
  assert.deepEqual(
    answers.map(({ metadata }) => metadata.clientRequestId),
    sent,
  );
});

test("request ids work without crypto.randomUUID", async () => {
  const { fetch, requests } = recorder();
  const own = Object.getOwnPropertyDescriptor(crypto, "randomUUID");
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  try {
    const client = server({ fetch });
    await Promise.all(Array.from({ length: 50 }, () => client.getTask({ id: "a" })));
  } finally {
    if (own === undefined) delete crypto.randomUUID;
    else Object.defineProperty(crypto, "randomUUID", own);
  }
  const ids = requests.map(({ headers }) => headers["x-client-request-id"]);
  for (const id of ids) assert.match(id, UUID);
  assert.equal(new Set(ids).size, 50);
});

test("headers of the client and the call are sent, and the call's win, ignoring case", async () => {
  const { fetch, requests } = recorder();
  const client = server({ fetch, headers: { "X-Mine": "client", "x-other": "client" } });
  await client.getTask({ id: "a" });
  await client.getTask({ id: "a" }, { headers: { "x-mine": "call" } });
  await client.getTask({ id: "a" }, { headers: { "X-MINE": "call" } });
  await client.getTask({ id: "a" });
  const seen = requests.map((request) => new Headers(request.headers));
  assert.deepEqual(
    seen.map((headers) => headers.get("x-mine")),
    ["client", "call", "call", "client"],
  );
  for (const headers of seen) {
    assert.equal(headers.get("x-other"), "client");
    assert.equal(headers.get("stream-auth-type"), "jwt");
    assert.match(headers.get("x-client-request-id"), UUID);
  }
});

test("fetch is called with only URL and init, and without a receiver", async () => {
  let receiver = "none";
  let count;
  function fetch(...args) {
    receiver = this;
    count = args.length;
    return Promise.resolve(json({}));
  }
  await server({ fetch }).getTask({ id: "a" });
  assert.equal(receiver, undefined);
  assert.equal(count, 2);
});

test("the platform's fetch is looked up for each call", async (t) => {
  const client = server();
  const mock = t.mock.method(globalThis, "fetch", async () => json({ task_id: "mocked" }));
  assert.equal((await client.getTask({ id: "a" })).task_id, "mocked");
  assert.equal(mock.mock.callCount(), 1);
  mock.mock.restore();
  t.mock.method(globalThis, "fetch", noFetch);
  const { fetch } = recorder(() => json({ task_id: "own" }));
  assert.equal((await server({ fetch }).getTask({ id: "a" })).task_id, "own");
});

test("a response is the body with its metadata", async () => {
  const headers = { "x-ratelimit-limit": "300", "x-ratelimit-remaining": "299", "x-ratelimit-reset": "1700000060" };
  const { fetch, requests } = recorder(() => json({ task_id: "t", duration: "1ms" }, { status: 201, headers }));
  const { metadata, ...body } = await server({ fetch }).exportUsers({ user_ids: ["a"] });
  assert.deepEqual(body, { task_id: "t", duration: "1ms" });
  assert.equal(metadata.responseCode, 201);
  assert.equal(metadata.clientRequestId, requests[0].headers["x-client-request-id"]);
  assert.equal(metadata.responseHeaders.get("x-ratelimit-limit"), "300");
  assert.deepEqual(metadata.rateLimit, {
    rateLimit: 300,
    rateLimitRemaining: 299,
    rateLimitReset: new Date(1_700_000_060_000),
  });
});

test("a response without rate-limit headers has no rate limit", async () => {
  const { fetch } = recorder();
  const { rateLimit } = (await server({ fetch }).getTask({ id: "a" })).metadata;
  assert.deepEqual(Object.values(rateLimit), [undefined, undefined, undefined]);
});

test("nanoseconds become the exact millisecond, also where a float is imprecise", async () => {
  // Whole milliseconds whose nanoseconds, as a JSON number, are lower: truncation would be a millisecond early.
  const whole = [];
  for (let ms = 1_767_225_600_000; whole.length < 200; ms += 7) {
    if (Math.floor(Number(`${ms}000000`) / 1e6) !== ms) whole.push(ms);
  }
  const inside = [1_767_225_600_123, 1_000_000_000_001, 1, 9_000_000_000_001];
  for (const [suffix, times] of [
    ["000000", [...whole, ...inside]],
    ["000001", inside],
    ["999000", inside],
  ]) {
    const users = times.map((ms) => `{"created_at":${BigInt(ms)}${suffix},"updated_at":0}`);
    const { fetch } = recorder(() => json(`{"users":[${users}]}`));
    const answer = await server({ fetch }).queryUsers(QUERY);
    assert.deepEqual(
      answer.users.map((user) => user.created_at.getTime()),
      times,
      suffix,
    );
  }
});

test("dates may be strings, null or missing, and nothing else is changed", async () => {
  const custom = { created_at: 1_700_000_000_000_000_000, when: "2024-01-01T00:00:00Z" };
  const body = {
    users: {
      ann: { id: "ann", created_at: "2024-01-01T00:00:00.123456789Z", updated_at: null, custom, devices: null },
      bob: {
        id: "bob",
        mutes: [{ created_at: 1e18, target: { created_at: 1e18 }, user: null }],
        channel_mutes: [null],
      },
      cid: null,
    },
    created_at: 5,
  };
  const { fetch } = recorder(() => json(body));
  const { users, created_at } = await server({ fetch }).updateUsers({ users: { ann: { id: "ann" } } });
  assert.equal(users.ann.created_at.getTime(), Date.parse("2024-01-01T00:00:00.123Z"));
  assert.equal(users.ann.updated_at, null);
  assert.equal("last_active" in users.ann, false);
  assert.deepEqual(users.ann.custom, custom);
  assert.equal(users.ann.devices, null);
  assert.equal(users.bob.mutes[0].target.created_at.getTime(), 1e12);
  assert.equal(users.cid, null);
  assert.equal(created_at, 5);
});

test("the dates of every kind of response are decoded", async () => {
  const at = 1_700_000_000_123_000_000;
  const user = { id: "a", created_at: at, updated_at: at, deactivated_at: at, devices: [{ created_at: at }] };
  const when = new Date(1_700_000_000_123);
  const cases = [
    ["upsertUsers", [{ id: "a" }], { users: { a: user } }, (body) => body.users.a],
    ["updateUsersPartial", { users: [{ id: "a" }] }, { users: { a: user } }, (body) => body.users.a],
    ["queryUsers", QUERY, { users: [user] }, (body) => body.users[0]],
    ["createGuest", { user: { id: "a" } }, { user }, (body) => body.user],
    ["deactivateUser", { user_id: "a" }, { user }, (body) => body.user],
    ["reactivateUser", { user_id: "a" }, { user }, (body) => body.user],
    ["exportUser", { user_id: "a" }, { user }, (body) => body.user],
  ];
  for (const [method, argument, body, pick] of cases) {
    const { fetch } = recorder(() => json(body));
    const read = pick(await server({ fetch })[method](argument));
    assert.deepEqual([read.created_at, read.updated_at, read.deactivated_at], [when, when, when], method);
    assert.deepEqual(read.devices[0].created_at, when, method);
  }
  const { fetch } = recorder(() => json({ created_at: at, updated_at: at, result: { created_at: at } }));
  const task = await server({ fetch }).getTask({ id: "a" });
  assert.deepEqual([task.created_at, task.updated_at, task.result.created_at], [when, when, at]);
});

test("two hundred concurrent calls on one client do not interfere", async () => {
  // Responses arrive in another order than requests.
  const { fetch } = recorder(async ({ url }, index) => {
    for (let turns = (index * 7) % 31; turns > 0; turns--) await null;
    return json({ task_id: new URL(url).pathname.split("/").at(-1) });
  });
  const client = server({ fetch });
  const ids = Array.from({ length: 200 }, (_, index) => `task-${index}`);
  const answers = await Promise.all(ids.map((id) => client.getTask({ id })));
  assert.deepEqual(
    answers.map((answer) => answer.task_id),
    ids,
  );
  assert.equal(new Set(answers.map((answer) => answer.metadata)).size, 200);
});

// -- What goes wrong ------------------------------------------------------------------------------------------------

const codes = [
  [-1, 500, "server"],
  [2, 401, "authentication"],
  [3, 401, "authentication"],
  [4, 400, "invalid_request"],
  [5, 401, "authentication"],
  [6, 400, "invalid_request"],
  [9, 429, "rate_limit"],
  [16, 404, "not_found"],
  [17, 403, "permission"],
  [22, 413, "invalid_request"],
  [23, 408, "timeout"],
  [40, 401, "authentication"],
  [41, 401, "authentication"],
  [42, 401, "authentication"],
  [43, 401, "authentication"],
  [60, 403, "permission"],
  [70, 403, "permission"],
  [73, 400, "invalid_request"],
  [99, 403, "permission"],
  [12345, 418, "invalid_request"],
  [12345, 503, "server"],
];

test("the API's codes become kinds, and its messages stay", async () => {
  for (const [code, status, kind] of codes) {
    const headers = { "x-ratelimit-limit": "3", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000060" };
    const { fetch, requests } = recorder(() => refusal(code, 'Op failed with error: "why"', status, { headers }));
    const error = await rejection(server({ fetch }).getTask({ id: "a" }));
    assert.ok(error instanceof StreamError && error instanceof Error);
    assert.equal(error.message, `Stream error code ${code}: Op failed with error: "why"`);
    assert.deepEqual([error.kind, error.code, error.status], [kind, code, status]);
    const { clientRequestId, responseCode, rateLimit } = error.metadata;
    assert.equal(clientRequestId, requests[0].headers["x-client-request-id"]);
    assert.equal(responseCode, status);
    assert.deepEqual(rateLimit.rateLimitReset, new Date(1_700_000_060_000));
    assert.equal(requests.length, 1);
  }
});

test("a proxy's response is classified by its status", async () => {
  for (const [status, statusText, body, message, kind] of [
    [502, "Bad Gateway", "<html>oops</html>", "Stream error: 502 - Bad Gateway", "server"],
    [503, "", "", "Stream error: 503", "server"],
    [504, "Gateway Timeout", "{", "Stream error: 504 - Gateway Timeout", "server"],
    [404, "Not Found", "[]", "Stream error: 404 - Not Found", "not_found"],
    [429, "Too Many Requests", "null", "Stream error: 429 - Too Many Requests", "rate_limit"],
    [401, "Unauthorized", '"no"', "Stream error: 401 - Unauthorized", "authentication"],
    [400, "Bad Request", '{"code":"four","message":4}', "Stream error: 400 - Bad Request", "invalid_request"],
    [304, "Not Modified", null, "Stream error: 304 - Not Modified", "response"],
  ]) {
    const { fetch } = recorder(() => new Response(body, { status, statusText }));
    const error = await rejection(server({ fetch }).getTask({ id: "a" }));
    assert.deepEqual([error.message, error.kind, error.status, error.code], [message, kind, status, undefined]);
    assert.equal(error.metadata.responseCode, status);
  }
});

test("a success whose body is not the API's is an error of its own kind", async () => {
  const cut = () => {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"users":'));
        controller.error(new TypeError("terminated"));
      },
    });
    return new Response(stream);
  };
  for (const answer of [
    () => new Response(""),
    () => new Response(null, { status: 204 }),
    () => new Response("<!doctype html>"),
    () => new Response('{"users":['),
    cut,
    () => json("null"),
    () => json('"text"'),
    () => json("7"),
  ]) {
    const { fetch } = recorder(answer);
    const error = await rejection(server({ fetch }).queryUsers(QUERY));
    assert.ok(error instanceof StreamError, String(error));
    assert.equal(error.kind, "response");
    assert.match(error.message, /^the response broke off or is not the JSON that Stream sends: ./);
    assert.ok(error.metadata.responseCode === 200 || error.metadata.responseCode === 204);
  }
});

test("users of an unknown form do not break a query", async () => {
  for (const users of [null, 7, "text", {}, [null, 7, "text"]]) {
    const { fetch } = recorder(() => json({ users }));
    const answer = await server({ fetch }).queryUsers(QUERY);
    assert.deepEqual(answer.users, users);
  }
});

test("whatever fetch throws, the call rejects with an error that has it as cause", async () => {
  const thrown = ["no network", undefined, null, 7, { odd: true }, Symbol("s"), new TypeError("fetch failed")];
  for (const cause of thrown) {
    const fail = () => {
      throw cause;
    };
    for (const fetch of [fail, async () => fail()]) {
      const error = await rejection(server({ fetch }).getTask({ id: "a" }));
      assert.ok(error instanceof StreamError, String(cause));
      assert.equal(error.kind, "connection");
      assert.match(error.message, /^no connection to chat\.stream-io-api\.com: ./);
      assert.equal(error.cause, cause);
      assert.match(error.metadata.clientRequestId, UUID);
    }
  }
});

test("a fetch that does not return a Response fails the call, unless the result is sufficient", async () => {
  for (const value of [undefined, null, 7, "text", {}, { ok: true }, { ok: false, status: 500 }]) {
    const error = await rejection(server({ fetch: async () => value }).getTask({ id: "a" }));
    assert.ok(error instanceof StreamError, `${JSON.stringify(value)}: ${error}`);
    assert.ok(["connection", "response", "server"].includes(error.kind), error.kind);
  }
  const headers = { get: (name) => (name === "x-ratelimit-limit" ? "9" : null) };
  const mock = { ok: true, status: 200, headers, json: async () => ({ task_id: "mock" }) };
  const answer = await server({ fetch: async () => mock }).getTask({ id: "a" });
  assert.deepEqual([answer.task_id, answer.metadata.rateLimit.rateLimit], ["mock", 9]);
  const text = async () => '{"code":16,"message":"gone"}';
  const failing = { ok: false, status: 404, statusText: "", headers, text };
  const error = await rejection(server({ fetch: async () => failing }).getTask({ id: "a" }));
  assert.equal(error.message, "Stream error code 16: gone");
});

test("no error holds a key, a secret or a token", async () => {
  const { fetch, requests } = recorder();
  const client = server({ fetch });
  await client.getTask({ id: "a" });
  const serverToken = requests[0].headers.authorization;
  const userToken = client.generateUserToken({ user_id: "ann" });
  const failing = {
    status: () => refusal(4, "no", 400),
    proxy: () => new Response("<html>", { status: 502, statusText: "Bad Gateway" }),
    body: () => new Response("<html>"),
    network: () => {
      throw new TypeError("fetch failed");
    },
    silence: ({ init }) =>
      new Promise((_, reject) => init.signal.addEventListener("abort", () => reject(init.signal.reason))),
  };
  for (const [what, answer] of Object.entries(failing)) {
    const { fetch } = recorder(answer);
    const options = { fetch, timeout: 5, headers: { "x-mine": "hushheader" } };
    for (const make of [
      () => server(options),
      () => StreamClient.withToken(KEY, userToken, options),
      () => StreamClient.anonymous(KEY, options),
    ]) {
      const error = await rejection(make().queryUsers(QUERY));
      const { responseHeaders, ...metadata } = error.metadata;
      const own = Object.fromEntries(
        Object.getOwnPropertyNames(error)
          .filter((name) => name !== "metadata")
          .map((name) => [name, error[name]]),
      );
      const said = [error.message, error.stack, String(error), JSON.stringify(own), JSON.stringify(metadata)].join(
        "\n",
      );
      for (const hushed of [KEY, SECRET, serverToken, userToken, "hushheader", "authorization"]) {
        assert.ok(!said.includes(hushed), `${what} tells ${hushed}: ${said}`);
      }
    }
  }
});

test("invalid headers are refused without showing their values", async () => {
  for (const headers of [{ "a b": "hush" }, { ü: "hush" }, { "x-mine": "hush🦀" }, { "x-mine": "hush\u0007" }]) {
    const made = Promise.resolve().then(() => server({ headers, basePath: "http://127.0.0.1:9" }).getTask({ id: "a" }));
    const error = await rejection(made);
    assert.ok(error instanceof StreamError);
    assert.equal(error.kind, "invalid_argument");
    assert.ok(!`${error.message}${error.stack}${error.cause}`.includes("hush"), error.message);
  }
});

// -- Time -----------------------------------------------------------------------------------------------------------

/** A `fetch` that does not respond until it is aborted. */
function silent({ init }) {
  return new Promise((_, reject) => {
    init.signal.addEventListener("abort", () => reject(init.signal.reason));
  });
}

const reasons = [new RangeError("mine"), "a text", { an: "object" }, null, 0, undefined];

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
}

/** A signal's reason is the argument of `abort()`; without one, it is an error of the platform. */
function assertReason(thrown, signal, reason) {
  assert.equal(thrown, signal.reason);
  if (reason !== undefined) assert.equal(thrown, reason);
  else assert.equal(thrown.name, "AbortError");
}

test("a call that is aborted before it begins sends nothing and rejects with the reason", async () => {
  for (const reason of reasons) {
    const { signal, abort } = aborting();
    abort(reason);
    assertReason(await rejection(server({ fetch: noFetch }).getTask({ id: "a" }, { signal })), signal, reason);
  }
});

test("a call that is aborted while it waits for the response rejects with the reason", async () => {
  for (const reason of reasons) {
    const { fetch, requests } = recorder(silent);
    const { signal, abort } = aborting();
    const call = server({ fetch }).getTask({ id: "a" }, { signal });
    assert.equal(requests.length, 1);
    abort(reason);
    assertReason(await rejection(call), signal, reason);
    assert.equal(requests[0].init.signal.aborted, true);
  }
});

test("a call that is aborted while the body arrives rejects with the reason", async () => {
  for (const status of [200, 400]) {
    for (const reason of reasons) {
      const { signal, abort } = aborting();
      const { fetch } = recorder(({ init }) => {
        const body = new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('{"task_id":'));
            init.signal.addEventListener("abort", () => controller.error(init.signal.reason));
          },
          pull: () => abort(reason),
        });
        return new Response(body, { status });
      });
      const call = server({ fetch }).getTask({ id: "a" }, { signal });
      assertReason(await rejection(call), signal, reason);
    }
  }
});

test("a call with an unused signal succeeds and leaves no listener", async () => {
  const { fetch } = recorder();
  const controller = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = controller.signal;
  controller.signal.addEventListener = function add(...args) {
    listeners += 1;
    return addEventListener.apply(this, args);
  };
  controller.signal.removeEventListener = function remove(...args) {
    listeners -= 1;
    return removeEventListener.apply(this, args);
  };
  const client = server({ fetch });
  for (let count = 0; count < 20; count++) await client.getTask({ id: "a" }, { signal: controller.signal });
  assert.equal(listeners, 0);
  const { fetch: failing } = recorder(() => refusal(4, "no", 400));
  await rejection(server({ fetch: failing }).getTask({ id: "a" }, { signal: controller.signal }));
  assert.equal(listeners, 0);
});

test("a call times out while fetch is pending and while the body arrives", async () => {
  const stuck = ({ init }) =>
    new Response(
      new ReadableStream({
        start(controller) {
          init.signal.addEventListener("abort", () => controller.error(init.signal.reason));
        },
      }),
    );
  for (const answer of [silent, stuck]) {
    const { fetch } = recorder(answer);
    for (const call of [
      server({ fetch, timeout: 5 }).getTask({ id: "a" }),
      server({ fetch }).getTask({ id: "a" }, { timeout: 5 }),
      server({ fetch, timeout: 60_000 }).getTask({ id: "a" }, { timeout: 5, signal: new AbortController().signal }),
    ]) {
      const error = await rejection(call);
      assert.ok(error instanceof StreamError);
      assert.equal(error.kind, "timeout");
      assert.match(error.message, /^no response within 5 ms; the `timeout` option/);
      assert.match(error.metadata.clientRequestId, UUID);
    }
  }
});

test("the signal's reason wins over a later timeout", async () => {
  const { fetch } = recorder(silent);
  const { signal, abort } = aborting();
  const call = server({ fetch }).getTask({ id: "a" }, { signal, timeout: 1000 });
  abort("mine");
  assert.equal(await rejection(call), "mine");
});

test("no timer outlives its call", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const { fetch } = recorder();
  const { fetch: refusing } = recorder(() => refusal(4, "no", 400));
  const failing = async () => {
    throw new TypeError("no network");
  };
  await server({ fetch }).getTask({ id: "a" });
  await rejection(server({ fetch: refusing }).getTask({ id: "a" }));
  await rejection(server({ fetch: failing }).getTask({ id: "a" }));
  await rejection(server({ fetch }).upsertUsers([{ id: "a", custom: { n: 1n } }]));
  await rejection(server({ fetch }).getTask({ id: "a" }, { signal: AbortSignal.abort() }));
  const { fetch: silence } = recorder(silent);
  const { signal, abort } = aborting();
  const call = server({ fetch: silence }).getTask({ id: "a" }, { signal });
  abort();
  await rejection(call);
  assert.equal(timers(), before);
});

test("a program ends when its calls have ended", () => {
  const program = `
    import { StreamClient } from "getstream-users";
    const client = new StreamClient("key", "secret", { fetch: async () => new Response("{}"), timeout: 600_000 });
    await client.getTask({ id: "a" });
    console.log("done");
  `;
  const options = { cwd: new URL(".", import.meta.url), timeout: 20_000, encoding: "utf8" };
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", program], options);
  assert.equal(said, "done\n");
});

test("over a real connection, a truncated response is distinguished from none", async (t) => {
  const web = createServer((request, response) => {
    if (request.url.includes("/tasks/cut")) {
      response.writeHead(200, { "content-length": "100" });
      response.write('{"task_id":', () => response.socket.destroy());
    } else if (request.url.includes("/tasks/reset")) {
      request.socket.destroy();
    } else if (request.url.includes("/tasks/slow")) {
      response.writeHead(200, { "content-type": "application/json" });
      response.write("{");
    } else {
      response.writeHead(302, { location: "/elsewhere" }).end();
    }
  });
  await new Promise((resolve) => web.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    web.closeAllConnections();
    web.close();
  });
  const client = server({ basePath: `http://127.0.0.1:${web.address().port}` });
  assert.equal((await rejection(client.getTask({ id: "cut" }))).kind, "response");
  assert.equal((await rejection(client.getTask({ id: "reset" }))).kind, "connection");
  assert.equal((await rejection(client.getTask({ id: "slow" }, { timeout: 50 }))).kind, "timeout");
  const { signal, abort } = aborting();
  const call = client.getTask({ id: "slow" }, { signal });
  setTimeout(abort, 20, "left");
  assert.equal(await rejection(call), "left");
});
