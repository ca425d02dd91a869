// What the emulator offers beside the API, below `/__emulator/`.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const EVERYBODY = { payload: { filter_conditions: {} } };
const NEW_YEAR = "2026-01-01T00:00:00Z";

/** A fact that has an app of its own. */
const of = (topic, text, use) => fact(topic, "emulator", text, (context) => context.own({}, use));

const state = [
  of("Control", "lists the controls, without secrets", async ({ control, apiKey, apiSecret }) => {
    const index = await control("GET", "/");
    assert.equal(index.api_key, apiKey);
    assert.ok(!JSON.stringify(index).includes(apiSecret));
    assert.ok(index.controls.length > 5);
    for (const { method, path, about } of index.controls) {
      assert.match(`${method} ${path}`, /^(GET|POST|PUT|PATCH|DELETE) \/__emulator\//);
      assert.ok(about.length > 0);
    }
  }),

  of("Control", "answers health checks, also to HEAD and without a key", async ({ url }) => {
    for (const path of ["/", "/health", "/__emulator/health"]) {
      const answer = await fetch(`${url}${path}`);
      assert.equal(answer.status, 200, path);
      assert.equal((await answer.json()).status, "ok");
    }
    for (const path of ["/", "/health", "/__emulator/", "/__emulator/clock"]) {
      const answer = await fetch(`${url}${path}`, { method: "HEAD" });
      assert.deepEqual([answer.status, await answer.text()], [200, ""], path);
    }
  }),

  of("Control", "deletes all state: reset", async ({ control, people, ids }) => {
    await people(2);
    await control("POST", "/reset");
    assert.deepEqual(await ids({}), []);
  }),

  of("Control", "adds users and more: seed", async ({ control, sdk, ids, read }) => {
    await control("POST", "/seed", {
      roles: ["teacher"],
      users: [
        "ann",
        { id: "ben", name: "Ben", role: "teacher", created_at: "2025-01-01T00:00:00Z" },
        { id: "cleo", deactivated: true },
        { id: "dave", deleted: "hard" },
      ],
      groups: [{ id: "staff", name: "staff", member_ids: ["ann", "ben"] }],
    });
    assert.deepEqual(await ids({}), ["ann", "ben"]);
    const ben = await read("ben");
    assert.deepEqual([ben.name, ben.role], ["Ben", "teacher"]);
    assert.equal(ben.created_at.getUTCFullYear(), 2025);
    assert.ok((await read("cleo")).deactivated_at);
    await refused(sdk.upsertUsers([{ id: "dave" }]), "404/16", "UpdateUsers", "the user dave was deleted");
    assert.equal((await sdk.getUserGroup({ id: "staff" })).user_group.members.length, 2);
  }),

  of("Control", "applies all of a seed or nothing", async ({ raw, ids }) => {
    const body = { users: ["ann", { id: "ben", role: "king" }] };
    const { message } = (await refused(raw("POST", "/__emulator/seed", { body }), "400/4", "")).body;
    assert.match(message, /users\[1\].*king/);
    assert.deepEqual(await ids({}), []);
  }),

  of("Control", "saves and restores its whole state", async (context) => {
    const { raw, control, sdk, people, ids, read } = context;
    const [id] = await people(1, { name: "Ann", custom: { color: "red" } });
    const before = await read(id);
    // As text: its times are more than a number of JavaScript's can tell apart.
    const { text } = await raw("GET", "/__emulator/state");
    await sdk.deleteUsers({ user_ids: [id] });
    await people(1);
    await control("PUT", "/state", text);
    assert.deepEqual(await ids({}), [id]);
    assert.deepEqual(await read(id), before);
  }),

  of("Control", "keeps the last requests, without secrets", async ({ control, sdk, raw, token }) => {
    await sdk.upsertUsers([{ id: "ann" }]);
    await raw("GET", "/api/v2/tasks/none");
    const { requests } = await control("GET", "/requests");
    assert.deepEqual(
      requests.map((request) => [request.operation, request.status]),
      [
        ["UpdateUsers", 201],
        ["GetTask", 404],
      ],
    );
    assert.ok(!JSON.stringify(requests).includes(token({ server: true })));
    await control("DELETE", "/requests");
    assert.deepEqual((await control("GET", "/requests")).requests, []);
  }),

  of("Control", "is strict on request where sources are silent", async (context) => {
    const { control, sdk, people, ended } = context;
    await control("PATCH", "/settings", { strict: true });
    const partial = sdk.updateUsersPartial({ users: [{ id: "nobody", set: { color: "red" } }] });
    await refused(partial, "404/16", "UpdateUsersPartial");
    const [id] = await people(1);
    await refused(sdk.deleteUsers({ user_ids: [id], user: "hard" }), "400/4", "DeleteUsers");
    const task = await ended(await sdk.deleteUsers({ user_ids: ["nobody"] }));
    assert.notDeepEqual(task.result, { nobody: { status: "ok" } });
  }),

  of("Control", "refuses unknown fields when strict, suggesting a field or custom data", async (context) => {
    const { control, raw, sdk, read } = context;
    await control("PATCH", "/settings", { strict: true });
    const put = (user) => raw("POST", "/api/v2/users", { body: { users: { ann: { id: "ann", ...user } } } });
    for (const [user, reason] of [
      [
        { nmae: "Ann" },
        'users[ann].nmae is not known: a user has no field "nmae" (did you mean "name"?); put your own fields into custom',
      ],
      [{ plan: "pro" }, 'users[ann].plan is not known: a user has no field "plan"; put your own fields into custom'],
    ]) {
      const { body } = await refused(put(user), "400/4", "UpdateUsers", reason);
      assert.equal(Object.keys(body.exception_fields).length, 1);
    }
    assert.equal(await read("ann"), undefined);
    const fed_back = { created_at: "2026-01-01T00:00:00Z", banned: false, custom: { plan: "pro" } };
    assert.equal((await put(fed_back)).status, 201);
    const payload = { filter_conditons: {}, filter_conditions: {} };
    await refused(raw("GET", "/api/v2/users", { query: { payload } }), "400/4", "QueryUsers", /filter_conditions/);
    await sdk.updateUsersPartial({ users: [{ id: "ann", set: { "flat.own": 1 } }] });
    const parameters = { query: "x", limt: 1 };
    const reason = 'limt is not known: SearchUserGroups has no parameter "limt" (did you mean "limit"?)';
    await refused(raw("GET", "/api/v2/usergroups/search", { query: parameters }), "400/4", "SearchUserGroups", reason);
  }),

  of("Control", "lists ignored fields in a header", async ({ raw }) => {
    const body = { users: { ann: { id: "ann", nmae: "Ann", plan: "pro", banned: true } } };
    const answer = await raw("POST", "/api/v2/users", { body });
    assert.equal(answer.status, 201);
    const ignored =
      'users[ann].nmae (did you mean "name"?), users[ann].plan, users[ann].banned (only the server writes it)';
    assert.equal(answer.headers.get("x-emulator-ignored"), ignored);
    const searched = await raw("GET", "/api/v2/usergroups", { query: { limt: 5, color: "✓" } });
    assert.equal(searched.headers.get("x-emulator-ignored"), '?limt (did you mean "limit"?), ?color');
    const known = await raw("POST", "/api/v2/users", { body: { users: { ann: { id: "ann", name: "Ann" } } } });
    assert.deepEqual(
      ["ignored", "guess"].map((name) => known.headers.get(`x-emulator-${name}`)),
      [null, null],
    );
  }),

  of("Control", "names the deciding guess in a header", async ({ raw, userToken }) => {
    const partial = await raw("PATCH", "/api/v2/users", { body: { users: [{ id: "nobody", set: {} }] } });
    assert.match(partial.headers.get("x-emulator-guess"), /a partial update creates a user that does not exist/);
    const device = { id: "d", push_provider: "apn", user_id: "nobody" };
    const created = await raw("POST", "/api/v2/devices", { body: device });
    assert.match(created.headers.get("x-emulator-guess"), /push provider that the app has not configured/);
    const lazy = await raw("GET", "/api/v2/users/block", { token: userToken("lazy") });
    assert.match(lazy.headers.get("x-emulator-guess"), /is created when its token is first used/);
  }),
];

const clock = [
  of("Clock", "can be frozen and advanced", async ({ control }) => {
    const answer = await control("POST", "/clock", { freeze: NEW_YEAR });
    assert.deepEqual([new Date(answer.now).getTime(), answer.frozen], [Date.parse(NEW_YEAR), true]);
    await control("POST", "/clock", { advance_ms: 1500 });
    assert.equal(new Date((await control("GET", "/clock")).now).getTime(), Date.parse(NEW_YEAR) + 1500);
    assert.equal((await control("POST", "/clock", { freeze: false })).frozen, false);
  }),

  of("Clock", "sets the times of users", async ({ control, sdk, read }) => {
    await control("POST", "/clock", { freeze: NEW_YEAR });
    await sdk.upsertUsers([{ id: "ann" }]);
    await control("POST", "/clock", { advance_ms: 60_000 });
    await sdk.upsertUsers([{ id: "ann", name: "Ann" }]);
    const { created_at, updated_at } = await read("ann");
    // The SDK may be a millisecond early.
    assert.ok(Math.abs(created_at - Date.parse(NEW_YEAR)) <= 1);
    assert.ok(Math.abs(updated_at - created_at - 60_000) <= 1);
  }),

  of("Clock", "makes tokens expire", async ({ control, as, userToken, people }) => {
    const [id] = await people(1);
    await control("POST", "/clock", { freeze: NEW_YEAR });
    const client = as(userToken(id, { exp: Date.parse(NEW_YEAR) / 1000 + 60 }));
    await client.queryUsers(EVERYBODY);
    await control("POST", "/clock", { advance_ms: 60_000 });
    await refused(client.queryUsers(EVERYBODY), "401/40", "QueryUsers");
  }),

  of("Clock", "makes tasks progress: pending, running, completed", async ({ control, sdk, people }) => {
    const [id] = await people(1);
    await control("PATCH", "/settings", { task_duration_ms: 1000 });
    await control("POST", "/clock", { freeze: true });
    const { task_id } = await sdk.deactivateUsers({ user_ids: [id] });
    const status = async () => (await sdk.getTask({ id: task_id })).status;
    assert.equal(await status(), "pending");
    await control("POST", "/clock", { advance_ms: 600 });
    assert.equal(await status(), "running");
    await control("POST", "/clock", { advance_ms: 600 });
    assert.equal(await status(), "completed");
  }),
];

/** Lets something go wrong once, and looks at what the official SDK makes of it. */
const once = async ({ control, sdk }, fault) => {
  await control("POST", "/faults", { operation: "UpdateUsers", times: 1, fault });
  return sdk.upsertUsers([{ id: "ann" }]).then(
    () => undefined,
    (error) => error,
  );
};

const faults = [
  of("Faults", "replace the response with a status and a code", async (context) => {
    const error = await once(context, { status: 500 });
    assert.deepEqual([error.code, error.metadata.responseCode], [-1, 500]);
    assert.deepEqual(await context.ids({}), []);
    await context.sdk.upsertUsers([{ id: "ann" }]);
    assert.deepEqual(await context.ids({}), ["ann"]);
  }),

  of("Faults", "affect the first matching requests, with 429 and Retry-After", async (context) => {
    const { control, raw } = context;
    await control("POST", "/faults", { operation: "QueryUsers", times: 2, fault: { status: 429, retry_after: 3 } });
    const query = () => raw("GET", "/api/v2/users", { query: EVERYBODY });
    for (let index = 0; index < 2; index++) {
      const answer = await refused(query(), "429/9", "QueryUsers", /Too many requests/);
      assert.equal(answer.headers.get("retry-after"), "3");
    }
    assert.equal((await query()).status, 200);
  }),

  of("Faults", "drop the connection before the operation or after it", async (context) => {
    for (const [drop, expected] of [
      ["before", []],
      ["after", ["ann"]],
    ]) {
      const error = await once(context, { drop });
      assert.match(error.message, /request failed/);
      assert.deepEqual(await context.ids({}), expected);
    }
  }),

  of("Faults", "truncate bodies, and send invalid JSON", async (context) => {
    for (const body of ["truncate", "invalid", "empty", "html"]) {
      const error = await once(context, { body });
      assert.ok(error instanceof Error, body);
      assert.deepEqual(await context.ids({}), ["ann"], body);
    }
  }),

  of("Faults", "delay a response", async (context) => {
    const start = performance.now();
    assert.equal(await once(context, { latency_ms: 50 }), undefined);
    assert.ok(performance.now() - start >= 45);
  }),

  of("Faults", "can be requested in a header for one request", async ({ raw, ids }) => {
    const body = { users: { ann: { id: "ann" } } };
    const headers = { "x-emulator-fault": JSON.stringify({ status: 503 }) };
    assert.equal((await raw("POST", "/api/v2/users", { body, headers })).status, 503);
    assert.deepEqual(await ids({}), []);
    assert.equal((await raw("POST", "/api/v2/users", { body })).status, 201);
  }),

  of("Faults", "suggest the operation for a misspelt one", async ({ raw }) => {
    const body = { operation: "queryUsers", fault: { status: 500 } };
    const { message } = (await refused(raw("POST", "/__emulator/faults", { body }), "400/4", "")).body;
    assert.match(message, /did you mean "QueryUsers"\?$/);
  }),

  of("Faults", "can be listed and removed", async ({ control, sdk }) => {
    await control("POST", "/faults", { fault: { status: 500 } });
    assert.equal((await control("GET", "/faults")).faults.length, 1);
    await control("DELETE", "/faults");
    await sdk.upsertUsers([{ id: "ann" }]);
  }),
];

export const facts = [...state, ...clock, ...faults];
