// Deactivating, reactivating, deleting and restoring users.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A user who was deleted softly. */
async function deleted({ sdk, people, ended }, options = {}) {
  const [id] = await people(1, { name: "Ann", custom: { color: "red" } });
  await ended(await sdk.deleteUsers({ user_ids: [id], ...options }));
  return id;
}

const deactivateOne = [
  [
    "spec",
    "answers 201 with the user and deactivated_at, without a task",
    async ({ raw, people, read }) => {
      const [id] = await people(1, { name: "Ann" });
      const answer = await raw("POST", `/api/v2/users/${id}/deactivate`, { body: {} });
      assert.equal(answer.status, 201);
      assert.deepEqual(Object.keys(answer.body).sort(), ["duration", "user"]);
      assert.match(answer.text, /"deactivated_at":\d{19}[,}]/);
      assert.equal(answer.body.user.name, "Ann");
      assert.ok((await read(id)).deactivated_at instanceof Date);
    },
  ],
  [
    "sdk code",
    "needs no body",
    async ({ raw, people, ids }) => {
      const [id] = await people(1);
      assert.equal((await raw("POST", `/api/v2/users/${id}/deactivate`)).status, 201);
      assert.deepEqual(await ids({ id }), []);
    },
  ],
  [
    "sdk test",
    "hides the user from queries immediately",
    async ({ sdk, people, ids }) => {
      const [id] = await people(1);
      const { user } = await sdk.deactivateUser({ user_id: id, mark_messages_deleted: true });
      assert.ok(user.deactivated_at instanceof Date);
      assert.deepEqual(await ids({ id }), []);
    },
  ],
  [
    "issue",
    "invalidates the user's token",
    async ({ sdk, as, userToken, people }) => {
      const [id] = await people(1);
      await sdk.deactivateUser({ user_id: id });
      const call = as(userToken(id)).queryUsers({ payload: { filter_conditions: {} } });
      await refused(call, "404/16", "QueryUsers", `the user ${id} was deactivated`);
    },
  ],
  [
    "choice",
    "may be repeated and keeps the first deactivated_at",
    async ({ sdk, people }) => {
      const [id] = await people(1);
      const first = await sdk.deactivateUser({ user_id: id });
      const second = await sdk.deactivateUser({ user_id: id });
      assert.deepEqual(second.user.deactivated_at, first.user.deactivated_at);
    },
  ],
  [
    "inferred",
    "refuses unknown and deleted users",
    async (context) => {
      const { sdk, unique } = context;
      await refused(sdk.deactivateUser({ user_id: unique("nobody") }), "404/16", "DeactivateUser");
      const id = await deleted(context);
      await refused(sdk.deactivateUser({ user_id: id }), "404/16", "DeactivateUser", `the user ${id} was deleted`);
    },
  ],
  [
    "sdk test",
    "ignores unknown fields, such as a reason",
    async ({ raw, people, ids }) => {
      const [id] = await people(1);
      assert.equal((await raw("POST", `/api/v2/users/${id}/deactivate`, { body: { reason: "spam" } })).status, 201);
      assert.deepEqual(await ids({ id }), []);
    },
  ],
  [
    "sdk code",
    "accepts encoded and unencoded ids in paths",
    async ({ raw, unique, sdk, ids }) => {
      const id = unique("a@b");
      await sdk.upsertUsers([{ id }]);
      assert.equal((await raw("POST", `/api/v2/users/${encodeURIComponent(id)}/deactivate`)).status, 201);
      assert.deepEqual(await ids({ id }), []);
      assert.equal((await raw("POST", `/api/v2/users/${id}/reactivate`)).status, 201);
      assert.deepEqual(await ids({ id }), [id]);
    },
  ],
];

const reactivateOne = [
  [
    "spec",
    "answers 201 with the user, which queries find again",
    async ({ raw, sdk, people, ids }) => {
      const [id] = await people(1, { name: "Ann", custom: { color: "red" } });
      await sdk.deactivateUser({ user_id: id });
      const answer = await raw("POST", `/api/v2/users/${id}/reactivate`);
      assert.equal(answer.status, 201);
      assert.ok(!("deactivated_at" in answer.body.user));
      assert.deepEqual(answer.body.user.custom, { color: "red" });
      assert.deepEqual(await ids({ id }), [id]);
    },
  ],
  [
    "sdk test",
    "refuses an active user",
    async ({ sdk, people }) => {
      const [id] = await people(1);
      await refused(sdk.reactivateUser({ user_id: id }), "400/4", "ReactivateUser", /is not deactivated/);
    },
  ],
  [
    "issue",
    "refuses a deleted user",
    async (context) => {
      const id = await deleted(context);
      const call = context.sdk.reactivateUser({ user_id: id });
      await refused(call, "404/16", "ReactivateUser", `the user ${id} was deleted`);
    },
  ],
  [
    "inferred",
    "refuses an unknown user",
    async ({ sdk, unique }) => {
      await refused(sdk.reactivateUser({ user_id: unique("nobody") }), "404/16", "ReactivateUser");
    },
  ],
  [
    "spec",
    "renames the user if a name is sent",
    async ({ sdk, people, read }) => {
      const [id] = await people(1, { name: "Ann" });
      await sdk.deactivateUser({ user_id: id });
      const { user } = await sdk.reactivateUser({ user_id: id, name: "Anna", restore_messages: true });
      assert.equal(user.name, "Anna");
      assert.equal((await read(id)).name, "Anna");
    },
  ],
  [
    "issue",
    "makes the user's token valid again",
    async ({ sdk, as, userToken, people }) => {
      const [id] = await people(1);
      await sdk.deactivateUser({ user_id: id });
      await sdk.reactivateUser({ user_id: id });
      const { users } = await as(userToken(id)).queryUsers({ payload: { filter_conditions: { id } } });
      assert.equal(users.length, 1);
    },
  ],
];

const deactivateMany = [
  [
    "spec",
    "answers 201 with the id of a task, a UUID",
    async ({ raw, people, ended }) => {
      const answer = await raw("POST", "/api/v2/users/deactivate", { body: { user_ids: await people(1) } });
      assert.equal(answer.status, 201);
      assert.deepEqual(Object.keys(answer.body).sort(), ["duration", "task_id"]);
      assert.match(answer.body.task_id, UUID);
      await ended(answer.body);
    },
  ],
  [
    "sdk test",
    "has deactivated all users when its task ends",
    async ({ sdk, people, ids, ended }) => {
      const both = await people(2);
      const task = await ended(await sdk.deactivateUsers({ user_ids: both, mark_channels_deleted: false }));
      assert.equal(task.status, "completed");
      assert.deepEqual(await ids({ id: { $in: both } }), []);
      assert.equal((await ids({ id: { $in: both } }, { include_deactivated_users: true })).length, 2);
    },
  ],
  [
    "sdk test",
    "lists the users in the result of its task",
    async ({ raw, people, ended }) => {
      const both = await people(2);
      const start = await raw("POST", "/api/v2/users/deactivate", { body: { user_ids: both } });
      await ended(start.body);
      const { body } = await raw("GET", `/api/v2/tasks/${start.body.task_id}`);
      assert.deepEqual(body.result.users.map((user) => user.id).sort(), both.toSorted());
      for (const user of body.result.users) assert.ok(user.deactivated_at);
    },
  ],
  [
    "choice",
    "completes for any users",
    async ({ sdk, people, unique, ids, ended }) => {
      const [known] = await people(1);
      const task = await ended(await sdk.deactivateUsers({ user_ids: [unique("nobody"), known] }));
      assert.equal(task.status, "completed");
      assert.deepEqual(await ids({ id: known }), []);
    },
  ],
];

const reactivateMany = [
  [
    "spec",
    "reactivates all users in a task",
    async ({ sdk, people, ids, ended }) => {
      const both = await people(2);
      await ended(await sdk.deactivateUsers({ user_ids: both }));
      const start = await sdk.reactivateUsers({ user_ids: both, restore_messages: true, restore_channels: true });
      assert.match(start.task_id, UUID);
      assert.equal((await ended(start)).status, "completed");
      assert.deepEqual((await ids({ id: { $in: both } })).sort(), both.toSorted());
    },
  ],
  [
    "sdk test",
    "may be started again before the first task has ended",
    async ({ sdk, people, ids, ended }) => {
      const [id] = await people(1);
      await sdk.deactivateUser({ user_id: id });
      await sdk.reactivateUsers({ user_ids: [id] });
      const second = await ended(await sdk.reactivateUsers({ user_ids: [id] }));
      assert.equal(second.status, "completed");
      assert.deepEqual(await ids({ id }), [id]);
    },
  ],
];

const remove = [
  [
    "spec",
    "answers 201 with the id of a task",
    async ({ raw, people, ended }) => {
      const answer = await raw("POST", "/api/v2/users/delete", { body: { user_ids: await people(1) } });
      assert.equal(answer.status, 201);
      assert.match(answer.body.task_id, UUID);
      await ended(answer.body);
    },
  ],
  [
    "docs",
    "hides the users immediately, before its task ends",
    async ({ own }) => {
      await own({ taskDuration: 60_000 }, async ({ sdk, people, ids }) => {
        const [id] = await people(1);
        const { task_id } = await sdk.deleteUsers({ user_ids: [id] });
        assert.deepEqual(await ids({ id }, { include_deactivated_users: true }), []);
        assert.equal((await sdk.getTask({ id: task_id })).status, "pending");
      });
    },
  ],
  [
    "sdk test",
    "reports the outcome for each user in its task",
    async ({ sdk, people, ended }) => {
      const [one, other] = await people(2);
      const task = await ended(await sdk.deleteUsers({ user_ids: [one, other] }));
      assert.deepEqual(task.result, { [one]: { status: "ok" }, [other]: { status: "ok" } });
    },
  ],
  [
    "spec",
    "soft-deletes by default",
    async (context) => {
      const id = await deleted(context);
      await context.sdk.restoreUsers({ user_ids: [id] });
      assert.equal((await context.read(id)).name, "Ann");
    },
  ],
  [
    "issue",
    "invalidates the users' tokens",
    async (context) => {
      const { as, userToken } = context;
      for (const options of [{}, { user: "pruning" }, { user: "hard", messages: "hard", conversations: "hard" }]) {
        const id = await deleted(context, options);
        const call = as(userToken(id)).queryUsers({ payload: { filter_conditions: {} } });
        await refused(call, "404/16", "QueryUsers", `the user ${id} was deleted`);
      }
    },
  ],
  [
    "spec",
    "accepts every option",
    async ({ sdk, people, ids, ended }) => {
      const [id, heir] = await people(2);
      const everywhere = { user: "hard", messages: "hard", conversations: "hard", calls: "hard", files: true };
      const owners = { new_channel_owner_id: heir, new_call_owner_id: heir };
      const task = await ended(await sdk.deleteUsers({ user_ids: [id], ...everywhere, ...owners }));
      assert.equal(task.status, "completed");
      assert.deepEqual(await ids({ id: { $in: [id, heir] } }), [heir]);
    },
  ],
  [
    "choice",
    "accepts a hard deletion of only the user, and with other modes for the rest",
    async (context) => {
      for (const rest of [{}, { messages: "pruning", conversations: "soft" }]) {
        const id = await deleted(context, { user: "hard", ...rest });
        assert.deepEqual(await context.ids({ id }, { include_deactivated_users: true }), []);
      }
    },
  ],
  [
    "spec",
    "accepts null and no value for messages, conversations and calls",
    async ({ raw, people, ids, ended }) => {
      const [id] = await people(1);
      const untouched = { messages: null, conversations: "", calls: null };
      const { body } = await raw("POST", "/api/v2/users/delete", { body: { user_ids: [id], ...untouched } });
      await ended(body);
      assert.deepEqual(await ids({ id }), []);
    },
  ],
  [
    "spec",
    "refuses unknown modes",
    async ({ raw, people, ids }) => {
      const [id] = await people(1);
      for (const mode of [{ user: "gone" }, { messages: "gone" }, { conversations: "pruning" }, { calls: "pruning" }]) {
        const call = raw("POST", "/api/v2/users/delete", { body: { user_ids: [id], ...mode } });
        await refused(call, "400/4", "DeleteUsers");
      }
      assert.deepEqual(await ids({ id }), [id]);
    },
  ],
  [
    "choice",
    "completes for unknown and deleted users",
    async (context) => {
      const { sdk, unique, ended } = context;
      const id = await deleted(context);
      const task = await ended(await sdk.deleteUsers({ user_ids: [id, unique("nobody")] }));
      assert.equal(task.status, "completed");
    },
  ],
  [
    "spec",
    "deletes deactivated users and guests, too",
    async ({ sdk, people, unique, ids, ended }) => {
      const [asleep] = await people(1);
      await sdk.deactivateUser({ user_id: asleep });
      const { user } = await sdk.createGuest({ user: { id: unique("guest") } });
      const gone = [asleep, user.id];
      await ended(await sdk.deleteUsers({ user_ids: gone }));
      assert.deepEqual(await ids({ id: { $in: gone } }, { include_deactivated_users: true }), []);
    },
  ],
];

const restore = [
  [
    "spec",
    "answers 201 with only a duration",
    async (context) => {
      const id = await deleted(context);
      const answer = await context.raw("POST", "/api/v2/users/restore", { body: { user_ids: [id] } });
      assert.equal(answer.status, 201);
      assert.deepEqual(Object.keys(answer.body), ["duration"]);
    },
  ],
  [
    "sdk test",
    "restores a soft-deleted user with its data",
    async (context) => {
      const id = await deleted(context);
      await context.sdk.restoreUsers({ user_ids: [id] });
      const user = await context.read(id);
      assert.equal(user.name, "Ann");
      assert.deepEqual(user.custom, { color: "red" });
      assert.ok(!("deleted_at" in user));
      await context.sdk.upsertUsers([{ id, name: "Anna" }]);
      assert.equal((await context.read(id)).name, "Anna");
    },
  ],
  [
    "sdk test",
    "works before the deletion's task has ended",
    async ({ sdk, people, ids }) => {
      const [id] = await people(1);
      await sdk.deleteUsers({ user_ids: [id] });
      await sdk.restoreUsers({ user_ids: [id] });
      assert.deepEqual(await ids({ id }), [id]);
    },
  ],
  [
    "sdk test",
    "refuses a user who is not deleted",
    async ({ sdk, people }) => {
      const [id] = await people(1);
      const call = sdk.restoreUsers({ user_ids: [id] });
      await refused(call, "400/4", "RestoreUsers", `user "${id}" is not deleted, it can't be restored`);
    },
  ],
  [
    "sdk test",
    "refuses a user that was deactivated and is being reactivated",
    async ({ sdk, people }) => {
      const [id] = await people(1);
      await sdk.deactivateUser({ user_id: id });
      await sdk.reactivateUsers({ user_ids: [id] });
      const call = sdk.restoreUsers({ user_ids: [id] });
      await refused(call, "400/4", "RestoreUsers", `user "${id}" is not deleted, it can't be restored`);
    },
  ],
  [
    "docs",
    "refuses users whose data is gone",
    async (context) => {
      for (const options of [{ user: "pruning" }, { user: "hard", messages: "hard", conversations: "hard" }]) {
        const id = await deleted(context, options);
        await refused(context.sdk.restoreUsers({ user_ids: [id] }), "400/4", "RestoreUsers");
        assert.equal(await context.read(id), undefined);
      }
    },
  ],
  [
    "docs",
    "restores nobody if one of the users cannot be restored",
    async (context) => {
      const id = await deleted(context);
      const [active] = await context.people(1);
      await refused(context.sdk.restoreUsers({ user_ids: [id, active] }), "400/4", "RestoreUsers");
      assert.equal(await context.read(id), undefined);
    },
  ],
  [
    "choice",
    "restores a deactivated user as deactivated",
    async (context) => {
      const { sdk, people, ids, ended } = context;
      const [id] = await people(1);
      await sdk.deactivateUser({ user_id: id });
      await ended(await sdk.deleteUsers({ user_ids: [id] }));
      await sdk.restoreUsers({ user_ids: [id] });
      assert.deepEqual(await ids({ id }), []);
      assert.deepEqual(await ids({ id }, { include_deactivated_users: true }), [id]);
    },
  ],
];

/** What the operations on many users have in common. */
const BULK = {
  DeactivateUsers: "/api/v2/users/deactivate",
  ReactivateUsers: "/api/v2/users/reactivate",
  DeleteUsers: "/api/v2/users/delete",
  RestoreUsers: "/api/v2/users/restore",
};

const bulk = Object.entries(BULK).map(([operation, path]) =>
  fact(operation, "spec", "takes 1 to 100 ids of users", async ({ raw, people, ids }) => {
    const one = await people(1);
    const many = Array.from({ length: 101 }, (_, index) => `u${index}`);
    for (const body of [undefined, {}, { user_ids: [] }, { user_ids: many }, { user_ids: one[0] }, { user_ids: [1] }]) {
      await refused(raw("POST", path, { body }), "400/4", operation);
    }
    assert.deepEqual(await ids({ id: one[0] }), one);
  }),
);

const PER_USER = { DeactivateUser: "deactivate", ReactivateUser: "reactivate" };

const closed = [
  ...Object.entries(BULK).map(([operation, path]) => [operation, "POST", () => path]),
  ...Object.entries(PER_USER).map(([operation, verb]) => [operation, "POST", (id) => `/api/v2/users/${id}/${verb}`]),
].map(([operation, method, path]) =>
  fact(operation, "spec", "is for servers only", async ({ raw, anonymous, userToken, people, ids }) => {
    const [id] = await people(1);
    const request = { body: { user_ids: [id] } };
    await refused(raw(method, path(id), { token: userToken(id), ...request }), "403/17", operation);
    await refused(anonymous(method, path(id), request), "403/17", operation);
    assert.deepEqual(await ids({ id }), [id]);
  }),
);

const of = (operation, list) => list.map(([evidence, text, run]) => fact(operation, evidence, text, run));

export const facts = [
  ...of("DeactivateUser", deactivateOne),
  ...of("ReactivateUser", reactivateOne),
  ...of("DeactivateUsers", deactivateMany),
  ...of("ReactivateUsers", reactivateMany),
  ...of("DeleteUsers", remove),
  ...of("RestoreUsers", restore),
  ...bulk,
  ...closed,
];
