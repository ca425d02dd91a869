// Users who block users.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const SERVER_SIDE = "either user or user_id must be provided when using server side auth.";

/** Whom a user has blocked. */
async function blocked({ sdk }, user_id) {
  const { blocks } = await sdk.getBlockedUsers({ user_id });
  return blocks.map((block) => block.blocked_user_id);
}

export const facts = [
  fact("BlockUsers", "spec", "answers 201 with who blocked whom, and when", async ({ raw, people }) => {
    const [user_id, blocked_user_id] = await people(2);
    const answer = await raw("POST", "/api/v2/users/block", { body: { user_id, blocked_user_id } });
    assert.equal(answer.status, 201);
    assert.equal(answer.body.blocked_by_user_id, user_id);
    assert.equal(answer.body.blocked_user_id, blocked_user_id);
    assert.match(answer.text, /"created_at":\d{19}[,}]/);
  }),

  fact("BlockUsers", "sdk test", "appears in the blocker's queries", async ({ sdk, people, read }) => {
    const [user_id, one, other] = await people(3);
    for (const blocked_user_id of [one, other]) await sdk.blockUsers({ user_id, blocked_user_id });
    assert.deepEqual((await read(user_id)).blocked_user_ids.toSorted(), [one, other].toSorted());
    assert.deepEqual((await read(one)).blocked_user_ids, []);
  }),

  fact("BlockUsers", "inferred", "may be repeated", async (context) => {
    const { sdk, people } = context;
    const [user_id, blocked_user_id] = await people(2);
    const first = await sdk.blockUsers({ user_id, blocked_user_id });
    const again = await sdk.blockUsers({ user_id, blocked_user_id });
    assert.deepEqual(again.created_at, first.created_at);
    assert.deepEqual(await blocked(context, user_id), [blocked_user_id]);
  }),

  fact("BlockUsers", "inferred", "requires user_id from a server", async ({ sdk, people }) => {
    const [blocked_user_id] = await people(1);
    await refused(sdk.blockUsers({ blocked_user_id }), "400/4", "BlockUsers", SERVER_SIDE);
  }),

  fact("BlockUsers", "sdk test", "accepts one of user and user_id, not both", async ({ sdk, people, unique, read }) => {
    const [user_id, blocked_user_id] = await people(2);
    const both = sdk.blockUsers({ user_id, user: { id: user_id }, blocked_user_id });
    await refused(both, "400/4", "BlockUsers", "cannot set both user and user_id.");
    const id = unique("new");
    await sdk.blockUsers({ user: { id, name: "Ann" }, blocked_user_id });
    const user = await read(id);
    assert.deepEqual([user.name, user.blocked_user_ids], ["Ann", [blocked_user_id]]);
  }),

  fact("BlockUsers", "inferred", "refuses unknown users on either side", async ({ sdk, people, unique, read }) => {
    const [known] = await people(1);
    const unknown = unique("nobody");
    await refused(sdk.blockUsers({ user_id: known, blocked_user_id: unknown }), "404/16", "BlockUsers");
    await refused(sdk.blockUsers({ user_id: unknown, blocked_user_id: known }), "404/16", "BlockUsers");
    assert.deepEqual((await read(known)).blocked_user_ids, []);
  }),

  fact("BlockUsers", "choice", "refuses users who block themselves", async ({ sdk, people, read }) => {
    const [id] = await people(1);
    await refused(sdk.blockUsers({ user_id: id, blocked_user_id: id }), "400/4", "BlockUsers");
    assert.deepEqual((await read(id)).blocked_user_ids, []);
  }),

  fact("BlockUsers", "spec", "lets users act for themselves", async ({ as, userToken, people, read }) => {
    const [me, blocked_user_id] = await people(2);
    await as(userToken(me)).blockUsers({ blocked_user_id });
    assert.deepEqual((await read(me)).blocked_user_ids, [blocked_user_id]);
  }),

  fact("BlockUsers", "docs", "is closed to anonymous callers", async ({ anonymous, people }) => {
    const [blocked_user_id] = await people(1);
    await refused(anonymous("POST", "/api/v2/users/block", { body: { blocked_user_id } }), "403/17", "BlockUsers");
  }),

  fact(
    "GetBlockedUsers",
    "sdk test",
    "lists the blocks of a user, one for each blocked user",
    async ({ sdk, people }) => {
      const [user_id, blocked_user_id] = await people(2, { name: "Ann" });
      assert.deepEqual((await sdk.getBlockedUsers({ user_id })).blocks, []);
      await sdk.blockUsers({ user_id, blocked_user_id });
      const { blocks, metadata } = await sdk.getBlockedUsers({ user_id });
      assert.equal(metadata.responseCode, 200);
      assert.equal(blocks.length, 1);
      const [block] = blocks;
      assert.deepEqual([block.user_id, block.blocked_user_id], [user_id, blocked_user_id]);
      assert.deepEqual([block.user.id, block.blocked_user.id], [user_id, blocked_user_id]);
      assert.equal(block.blocked_user.name, "Ann");
      assert.ok(block.created_at instanceof Date);
    },
  ),

  fact("GetBlockedUsers", "inferred", "requires user_id from a server", async ({ sdk }) => {
    await refused(sdk.getBlockedUsers(), "400/4", "GetBlockedUsers", SERVER_SIDE);
  }),

  fact("GetBlockedUsers", "spec", "lets users read their own", async ({ sdk, as, userToken, people }) => {
    const [me, other, blocked_user_id] = await people(3);
    await sdk.blockUsers({ user_id: other, blocked_user_id });
    assert.deepEqual((await as(userToken(me)).getBlockedUsers()).blocks, []);
    assert.equal((await as(userToken(other)).getBlockedUsers()).blocks.length, 1);
  }),

  fact("UnblockUsers", "spec", "answers 201 with a duration, and removes the block", async (context) => {
    const { sdk, raw, people, read } = context;
    const [user_id, one, other] = await people(3);
    for (const blocked_user_id of [one, other]) await sdk.blockUsers({ user_id, blocked_user_id });
    const answer = await raw("POST", "/api/v2/users/unblock", { body: { user_id, blocked_user_id: one } });
    assert.equal(answer.status, 201);
    assert.deepEqual(Object.keys(answer.body), ["duration"]);
    assert.deepEqual(await blocked(context, user_id), [other]);
    assert.deepEqual((await read(user_id)).blocked_user_ids, [other]);
  }),

  fact("UnblockUsers", "choice", "succeeds if there is no block", async (context) => {
    const [user_id, blocked_user_id] = await context.people(2);
    await context.sdk.unblockUsers({ user_id, blocked_user_id });
    assert.deepEqual(await blocked(context, user_id), []);
  }),

  fact("UnblockUsers", "inferred", "requires user_id from a server", async ({ sdk, people }) => {
    const [blocked_user_id] = await people(1);
    await refused(sdk.unblockUsers({ blocked_user_id }), "400/4", "UnblockUsers", SERVER_SIDE);
  }),
];
