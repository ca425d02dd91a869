// Roles, and what they are permitted.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const BUILT_IN = ["admin", "user", "guest", "anonymous"];

const names = (roles) => roles.map((role) => role.name);

/** Makes a role for the time of `use`: an app may have only so many. */
async function withRole({ sdk, unique }, use) {
  const name = unique("role");
  await sdk.createRole({ name });
  try {
    await use(name);
  } finally {
    await sdk.deleteRole({ name }).catch(() => {});
  }
}

const roles = [
  fact(
    "ListRoles",
    "spec",
    "answers 200 with every role: name, scopes, times, and whether it is custom",
    async (context) => {
      const { status, text, body } = await context.raw("GET", "/api/v2/roles");
      assert.equal(status, 200);
      for (const role of body.roles) {
        assert.deepEqual(
          [typeof role.name, typeof role.custom, Array.isArray(role.scopes)],
          ["string", "boolean", true],
          role.name,
        );
        assert.equal(typeof role.created_at, "number");
        assert.equal(typeof role.updated_at, "number");
      }
      assert.match(text, /"duration":"/);
    },
  ),

  fact("ListRoles", "docs", "contains the built-in roles", async ({ sdk }) => {
    const { roles } = await sdk.listRoles();
    for (const name of BUILT_IN) {
      const role = roles.find((role) => role.name === name);
      assert.equal(role?.custom, false, name);
      assert.ok(role.created_at instanceof Date && role.created_at.getTime() > 0, name);
    }
  }),

  fact("CreateRole", "spec", "answers 201 with a custom role, which is listed and can be assigned", async (context) => {
    await withRole(context, async (name) => {
      const { sdk, people, read } = context;
      const other = context.unique("role");
      const { role, metadata } = await sdk.createRole({ name: other });
      assert.equal(metadata.responseCode, 201);
      assert.deepEqual([role.name, role.custom], [other, true]);
      await sdk.deleteRole({ name: other });
      assert.ok(names((await sdk.listRoles()).roles).includes(name));
      const [id] = await people(1, { role: name });
      assert.equal((await read(id)).role, name);
      await sdk.upsertUsers([{ id, role: "user" }]);
    });
  }),

  fact("CreateRole", "sdk test", "refuses a name that is taken", async (context) => {
    await refused(context.sdk.createRole({ name: "admin" }), "400/4", "CreateRole", 'role "admin" already exists');
    await withRole(context, async (name) => {
      await refused(context.sdk.createRole({ name }), "400/4", "CreateRole", `role "${name}" already exists`);
    });
  }),

  fact("CreateRole", "spec", "refuses names that are missing or longer than 64", async ({ raw, sdk, unique }) => {
    for (const body of [undefined, {}, { name: "" }, { name: 1 }, { name: unique("long").padEnd(65, "x") }]) {
      await refused(raw("POST", "/api/v2/roles", { body }), "400/4", "CreateRole");
    }
    const name = unique("long").padEnd(64, "x");
    await sdk.createRole({ name });
    await sdk.deleteRole({ name });
  }),

  fact("CreateRole", "sdk test", "allows 25 custom roles", async ({ own }) => {
    await own({}, async ({ sdk }) => {
      for (let index = 0; index < 25; index++) await sdk.createRole({ name: `role-${index}` });
      await refused(sdk.createRole({ name: "one-too-many" }), "400/4", "CreateRole");
      assert.equal((await sdk.listRoles()).roles.filter((role) => role.custom).length, 25);
    });
  }),

  fact("DeleteRole", "spec", "removes a role, which can no longer be assigned", async ({ sdk, unique }) => {
    const name = unique("role");
    await sdk.createRole({ name });
    const { metadata } = await sdk.deleteRole({ name });
    assert.equal(metadata.responseCode, 200);
    assert.ok(!names((await sdk.listRoles()).roles).includes(name));
    const call = sdk.upsertUsers([{ id: unique("user"), role: name }]);
    await refused(call, "400/4", "UpdateUsers", `role "${name}" provided but not defined`);
  }),

  fact("DeleteRole", "sdk test", "refuses a role that a user has", async (context) => {
    const { sdk, people } = context;
    await withRole(context, async (name) => {
      const [id] = await people(1, { role: name });
      const reason = `role "${name}" cannot be deleted, at least one user is using this role (ie. "${id}")`;
      await refused(sdk.deleteRole({ name }), "400/4", "DeleteRole", reason);
      await sdk.upsertUsers([{ id, role: "user" }]);
      await sdk.deleteRole({ name });
    });
  }),

  fact("DeleteRole", "sdk test", "refuses built-in and unknown roles", async ({ sdk, unique }) => {
    const builtIn = 'role "admin" is a built-in role and cannot be deleted';
    await refused(sdk.deleteRole({ name: "admin" }), "400/4", "DeleteRole", builtIn);
    const name = unique("role");
    await refused(sdk.deleteRole({ name }), "400/4", "DeleteRole", `role "${name}" does not exist`);
  }),

  fact("SearchRoles", "spec", "finds roles by the beginning of their name, ignoring case", async (context) => {
    await withRole(context, async (name) => {
      const found = async (query) => names((await context.sdk.searchRoles({ query })).roles);
      assert.deepEqual(await found(name.slice(0, -1)), [name]);
      assert.deepEqual(await found(name.toUpperCase()), [name]);
      assert.deepEqual(await found(name.slice(1)), []);
    });
  }),

  fact("SearchRoles", "spec", "returns at most 10, or as many as the limit, after a name", async ({ own }) => {
    await own({}, async ({ sdk }) => {
      const all = Array.from({ length: 12 }, (_, index) => `page-${String.fromCharCode(97 + index)}`);
      for (const name of all) await sdk.createRole({ name });
      const found = async (more) => names((await sdk.searchRoles({ query: "page-", ...more })).roles);
      assert.deepEqual(await found({}), all.slice(0, 10));
      assert.deepEqual(await found({ limit: 3 }), all.slice(0, 3));
      assert.deepEqual(await found({ limit: 3, name_gt: all[2] }), all.slice(3, 6));
    });
  }),

  fact("SearchRoles", "spec", "requires a query, and a limit of at most 25", async ({ raw }) => {
    for (const query of [{}, { query: "a", limit: "26" }, { query: "a", limit: "-1" }, { query: "a", limit: "ten" }]) {
      await refused(raw("GET", "/api/v2/roles/search", { query }), "400/4", "SearchRoles");
    }
  }),
];

const permissions = [
  fact("ListPermissions", "sdk test", "lists permissions, and the first can be read by its id", async ({ sdk }) => {
    const { permissions } = await sdk.listPermissions();
    assert.ok(permissions.length > 0);
    const [{ id }] = permissions;
    assert.equal((await sdk.getPermission({ id })).permission.id, id);
  }),

  fact("GetPermission", "sdk test", "has create-channel, with an action", async ({ sdk }) => {
    const { permission } = await sdk.getPermission({ id: "create-channel" });
    assert.equal(permission.id, "create-channel");
    assert.ok(permission.action.length > 0 && permission.name.length > 0);
  }),

  fact("GetPermission", "inferred", "refuses an unknown id", async ({ sdk, unique }) => {
    await refused(sdk.getPermission({ id: unique("permission") }), "404/16", "GetPermission");
  }),
];

/** A fact about grants, in an app of its own. */
const granted = (operation, evidence, text, use) => fact(operation, evidence, text, ({ own }) => own({}, use));

const grants = [
  granted("Permissions", "issue", "decide what a role may do, and the refusal says so", async (context) => {
    const { sdk, as, userToken, people, read } = context;
    const [me] = await people(1);
    await sdk.updateApp({ grants: { user: [] } });
    const call = as(userToken(me)).upsertUsers([{ id: me, name: "Ann" }]);
    const reason = `User '${me}' with role 'user' is not allowed to perform action UpdateUser`;
    await refused(call, "403/17", "UpdateUsers", reason);
    assert.equal((await read(me)).name, undefined);
  }),

  granted("Permissions", "docs", "do not apply to servers", async ({ sdk, people, read }) => {
    const [id] = await people(1);
    await sdk.updateApp({ grants: { user: [], admin: [] } });
    await sdk.upsertUsers([{ id, name: "Ann" }]);
    assert.equal((await read(id)).name, "Ann");
  }),

  granted("Permissions", "sdk test", "can be granted to a custom role", async (context) => {
    const { sdk, as, userToken, people, read } = context;
    await sdk.createRole({ name: "teacher" });
    const [me] = await people(1, { role: "teacher" });
    const { grants } = (await sdk.getApp()).app;
    await sdk.updateApp({ grants: { teacher: grants.user } });
    await as(userToken(me)).upsertUsers([{ id: me, name: "Ann" }]);
    assert.equal((await read(me)).name, "Ann");
  }),

  granted("Permissions", "sdk test", "prevent a role from being deleted until they are revoked", async ({ sdk }) => {
    await sdk.createRole({ name: "teacher" });
    const { grants } = (await sdk.getApp()).app;
    await sdk.updateApp({ grants: { teacher: grants.user } });
    await refused(sdk.deleteRole({ name: "teacher" }), "400/4", "DeleteRole");
    await sdk.updateApp({ grants: { teacher: [] } });
    await sdk.deleteRole({ name: "teacher" });
  }),
];

const closed = [
  ["ListRoles", "GET", "/api/v2/roles"],
  ["CreateRole", "POST", "/api/v2/roles"],
  ["DeleteRole", "DELETE", "/api/v2/roles/admin"],
  ["ListPermissions", "GET", "/api/v2/permissions"],
  ["GetPermission", "GET", "/api/v2/permissions/create-channel"],
].map(([operation, method, path]) =>
  fact(operation, "spec", "is for servers only", async ({ raw, anonymous, userToken, people }) => {
    const [id] = await people(1);
    await refused(
      raw(method, path, { token: userToken(id), body: method === "POST" ? {} : undefined }),
      "403/17",
      operation,
    );
    await refused(anonymous(method, path, { body: method === "POST" ? {} : undefined }), "403/17", operation);
  }),
);

export const facts = [...roles, ...permissions, ...grants, ...closed];
