// Bans, mutes and flags of users.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const SERVER_SIDE = "either user or user_id must be provided when using server side auth.";
const CHANNEL = "messaging:general";

const minutes = (from, to) => Math.round((new Date(to) - new Date(from)) / 60_000);

/** The bans of a user. */
async function bans({ sdk }, user_id, more = {}) {
  const payload = { filter_conditions: { user_id }, ...more };
  return (await sdk.queryBannedUsers({ payload })).bans;
}

/** A moderator and others. */
async function scene({ people }, others) {
  return people(1 + others, { name: "Ann" });
}

const ban = [
  [
    "spec",
    "answers 201 with only a duration",
    async ({ raw, people }) => {
      const [banned_by_id, target_user_id] = await people(2);
      const answer = await raw("POST", "/api/v2/moderation/ban", { body: { target_user_id, banned_by_id } });
      assert.equal(answer.status, 201);
      assert.deepEqual(Object.keys(answer.body), ["duration"]);
    },
  ],
  [
    "spec",
    "appears in the user's queries, and in filters",
    async (context) => {
      const { sdk, read, ids } = context;
      const [banned_by_id, target_user_id] = await scene(context, 1);
      await sdk.moderation.ban({ target_user_id, banned_by_id, reason: "spam" });
      const user = await read(target_user_id);
      assert.deepEqual([user.banned, user.shadow_banned], [true, false]);
      assert.ok(!("ban_expires" in user));
      const both = { id: { $in: [banned_by_id, target_user_id] } };
      assert.deepEqual(await ids({ ...both, banned: true }), [target_user_id]);
      assert.deepEqual(await ids({ ...both, banned: false }), [banned_by_id]);
    },
  ],
  [
    "sdk test",
    "as a shadow ban is hidden from the user, and not found by its queries",
    async (context) => {
      const { sdk, as, userToken, ids, people } = context;
      const [banned_by_id, target_user_id] = await scene(context, 1);
      const [other] = await people(1);
      await sdk.moderation.ban({ target_user_id, banned_by_id, shadow: true });
      const seen = async (id) => {
        const { users } = await as(userToken(id)).queryUsers({
          payload: { filter_conditions: { id: target_user_id } },
        });
        return users[0].shadow_banned;
      };
      assert.deepEqual([await seen(target_user_id), await seen(other)], [false, true]);
      const filter_conditions = { id: target_user_id, shadow_banned: true };
      const found = await as(userToken(target_user_id)).queryUsers({ payload: { filter_conditions } });
      assert.deepEqual(found.users, []);
      assert.deepEqual(await ids(filter_conditions), [target_user_id]);
    },
  ],
  [
    "inferred",
    "as a shadow ban does not make the user banned",
    async (context) => {
      const { sdk, read, ids } = context;
      const [banned_by_id, target_user_id] = await scene(context, 1);
      await sdk.moderation.ban({ target_user_id, banned_by_id, shadow: true });
      const user = await read(target_user_id);
      assert.deepEqual([user.banned, user.shadow_banned], [false, true]);
      assert.deepEqual(await ids({ id: target_user_id, shadow_banned: true }), [target_user_id]);
    },
  ],
  [
    "sdk test",
    "lasts for its minutes, or forever",
    async (context) => {
      const { sdk, read } = context;
      const [banned_by_id, timed, forever] = await scene(context, 2);
      await sdk.moderation.ban({ target_user_id: timed, banned_by_id, timeout: 60 });
      await sdk.moderation.ban({ target_user_id: forever, banned_by_id });
      const [one] = await bans(context, timed);
      assert.equal(minutes(one.created_at, one.expires), 60);
      assert.equal(minutes(one.created_at, (await read(timed)).ban_expires), 60);
      const [other] = await bans(context, forever);
      assert.equal(other.expires, undefined);
    },
  ],
  [
    "docs",
    "of a channel is not a ban of the whole app",
    async (context) => {
      const { sdk, read } = context;
      const [banned_by_id, target_user_id] = await scene(context, 1);
      await sdk.moderation.ban({ target_user_id, banned_by_id, channel_cid: CHANNEL });
      assert.equal((await read(target_user_id)).banned, false);
      const [ban] = await bans(context, target_user_id);
      assert.equal(ban.user.id, target_user_id);
    },
  ],
  [
    "sdk test",
    "may be repeated",
    async (context) => {
      const { sdk } = context;
      const [banned_by_id, target_user_id] = await scene(context, 1);
      await sdk.moderation.ban({ target_user_id, banned_by_id, reason: "first" });
      await sdk.moderation.ban({ target_user_id, banned_by_id, reason: "second", timeout: 5 });
      assert.equal((await bans(context, target_user_id)).length, 1);
    },
  ],
  [
    "inferred",
    "replaces reason and expiry when repeated",
    async (context) => {
      const { sdk } = context;
      const [banned_by_id, target_user_id] = await scene(context, 1);
      await sdk.moderation.ban({ target_user_id, banned_by_id, reason: "first" });
      await sdk.moderation.ban({ target_user_id, banned_by_id, reason: "second", timeout: 5 });
      const [ban] = await bans(context, target_user_id);
      assert.equal(ban.reason, "second");
      assert.equal(minutes(ban.created_at, ban.expires), 5);
    },
  ],
  [
    "issue",
    "requires banned_by_id from a server",
    async ({ sdk, people, read }) => {
      const [target_user_id] = await people(1);
      const call = sdk.moderation.ban({ target_user_id });
      await refused(call, "400/4", "Ban", /must be provided when using server side auth\.$/);
      assert.equal((await read(target_user_id)).banned, false);
    },
  ],
  [
    "sdk test",
    "creates the banning user if it is sent as an object",
    async ({ sdk, people, unique, read }) => {
      const [target_user_id] = await people(1);
      const id = unique("moderator");
      await sdk.moderation.ban({ target_user_id, banned_by: { id, name: "Mod" } });
      assert.equal((await read(id)).name, "Mod");
      assert.equal((await read(target_user_id)).banned, true);
    },
  ],
  [
    "inferred",
    "refuses unknown targets, and targets that are missing",
    async ({ sdk, raw, people, unique }) => {
      const [banned_by_id] = await people(1);
      await refused(sdk.moderation.ban({ target_user_id: unique("nobody"), banned_by_id }), "404/16", "Ban");
      await refused(raw("POST", "/api/v2/moderation/ban", { body: { banned_by_id } }), "400/4", "Ban");
    },
  ],
  [
    "spec",
    "refuses a negative timeout, and unknown modes",
    async ({ raw, people, read }) => {
      const [banned_by_id, target_user_id] = await people(2);
      for (const more of [{ timeout: -1 }, { delete_messages: "gone" }, { timeout: "long" }, { shadow: "yes" }]) {
        const body = { target_user_id, banned_by_id, ...more };
        await refused(raw("POST", "/api/v2/moderation/ban", { body }), "400/4", "Ban");
      }
      assert.equal((await read(target_user_id)).banned, false);
    },
  ],
  [
    "docs",
    "is for moderators, not for every user",
    async ({ as, userToken, people, read }) => {
      const [me, target_user_id] = await people(2);
      const [moderator] = await people(1, { role: "admin" });
      await refused(as(userToken(me)).moderation.ban({ target_user_id }), "403/17", "Ban");
      assert.equal((await read(target_user_id)).banned, false);
      await as(userToken(moderator)).moderation.ban({ target_user_id });
      assert.equal((await read(target_user_id)).banned, true);
    },
  ],
  [
    "issue",
    "does not let the banned user write",
    async ({ sdk, as, userToken, people, read }) => {
      const [banned_by_id, me] = await people(2);
      await sdk.moderation.ban({ target_user_id: me, banned_by_id });
      const reason = "Sorry, you do not have access to this feature. Your account is currently suspended from chat.";
      const call = as(userToken(me)).upsertUsers([{ id: me, custom: { color: "red" } }]);
      await refused(call, "403/17", "UpdateUsers", reason);
      assert.deepEqual((await read(me)).custom, {});
    },
  ],
];

const unban = [
  [
    "spec",
    "answers 201 with a duration, and removes the ban",
    async (context) => {
      const { sdk, raw, read } = context;
      const [banned_by_id, target_user_id] = await scene(context, 1);
      await sdk.moderation.ban({ target_user_id, banned_by_id });
      const answer = await raw("POST", "/api/v2/moderation/unban", { query: { target_user_id } });
      assert.equal(answer.status, 201);
      assert.deepEqual(Object.keys(answer.body), ["duration"]);
      assert.equal((await read(target_user_id)).banned, false);
      assert.deepEqual(await bans(context, target_user_id), []);
    },
  ],
  [
    "sdk test",
    "removes a ban that another user created",
    async (context) => {
      const { sdk, read } = context;
      const [banned_by_id, target_user_id, unbanned_by_id] = await scene(context, 2);
      await sdk.moderation.ban({ target_user_id, banned_by_id });
      await sdk.moderation.unban({ target_user_id, unbanned_by_id });
      assert.equal((await read(target_user_id)).banned, false);
    },
  ],
  [
    "spec",
    "removes only the bans by one user if that user is named",
    async (context) => {
      const { sdk, read } = context;
      const [banned_by_id, target_user_id, other] = await scene(context, 2);
      await sdk.moderation.ban({ target_user_id, banned_by_id });
      await sdk.moderation.unban({ target_user_id, created_by: other });
      assert.equal((await read(target_user_id)).banned, true);
      await sdk.moderation.unban({ target_user_id, created_by: banned_by_id });
      assert.equal((await read(target_user_id)).banned, false);
    },
  ],
  [
    "docs",
    "of a channel keeps the ban of the app, and vice versa",
    async (context) => {
      const { sdk, read } = context;
      const [banned_by_id, target_user_id] = await scene(context, 1);
      await sdk.moderation.ban({ target_user_id, banned_by_id });
      await sdk.moderation.ban({ target_user_id, banned_by_id, channel_cid: CHANNEL });
      assert.equal((await bans(context, target_user_id)).length, 2);
      await sdk.moderation.unban({ target_user_id });
      assert.equal((await read(target_user_id)).banned, false);
      assert.equal((await bans(context, target_user_id)).length, 1);
      await sdk.moderation.unban({ target_user_id, channel_cid: CHANNEL });
      assert.deepEqual(await bans(context, target_user_id), []);
    },
  ],
  [
    "choice",
    "succeeds if there is no ban",
    async ({ sdk, people }) => {
      const [target_user_id] = await people(1);
      await sdk.moderation.unban({ target_user_id });
    },
  ],
  [
    "spec",
    "requires a target",
    async ({ raw }) => {
      await refused(raw("POST", "/api/v2/moderation/unban"), "400/4", "Unban");
    },
  ],
  [
    "spec",
    "is for servers only",
    async ({ raw, userToken, people }) => {
      const [target_user_id, me] = await people(2);
      const request = { query: { target_user_id }, token: userToken(me) };
      await refused(raw("POST", "/api/v2/moderation/unban", request), "403/17", "Unban");
    },
  ],
];

const queryBans = [
  [
    "spec",
    "answers 200 with user, author, time, reason and end of each ban",
    async (context) => {
      const { sdk } = context;
      const [banned_by_id, target_user_id] = await scene(context, 1);
      await sdk.moderation.ban({ target_user_id, banned_by_id, reason: "spam", timeout: 60 });
      const filter_conditions = { user_id: { $eq: target_user_id } };
      const { bans, metadata } = await sdk.queryBannedUsers({ payload: { filter_conditions } });
      assert.equal(metadata.responseCode, 200);
      assert.equal(bans.length, 1);
      const [ban] = bans;
      assert.deepEqual([ban.user.id, ban.banned_by.id, ban.reason], [target_user_id, banned_by_id, "spam"]);
      assert.ok(ban.created_at instanceof Date && ban.expires instanceof Date);
    },
  ],
  [
    "sdk test",
    "finds every ban with an empty filter",
    async ({ own }) => {
      await own({}, async (context) => {
        const { sdk } = context;
        const [banned_by_id, ...targets] = await scene(context, 3);
        for (const target_user_id of targets) await sdk.moderation.ban({ target_user_id, banned_by_id });
        const { bans } = await sdk.queryBannedUsers({ payload: { filter_conditions: {} } });
        assert.deepEqual(bans.map((ban) => ban.user.id).sort(), targets.toSorted());
      });
    },
  ],
  [
    "sdk test",
    "finds bans by reason, author, channel and time",
    async (context) => {
      const { sdk, unique } = context;
      const [banned_by_id, one, other] = await scene(context, 2);
      const reason = unique("because");
      await sdk.moderation.ban({ target_user_id: one, banned_by_id, reason });
      await sdk.moderation.ban({ target_user_id: other, banned_by_id, channel_cid: `messaging:${reason}` });
      const found = async (filter_conditions) => {
        const { bans } = await sdk.queryBannedUsers({ payload: { filter_conditions } });
        return bans.map((ban) => ban.user.id).sort();
      };
      const both = [one, other].sort();
      assert.deepEqual(await found({ reason }), [one]);
      assert.deepEqual(await found({ reason: { $autocomplete: reason.slice(0, 10) }, banned_by_id }), [one]);
      assert.deepEqual(await found({ banned_by_id }), both);
      assert.deepEqual(await found({ banned_by_id: { $in: [banned_by_id] } }), both);
      assert.deepEqual(await found({ channel_cid: `messaging:${reason}` }), [other]);
      assert.deepEqual(await found({ banned_by_id, user_id: { $in: [one] } }), [one]);
      const yesterday = new Date(Date.now() - 86_400_000).toISOString();
      assert.deepEqual(await found({ banned_by_id, created_at: { $gt: yesterday } }), both);
      assert.deepEqual(await found({ banned_by_id, created_at: { $lt: yesterday } }), []);
    },
  ],
  [
    "spec",
    "pages, and sorts by one term",
    async (context) => {
      const { sdk } = context;
      const [banned_by_id, ...targets] = await scene(context, 3);
      for (const target_user_id of targets) await sdk.moderation.ban({ target_user_id, banned_by_id });
      const found = async (more) => {
        const { bans } = await sdk.queryBannedUsers({ payload: { filter_conditions: { banned_by_id }, ...more } });
        return bans.map((ban) => ban.user.id);
      };
      const sort = [{ field: "created_at", direction: 1 }];
      assert.deepEqual(await found({ sort }), targets);
      assert.deepEqual(await found({ sort: [{ field: "created_at", direction: -1 }] }), targets.toReversed());
      assert.deepEqual(await found({ sort, limit: 1, offset: 1 }), targets.slice(1, 2));
      const two = sdk.queryBannedUsers({ payload: { filter_conditions: {}, sort: [...sort, ...sort] } });
      await refused(two, "400/4", "QueryBannedUsers");
      const many = sdk.queryBannedUsers({ payload: { filter_conditions: {}, limit: 301 } });
      await refused(many, "400/4", "QueryBannedUsers");
      const far = sdk.queryBannedUsers({ payload: { filter_conditions: {}, offset: 10_001 } });
      await refused(far, "400/4", "QueryBannedUsers");
    },
  ],
  [
    "spec",
    "refuses unknown fields and operators",
    async ({ sdk }) => {
      for (const filter_conditions of [
        { user_id: { $autocomplete: "a" } },
        { channel_cid: { $gt: "a" } },
        { created_at: { $ne: "2024-01-01T00:00:00Z" } },
        { color: "red" },
      ]) {
        await refused(sdk.queryBannedUsers({ payload: { filter_conditions } }), "400/4", "QueryBannedUsers");
      }
    },
  ],
];

const mute = [
  [
    "spec",
    "answers 201 with a list of mutes, also for one target",
    async (context) => {
      const { sdk } = context;
      const [user_id, ...target_ids] = await scene(context, 2);
      const { mutes, metadata } = await sdk.moderation.mute({ user_id, target_ids });
      assert.equal(metadata.responseCode, 201);
      assert.deepEqual(mutes.map((mute) => mute.target.id).sort(), target_ids.toSorted());
      for (const mute of mutes) {
        assert.equal(mute.user.id, user_id);
        assert.ok(mute.created_at instanceof Date && mute.updated_at instanceof Date);
      }
      const one = await sdk.moderation.mute({ user_id, target_ids: target_ids.slice(0, 1) });
      assert.equal(one.mutes.length, 1);
    },
  ],
  [
    "sdk test",
    "appears in the muter's queries",
    async (context) => {
      const { sdk, read } = context;
      const [user_id, target] = await scene(context, 1);
      await sdk.moderation.mute({ user_id, target_ids: [target] });
      const { mutes } = await read(user_id);
      assert.deepEqual(
        mutes.map((mute) => mute.target.id),
        [target],
      );
      assert.deepEqual((await read(target)).mutes, []);
    },
  ],
  [
    "sdk test",
    "does not expire without a timeout, which is in minutes",
    async (context) => {
      const { sdk, raw } = context;
      const [user_id, forever, timed] = await scene(context, 2);
      const answer = await raw("POST", "/api/v2/moderation/mute", { body: { user_id, target_ids: [forever] } });
      assert.ok(!("expires" in answer.body.mutes[0]));
      const [mute] = (await sdk.moderation.mute({ user_id, target_ids: [timed], timeout: 60 })).mutes;
      assert.equal(minutes(mute.created_at, mute.expires), 60);
    },
  ],
  [
    "spec",
    "names targets that do not exist",
    async (context) => {
      const { sdk, unique } = context;
      const [user_id, target] = await scene(context, 1);
      const nobody = unique("nobody");
      const answer = await sdk.moderation.mute({ user_id, target_ids: [target, nobody] });
      assert.deepEqual(answer.non_existing_users, [nobody]);
      assert.equal(answer.mutes.length, 1);
    },
  ],
  [
    "sdk test",
    "requires user_id from a server",
    async ({ sdk, people }) => {
      await refused(sdk.moderation.mute({ target_ids: await people(1) }), "400/4", "Mute", SERVER_SIDE);
    },
  ],
  [
    "spec",
    "accepts up to 1000 targets",
    async ({ raw, people }) => {
      const [user_id] = await people(1);
      const many = Array.from({ length: 1001 }, (_, index) => `u${index}`);
      for (const target_ids of [many, undefined, "ann"]) {
        await refused(raw("POST", "/api/v2/moderation/mute", { body: { user_id, target_ids } }), "400/4", "Mute");
      }
    },
  ],
  [
    "docs",
    "is open to every user",
    async ({ as, userToken, people, read }) => {
      const [me, target] = await people(2);
      await as(userToken(me)).moderation.mute({ target_ids: [target] });
      assert.equal((await read(me)).mutes.length, 1);
    },
  ],
];

const unmute = [
  [
    "spec",
    "answers 201, and removes the mute",
    async (context) => {
      const { sdk, read } = context;
      const [user_id, one, other] = await scene(context, 2);
      await sdk.moderation.mute({ user_id, target_ids: [one, other] });
      const { metadata } = await sdk.moderation.unmute({ user_id, target_ids: [one] });
      assert.equal(metadata.responseCode, 201);
      const { mutes } = await read(user_id);
      assert.deepEqual(
        mutes.map((mute) => mute.target.id),
        [other],
      );
    },
  ],
  [
    "choice",
    "succeeds if there is no mute",
    async (context) => {
      const [user_id, target] = await scene(context, 1);
      await context.sdk.moderation.unmute({ user_id, target_ids: [target] });
      assert.deepEqual((await context.read(user_id)).mutes, []);
    },
  ],
];

const flag = [
  [
    "sdk test",
    "answers 201 with the id of an item",
    async (context) => {
      const [user_id, entity_id] = await scene(context, 1);
      const answer = await context.sdk.moderation.flag({
        entity_type: "stream:user",
        entity_id,
        user_id,
        reason: "spam",
      });
      assert.equal(answer.metadata.responseCode, 201);
      assert.ok(answer.item_id.length > 0);
    },
  ],
  [
    "choice",
    "returns the same item when repeated",
    async (context) => {
      const [user_id, entity_id] = await scene(context, 1);
      const flag = () => context.sdk.moderation.flag({ entity_type: "stream:user", entity_id, user_id });
      assert.equal((await flag()).item_id, (await flag()).item_id);
    },
  ],
  [
    "spec",
    "refuses reasons of more than 255 characters, and requests without an entity",
    async (context) => {
      const [user_id, entity_id] = await scene(context, 1);
      const whole = { entity_type: "stream:user", entity_id, user_id };
      for (const body of [
        { ...whole, reason: "x".repeat(256) },
        { ...whole, entity_id: undefined },
        { ...whole, entity_type: undefined },
      ]) {
        await refused(context.raw("POST", "/api/v2/moderation/flag", { body }), "400/4", "Flag");
      }
    },
  ],
  [
    "sdk test",
    "requires user_id from a server",
    async ({ sdk, people }) => {
      const [entity_id] = await people(1);
      await refused(sdk.moderation.flag({ entity_type: "stream:user", entity_id }), "400/4", "Flag", SERVER_SIDE);
    },
  ],
  [
    "docs",
    "is open to every user",
    async ({ as, userToken, people }) => {
      const [me, entity_id] = await people(2);
      const { item_id } = await as(userToken(me)).moderation.flag({ entity_type: "stream:user", entity_id });
      assert.ok(item_id.length > 0);
    },
  ],
];

/** A fact with a clock of its own. */
const later = (operation, evidence, text, use) =>
  fact(operation, evidence, text, (context) =>
    context.own({}, async (context) => {
      await context.control("POST", "/clock", { freeze: "2026-01-01T00:00:00Z" });
      await use(context, (minutes) => context.control("POST", "/clock", { advance_ms: minutes * 60_000 }));
    }),
  );

const ends = [
  later("Ban", "docs", "ends automatically after its minutes", async (context, advance) => {
    const [banned_by_id, target_user_id] = await scene(context, 1);
    await context.sdk.moderation.ban({ target_user_id, banned_by_id, timeout: 5 });
    await advance(4);
    assert.equal((await context.read(target_user_id)).banned, true);
    await advance(1);
    const user = await context.read(target_user_id);
    assert.deepEqual([user.banned, user.ban_expires], [false, undefined]);
    assert.deepEqual(await context.ids({ banned: true }), []);
  }),

  later("QueryBannedUsers", "inferred", "lists expired bans unless they are excluded", async (context, advance) => {
    const [banned_by_id, timed, forever] = await scene(context, 2);
    await context.sdk.moderation.ban({ target_user_id: timed, banned_by_id, timeout: 5 });
    await context.sdk.moderation.ban({ target_user_id: forever, banned_by_id });
    await advance(6);
    const found = async (more) => {
      const payload = { filter_conditions: { banned_by_id }, ...more };
      return (await context.sdk.queryBannedUsers({ payload })).bans.map((ban) => ban.user.id).sort();
    };
    assert.deepEqual(await found({}), [timed, forever].sort());
    assert.deepEqual(await found({ exclude_expired_bans: true }), [forever]);
  }),

  later("Mute", "inferred", "ends automatically after its minutes", async (context, advance) => {
    const [user_id, target] = await scene(context, 1);
    await context.sdk.moderation.mute({ user_id, target_ids: [target], timeout: 5 });
    await advance(4);
    assert.equal((await context.read(user_id)).mutes.length, 1);
    await advance(2);
    assert.deepEqual((await context.read(user_id)).mutes, []);
  }),
];

const of = (operation, list) => list.map(([evidence, text, run]) => fact(operation, evidence, text, run));

const others = [
  fact("GetFlagCount", "spec", "counts the flags on one creator's content", async (context) => {
    const { sdk, people } = context;
    const [user_id, creator, entity_id] = await people(3);
    const count = async () => (await sdk.moderation.getFlagCount({ entity_creator_id: creator })).count;
    assert.equal(await count(), 0);
    await sdk.moderation.flag({ entity_type: "stream:user", entity_id, entity_creator_id: creator, user_id });
    assert.equal(await count(), 1);
  }),

  fact("GetFlagCount", "spec", "is for servers only", async ({ as, userToken, people }) => {
    const [id] = await people(1);
    const call = as(userToken(id)).moderation.getFlagCount({ entity_creator_id: id });
    await refused(call, "403/17", "GetFlagCount");
  }),

  fact("QueryFutureChannelBans", "spec", "answers 200 with bans", async (context) => {
    const [user_id] = await scene(context, 0);
    const { bans, metadata } = await context.sdk.chat.queryFutureChannelBans({ payload: { user_id } });
    assert.equal(metadata.responseCode, 200);
    assert.deepEqual(bans, []);
  }),

  fact("QueryFutureChannelBans", "spec", "counts them if requested", async (context) => {
    const [user_id] = await scene(context, 0);
    const payload = { user_id, include_total: true };
    assert.equal((await context.sdk.chat.queryFutureChannelBans({ payload })).total, 0);
  }),
];

export const facts = [
  ...of("Ban", ban),
  ...of("Unban", unban),
  ...of("QueryBannedUsers", queryBans),
  ...of("Mute", mute),
  ...of("Unmute", unmute),
  ...of("Flag", flag),
  ...ends,
  ...others,
];
