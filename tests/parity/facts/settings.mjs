// The app's settings, and what they do to tokens, guests and names. Every fact that changes a setting has an app of its
// own, since the others share theirs.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";
import { development } from "../tokens.mjs";

const get = (evidence, text, run) => fact("GetApp", evidence, text, run);
const update = (evidence, text, run) => fact("UpdateApp", evidence, text, run);
const revoked = (evidence, text, run) => fact("Token revocation", evidence, text, run);
const unique = (evidence, text, run) => fact("Unique user names", evidence, text, run);

const EVERYBODY = { payload: { filter_conditions: {}, limit: 1 } };
const now = () => Math.floor(Date.now() / 1000);

/** Runs a fact with settings of its own. */
const set = (settings, use) => (context) =>
  context.own({}, async (context) => {
    await context.sdk.updateApp(settings);
    await use(context);
  });

const FIELDS = {
  id: "number",
  member_custom_on_mentioned_users_enabled: "boolean",
  member_custom_on_typing_events_enabled: "boolean",
  moderation_keyframe_video_enabled: "boolean",
  name: "string",
  organization: "string",
  grants: "object",
  permission_version: "string",
  enforce_unique_usernames: "string",
  guest_user_creation_disabled: "boolean",
  disable_auth_checks: "boolean",
  disable_permissions_checks: "boolean",
  multi_tenant_enabled: "boolean",
  user_search_disallowed_roles: "object",
  event_hooks: "object",
  webhook_url: "string",
  webhook_events: "object",
  policies: "object",
  channel_configs: "object",
  call_types: "object",
  file_upload_config: "object",
  image_upload_config: "object",
  push_notifications: "object",
  suspended: "boolean",
  suspended_explanation: "string",
  sqs_url: "string",
  sqs_key: "string",
  sqs_secret: "string",
  sns_topic_arn: "string",
  sns_key: "string",
  sns_secret: "string",
  cdn_expiration_seconds: "number",
  reminders_interval: "number",
  placement: "string",
};

const app = [
  update("sdk test", "refuses an invalid URL of a handler", async ({ sdk, own }) => {
    const call = sdk.updateApp({ custom_action_handler_url: "not a url" });
    await refused(call, "400/4", "UpdateApp", "custom_action_handler_url must be an http or https URL");
    await own({}, async ({ sdk }) => {
      const custom_action_handler_url = "https://example.com/handler?type={type}";
      await sdk.updateApp({ custom_action_handler_url });
      assert.equal((await sdk.getApp()).app.custom_action_handler_url, custom_action_handler_url);
      await sdk.updateApp({ custom_action_handler_url: "" });
      assert.equal((await sdk.getApp()).app.custom_action_handler_url, "");
    });
  }),

  get("spec", "answers 200 with every required field of the app", async ({ raw }) => {
    const { status, body } = await raw("GET", "/api/v2/app");
    assert.equal(status, 200);
    for (const [field, type] of Object.entries(FIELDS)) {
      assert.equal(typeof body.app[field], type, field);
      assert.notEqual(body.app[field], null, field);
    }
    assert.ok(Array.isArray(body.app.event_hooks) && Array.isArray(body.app.user_search_disallowed_roles));
    assert.ok(!("revoke_tokens_issued_before" in body.app));
  }),

  get("sdk test", "has a name", async ({ sdk }) => {
    assert.ok((await sdk.getApp()).app.name.length > 0);
  }),

  get("docs", "initially has no unique names, enabled authentication and one tenant", async ({ own }) => {
    await own({}, async ({ sdk }) => {
      const { app } = await sdk.getApp();
      assert.equal(app.enforce_unique_usernames, "no");
      for (const field of ["disable_auth_checks", "disable_permissions_checks", "guest_user_creation_disabled"]) {
        assert.equal(app[field], false, field);
      }
      assert.deepEqual([app.multi_tenant_enabled, app.suspended], [false, false]);
      assert.deepEqual([app.event_hooks, app.user_search_disallowed_roles], [[], []]);
    });
  }),

  get("spec", "shows a user no secrets", async ({ raw, userToken, people }) => {
    const [id] = await people(1);
    const { status, body } = await raw("GET", "/api/v2/app", { token: userToken(id) });
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body.app).sort(), [
      "async_url_enrich_enabled",
      "auto_translation_enabled",
      "file_upload_config",
      "id",
      "image_upload_config",
      "name",
      "placement",
    ]);
  }),

  update("spec", "answers 200 with a duration, also when nothing is sent", async ({ raw }) => {
    for (const body of [{}, undefined]) {
      const answer = await raw("PATCH", "/api/v2/app", { body });
      assert.equal(answer.status, 200);
      assert.deepEqual(Object.keys(answer.body), ["duration"]);
    }
  }),

  update(
    "sdk test",
    "changes the given settings and keeps the others",
    set({ guest_user_creation_disabled: true, reminders_interval: 45 }, async ({ sdk }) => {
      await sdk.updateApp({ user_search_disallowed_roles: ["guest"] });
      const { app } = await sdk.getApp();
      assert.equal(app.guest_user_creation_disabled, true);
      assert.deepEqual(app.user_search_disallowed_roles, ["guest"]);
      assert.equal(app.reminders_interval, 45);
    }),
  ),

  update("sdk test", "merges grants by role, and an empty list removes all", async ({ own }) => {
    await own({}, async ({ sdk }) => {
      await sdk.createRole({ name: "teacher" });
      const before = (await sdk.getApp()).app.grants;
      await sdk.updateApp({ grants: { teacher: ["search-user"] } });
      const { grants } = (await sdk.getApp()).app;
      assert.deepEqual(grants.teacher, ["search-user"]);
      assert.deepEqual(grants.user, before.user);
      await sdk.updateApp({ grants: { teacher: [] } });
      const after = (await sdk.getApp()).app.grants;
      assert.equal(after.teacher?.length ?? 0, 0);
      assert.deepEqual(after.user, before.user);
    });
  }),

  update("sdk test", "replaces the whole list of event hooks", async ({ own }) => {
    await own({}, async ({ sdk }) => {
      const hook = (webhook_url) => ({
        hook_type: "webhook",
        enabled: true,
        event_types: ["user.updated"],
        webhook_url,
        product: "all",
      });
      await sdk.updateApp({ event_hooks: [hook("http://127.0.0.1:1/one"), hook("http://127.0.0.1:1/two")] });
      const urls = async () => (await sdk.getApp()).app.event_hooks.map((hook) => hook.webhook_url);
      assert.deepEqual(await urls(), ["http://127.0.0.1:1/one", "http://127.0.0.1:1/two"]);
      await sdk.updateApp({ event_hooks: [hook("http://127.0.0.1:1/three")] });
      assert.deepEqual(await urls(), ["http://127.0.0.1:1/three"]);
      const [stored] = (await sdk.getApp()).app.event_hooks;
      assert.ok(stored.id.length > 0 && stored.created_at && stored.updated_at);
      await sdk.updateApp({ event_hooks: [] });
      assert.deepEqual(await urls(), []);
    });
  }),

  update("docs", "refuses hooks of both kinds together", async ({ own }) => {
    await own({}, async ({ sdk }) => {
      const event_hooks = [{ hook_type: "webhook", enabled: true, webhook_url: "http://127.0.0.1:1/" }];
      await refused(sdk.updateApp({ event_hooks, webhook_url: "http://127.0.0.1:1/" }), "400/4", "UpdateApp");
      assert.deepEqual((await sdk.getApp()).app.event_hooks, []);
    });
  }),

  update("sdk test", "refuses unknown settings", async ({ sdk }) => {
    const reason = "enforce_unique_usernames must be one of [no app team]";
    await refused(sdk.updateApp({ enforce_unique_usernames: "yes" }), "400/4", "UpdateApp", reason);
    assert.equal((await sdk.getApp()).app.enforce_unique_usernames, "no");
  }),

  update("sdk test", "accepts names of up to 100 characters for roles that may not search", async ({ sdk }) => {
    const call = sdk.updateApp({ user_search_disallowed_roles: ["x".repeat(101)] });
    const reason = "user_search_disallowed_roles[0] must be a maximum of 100 characters in length";
    await refused(call, "400/4", "UpdateApp", reason);
  }),

  update("spec", "accepts up to 10 roles that may not search", async ({ sdk }) => {
    const call = sdk.updateApp({ user_search_disallowed_roles: Array.from({ length: 11 }, (_, index) => `r${index}`) });
    await refused(call, "400/4", "UpdateApp");
  }),

  update("spec", "is for servers only", async ({ raw, anonymous, userToken, people }) => {
    const [id] = await people(1);
    await refused(raw("PATCH", "/api/v2/app", { token: userToken(id), body: {} }), "403/17", "UpdateApp");
    await refused(anonymous("PATCH", "/api/v2/app", { body: {} }), "403/17", "UpdateApp");
  }),
];

const effects = [
  fact(
    "QueryUsers",
    "inferred",
    "refuses roles that may not search",
    set({ user_search_disallowed_roles: ["guest"] }, async ({ sdk, as, userToken, people }) => {
      const [id] = await people(1);
      const { access_token } = await sdk.createGuest({ user: { id: "visitor" } });
      await refused(as(access_token).queryUsers(EVERYBODY), "403/17", "QueryUsers");
      await as(userToken(id)).queryUsers(EVERYBODY);
    }),
  ),

  fact(
    "QueryUsers",
    "docs",
    "shows a user of a multi-tenant app only the users of its teams",
    set({ multi_tenant_enabled: true }, async ({ sdk, as, userToken, ids }) => {
      const users = { ann: ["red"], ben: ["red", "blue"], cher: ["blue"], dan: [] };
      await sdk.upsertUsers(Object.entries(users).map(([id, teams]) => ({ id, teams })));
      const { users: seen } = await as(userToken("ann")).queryUsers({ payload: { filter_conditions: {} } });
      assert.deepEqual(seen.map((user) => user.id).sort(), ["ann", "ben"]);
      assert.equal((await ids({})).length, 4);
    }),
  ),

  fact(
    "CreateGuest",
    "sdk test",
    "refuses guests if the app disables them",
    set({ guest_user_creation_disabled: true }, async ({ sdk, anonymous, ids }) => {
      const body = { user: { id: "visitor" } };
      const reason = "guest access is disabled for this application";
      await refused(anonymous("POST", "/api/v2/guest", { body }), "403/17", "CreateGuest", reason);
      await refused(sdk.createGuest(body), "403/17", "CreateGuest", reason);
      assert.deepEqual(await ids({}), []);
    }),
  ),

  fact(
    "CreateGuest",
    "docs",
    "refuses guests in a multi-tenant app",
    set({ multi_tenant_enabled: true }, async ({ anonymous, ids }) => {
      await refused(anonymous("POST", "/api/v2/guest", { body: { user: { id: "visitor" } } }), "403/17", "CreateGuest");
      assert.deepEqual(await ids({}), []);
    }),
  ),

  fact(
    "Authentication",
    "issue",
    "accepts development tokens if the app does",
    set({ disable_auth_checks: true }, async ({ sdk, as, people }) => {
      const [id] = await people(1);
      const { users } = await as(development(id)).queryUsers({ payload: { filter_conditions: { id } } });
      assert.equal(users[0].id, id);
      await sdk.updateApp({ disable_auth_checks: false });
      await refused(as(development(id)).queryUsers(EVERYBODY), "401/5", "QueryUsers");
    }),
  ),

  fact(
    "Authentication",
    "issue",
    "answers a wrong signature with code 43 on request, as Stream did until 2022",
    async ({ own }) => {
      await own({}, async ({ control, server, apiKey }) => {
        await control("PATCH", "/settings", { legacy_signature_errors: true });
        const reason = `JWTAuth error: signature is not valid. Make sure the token is created using the secret for API key "${apiKey}"`;
        await refused(server("another secret").queryUsers(EVERYBODY), "401/43", "QueryUsers", reason);
      });
    },
  ),
];

const REVOKED = "This token has been revoked, please generate a new token";

const revocation = [
  revoked("docs", "of a user refuses its tokens from before, and those without a time", async (context) => {
    const { sdk, as, userToken, people } = context;
    const [id, other] = await people(2);
    const limit = now() - 60;
    const set = { revoke_tokens_issued_before: new Date(limit * 1000) };
    await sdk.updateUsersPartial({ users: [{ id, set }] });
    for (const claims of [{}, { iat: limit - 1 }]) {
      await refused(as(userToken(id, claims)).queryUsers(EVERYBODY), "401/40", "QueryUsers", REVOKED);
    }
    await as(userToken(id, { iat: limit + 1 })).queryUsers(EVERYBODY);
    await as(userToken(other)).queryUsers(EVERYBODY);
  }),

  revoked("inferred", "of a user keeps tokens of the same second valid", async ({ sdk, as, userToken, people }) => {
    const [id] = await people(1);
    const limit = now() - 60;
    const set = { revoke_tokens_issued_before: new Date(limit * 1000 + 500).toISOString() };
    await sdk.updateUsersPartial({ users: [{ id, set }] });
    await as(userToken(id, { iat: limit })).queryUsers(EVERYBODY);
  }),

  revoked("sdk test", "of a user appears in its data", async ({ sdk, people, read }) => {
    const [id] = await people(1);
    const limit = new Date((now() - 60) * 1000);
    const set = { revoke_tokens_issued_before: limit };
    const { users } = await sdk.updateUsersPartial({ users: [{ id, set }] });
    for (const user of [users[id], await read(id)]) {
      assert.ok(Math.abs(new Date(user.revoke_tokens_issued_before) - limit) <= 1);
      assert.deepEqual(user.custom, {});
    }
  }),

  revoked("docs", "of a user is undone by null", async ({ sdk, as, userToken, people, read }) => {
    const [id] = await people(1);
    const change = (revoke_tokens_issued_before) =>
      sdk.updateUsersPartial({ users: [{ id, set: { revoke_tokens_issued_before } }] });
    await change(new Date().toISOString());
    await refused(as(userToken(id)).queryUsers(EVERYBODY), "401/40", "QueryUsers", REVOKED);
    await change(null);
    await as(userToken(id)).queryUsers(EVERYBODY);
    assert.ok(!("revoke_tokens_issued_before" in (await read(id))));
  }),

  revoked("docs", "of the app refuses every user token and is undone by null", async ({ own }) => {
    await own({}, async ({ sdk, as, userToken, people }) => {
      const [id] = await people(1);
      await sdk.updateApp({ revoke_tokens_issued_before: new Date() });
      assert.ok((await sdk.getApp()).app.revoke_tokens_issued_before instanceof Date);
      for (const claims of [{}, { iat: now() - 60 }]) {
        await refused(as(userToken(id, claims)).queryUsers(EVERYBODY), "401/40", "QueryUsers", REVOKED);
      }
      await sdk.updateApp({ revoke_tokens_issued_before: null });
      await as(userToken(id)).queryUsers(EVERYBODY);
    });
  }),

  revoked("inferred", "of the app does not affect server tokens", async ({ own }) => {
    await own({}, async ({ sdk }) => {
      await sdk.updateApp({ revoke_tokens_issued_before: new Date(Date.now() + 60_000) });
      await sdk.queryUsers(EVERYBODY);
    });
  }),

  revoked("inferred", "is reported before the user's deactivation", async ({ sdk, as, userToken, people }) => {
    const [id] = await people(1);
    const set = { revoke_tokens_issued_before: new Date().toISOString() };
    await sdk.updateUsersPartial({ users: [{ id, set }] });
    await sdk.deactivateUser({ user_id: id });
    await refused(as(userToken(id)).queryUsers(EVERYBODY), "401/40", "QueryUsers", REVOKED);
  }),
];

const taken = (name) => `username '${name}' already exists`;
const WHOLE = { enforce_unique_usernames: "app" };

const uniqueNames = [
  unique("sdk test", "are not required by default", async ({ people, ids }) => {
    const both = await people(2, { name: "server-admin" });
    assert.equal((await ids({ id: { $in: both } })).length, 2);
  }),

  unique(
    "sdk test",
    "of the app refuse a taken name, in upserts and partial updates",
    set(WHOLE, async ({ sdk, ids }) => {
      await sdk.upsertUsers([{ id: "ann", name: "Ann" }, { id: "ben" }]);
      await refused(sdk.upsertUsers([{ id: "other", name: "Ann" }]), "400/6", "UpdateUsers", taken("Ann"));
      const partial = sdk.updateUsersPartial({ users: [{ id: "ben", set: { name: "Ann" } }] });
      await refused(partial, "400/6", "UpdateUsersPartial", taken("Ann"));
      assert.deepEqual(await ids({ name: "Ann" }), ["ann"]);
      await sdk.upsertUsers([{ id: "ann", name: "Ann", custom: { again: true } }]);
    }),
  ),

  unique(
    "docs",
    "are compared without case, spaces and special characters",
    set(WHOLE, async ({ sdk }) => {
      await sdk.upsertUsers([{ id: "ann", name: "Ann Lee" }]);
      for (const name of ["annlee", "ANN LEE", " Ann-Lee! "]) {
        await refused(sdk.upsertUsers([{ id: "other", name }]), "400/6", "UpdateUsers", taken(name));
      }
      await sdk.upsertUsers([{ id: "other", name: "Ann Leigh" }]);
    }),
  ),

  unique(
    "sdk test",
    "are also checked within a batch",
    set(WHOLE, async ({ sdk, ids }) => {
      const call = sdk.upsertUsers([
        { id: "ann", name: "Ann" },
        { id: "ben", name: "Ann" },
      ]);
      await refused(call, "400/6", "UpdateUsers");
      assert.deepEqual(await ids({}), []);
    }),
  ),

  unique(
    "sdk test",
    "let exactly one of 25 concurrent requests have a name",
    set(WHOLE, async ({ sdk, ids }) => {
      const calls = Array.from({ length: 25 }, (_, index) => sdk.upsertUsers([{ id: `u${index}`, name: "Ann" }]));
      const outcomes = await Promise.allSettled(calls);
      assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
      assert.equal((await ids({ name: "Ann" })).length, 1);
    }),
  ),

  unique(
    "sdk test",
    "are released while their user is deactivated, who then needs another name to be reactivated",
    set(WHOLE, async ({ sdk, read }) => {
      await sdk.upsertUsers([{ id: "ann", name: "Ann" }]);
      await sdk.deactivateUser({ user_id: "ann" });
      await sdk.upsertUsers([{ id: "other", name: "Ann" }]);
      await refused(sdk.reactivateUser({ user_id: "ann" }), "400/6", "ReactivateUser", taken("Ann"));
      assert.ok((await read("ann")).deactivated_at);
      await sdk.reactivateUser({ user_id: "ann", name: "Anna" });
      assert.equal((await read("ann")).name, "Anna");
    }),
  ),

  unique("docs", "do not affect users that already share a name", async ({ own }) => {
    await own({}, async ({ sdk, read }) => {
      await sdk.upsertUsers([
        { id: "one", name: "Ann" },
        { id: "two", name: "Ann" },
      ]);
      await sdk.updateApp(WHOLE);
      await sdk.updateUsersPartial({ users: [{ id: "one", set: { color: "red" } }] });
      assert.deepEqual((await read("one")).custom, { color: "red" });
      assert.equal((await read("two")).name, "Ann");
    });
  }),

  unique(
    "sdk test",
    "of teams are compared with users of the same team only",
    set({ enforce_unique_usernames: "team" }, async ({ sdk, ids }) => {
      await sdk.upsertUsers([{ id: "ann", name: "Ann", teams: ["red"] }]);
      await sdk.upsertUsers([{ id: "ben", name: "Ann", teams: ["blue"] }]);
      const call = sdk.upsertUsers([{ id: "cher", name: "Ann", teams: ["green", "red"] }]);
      await refused(call, "400/6", "UpdateUsers", "username 'Ann' already exists in team 'red'");
      assert.deepEqual((await ids({ name: "Ann" })).sort(), ["ann", "ben"]);
    }),
  ),
];

const about = (operation) => effects.filter((fact) => fact.operation === operation);

export const facts = app;
export const tokens = [...about("Authentication"), ...revocation];
export const searches = about("QueryUsers");
export const guests = about("CreateGuest");
export const names = uniqueNames;
