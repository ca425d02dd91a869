// What the app's hooks are told.

import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { fact } from "../fact.mjs";
import { withReceiver } from "../receiver.mjs";
import { refused } from "../refused.mjs";

const hook = (webhook_url, more) => ({
  hook_type: "webhook",
  enabled: true,
  event_types: [],
  product: "all",
  webhook_url,
  ...more,
});

/** A fact with an app and a receiver that its hook calls. */
const told = (evidence, text, use, { statuses, ...more } = {}) =>
  fact("Webhooks", evidence, text, (context) =>
    withReceiver(
      (receiver) =>
        context.own({}, async (context) => {
          await context.sdk.updateApp({ event_hooks: [hook(receiver.url, more)] });
          await use({ ...context, receiver });
        }),
      statuses,
    ),
  );

const event = (call) => JSON.parse(call.body);

/** The next events, in any order. */
async function events({ receiver }, count) {
  const all = [];
  for (let index = 0; index < count; index++) all.push(event(await receiver.next()));
  return all;
}

/** Events that an operation fires, without what is told of the users it needs. */
const fired = (evidence, text, types, use) =>
  told(
    evidence,
    text,
    async (context) => {
      const [mod, ann, ben] = await context.people(3, { name: "Ann" });
      const check = await use({ ...context, mod, ann, ben });
      const all = await events(context, types.length);
      assert.deepEqual(all.map(({ type }) => type).sort(), types.toSorted());
      for (const told of all) check?.(told);
    },
    { event_types: [...new Set(types)] },
  );

const delivery = [
  told("docs", "come as POST of JSON with the event's id, the attempt, the key and a signature", async (context) => {
    const { sdk, receiver, apiKey } = context;
    await sdk.upsertUsers([{ id: "ann" }]);
    const { method, headers, body } = await receiver.next();
    assert.equal(method, "POST");
    assert.match(headers["content-type"], /^application\/json/);
    assert.ok(headers["x-webhook-id"].length > 0);
    assert.deepEqual([headers["x-webhook-attempt"], headers["x-api-key"]], ["1", apiKey]);
    assert.match(headers["x-signature"], /^[0-9a-f]{64}$/);
    assert.equal(JSON.parse(body).type, "user.updated");
  }),

  told("sdk code", "are signed so that the SDK verifies and parses them", async ({ sdk, server, receiver }) => {
    await sdk.upsertUsers([{ id: "ann", name: "Ann" }]);
    const { headers, body } = await receiver.next();
    const signature = headers["x-signature"];
    assert.equal(sdk.verifyWebhook(body, signature), true);
    assert.equal(server("another secret").verifyWebhook(body, signature), false);
    assert.equal(sdk.verifyWebhook(Buffer.concat([body, Buffer.from(" ")]), signature), false);
    assert.equal(sdk.verifyAndParseWebhook(body, signature).user.name, "Ann");
  }),

  told("sdk code", "may be compressed, and are signed before compression", async ({ sdk, receiver }) => {
    await sdk.updateApp({ enable_hook_payload_compression: true });
    await sdk.upsertUsers([{ id: "ann", name: "Ann" }]);
    const { headers, body } = await receiver.next();
    assert.deepEqual([...body.subarray(0, 2)], [0x1f, 0x8b]);
    assert.equal(sdk.verifyAndParseWebhook(body, headers["x-signature"]).user.name, "Ann");
  }),

  told(
    "docs",
    "are retried until they are accepted, with the same id",
    async ({ sdk, control, receiver }) => {
      await sdk.upsertUsers([{ id: "ann" }]);
      const first = await receiver.next();
      const second = receiver.next();
      // The second attempt is due by the emulator's clock; it knows of the first one's end a moment later.
      const early = setInterval(() => control("POST", "/clock", { advance_ms: 1000 }), 20);
      const { headers, body } = await second.finally(() => clearInterval(early));
      assert.equal(headers["x-webhook-id"], first.headers["x-webhook-id"]);
      assert.equal(headers["x-webhook-attempt"], "2");
      assert.deepEqual(body, first.body);
    },
    { statuses: [500, 200] },
  ),

  told(
    "spec",
    "send a hook the types it lists, or all types without a list",
    async (context) => {
      const { sdk, receiver } = context;
      await sdk.upsertUsers([{ id: "ann" }]);
      await sdk.deactivateUser({ user_id: "ann" });
      assert.equal(event(await receiver.next()).type, "user.deactivated");
      await sdk.updateApp({ event_hooks: [hook(receiver.url)] });
      await sdk.reactivateUser({ user_id: "ann" });
      assert.equal(event(await receiver.next()).type, "user.reactivated");
      await sdk.upsertUsers([{ id: "ann" }]);
      assert.equal(event(await receiver.next()).type, "user.updated");
    },
    { event_types: ["user.deactivated"] },
  ),

  told("spec", "skip disabled hooks", async ({ sdk, receiver }) => {
    await sdk.updateApp({ event_hooks: [hook(receiver.url, { enabled: false })] });
    await sdk.upsertUsers([{ id: "ann", name: "unheard" }]);
    await sdk.updateApp({ event_hooks: [hook(receiver.url)] });
    await sdk.upsertUsers([{ id: "ann", name: "heard" }]);
    assert.equal(event(await receiver.next()).user.name, "heard");
  }),

  told("inferred", "report nothing about refused requests", async ({ sdk, receiver }) => {
    await refused(sdk.upsertUsers([{ id: "ann" }, { id: "ben", role: "king" }]), "400/4", "UpdateUsers");
    await sdk.upsertUsers([{ id: "cher" }]);
    assert.equal(event(await receiver.next()).user.id, "cher");
  }),

  told("sdk code", "write times as nanoseconds: SDKs with typed events read nothing else", async (context) => {
    const { sdk, receiver } = context;
    await sdk.upsertUsers([{ id: "ann" }]);
    const body = String((await receiver.next()).body);
    assert.match(body, /"created_at":\d{19}[,}]/);
    assert.doesNotMatch(body, /_at":"/);
  }),

  told("sdk test", "write times as RFC 3339 strings on request, which consumers of v1 need", async (context) => {
    const { sdk, control, receiver } = context;
    await control("PATCH", "/settings", { webhook_times: "rfc3339" });
    await sdk.upsertUsers([{ id: "ann" }]);
    const { created_at, user } = event(await receiver.next());
    for (const time of [created_at, user.created_at, user.updated_at]) {
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    }
  }),

  told("emulator", "write times in a format set for one hook: webhook_times_by_url", async (context) => {
    const { sdk, control, receiver } = context;
    await control("PATCH", "/settings", { webhook_times_by_url: { [receiver.url]: "rfc3339" } });
    await sdk.upsertUsers([{ id: "ann" }]);
    assert.match(event(await receiver.next()).created_at, /Z$/);
    const settings = await control("PATCH", "/settings", { webhook_times_by_url: { [receiver.url]: null } });
    assert.deepEqual(settings.webhook_times_by_url, {});
    await sdk.upsertUsers([{ id: "ann" }]);
    assert.match(String((await receiver.next()).body), /"created_at":\d{19}[,}]/);
  }),

  told("docs", "do not delay the response", async ({ sdk, ids }) => {
    await sdk.updateApp({ event_hooks: [hook("http://127.0.0.1:9/nobody")] });
    await sdk.upsertUsers([{ id: "ann" }]);
    assert.deepEqual(await ids({}), ["ann"]);
  }),

  told("emulator", "are listed, and can be replayed", async ({ sdk, control, receiver }) => {
    await sdk.upsertUsers([{ id: "ann" }]);
    const first = await receiver.next();
    // It is known to have been taken a moment after it was.
    let replayed = 0;
    while (replayed === 0) {
      await pause(5);
      ({ replayed } = await control("POST", "/webhooks/replay"));
    }
    const again = await receiver.next();
    assert.deepEqual(again.body, first.body);
    assert.match(JSON.stringify(await control("GET", "/webhooks")), /user\.updated/);
  }),
];

const fields = [
  told("sdk test", "have the fields of a published delivery of user.updated", async ({ sdk, control, receiver }) => {
    await control("PATCH", "/settings", { webhook_times: "rfc3339" });
    await sdk.upsertUsers([{ id: "ann", name: "Ann" }]);
    const { type, created_at, user, request_info } = event(await receiver.next());
    assert.equal(type, "user.updated");
    assert.ok(Date.parse(created_at) > 0);
    const { created_at: made, updated_at: changed, ...rest } = user;
    assert.ok(Date.parse(made) > 0 && Date.parse(changed) > 0);
    const expected = {
      id: "ann",
      name: "Ann",
      language: "",
      role: "user",
      teams: [],
      banned: false,
      online: false,
      blocked_user_ids: [],
      invisible: false,
    };
    for (const [field, value] of Object.entries(expected)) assert.deepEqual(rest[field], value, field);
    assert.equal(request_info.type, "server");
    assert.match(request_info.sdk, /^stream-node-/);
  }),
];

const of = [
  fired("docs", "report every user of an upsert, new or changed", ["user.updated", "user.updated"], async (context) => {
    // Three of the users that are there already, and these two.
    await events(context, 3);
    await context.sdk.upsertUsers([{ id: "one" }, { id: context.ann, name: "Anna" }]);
    return ({ user }) => assert.ok(["one", context.ann].includes(user.id));
  }),

  fired("docs", "report a partial update", ["user.updated"], async (context) => {
    await events(context, 3);
    await context.sdk.updateUsersPartial({ users: [{ id: context.ann, set: { color: "red" } }] });
    return ({ user }) => assert.equal(user.id, context.ann);
  }),

  fired(
    "sdk test",
    "report deactivated and reactivated users, and who did it",
    ["user.deactivated", "user.reactivated"],
    async ({ sdk, ann, mod }) => {
      await sdk.deactivateUser({ user_id: ann, created_by_id: mod });
      await sdk.reactivateUser({ user_id: ann, created_by_id: mod });
      return ({ user, created_by }) => assert.deepEqual([user.id, created_by.id], [ann, mod]);
    },
  ),

  fired(
    "inferred",
    "report each of many users when their task runs",
    ["user.deactivated", "user.deactivated"],
    async ({ sdk, ann, ben, ended }) => {
      await ended(await sdk.deactivateUsers({ user_ids: [ann, ben] }));
      return ({ user }) => assert.ok([ann, ben].includes(user.id));
    },
  ),

  fired("spec", "report deleted users, and how they were deleted", ["user.deleted"], async ({ sdk, ann }) => {
    await sdk.deleteUsers({ user_ids: [ann], user: "hard", messages: "hard", conversations: "hard" });
    return (event) => {
      assert.equal(event.user.id, ann);
      assert.deepEqual(
        [event.delete_user, event.delete_messages, event.delete_conversation, event.hard_delete],
        ["hard", "hard", "hard", true],
      );
    };
  }),

  fired("sdk test", "report bans and their end", ["user.banned", "user.unbanned"], async ({ sdk, ann, mod }) => {
    await sdk.moderation.ban({ target_user_id: ann, banned_by_id: mod, reason: "spam", timeout: 5 });
    await sdk.moderation.unban({ target_user_id: ann, unbanned_by_id: mod });
    return (event) => {
      assert.equal(event.user.id, ann);
      if (event.type !== "user.banned") return;
      assert.deepEqual([event.reason, event.created_by.id, event.total_bans], ["spam", mod, 1]);
      assert.ok(event.expiration / 1e6 > Date.now());
    };
  }),

  fired("spec", "report mutes and their end", ["user.muted", "user.unmuted"], async ({ sdk, ann, ben }) => {
    await sdk.moderation.mute({ user_id: ann, target_ids: [ben] });
    await sdk.moderation.unmute({ user_id: ann, target_ids: [ben] });
    return (event) => assert.deepEqual([event.user.id, event.target_user.id], [ann, ben]);
  }),

  fired("spec", "report several mutes in one event", ["user.muted"], async ({ sdk, ann, ben, mod }) => {
    await sdk.moderation.mute({ user_id: ann, target_ids: [ben, mod] });
    return (event) => assert.deepEqual(event.target_users.map(({ id }) => id).sort(), [ben, mod].sort());
  }),

  fired(
    "spec",
    "report groups and their members",
    ["user_group.created", "user_group.updated", "user_group.member_added", "user_group.member_removed"].concat(
      "user_group.deleted",
    ),
    async ({ sdk, ann }) => {
      const { id } = (await sdk.createUserGroup({ name: "staff" })).user_group;
      await sdk.updateUserGroup({ id, name: "all staff" });
      await sdk.addUserGroupMembers({ id, member_ids: [ann] });
      await sdk.removeUserGroupMembers({ id, member_ids: [ann] });
      await sdk.deleteUserGroup({ id });
      return ({ user_group }) => assert.equal(user_group.id, id);
    },
  ),

  fired("spec", "report the URL of an export", ["export.users.success"], async ({ sdk, ann, ended }) => {
    const { task_id, result } = await ended(await sdk.exportUsers({ user_ids: [ann] }));
    return (event) => {
      assert.deepEqual([event.task_id, event.url], [task_id, result.url]);
      assert.ok(event.started_at && event.finished_at);
    };
  }),

  told(
    "inferred",
    "send custom events to hooks that list them",
    async ({ sdk, receiver }) => {
      await sdk.upsertUsers([{ id: "ann" }]);
      const event = { type: "friendship_request", custom: { from: "ben" } };
      await sdk.chat.sendUserCustomEvent({ user_id: "ann", event });
      const told = JSON.parse((await receiver.next()).body);
      assert.equal(told.type, "friendship_request");
      assert.match(JSON.stringify(told), /"from":"ben"/);
    },
    { event_types: ["friendship_request"], should_send_custom_events: true },
  ),
];

export const facts = [...delivery, ...fields, ...of];
