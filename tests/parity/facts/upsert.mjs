// Creating and replacing users.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const upsert = (evidence, text, run) => fact("UpdateUsers", evidence, text, run);

/** What a user has in every answer that shows it in full. */
const REQUIRED = {
  id: "string",
  role: "string",
  language: "string",
  banned: "boolean",
  online: "boolean",
  invisible: "boolean",
  shadow_banned: "boolean",
  teams: "object",
  custom: "object",
  blocked_user_ids: "object",
  devices: "object",
  mutes: "object",
  channel_mutes: "object",
  total_unread_count: "number",
  unread_channels: "number",
  unread_count: "number",
  unread_threads: "number",
  created_at: "number",
  updated_at: "number",
};
const OPTIONAL = ["name", "image", "last_active", "deactivated_at", "deleted_at", "revoke_tokens_issued_before"].concat(
  ["teams_role", "privacy_settings", "ban_expires", "bypass_moderation", "push_notifications", "avg_response_time"],
);

/** A raw upsert of one user. */
const put = ({ raw }, user, more) => raw("POST", "/api/v2/users", { body: { users: { [user.id]: user } }, ...more });

export const facts = [
  upsert("spec", "answers 201 with the users by id, the id of a task and a duration", async (context) => {
    const id = context.unique("new");
    const { status, body } = await put(context, { id });
    assert.equal(status, 201);
    assert.deepEqual(Object.keys(body).sort(), ["duration", "membership_deletion_task_id", "users"]);
    assert.deepEqual(Object.keys(body.users), [id]);
    assert.equal(typeof body.membership_deletion_task_id, "string");
    assert.match(body.duration, /^\d/);
  }),

  upsert("inferred", "returns no task id when no membership was removed", async ({ sdk, unique }) => {
    assert.equal((await sdk.upsertUsers([{ id: unique("new") }])).membership_deletion_task_id, "");
  }),

  upsert("spec", "shows every required field of a new user, none of them null", async (context) => {
    const id = context.unique("new");
    const { body } = await put(context, { id });
    for (const [field, type] of Object.entries(REQUIRED)) {
      assert.equal(typeof body.users[id][field], type, field);
      assert.notEqual(body.users[id][field], null, field);
    }
  }),

  upsert("sdk test", "omits optional fields that were not set, instead of sending null", async (context) => {
    const id = context.unique("new");
    const user = (await put(context, { id })).body.users[id];
    for (const field of OPTIONAL) assert.ok(!(field in user), field);
  }),

  upsert("sdk test", "gives a new user the documented defaults", async ({ sdk, unique, read }) => {
    const id = unique("new");
    await sdk.upsertUsers([{ id }]);
    const user = await read(id);
    const { created_at, updated_at, ...rest } = user;
    assert.deepEqual(created_at, updated_at);
    assert.deepEqual(rest, {
      id,
      role: "user",
      language: "",
      teams: [],
      custom: {},
      banned: false,
      shadow_banned: false,
      online: false,
      invisible: false,
      blocked_user_ids: [],
      devices: [],
      mutes: [],
      channel_mutes: [],
      unread_count: 0,
      total_unread_count: 0,
      unread_channels: 0,
      unread_threads: 0,
    });
  }),

  upsert("spec", "writes times as integer nanoseconds", async (context) => {
    const id = context.unique("new");
    const { text, body } = await put(context, { id });
    for (const field of ["created_at", "updated_at"]) {
      assert.match(text, new RegExp(`"${field}":\\d{19}[,}]`));
      assert.ok(Math.abs(body.users[id][field] / 1e6 - Date.now()) < 600_000);
    }
  }),

  upsert("spec", "keeps every field of the request", async ({ sdk, unique, read }) => {
    const id = unique("full");
    const user = {
      id,
      name: "Zoë 🦀",
      image: "link/to/profile/image",
      role: "admin",
      language: "de",
      invisible: true,
      teams: ["red", "blue"],
      teams_role: { red: "admin", blue: "user" },
      privacy_settings: {
        typing_indicators: { enabled: false },
        read_receipts: { enabled: true },
        delivery_receipts: { enabled: false },
      },
      custom: { color: "red", size: 1.5, deep: { list: [1, "two", null, { three: true }] }, empty: {}, none: null },
    };
    await sdk.upsertUsers([user]);
    const stored = await read(id);
    for (const [field, value] of Object.entries(user)) assert.deepEqual(stored[field], value, field);
  }),

  upsert("sdk test", "does not touch custom data that looks like a date", async ({ sdk, unique, read }) => {
    const id = unique("date");
    const custom = { created_at: "2024-01-01T00:00:00.000Z", at: 1_700_000_000_000_000 };
    await sdk.upsertUsers([{ id, custom }]);
    assert.deepEqual((await read(id)).custom, custom);
  }),

  upsert("sdk test", "returns the same as an immediate query", async ({ sdk, unique, read }) => {
    const id = unique("same");
    const { users } = await sdk.upsertUsers([{ id, name: "Ann", teams: ["red"], custom: { color: "red" } }]);
    assert.deepEqual(await read(id), users[id]);
  }),

  upsert("docs", "creates many users in one request", async ({ people, ids }) => {
    const created = await people(100, { custom: { batch: true } });
    assert.deepEqual((await ids({ id: { $in: created } }, { limit: 100 })).sort(), [...created].sort());
  }),

  upsert(
    "docs",
    "replaces users: omitted names, images and custom fields are removed",
    async ({ sdk, unique, read }) => {
      const id = unique("replaced");
      await sdk.upsertUsers([{ id, name: "Ann", image: "link", custom: { color: "red", size: 1 } }]);
      await sdk.updateUsers({ users: { [id]: { id, custom: { color: "blue" } } } });
      const user = await read(id);
      assert.equal(user.name, undefined);
      assert.equal(user.image, undefined);
      assert.deepEqual(user.custom, { color: "blue" });
    },
  ),

  upsert("sdk test", "replaces the privacy settings completely", async ({ sdk, unique, read }) => {
    const id = unique("private");
    const on = { enabled: true };
    await sdk.upsertUsers([{ id, privacy_settings: { typing_indicators: on, read_receipts: on } }]);
    await sdk.upsertUsers([{ id, privacy_settings: { typing_indicators: { enabled: false } } }]);
    assert.deepEqual((await read(id)).privacy_settings, { typing_indicators: { enabled: false } });
  }),

  upsert("sdk test", "keeps created_at and changes updated_at", async ({ own }) => {
    await own({}, async ({ sdk, unique, read, control }) => {
      const id = unique("times");
      await sdk.upsertUsers([{ id, name: "one" }]);
      const before = await read(id);
      await control("POST", "/clock", { advance_ms: 10 });
      await sdk.upsertUsers([{ id, name: "two" }]);
      const after = await read(id);
      assert.deepEqual(after.created_at, before.created_at);
      assert.ok(after.updated_at > before.updated_at);
    });
  }),

  upsert("choice", "keeps the role, the teams and their roles when they are omitted", async (context) => {
    const { sdk, unique, read } = context;
    const id = unique("role");
    await sdk.upsertUsers([{ id, role: "admin", teams: ["red"], teams_role: { red: "admin" } }]);
    await sdk.upsertUsers([{ id, name: "Ann" }]);
    await put(context, { id, name: "Ann", teams: null, teams_role: null });
    const user = await read(id);
    assert.equal(user.role, "admin");
    assert.deepEqual(user.teams, ["red"]);
    assert.deepEqual(user.teams_role, { red: "admin" });
  }),

  upsert("inferred", "refuses a role that is not defined", async ({ sdk, unique, read }) => {
    const id = unique("king");
    await refused(
      sdk.upsertUsers([{ id, role: "king" }]),
      "400/4",
      "UpdateUsers",
      'role "king" provided but not defined',
    );
    assert.equal(await read(id), undefined);
  }),

  upsert("docs", "refuses the whole batch when one user is bad", async ({ sdk, unique, people, ids, read }) => {
    const [known] = await people(1, { name: "before" });
    const [good, bad] = [unique("good"), unique("bad")];
    await refused(
      sdk.upsertUsers([{ id: known, name: "after" }, { id: good }, { id: bad, role: "king" }]),
      "400/4",
      "UpdateUsers",
    );
    assert.deepEqual(await ids({ id: { $in: [good, bad] } }), []);
    assert.equal((await read(known)).name, "before");
  }),

  upsert("issue", "refuses the batch with a deactivated user", async ({ sdk, people, read }) => {
    const [awake, asleep] = await people(2, { name: "before" });
    await sdk.deactivateUser({ user_id: asleep });
    await refused(
      sdk.upsertUsers([
        { id: awake, name: "after" },
        { id: asleep, name: "after" },
      ]),
      "404/16",
      "UpdateUsers",
      `the user ${asleep} was deactivated`,
    );
    assert.equal((await read(awake)).name, "before");
    assert.equal((await read(asleep)).name, "before");
  }),

  upsert("sdk test", "refuses deleted users, however they were deleted: the id stays taken", async (context) => {
    const { sdk, people, ended } = context;
    for (const user of [undefined, "soft", "pruning", "hard"]) {
      const [id] = await people(1);
      await ended(await sdk.deleteUsers({ user_ids: [id], user, messages: user, conversations: "hard" }));
      await refused(sdk.upsertUsers([{ id }]), "404/16", "UpdateUsers", `the user ${id} was deleted`);
    }
  }),

  upsert("issue", "refuses a user with online, naming the field", async (context) => {
    const id = context.unique("online");
    const answer = await refused(
      put(context, { id, online: true }),
      "400/4",
      "UpdateUsers",
      `users[${id}].online is a reserved field`,
    );
    assert.deepEqual(answer.body.exception_fields, {
      [`users[${id}].online`]: `users[${id}].online is a reserved field`,
    });
    assert.equal(await context.read(id), undefined);
  }),

  upsert("sdk test", "ignores other fields that the server sets, so that a user can be sent back", async (context) => {
    const id = context.unique("fed-back");
    const owned = {
      banned: true,
      shadow_banned: true,
      online: false,
      created_at: "2026-01-01T00:00:00Z",
      updated_at: 1,
      last_active: null,
      deactivated_at: "2026-01-01T00:00:00Z",
      devices: [{ id: "d" }],
      unread_count: 3,
      total_unread_count: 3,
      unread_channels: 1,
      unread_threads: 1,
    };
    assert.equal((await put(context, { id, ...owned })).status, 201);
    const user = await context.read(id);
    assert.deepEqual([user.banned, user.devices, user.deactivated_at], [false, [], undefined]);
    assert.ok(user.created_at.getUTCFullYear() > 1970 && user.created_at > new Date("2026-01-02"));
    assert.equal((await put(context, { ...user, name: "again" })).status, 201);
    assert.equal((await context.read(id)).name, "again");
  }),

  upsert("sdk test", "joins several errors with a comma", async (context) => {
    const id = context.unique("long");
    const answer = await refused(
      put(context, { id, teams: ["x".repeat(101), "y".repeat(101)] }),
      "400/4",
      "UpdateUsers",
      /, users\[/,
    );
    assert.equal(Object.keys(answer.body.exception_fields).length, 2);
  }),

  upsert("sdk code", "treats a privacy setting without a value as off", async (context) => {
    const id = context.unique("private");
    const settings = { typing_indicators: {}, read_receipts: {}, delivery_receipts: {} };
    const { body } = await put(context, { id, privacy_settings: settings });
    const off = { enabled: false };
    assert.deepEqual(body.users[id].privacy_settings, {
      typing_indicators: off,
      read_receipts: off,
      delivery_receipts: off,
    });
    await context.sdk.updateUsersPartial({ users: [{ id, set: { privacy_settings: { read_receipts: {} } } }] });
    assert.deepEqual((await context.read(id)).privacy_settings.read_receipts, off);
  }),

  upsert("issue", "refuses the id of a hard-deleted user", async ({ sdk, people, ended }) => {
    const [id] = await people(1);
    await ended(await sdk.deleteUsers({ user_ids: [id], user: "hard", messages: "hard", conversations: "hard" }));
    await refused(sdk.upsertUsers([{ id }]), "404/16", "UpdateUsers", `the user ${id} was deleted`);
  }),

  upsert(
    "sdk test",
    "creates such a user with the setting reuse_hard_deleted_ids, because sources contradict each other",
    async (context) => {
      await context.own({}, async ({ sdk, control, people, ended, read, ids }) => {
        const [id, other] = await people(2, { name: "before", role: "admin" });
        await ended(await sdk.deleteUsers({ user_ids: [id], user: "hard", messages: "hard", conversations: "hard" }));
        await control("PATCH", "/settings", { reuse_hard_deleted_ids: true });
        await sdk.upsertUsers([{ id }]);
        const user = await read(id);
        assert.deepEqual([user.name, user.role], [undefined, "user"]);
        assert.deepEqual(await ids({}), [id, other]);
      });
    },
  ),

  upsert("choice", "ignores unknown fields", async (context) => {
    const id = context.unique("unknown");
    assert.equal((await put(context, { id, color: "red" })).status, 201);
    assert.deepEqual((await context.read(id)).custom, {});
  }),

  upsert("choice", "refuses a user under another user's id", async ({ raw, unique, ids }) => {
    const [key, id] = [unique("key"), unique("id")];
    await refused(raw("POST", "/api/v2/users", { body: { users: { [key]: { id } } } }), "400/4", "UpdateUsers");
    assert.deepEqual(await ids({ id: { $in: [key, id] } }), []);
  }),

  upsert("inferred", "refuses a request without users", async ({ raw, sdk, unique }) => {
    await refused(sdk.updateUsers({ users: {} }), "400/4", "UpdateUsers");
    for (const body of [
      undefined,
      {},
      { users: null },
      { users: [] },
      { users: "ann" },
      { users: { [unique("ann")]: null } },
    ]) {
      await refused(raw("POST", "/api/v2/users", { body }), "400/4", "UpdateUsers");
    }
  }),

  upsert("docs", "refuses more than 100 users", async ({ sdk, unique, find }) => {
    const users = Array.from({ length: 101 }, (_, index) => ({ id: `${unique("many")}-${index}` }));
    await refused(sdk.upsertUsers(users), "400/4", "UpdateUsers");
    assert.deepEqual(await find({ id: { $in: users.map((user) => user.id) } }), []);
  }),

  upsert("docs", "accepts ids of up to 255 letters, digits, @, _ and -", async ({ sdk, unique, read }) => {
    const good = [`${unique("A")}_z@example`, unique("x").padEnd(255, "x")];
    await sdk.upsertUsers(good.map((id) => ({ id })));
    for (const id of good) assert.equal((await read(id)).id, id);
    for (const id of [`${unique("a")} b`, `${unique("a")}.b`, `${unique("a")}é`, unique("x").padEnd(256, "x"), ""]) {
      await refused(sdk.upsertUsers([{ id }]), "400/4", "UpdateUsers");
    }
  }),

  upsert("sdk test", "refuses custom data of 5 kB, with status 413", async ({ sdk, unique, read }) => {
    const [small, big] = [unique("small"), unique("big")];
    await sdk.upsertUsers([{ id: small, custom: { text: "x".repeat(4900) } }]);
    await refused(sdk.upsertUsers([{ id: big, custom: { text: "x".repeat(5200) } }]), "413/22", "UpdateUsers");
    assert.equal((await read(small)).custom.text.length, 4900);
    assert.equal(await read(big), undefined);
  }),

  upsert("docs", "accepts up to 250 teams with names of up to 100 bytes", async ({ sdk, unique, read }) => {
    const id = unique("teams");
    const teams = (count, length) => Array.from({ length: count }, (_, index) => String(index).padStart(length, "t"));
    await sdk.upsertUsers([{ id, teams: teams(250, 100) }]);
    assert.equal((await read(id)).teams.length, 250);
    await refused(sdk.upsertUsers([{ id, teams: teams(251, 10) }]), "400/4", "UpdateUsers");
    await refused(sdk.upsertUsers([{ id, teams: teams(1, 101) }]), "400/4", "UpdateUsers");
    assert.equal((await read(id)).teams.length, 250);
  }),

  upsert("spec", "refuses values of another type than the field has", async (context) => {
    const id = context.unique("typed");
    for (const wrong of [
      { name: 1 },
      { image: [] },
      { role: true },
      { invisible: "yes" },
      { custom: "red" },
      { custom: [] },
      { teams: "red" },
      { teams: [1] },
      { teams_role: ["admin"] },
      { privacy_settings: { read_receipts: { enabled: "no" } } },
      { id: 1 },
    ]) {
      const answer = context.raw("POST", "/api/v2/users", { body: { users: { [id]: { id, ...wrong } } } });
      await refused(answer, "400/4", "UpdateUsers", /^expected [a-z]+ for field "users\[.*" but got [a-z]+$/);
    }
    assert.equal(await context.read(id), undefined);
  }),

  upsert("sdk test", "does not let a user change other users", async ({ as, userToken, people, read }) => {
    const [me, other] = await people(2, { name: "before" });
    await refused(as(userToken(me)).upsertUsers([{ id: other, name: "after" }]), "403/17", "UpdateUsers");
    assert.equal((await read(other)).name, "before");
  }),

  upsert("sdk test", "lets a user change its own data, but not its role", async ({ as, userToken, people, read }) => {
    const [me] = await people(1);
    const client = as(userToken(me));
    await client.upsertUsers([{ id: me, custom: { color: "red" } }]);
    assert.deepEqual((await read(me)).custom, { color: "red" });
    await refused(client.upsertUsers([{ id: me, role: "admin" }]), "403/17", "UpdateUsers");
    assert.equal((await read(me)).role, "user");
  }),

  upsert("sdk test", "lets a user repeat its teams, but not change them", async (context) => {
    const { as, userToken, people, read } = context;
    const [me] = await people(1, { teams: ["red", "blue"] });
    const client = as(userToken(me));
    for (const teams of [["blue", "red"], null, []]) {
      await client.upsertUsers([{ id: me, teams }]);
      assert.deepEqual((await read(me)).teams.toSorted(), ["blue", "red"]);
    }
    const change = client.upsertUsers([{ id: me, teams: ["green"] }]);
    await refused(change, "403/17", "UpdateUsers", /user teams can only be updated server-side/);
    assert.deepEqual((await read(me)).teams.toSorted(), ["blue", "red"]);
  }),

  upsert("docs", "is closed to anonymous callers", async ({ anonymous, unique, read }) => {
    const id = unique("nobody");
    await refused(anonymous("POST", "/api/v2/users", { body: { users: { [id]: { id } } } }), "403/17", "UpdateUsers");
    assert.equal(await read(id), undefined);
  }),

  upsert("sdk code", "accepts the SDK's method with users by id", async ({ sdk, unique, read }) => {
    const [one, other] = [unique("map"), unique("map")];
    await sdk.updateUsers({ users: { [one]: { id: one, name: "one" }, [other]: { id: other, name: "other" } } });
    assert.equal((await read(one)).name, "one");
    assert.equal((await read(other)).name, "other");
  }),
];
