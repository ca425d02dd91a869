// How many requests are left, asked for.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const limits = (evidence, text, run) => fact("GetRateLimits", evidence, text, run);

const BOTH = { server_side: true, android: true };
const PLATFORMS = ["server_side", "android", "ios", "web", "unity"];

/** The platforms of an answer that have something to say. */
const platforms = (body) => PLATFORMS.filter((platform) => Object.keys(body[platform] ?? {}).length > 0);

export const facts = [
  limits("sdk test", "answers with every platform when none is named", async ({ sdk }) => {
    const answer = await sdk.getRateLimits();
    assert.equal(answer.metadata.responseCode, 200);
    assert.deepEqual(platforms(answer), PLATFORMS);
  }),

  limits("sdk test", "answers with the named platforms alone", async ({ sdk }) => {
    assert.deepEqual(platforms(await sdk.getRateLimits({ server_side: true })), ["server_side"]);
    assert.deepEqual(platforms(await sdk.getRateLimits({ android: true, web: true })), ["android", "web"]);
  }),

  limits("sdk test", "answers with the named operations alone", async ({ raw }) => {
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

  limits("sdk test", "counts what was called, and on that platform alone", async ({ own }) => {
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

  limits("choice", "leaves out operations that it does not know", async ({ raw }) => {
    const query = { server_side: "true", endpoints: "NoSuchThing,UpdateUsers" };
    const { body } = await raw("GET", "/api/v2/rate_limits", { query });
    assert.deepEqual(Object.keys(body.server_side), ["UpdateUsers"]);
  }),

  limits("spec", "is for servers alone", async ({ raw, anonymous, userToken, people }) => {
    const [id] = await people(1);
    await refused(raw("GET", "/api/v2/rate_limits", { token: userToken(id) }), "403/17", "GetRateLimits");
    await refused(anonymous("GET", "/api/v2/rate_limits"), "403/17", "GetRateLimits");
  }),
];
