// What every answer has, and every refusal.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const error = (evidence, text, run) => fact("Errors", evidence, text, run);
const header = (evidence, text, run) => fact("Rate limit headers", evidence, text, run);

const USERS = "/api/v2/users";
const EVERYBODY = { filter_conditions: {}, limit: 1 };

const number = (answer, name) => {
  assert.match(answer.headers.get(name), /^\d+$/, name);
  return Number(answer.headers.get(name));
};

export const facts = [
  error("spec", "answers a refusal with an envelope of code, message, status and more", async ({ raw }) => {
    const answer = await raw("GET", USERS);
    const { duration, ...rest } = answer.body;
    assert.match(duration, /^\d+(\.\d+)?[a-zµ]*$/);
    assert.deepEqual(rest, {
      code: 4,
      message: 'QueryUsers failed with error: "invalid json data"',
      StatusCode: 400,
      more_info: "https://getstream.io/chat/docs/api_errors_response",
      details: [],
    });
    assert.match(answer.headers.get("content-type"), /^application\/json/);
  }),

  error("sdk test", "does not escape quotes in a message", async ({ sdk, people }) => {
    const [id] = await people(1);
    const thrown = await refused(sdk.restoreUsers({ user_ids: [id] }), "400/4", "RestoreUsers");
    const reason = `"user "${id}" is not deleted, it can't be restored"`;
    assert.equal(thrown.message, `Stream error code 4: RestoreUsers failed with error: ${reason}`);
  }),

  error("issue", "names the expected type of a wrong value, even if other fields are missing", async (context) => {
    const { raw, unique } = context;
    const nobody = unique("nobody");
    for (const [method, path, operation, body, reason] of [
      [
        "POST",
        "/users/block",
        "BlockUsers",
        { blocked_user_id: 1, user_id: nobody },
        'string for field "blocked_user_id" but got number',
      ],
      [
        "POST",
        "/moderation/mute",
        "Mute",
        { target_ids: {}, user_id: nobody },
        'array for field "target_ids" but got object',
      ],
      [
        "POST",
        "/moderation/ban",
        "Ban",
        { target_user_id: nobody, shadow: 1 },
        'boolean for field "shadow" but got number',
      ],
      [
        "POST",
        `/users/${nobody}/deactivate`,
        "DeactivateUser",
        { created_by_id: [] },
        'string for field "created_by_id" but got array',
      ],
      [
        "POST",
        "/users/delete",
        "DeleteUsers",
        { user_ids: [nobody], user: true },
        'string for field "user" but got boolean',
      ],
      ["PUT", `/usergroups/${nobody}`, "UpdateUserGroup", { name: {} }, 'string for field "name" but got object'],
    ]) {
      const answer = await refused(raw(method, `/api/v2${path}`, { body }), "400/4", operation);
      assert.equal(answer.body.message, `${operation} failed with error: "expected ${reason}"`);
    }
  }),

  error("issue", "names the invalid fields, each with its problem", async ({ raw, unique }) => {
    const id = unique("reserved");
    const { body } = await refused(
      raw("POST", USERS, { body: { users: { [id]: { id, online: true } } } }),
      "400/4",
      "UpdateUsers",
    );
    for (const [field, text] of Object.entries(body.exception_fields)) assert.ok(text.startsWith(field), text);
  }),

  error("sdk code", "names no fields if none is invalid", async ({ raw, unique }) => {
    const answer = await raw("GET", `/api/v2/tasks/${unique("task")}`);
    assert.ok(!("exception_fields" in answer.body));
  }),

  error("choice", "answers an unknown path with JSON, status 404 and code 16", async ({ raw }) => {
    for (const [method, path] of [
      ["GET", "/api/v2/no-such-thing"],
      ["DELETE", USERS],
      ["POST", "/"],
      ["POST", "/users/"],
    ]) {
      const { body } = await refused(raw(method, path), "404/16", "");
      assert.doesNotMatch(body.message, /not found/i);
    }
  }),

  error("choice", "reports unknown paths only to authenticated callers", async ({ raw }) => {
    const answer = await raw("GET", "/api/v2/no-such-thing", { token: "nonsense" });
    assert.deepEqual([answer.status, answer.body.code], [401, 5]);
  }),

  error("inferred", "refuses a body that is not JSON, and changes nothing", async ({ raw, unique, read }) => {
    const id = unique("broken");
    const whole = JSON.stringify({ users: { [id]: { id } } });
    for (const body of ["{", "[]", '"text"', whole.slice(0, -1), `${whole}}`]) {
      await refused(raw("POST", USERS, { body }), "400/4", "UpdateUsers");
    }
    assert.equal(await read(id), undefined);
  }),

  error("sdk code", "treats a null body as missing, because Ruby's SDK sends it", async ({ raw, people }) => {
    const [id] = await people(1);
    assert.equal((await raw("POST", `${USERS}/${id}/deactivate`, { body: "null" })).status, 201);
    await refused(raw("POST", USERS, { body: "null" }), "400/4", "UpdateUsers", "users is a required field");
  }),

  error("docs", "refuses a body that is too large, with status 413 and code 22", async ({ raw, unique }) => {
    const body = JSON.stringify({ users: {}, filler: "x".repeat(8 * 1024 * 1024), id: unique("big") });
    await refused(raw("POST", USERS, { body }), "413/22", "UpdateUsers");
  }),

  error("sdk code", "writes every response as JSON with a duration", async ({ raw, people }) => {
    const [id] = await people(1);
    for (const answer of [
      await raw("GET", USERS, { query: { payload: EVERYBODY } }),
      await raw("POST", `${USERS}/${id}/deactivate`),
      await raw("GET", "/api/v2/no-such-thing"),
    ]) {
      assert.match(answer.headers.get("content-type"), /^application\/json/);
      assert.equal(typeof answer.body.duration, "string");
    }
  }),

  error("spec", "answers POST with 201, GET and PATCH with 200", async ({ raw, people }) => {
    const [id] = await people(1);
    const statuses = [
      await raw("POST", USERS, { body: { users: { [id]: { id } } } }),
      await raw("PATCH", USERS, { body: { users: [{ id, set: {} }] } }),
      await raw("GET", USERS, { query: { payload: EVERYBODY } }),
    ].map((answer) => answer.status);
    assert.deepEqual(statuses, [201, 200, 200]);
  }),

  header("sdk test", "are on successes and refusals", async ({ raw, anonymous }) => {
    for (const answer of [
      await raw("GET", USERS, { query: { payload: EVERYBODY } }),
      await raw("GET", USERS),
      await raw("GET", "/api/v2/tasks/no-such-task"),
      await raw("GET", "/api/v2/no-such-thing"),
      await raw("GET", USERS, { token: "nonsense" }),
      await anonymous("GET", USERS, { query: { payload: EVERYBODY } }),
    ]) {
      assert.ok(number(answer, "x-ratelimit-limit") > 0);
      assert.ok(number(answer, "x-ratelimit-remaining") >= 0);
      assert.ok(number(answer, "x-ratelimit-reset") > 0);
    }
  }),

  header("sdk test", "decrease the remaining requests with every call, within the minute", async ({ raw }) => {
    const read = async () => {
      const answer = await raw("GET", USERS, { query: { payload: EVERYBODY } });
      return { remaining: number(answer, "x-ratelimit-remaining"), reset: number(answer, "x-ratelimit-reset") };
    };
    let first = await read();
    let second = await read();
    // A new minute begins anew.
    if (second.reset !== first.reset) [first, second] = [second, await read()];
    assert.ok(second.remaining < first.remaining);
  }),

  header("sdk test", "name the end of the minute, in seconds since 1970", async ({ raw }) => {
    const before = Math.floor(Date.now() / 1000);
    const reset = number(await raw("GET", USERS, { query: { payload: EVERYBODY } }), "x-ratelimit-reset");
    assert.ok(reset >= before && reset <= before + 120, `${reset} at ${before}`);
  }),

  header("sdk code", "are read correctly by the SDK", async ({ sdk, unique }) => {
    const { metadata } = await sdk.queryUsers({ payload: EVERYBODY });
    const { rateLimit, rateLimitRemaining, rateLimitReset } = metadata.rateLimit;
    assert.ok(rateLimit > rateLimitRemaining && rateLimitReset instanceof Date);
    const thrown = await refused(sdk.getTask({ id: unique("task") }), "404/16", "GetTask");
    assert.ok(thrown.metadata.rateLimit.rateLimitReset instanceof Date);
  }),
];
