// How many requests are left, asked for.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const limits = (evidence, text, run) => fact("GetRateLimits", evidence, text, run);

const BOTH = { server_side: true, android: true };
const PLATFORMS = ["server_side", "android", "ios", "web", "unity"];

/** The platforms of an answer that have something to say. */
const platforms = (body) => PLATFORMS.filter((platform) => Object.keys(body[platform] ?? {}).length > 0);

/** Runs a fact with limits of its own, at the beginning of a minute. */
const limited = (limits, use) => (context) =>
  context.own({}, async (context) => {
    await context.control("POST", "/clock", { freeze: "2026-01-01T00:00:00Z" });
    await context.control("PUT", "/rate_limits", limits);
    await use(context);
  });

const EVERYBODY = { filter_conditions: {}, limit: 1 };
const query = ({ raw }, more) => raw("GET", "/api/v2/users", { query: { payload: EVERYBODY }, ...more });
const headers = (answer) =>
  ["limit", "remaining", "reset"].map((name) => Number(answer.headers.get(`x-ratelimit-${name}`)));

const enforced = [
  fact(
    "Rate limits",
    "sdk test",
    "answer a request over the limit with status 429, code 9 and the API's message",
    limited({ operations: { QueryUsers: 2 } }, async (context) => {
      for (let index = 0; index < 2; index++) assert.equal((await query(context)).status, 200);
      await refused(query(context), "429/9", "QueryUsers", /Too many requests/);
      const { sdk } = context;
      const thrown = await refused(sdk.queryUsers({ payload: EVERYBODY }), "429/9", "QueryUsers");
      assert.equal(thrown.metadata.rateLimit.rateLimitRemaining, 0);
    }),
  ),

  fact(
    "Rate limits",
    "sdk code",
    "say in Retry-After how many seconds to wait",
    limited({ operations: { QueryUsers: 0 } }, async (context) => {
      await context.control("POST", "/clock", { advance_ms: 20_000 });
      const answer = await query(context);
      assert.equal(answer.status, 429);
      assert.equal(answer.headers.get("retry-after"), "40");
    }),
  ),

  fact(
    "Rate limits",
    "docs",
    "restart every minute, separately for each operation",
    limited({ default: 1 }, async (context) => {
      assert.deepEqual(headers(await query(context)), [1, 0, Date.UTC(2026, 0, 1, 0, 1) / 1000]);
      assert.equal((await query(context)).status, 429);
      await context.sdk.upsertUsers([{ id: "ann" }]);
      await context.control("POST", "/clock", { advance_ms: 60_000 });
      assert.deepEqual(headers(await query(context)), [1, 0, Date.UTC(2026, 0, 1, 0, 2) / 1000]);
    }),
  ),

  fact(
    "Rate limits",
    "docs",
    "count servers, Android, iOS and the web separately",
    limited({ operations: { QueryUsers: 1 } }, async (context) => {
      const { userToken, people } = context;
      const [id] = await people(1);
      const as = (client) => ({ token: userToken(id), headers: { "x-stream-client": client } });
      const callers = [{}, as("stream-chat-android-5.0"), as("stream-chat-swift-v4"), as("stream-chat-js-v8.0")];
      for (const caller of callers) assert.equal((await query(context, caller)).status, 200);
      for (const caller of callers) assert.equal((await query(context, caller)).status, 429);
    }),
  ),

  fact(
    "Rate limits",
    "docs",
    "of one user are 60 a minute with the limits that Stream documents, and servers have none",
    limited({ preset: "stream" }, async (context) => {
      const { userToken, people } = context;
      const [one, other] = await people(2);
      const statuses = async (id, count) => {
        const all = [];
        for (let index = 0; index < count; index++) all.push((await query(context, { token: userToken(id) })).status);
        return all;
      };
      assert.ok((await statuses(one, 60)).every((status) => status === 200));
      assert.deepEqual(await statuses(one, 1), [429]);
      assert.deepEqual(await statuses(other, 1), [200]);
      assert.equal((await query(context)).status, 200);
    }),
  ),

  fact(
    "Rate limits",
    "docs",
    "can be those that Stream documents",
    limited({ preset: "stream" }, async ({ sdk }) => {
      const { server_side } = await sdk.getRateLimits({ server_side: true });
      for (const [operation, limit] of Object.entries({
        GetApp: 10_000,
        QueryUsers: 1000,
        CreateGuest: 1000,
        UpdateUsers: 300,
        UpdateUsersPartial: 300,
        DeactivateUser: 60,
        ExportUser: 60,
        UpdateApp: 60,
      })) {
        assert.equal(server_side[operation].limit, limit, operation);
      }
    }),
  ),

  fact(
    "Rate limits",
    "choice",
    "refuse a request before it has any effect",
    limited({ operations: { UpdateUsers: 0 } }, async ({ sdk, ids }) => {
      await refused(sdk.upsertUsers([{ id: "ann" }]), "429/9", "UpdateUsers");
      assert.deepEqual(await ids({}), []);
    }),
  ),
];

export const facts = [
  ...enforced,

  limits("sdk test", "answers with every platform by default", async ({ sdk }) => {
    const answer = await sdk.getRateLimits();
    assert.equal(answer.metadata.responseCode, 200);
    assert.deepEqual(platforms(answer), PLATFORMS);
  }),

  limits("sdk test", "answers with only the named platforms", async ({ sdk }) => {
    assert.deepEqual(platforms(await sdk.getRateLimits({ server_side: true })), ["server_side"]);
    assert.deepEqual(platforms(await sdk.getRateLimits({ android: true, web: true })), ["android", "web"]);
  }),

  limits("sdk test", "answers with only the named operations", async ({ raw }) => {
    const query = { server_side: "true", endpoints: "QueryChannels,GetOrCreateChannel" };
    const { body } = await raw("GET", "/api/v2/rate_limits", { query });
    assert.deepEqual(Object.keys(body.server_side).sort(), ["GetOrCreateChannel", "QueryChannels"]);
  }),

  limits("sdk test", "says limit, remaining and reset of each", async ({ raw }) => {
    const { body } = await raw("GET", "/api/v2/rate_limits", { query: { web: "true" } });
    for (const [operation, { limit, remaining, reset }] of Object.entries(body.web)) {
      assert.ok(Number.isInteger(limit) && limit > 0, operation);
      assert.ok(Number.isInteger(remaining) && remaining >= 0 && remaining <= limit, operation);
      assert.ok(Number.isInteger(reset) && reset > 0, operation);
    }
  }),

  limits("sdk test", "counts calls, separately for each platform", async ({ own }) => {
    await own({}, async ({ sdk }) => {
      const read = async () => {
        const { server_side, android } = await sdk.getRateLimits({ endpoints: ["GetRateLimits"], ...BOTH });
        return { server: server_side.GetRateLimits, android: android.GetRateLimits };
      };
      await read();
      const { server, android } = await read();
      assert.ok(server.limit > server.remaining);
      assert.equal(android.limit, android.remaining);
    });
  }),

  limits("choice", "omits unknown operations", async ({ raw }) => {
    const query = { server_side: "true", endpoints: "NoSuchThing,UpdateUsers" };
    const { body } = await raw("GET", "/api/v2/rate_limits", { query });
    assert.deepEqual(Object.keys(body.server_side), ["UpdateUsers"]);
  }),

  limits("spec", "is for servers only", async ({ raw, anonymous, userToken, people }) => {
    const [id] = await people(1);
    await refused(raw("GET", "/api/v2/rate_limits", { token: userToken(id) }), "403/17", "GetRateLimits");
    await refused(anonymous("GET", "/api/v2/rate_limits"), "403/17", "GetRateLimits");
  }),
];
