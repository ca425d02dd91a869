// Changing parts of users.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const partial = (evidence, text, run) => fact("UpdateUsersPartial", evidence, text, run);

/** Changes one user. */
const change = ({ sdk }, id, set, unset) => sdk.updateUsersPartial({ users: [{ id, set, unset }] });

export const facts = [
  partial("spec", "answers 200 with the users by id, as they are afterwards", async (context) => {
    const [id, other] = await context.people(2, { name: "before" });
    const body = { users: [{ id, set: { name: "after" } }] };
    const answer = await context.raw("PATCH", "/api/v2/users", { body });
    assert.equal(answer.status, 200);
    assert.deepEqual(Object.keys(answer.body.users), [id]);
    assert.equal(answer.body.users[id].name, "after");
    assert.equal(answer.body.membership_deletion_task_id, "");
    assert.equal((await context.read(id)).name, "after");
    assert.equal((await context.read(other)).name, "before");
  }),

  partial("sdk test", "sets the given fields, and keeps all others", async (context) => {
    const [id] = await context.people(1, { name: "Ann", image: "link", custom: { color: "red" } });
    const set = { name: "Anna", role: "admin", teams: ["blue"], teams_role: { blue: "admin" } };
    await change(context, id, { ...set, language: "de", invisible: true });
    const user = await context.read(id);
    for (const [field, value] of Object.entries(set)) assert.deepEqual(user[field], value, field);
    assert.deepEqual([user.language, user.invisible, user.image], ["de", true, "link"]);
    assert.deepEqual(user.custom, { color: "red" });
  }),

  partial("sdk test", "puts every other key into the custom data, and keeps the rest of it", async (context) => {
    const [id] = await context.people(1, { custom: { color: "blue", size: 1 } });
    await change(context, id, { "new-field": "value", size: 2 });
    assert.deepEqual((await context.read(id)).custom, { color: "blue", size: 2, "new-field": "value" });
  }),

  partial("sdk test", "unsets a name", async (context) => {
    const [id] = await context.people(1, { name: "Ann", custom: { color: "blue" } });
    await change(context, id, { "new-field": "value" }, ["name"]);
    const user = await context.read(id);
    assert.ok(!("name" in user));
    assert.deepEqual(user.custom, { color: "blue", "new-field": "value" });
  }),

  partial("sdk code", "unsets custom keys, and ignores missing ones", async (context) => {
    const [id] = await context.people(1, { custom: { color: "blue", size: 1 } });
    await change(context, id, undefined, ["color", "never-was"]);
    assert.deepEqual((await context.read(id)).custom, { size: 1 });
  }),

  partial("choice", "merges an object set as custom into the custom data", async (context) => {
    const [id] = await context.people(1, { name: "Ann", custom: { color: "red", size: 1 } });
    await change(context, id, { custom: { color: "blue" } });
    const user = await context.read(id);
    assert.deepEqual(user.custom, { color: "blue", size: 1 });
    assert.equal(user.name, "Ann");
  }),

  partial("choice", "clears the custom data when custom is unset", async (context) => {
    const [id] = await context.people(1, { name: "Ann", custom: { color: "red" } });
    await change(context, id, undefined, ["custom"]);
    assert.deepEqual((await context.read(id)).custom, {});
  }),

  partial("sdk test", "reads a key with dots as a path into nested custom data", async (context) => {
    const [id] = await context.people(1);
    await change(context, id, { field: { text: "value" }, "field.path": "test", "field.path2": { help: "yes" } });
    const field = { text: "value", path: "test", path2: { help: "yes" } };
    assert.deepEqual((await context.read(id)).custom, { field });
    await change(context, id, { "field.path2.deep.er": 1 });
    assert.deepEqual((await context.read(id)).custom.field.path2, { help: "yes", deep: { er: 1 } });
  }),

  partial("sdk test", "unsets nested keys, and keeps their siblings or an empty object", async (context) => {
    const [id] = await context.people(1, { custom: { fields: { subfield1: 1, subfield2: 2 } } });
    await change(context, id, undefined, ["fields.subfield1"]);
    assert.deepEqual((await context.read(id)).custom, { fields: { subfield2: 2 } });
    await change(context, id, undefined, ["fields.subfield2"]);
    assert.deepEqual((await context.read(id)).custom, { fields: {} });
  }),

  partial("inferred", "setting an object replaces the previous one", async (context) => {
    const [id] = await context.people(1, { custom: { field: { one: 1, two: 2 } } });
    await change(context, id, { field: { three: 3 } });
    assert.deepEqual((await context.read(id)).custom, { field: { three: 3 } });
  }),

  partial("sdk test", "merges the privacy settings, one by one", async (context) => {
    const [id] = await context.people(1);
    await change(context, id, { privacy_settings: { typing_indicators: { enabled: true } } });
    await change(context, id, { privacy_settings: { read_receipts: { enabled: false } } });
    assert.deepEqual((await context.read(id)).privacy_settings, {
      typing_indicators: { enabled: true },
      read_receipts: { enabled: false },
    });
  }),

  partial("sdk test", "refuses keys with empty parts or spaces, to set and to unset", async (context) => {
    const [id] = await context.people(1, { custom: { a: { b: 1 } } });
    for (const key of ["a..b", ".a", "a.", "a b", " a", "a.b c"]) {
      await refused(change(context, id, { [key]: 1 }), "400/4", "UpdateUsersPartial");
      await refused(change(context, id, undefined, [key]), "400/4", "UpdateUsersPartial");
    }
    assert.deepEqual((await context.read(id)).custom, { a: { b: 1 } });
  }),

  partial("choice", "keeps null in custom data, and clears other optional fields set to null", async (context) => {
    const [id] = await context.people(1, { name: "Ann", image: "link", custom: { color: "red" } });
    await change(context, id, { color: null, name: null, image: null });
    const user = await context.read(id);
    assert.deepEqual(user.custom, { color: null });
    assert.ok(!("name" in user) && !("image" in user));
  }),

  partial("choice", "applies unset after set", async (context) => {
    const [id] = await context.people(1, { custom: { color: "red" } });
    await change(context, id, { color: "blue", size: 1 }, ["color"]);
    assert.deepEqual((await context.read(id)).custom, { size: 1 });
  }),

  partial("choice", "creates a user that does not exist", async (context) => {
    const id = context.unique("thierry");
    await change(context, id, { name: "Thierry", color: "red" });
    const user = await context.read(id);
    assert.deepEqual([user.role, user.name, user.custom], ["user", "Thierry", { color: "red" }]);
  }),

  partial("inferred", "refuses a batch with deactivated or deleted users", async (context) => {
    const { sdk, people, ended, read } = context;
    const [awake, asleep, gone] = await people(3, { name: "before" });
    await sdk.deactivateUser({ user_id: asleep });
    await ended(await sdk.deleteUsers({ user_ids: [gone] }));
    for (const [id, state] of [
      [asleep, "deactivated"],
      [gone, "deleted"],
    ]) {
      const users = [awake, id].map((id) => ({ id, set: { name: "after" } }));
      await refused(sdk.updateUsersPartial({ users }), "404/16", "UpdateUsersPartial", `the user ${id} was ${state}`);
    }
    assert.equal((await read(awake)).name, "before");
  }),

  partial("issue", "refuses a role that is not defined", async (context) => {
    const [id] = await context.people(1);
    const king = change(context, id, { role: "king" });
    await refused(king, "400/4", "UpdateUsersPartial", 'role "king" provided but not defined');
    assert.equal((await context.read(id)).role, "user");
  }),

  partial("inferred", "refuses to set fields that the server sets", async (context) => {
    const [id] = await context.people(1);
    for (const field of ["created_at", "updated_at", "banned", "online", "deactivated_at", "devices"]) {
      await refused(change(context, id, { [field]: true }), "400/4", "UpdateUsersPartial");
    }
    assert.equal((await context.read(id)).banned, false);
  }),

  partial("spec", "takes up to 100 users", async ({ sdk, people, ids }) => {
    const all = await people(100);
    const users = all.map((id) => ({ id, set: { marked: true } }));
    await sdk.updateUsersPartial({ users });
    assert.equal((await ids({ id: { $in: all }, "custom.marked": true }, { limit: 100 })).length, 100);
    const one = { id: all[0], set: { marked: false } };
    await refused(sdk.updateUsersPartial({ users: [...users, one] }), "400/4", "UpdateUsersPartial");
    assert.equal((await ids({ id: { $in: all }, "custom.marked": true }, { limit: 100 })).length, 100);
  }),

  partial("inferred", "refuses a request without users or ids", async ({ raw }) => {
    for (const body of [undefined, {}, { users: [] }, { users: {} }, { users: [{ set: { name: "Ann" } }] }]) {
      await refused(raw("PATCH", "/api/v2/users", { body }), "400/4", "UpdateUsersPartial");
    }
  }),

  partial("sdk test", "refuses custom data of 5 kB in total, with status 413", async (context) => {
    const [id] = await context.people(1, { custom: { one: "x".repeat(3000) } });
    await refused(change(context, id, { two: "x".repeat(3000) }), "413/22", "UpdateUsersPartial");
    assert.deepEqual(Object.keys((await context.read(id)).custom), ["one"]);
  }),

  partial("sdk test", "refuses a user that sends a role, even its current one", async ({ as, userToken, people }) => {
    const [me] = await people(1, { role: "admin" });
    const client = { sdk: as(userToken(me)) };
    const reason = `User '${me}' with role 'admin' is not allowed to perform action UpdateUserRole`;
    for (const role of ["admin", "user"]) {
      await refused(change(client, me, { role }), "403/17", "UpdateUsersPartial", reason);
    }
  }),

  partial("sdk test", "lets a user change itself, except its role, and nobody else", async (context) => {
    const { as, userToken, people, read } = context;
    const [me, other] = await people(2);
    const client = { sdk: as(userToken(me)) };
    await change(client, me, { color: "red" });
    assert.deepEqual((await read(me)).custom, { color: "red" });
    await refused(change(client, me, { role: "admin" }), "403/17", "UpdateUsersPartial");
    await refused(change(client, me, { teams: ["red"] }), "403/17", "UpdateUsersPartial");
    await refused(change(client, other, { color: "red" }), "403/17", "UpdateUsersPartial");
    const user = await read(me);
    assert.deepEqual([user.role, user.teams], ["user", []]);
    assert.deepEqual((await read(other)).custom, {});
  }),
];
