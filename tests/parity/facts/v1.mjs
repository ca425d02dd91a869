// The form of the API that the SDKs for chat speak: paths without `/api/v2`.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const TOPIC = "Paths without /api/v2";

const form = (evidence, text, run) => fact(TOPIC, evidence, text, run);

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** Asserts that a request was answered, and gives back with what. */
async function ok(answer, status = 201) {
  const { status: actual, body, text } = await answer;
  assert.equal(actual, status, text);
  return body;
}

/** Creates a user in this form and gives back its id. */
async function person({ raw, unique }, more) {
  const id = unique("user");
  await ok(raw("POST", "/users", { body: { users: { [id]: { id, ...more } } } }));
  return id;
}

const people = (context, count) => Promise.all(Array.from({ length: count }, () => person(context, { color: "red" })));

export const facts = [
  form("sdk code", "have custom data of users next to their other fields", async ({ raw, unique, read }) => {
    const id = unique("user");
    const user = { id, name: "Ann", color: "red", nested: { n: [1, null] } };
    const { users } = await ok(raw("POST", "/users", { body: { users: { [id]: user } } }));
    for (const [name, value] of Object.entries(user)) assert.deepEqual(users[id][name], value, name);
    assert.equal("custom" in users[id], false);
    assert.deepEqual((await read(id)).custom, { color: "red", nested: { n: [1, null] } });
  }),

  form("sdk test", "write times as RFC 3339 strings everywhere", async (context) => {
    const { raw } = context;
    const [ann, ben] = await people(context, 2);
    const { mute } = await ok(raw("POST", "/moderation/mute", { body: { target_id: ben, user_id: ann, timeout: 5 } }));
    for (const time of [mute.created_at, mute.expires, mute.user.created_at, mute.target.updated_at]) {
      assert.match(time, TIME);
    }
    for (const { created_at } of (await ok(raw("GET", "/roles"), 200)).roles) assert.match(created_at, TIME);
  }),

  form("sdk code", "show users inside other objects in the same way", async (context) => {
    const { raw } = context;
    const [ann, ben] = await people(context, 2);
    await ok(raw("POST", "/moderation/ban", { body: { target_user_id: ann, user_id: ben } }));
    const payload = { filter_conditions: { user_id: ann } };
    const { bans } = await ok(raw("GET", "/query_banned_users", { query: { payload } }), 200);
    assert.deepEqual([bans[0].user.color, bans[0].banned_by.color], ["red", "red"]);
  }),

  form("sdk test", "ignore fields that only the server sets, so that a user can be sent back", async (context) => {
    const id = await person(context, { color: "red" });
    const payload = { filter_conditions: { id } };
    const { users } = await ok(context.raw("GET", "/users", { query: { payload } }), 200);
    await ok(context.raw("POST", "/users", { body: { users: { [id]: { ...users[0], online: true } } } }));
    assert.deepEqual((await context.read(id)).custom, { color: "red" });
  }),

  form("sdk code", "update a part of a user as the others do", async (context) => {
    const id = await person(context, { color: "red" });
    const body = { users: [{ id, set: { plan: "pro" }, unset: ["color"] }] };
    const { users } = await ok(context.raw("PATCH", "/users", { body }), 200);
    assert.deepEqual([users[id].plan, "color" in users[id]], ["pro", false]);
  }),

  form("sdk code", "find users by custom data", async (context) => {
    const plan = context.unique("plan");
    const id = await person(context, { plan });
    const { users } = await ok(
      context.raw("GET", "/users", { query: { payload: { filter_conditions: { plan } } } }),
      200,
    );
    assert.deepEqual([users.length, users[0].id, users[0].plan], [1, id, plan]);
  }),

  form("sdk code", "make guests", async ({ anonymous, unique }) => {
    const body = { user: { id: unique("visitor"), color: "red" } };
    const { user, access_token } = await ok(anonymous("POST", "/guest", { body }));
    assert.deepEqual([user.role, user.color, typeof access_token], ["guest", "red", "string"]);
  }),

  form("sdk test", "list the users that a task has changed", async (context) => {
    const [ann] = await people(context, 1);
    const task = await ok(context.raw("POST", "/users/deactivate", { body: { user_ids: [ann] } }));
    await context.ended(task);
    const { result } = await ok(context.raw("GET", `/tasks/${task.task_id}`), 200);
    assert.deepEqual([result.users[0].id, result.users[0].color], [ann, "red"]);
    assert.match(result.users[0].deactivated_at, TIME);
  }),

  form("choice", "treat unknown fields of a user as custom data, misspelt or not", async (context) => {
    const id = await person(context, { nmae: "Ann" });
    assert.deepEqual((await context.read(id)).custom, { nmae: "Ann" });
  }),

  form("choice", "for chat answer 404 with code 16 and a message that names what is supported", async ({ raw }) => {
    for (const path of ["/channels/messaging/general/query", "/messages/1", "/api/v2/chat/channels"]) {
      const { body } = await refused(raw("POST", path), "404/16", "");
      assert.match(
        body.message,
        /is an endpoint of chat, and this is an emulator of Stream's users; it has users, guests/,
      );
    }
  }),

  fact(
    "DeleteUser",
    "sdk test",
    "deletes one user immediately and answers with the user and the time",
    async (context) => {
      const [id] = await people(context, 1);
      const { user } = await ok(
        context.raw("DELETE", `/users/${id}`, { query: { mark_messages_deleted: "true" } }),
        200,
      );
      assert.deepEqual([user.id, user.color], [id, "red"]);
      assert.match(user.deleted_at, TIME);
      assert.equal(await context.read(id), undefined);
      await ok(context.raw("POST", "/users/restore", { body: { user_ids: [id] } }));
    },
  ),

  fact("DeleteUser", "docs", "deletes permanently with `hard_delete`", async (context) => {
    const [id] = await people(context, 1);
    await ok(context.raw("DELETE", `/users/${id}`, { query: { hard_delete: "true" } }), 200);
    await refused(context.raw("POST", "/users/restore", { body: { user_ids: [id] } }), "400/4", "RestoreUsers");
  }),

  fact("DeleteUser", "inferred", "refuses an unknown id", async ({ raw, unique }) => {
    await refused(raw("DELETE", `/users/${unique("nobody")}`), "404/16", "DeleteUser", /does not exist/);
  }),

  fact(
    "Ban",
    "sdk code",
    "takes, without /api/v2, who bans as `user_id` and a channel as type and id",
    async (context) => {
      const [ann, ben] = await people(context, 2);
      const body = { target_user_id: ann, user_id: ben, type: "messaging", id: context.unique("channel") };
      await ok(context.raw("POST", "/moderation/ban", { body }));
      const payload = { filter_conditions: { channel_cid: `messaging:${body.id}` } };
      const { bans } = await ok(context.raw("GET", "/query_banned_users", { query: { payload } }), 200);
      assert.deepEqual([bans.length, bans[0].banned_by.id], [1, ben]);
    },
  ),

  fact(
    "Unban",
    "sdk code",
    "is `DELETE /moderation/ban` with all of it in the query, without /api/v2",
    async (context) => {
      const [ann, ben] = await people(context, 2);
      await ok(context.raw("POST", "/moderation/ban", { body: { target_user_id: ann, banned_by_id: ben } }));
      const query = { target_user_id: ann, banned_by_id: ben };
      await ok(context.raw("DELETE", "/moderation/ban", { query }), 200);
      assert.equal((await context.read(ann)).banned, false);
    },
  ),

  fact(
    "Mute",
    "sdk test",
    "answers, without /api/v2, one target with `mute` and several with `mutes`",
    async (context) => {
      const [ann, ben, eve] = await people(context, 3);
      const mute = (body) => ok(context.raw("POST", "/moderation/mute", { body: { user_id: ann, ...body } }));
      const one = await mute({ target_id: ben });
      assert.deepEqual([one.mute.target.id, one.own_user.id, "mutes" in one], [ben, ann, false]);
      const two = await mute({ target_ids: [ben, eve], target_id: "" });
      assert.deepEqual(
        two.mutes.map(({ target }) => target.id),
        [ben, eve],
      );
    },
  ),

  fact("Flag", "sdk test", "takes, without /api/v2, a user and answers with the flag", async (context) => {
    const [ann, ben] = await people(context, 2);
    const body = { target_user_id: ben, user_id: ann, reason: "spam" };
    const { flag } = await ok(context.raw("POST", "/moderation/flag", { body }));
    assert.deepEqual([flag.user.id, flag.target_user.id, flag.reason], [ann, ben, "spam"]);
  }),

  fact("Unflag", "sdk code", "removes a flag and answers with it", async (context) => {
    const [ann, ben] = await people(context, 2);
    const body = { target_user_id: ben, user_id: ann };
    await ok(context.raw("POST", "/moderation/flag", { body }));
    const { flag } = await ok(context.raw("POST", "/moderation/unflag", { body }));
    assert.equal(flag.target_user.id, ben);
    assert.equal((await context.sdk.moderation.getFlagCount({ entity_creator_id: ben })).count, 0);
  }),

  fact("Unflag", "choice", "succeeds if there is no flag", async (context) => {
    const [ann, ben] = await people(context, 2);
    const body = { target_user_id: ben, user_id: ann };
    assert.equal("flag" in (await ok(context.raw("POST", "/moderation/unflag", { body }))), false);
  }),

  fact("SendUserCustomEvent", "docs", "takes, without /api/v2, what an event says beside its type", async (context) => {
    const [ann] = await people(context, 1);
    await ok(context.raw("POST", `/users/${ann}/event`, { body: { event: { type: "friendship", text: "hi" } } }));
  }),

  fact("CreateCustomPermission", "sdk test", "creates a permission, which is listed", async ({ raw, unique }) => {
    const body = { id: unique("permission"), name: "Rename", action: "UpdateUser", condition: { a: 1 } };
    const { permission } = await ok(raw("POST", "/permissions", { body }));
    assert.deepEqual([permission.id, permission.custom, permission.condition], [body.id, true, { a: 1 }]);
    const { permissions } = await ok(raw("GET", "/api/v2/permissions"), 200);
    assert.ok(permissions.some(({ id }) => id === body.id));
    await refused(raw("POST", "/permissions", { body }), "400/4", "CreateCustomPermission", /already exists/);
  }),

  fact("UpdateCustomPermission", "sdk code", "replaces a custom permission", async ({ raw, unique }) => {
    const body = { id: unique("permission"), name: "Rename", action: "UpdateUser" };
    await ok(raw("POST", "/permissions", { body }));
    await ok(raw("PUT", `/permissions/${body.id}`, { body: { ...body, name: "Rename all" } }));
    assert.equal((await ok(raw("GET", `/permissions/${body.id}`), 200)).permission.name, "Rename all");
  }),

  fact("DeleteCustomPermission", "sdk code", "deletes a custom permission", async ({ raw, unique }) => {
    const body = { id: unique("permission"), name: "Rename", action: "UpdateUser" };
    await ok(raw("POST", "/permissions", { body }));
    await ok(raw("DELETE", `/permissions/${body.id}`), 200);
    await refused(raw("GET", `/permissions/${body.id}`), "404/16", "GetPermission");
  }),

  fact("DeleteCustomPermission", "choice", "refuses a built-in permission", async ({ raw }) => {
    await refused(raw("DELETE", "/permissions/ban-user"), "400/4", "DeleteCustomPermission", /is built in/);
  }),

  fact("UnreadCounts", "sdk code", "are zeros and empty lists, as there are no channels", async (context) => {
    const [user_id] = await people(context, 1);
    const { duration, ...counts } = await ok(context.raw("GET", "/unread", { query: { user_id } }), 200);
    assert.deepEqual(counts, {
      total_unread_count: 0,
      total_unread_threads_count: 0,
      total_unread_count_by_team: {},
      channels: [],
      channel_type: [],
      threads: [],
    });
    assert.equal(typeof duration, "string");
  }),

  fact("UnreadCountsBatch", "sdk code", "are the same by user", async (context) => {
    const user_ids = await people(context, 2);
    const { counts_by_user } = await ok(context.raw("POST", "/unread_batch", { body: { user_ids } }));
    assert.deepEqual(Object.keys(counts_by_user).sort(), [...user_ids].sort());
    for (const { total_unread_count } of Object.values(counts_by_user)) assert.equal(total_unread_count, 0);
  }),

  fact("MarkChannelsRead", "sdk code", "does nothing, as there are no channels", async (context) => {
    const [user_id] = await people(context, 1);
    await ok(context.raw("POST", "/channels/read", { body: { user_id } }));
  }),

  fact(
    "ListChannelTypes",
    "sdk test",
    "has none, so that test suites that list them first can start",
    async ({ raw }) => {
      assert.deepEqual((await ok(raw("GET", "/channeltypes"), 200)).channel_types, {});
    },
  ),

  fact("Hi", "sdk code", "answers 200 to clients that open a connection in advance", async ({ anonymous }) => {
    await ok(anonymous("GET", "/hi"), 200);
  }),
];
