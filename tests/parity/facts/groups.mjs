// Groups of users.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const GROUPS = "/api/v2/usergroups";
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const memberIds = (group) => (group.members ?? []).map((member) => member.user_id).sort();

async function group({ sdk, unique }, more = {}) {
  const { user_group } = await sdk.createUserGroup({ name: unique("group"), ...more });
  return user_group;
}

/** A group as it is read. */
async function read({ sdk }, id) {
  return (await sdk.getUserGroup({ id })).user_group;
}

const create = [
  [
    "spec",
    "answers 201 with the group, which can be read",
    async (context) => {
      const { raw, people, unique } = context;
      const members = await people(2);
      const id = unique("group");
      const body = { id, name: "Teachers", description: "all of them", team_id: "school", member_ids: members };
      const answer = await raw("POST", GROUPS, { body });
      assert.equal(answer.status, 201);
      assert.match(answer.text, /"created_at":\d{19}[,}]/);
      const { user_group } = await context.sdk.getUserGroup({ id, team_id: "school" });
      assert.deepEqual(
        [user_group.id, user_group.name, user_group.description, user_group.team_id],
        [id, "Teachers", "all of them", "school"],
      );
      assert.deepEqual(memberIds(user_group), members.toSorted());
      assert.ok(user_group.created_at instanceof Date && user_group.updated_at instanceof Date);
    },
  ],
  [
    "spec",
    "generates an id, a UUID of version 7, if none is sent",
    async (context) => {
      assert.match((await group(context)).id, UUID_V7);
    },
  ],
  [
    "spec",
    "has for each member when it was added and that it is not an admin",
    async (context) => {
      const [member] = await context.people(1);
      const { id } = await group(context, { member_ids: [member] });
      const [entry] = (await read(context, id)).members;
      assert.deepEqual([entry.group_id, entry.user_id, entry.is_admin], [id, member, false]);
      assert.ok(Number.isInteger(entry.app_pk) && entry.app_pk > 0);
      assert.ok(entry.created_at instanceof Date);
    },
  ],
  [
    "sdk test",
    "allows the same name more than once",
    async (context) => {
      const name = context.unique("same");
      const ids = new Set();
      for (let index = 0; index < 3; index++) ids.add((await group(context, { name })).id);
      assert.equal(ids.size, 3);
    },
  ],
  [
    "spec",
    "refuses members that do not exist, and then creates no group",
    async (context) => {
      const [known] = await context.people(1);
      const id = context.unique("group");
      const call = context.sdk.createUserGroup({ id, name: "x", member_ids: [known, context.unique("nobody")] });
      await refused(call, /^4\d\d\/(4|16)$/, "CreateUserGroup");
      await refused(context.sdk.getUserGroup({ id }), "404/16", "GetUserGroup");
    },
  ],
  [
    "spec",
    "refuses names, descriptions, ids and lists that are too long",
    async ({ raw }) => {
      for (const body of [
        undefined,
        {},
        { name: "" },
        { name: "x".repeat(256) },
        { name: "x", description: "x".repeat(1025) },
        { name: "x", id: "x".repeat(256) },
        { name: "x", team_id: "x".repeat(256) },
        { name: "x", member_ids: Array.from({ length: 101 }, (_, index) => `u${index}`) },
      ]) {
        await refused(raw("POST", GROUPS, { body }), "400/4", "CreateUserGroup");
      }
    },
  ],
  [
    "inferred",
    "refuses an id that is taken",
    async (context) => {
      const { id, name } = await group(context);
      await refused(context.sdk.createUserGroup({ id, name: "other" }), "400/4", "CreateUserGroup");
      assert.equal((await read(context, id)).name, name);
    },
  ],
  [
    "sdk test",
    "never uses a message that SDK tests interpret as a missing feature",
    async (context) => {
      const call = context.sdk.createUserGroup({ name: "x", member_ids: [context.unique("nobody")] });
      const error = await call.catch((error) => error);
      assert.doesNotMatch(error.message, /Not Found/);
    },
  ],
];

const list = [
  [
    "sdk test",
    "lists a created group, and no more than the limit",
    async (context) => {
      await group(context);
      await group(context);
      const { user_groups, metadata } = await context.sdk.listUserGroups({ limit: 1 });
      assert.equal(metadata.responseCode, 200);
      assert.equal(user_groups.length, 1);
      assert.ok((await context.sdk.listUserGroups()).user_groups.length > 0);
    },
  ],
  [
    "spec",
    "continues after an id or a time",
    async ({ own }) => {
      await own({}, async (context) => {
        const { sdk } = context;
        const made = [];
        for (let index = 0; index < 4; index++) made.push(await group(context));
        const all = (await sdk.listUserGroups()).user_groups.map(({ id }) => id);
        assert.deepEqual(all.toSorted(), made.map(({ id }) => id).sort());
        const first = (await sdk.listUserGroups({ limit: 2 })).user_groups;
        const last = first.at(-1);
        const { body } = await context.raw("GET", GROUPS);
        assert.equal(body.user_groups.length, 4);
        const more = { limit: 2, id_gt: last.id, created_at_gt: last.created_at.toISOString() };
        const rest = (await sdk.listUserGroups(more)).user_groups.map(({ id }) => id);
        for (const { id } of first.slice(0, 1)) assert.ok(!rest.includes(id));
        assert.ok(rest.length > 0);
      });
    },
  ],
  [
    "spec",
    "lists the groups of a team",
    async (context) => {
      const team_id = context.unique("team");
      const { id } = await group(context, { team_id });
      await group(context);
      const { user_groups } = await context.sdk.listUserGroups({ team_id });
      assert.deepEqual(
        user_groups.map((group) => group.id),
        [id],
      );
    },
  ],
  [
    "spec",
    "refuses a limit over 100",
    async ({ raw }) => {
      await refused(raw("GET", GROUPS, { query: { limit: "101" } }), "400/4", "ListUserGroups");
    },
  ],
];

const search = [
  [
    "spec",
    "finds groups by the beginning of their name",
    async (context) => {
      const { id, name } = await group(context);
      const found = async (query) => (await context.sdk.searchUserGroups({ query })).user_groups.map(({ id }) => id);
      assert.deepEqual(await found(name), [id]);
      assert.deepEqual(await found(name.slice(0, -2)), [id]);
      assert.deepEqual(await found(name.slice(1)), []);
    },
  ],
  [
    "inferred",
    "ignores case",
    async (context) => {
      const { id, name } = await group(context);
      const { user_groups } = await context.sdk.searchUserGroups({ query: name.toUpperCase() });
      assert.equal(user_groups[0]?.id, id);
    },
  ],
  [
    "spec",
    "requires a query of 1 to 255 characters, and a limit of at most 25",
    async ({ raw }) => {
      for (const query of [{}, { query: "" }, { query: "x".repeat(256) }, { query: "x", limit: "26" }]) {
        await refused(raw("GET", `${GROUPS}/search`, { query }), "400/4", "SearchUserGroups");
      }
    },
  ],
  [
    "spec",
    "returns as many as the limit, and continues after a name and an id",
    async (context) => {
      const name = context.unique("page");
      const all = [];
      for (const letter of ["a", "b", "c"]) all.push((await group(context, { name: `${name}-${letter}` })).id);
      const page = async (more) => {
        const { user_groups } = await context.sdk.searchUserGroups({ query: name, ...more });
        return user_groups.map(({ id }) => id);
      };
      assert.deepEqual(await page({ limit: 2 }), all.slice(0, 2));
      assert.deepEqual(await page({ limit: 2, name_gt: `${name}-b`, id_gt: all[1] }), all.slice(2));
    },
  ],
];

const update = [
  [
    "spec",
    "answers 201 and changes the given fields",
    async (context) => {
      const { id } = await group(context, { description: "before" });
      const answer = await context.raw("PUT", `${GROUPS}/${id}`, { body: { name: "after" } });
      assert.equal(answer.status, 201);
      const { name, description, updated_at, created_at } = await read(context, id);
      assert.deepEqual([name, description], ["after", "before"]);
      assert.ok(updated_at >= created_at);
    },
  ],
  [
    "inferred",
    "refuses an unknown group",
    async ({ sdk, unique }) => {
      await refused(sdk.updateUserGroup({ id: unique("group"), name: "x" }), "404/16", "UpdateUserGroup");
    },
  ],
];

const remove = [
  [
    "spec",
    "answers 200 with a duration, and deletes the group",
    async (context) => {
      const { id } = await group(context);
      const answer = await context.raw("DELETE", `${GROUPS}/${id}`);
      assert.equal(answer.status, 200);
      assert.deepEqual(Object.keys(answer.body), ["duration"]);
      await refused(context.sdk.getUserGroup({ id }), "404/16", "GetUserGroup");
    },
  ],
  [
    "inferred",
    "refuses an unknown group",
    async ({ sdk, unique }) => {
      await refused(sdk.deleteUserGroup({ id: unique("group") }), "404/16", "DeleteUserGroup");
    },
  ],
];

const add = [
  [
    "spec",
    "answers 201 with the group and its new members",
    async (context) => {
      const [one, other] = await context.people(2);
      const { id } = await group(context, { member_ids: [one] });
      const body = { member_ids: [one, other] };
      const answer = await context.raw("POST", `${GROUPS}/${id}/members`, { body });
      assert.equal(answer.status, 201);
      assert.deepEqual(memberIds(answer.body.user_group), [one, other].toSorted());
      assert.deepEqual(memberIds(await read(context, id)), [one, other].toSorted());
    },
  ],
  [
    "spec",
    "adds admins if requested",
    async (context) => {
      const [admin] = await context.people(1);
      const { id } = await group(context);
      await context.sdk.addUserGroupMembers({ id, member_ids: [admin], as_admin: true });
      const [member] = (await read(context, id)).members;
      assert.deepEqual([member.user_id, member.is_admin], [admin, true]);
    },
  ],
  [
    "docs",
    "adds all or none",
    async (context) => {
      const [known] = await context.people(1);
      const { id } = await group(context);
      const member_ids = [known, context.unique("nobody")];
      await refused(context.sdk.addUserGroupMembers({ id, member_ids }), /^4\d\d\/(4|16)$/, "AddUserGroupMembers");
      assert.deepEqual(memberIds(await read(context, id)), []);
    },
  ],
  [
    "spec",
    "accepts 1 to 100 members",
    async (context) => {
      const { id } = await group(context);
      const many = Array.from({ length: 101 }, (_, index) => `u${index}`);
      for (const body of [undefined, {}, { member_ids: [] }, { member_ids: many }]) {
        await refused(context.raw("POST", `${GROUPS}/${id}/members`, { body }), "400/4", "AddUserGroupMembers");
      }
    },
  ],
];

const drop = [
  [
    "spec",
    "answers 201 with the group without them",
    async (context) => {
      const [one, other] = await context.people(2);
      const { id } = await group(context, { member_ids: [one, other] });
      const body = { member_ids: [one] };
      const answer = await context.raw("POST", `${GROUPS}/${id}/members/delete`, { body });
      assert.equal(answer.status, 201);
      assert.deepEqual(memberIds(answer.body.user_group), [other]);
      assert.deepEqual(memberIds(await read(context, id)), [other]);
    },
  ],
  [
    "docs",
    "ignores users that are not members",
    async (context) => {
      const [member, other] = await context.people(2);
      const { id } = await group(context, { member_ids: [member] });
      await context.sdk.removeUserGroupMembers({ id, member_ids: [other, context.unique("nobody"), member] });
      assert.deepEqual(memberIds(await read(context, id)), []);
    },
  ],
];

const of = (operation, list) => list.map(([evidence, text, run]) => fact(operation, evidence, text, run));

const unknown = [
  fact("GetUserGroup", "inferred", "refuses an unknown group", async ({ sdk, unique }) => {
    await refused(sdk.getUserGroup({ id: unique("group") }), "404/16", "GetUserGroup");
  }),
  fact("GetUserGroup", "spec", "answers 200 with the group and its members", async (context) => {
    const [member] = await context.people(1);
    const { id } = await group(context, { member_ids: [member] });
    const answer = await context.raw("GET", `${GROUPS}/${id}`);
    assert.equal(answer.status, 200);
    assert.deepEqual(memberIds(answer.body.user_group), [member]);
  }),
];

export const facts = [
  ...of("CreateUserGroup", create),
  ...of("ListUserGroups", list),
  ...of("SearchUserGroups", search),
  ...unknown,
  ...of("UpdateUserGroup", update),
  ...of("DeleteUserGroup", remove),
  ...of("AddUserGroupMembers", add),
  ...of("RemoveUserGroupMembers", drop),
];
