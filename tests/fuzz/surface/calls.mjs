// Every public function and method of the package, with valid arguments.

import { createHmac } from "node:crypto";
import * as main from "getstream-users";
import * as bulk from "getstream-users/bulk";
import { KEY, SECRET, TASK } from "./app.mjs";

const { StreamClient } = main;
const many = { ...bulk };
const guards = Object.entries(main).filter(([name]) => /^is[A-Z]/.test(name));

const ann = () => ({
  id: "ann",
  name: "Ann",
  image: "https://example.com/a.png",
  role: "user",
  language: "de",
  invisible: false,
  teams: ["red"],
  teams_role: { red: "user" },
  privacy_settings: { typing_indicators: { enabled: false } },
  custom: { color: "green", deep: { list: [1, "two", null] } },
});
const place = { message_id: "message", latitude: 48.4, longitude: -9.9 };
const filter = () => ({ $and: [{ id: { $in: ["ann", "ben"] } }, { "custom.level": { $gt: 6 } }] });
const query = () => ({ filter_conditions: filter(), sort: [{ field: "id", direction: 1 }], limit: 2, offset: 1 });
const bans = () => ({ payload: { filter_conditions: { user_id: "ben" }, limit: 5 } });
const future = () => ({ payload: { user_id: "ann", limit: 5 } });
const target = () => ({ target_user_id: "ben", banned_by_id: "ann", reason: "spam", timeout: 60 });
const mute = () => ({ target_ids: ["ben"], user_id: "ann", timeout: 30 });
const event = () => ({ user_id: "ann", event: { type: "greeting", custom: { words: "hi" } } });
const options = () => ({
  timeout: 2_000,
  deadline: 5_000,
  retry: { attempts: 2, budget: 5 },
  headers: { "x-mine": "1" },
});

/** The operations of a server, by the way to them. */
const OPERATIONS = {
  upsertUsers: () => [ann(), { id: "ben" }],
  updateUsers: () => ({ users: { ann: ann() } }),
  updateUsersPartial: () => ({ users: [{ id: "ann", set: { name: "Anna", "deep.more": true }, unset: ["color"] }] }),
  queryUsers: () => ({ payload: { ...query(), presence: false, include_deactivated_users: true } }),
  createGuest: () => ({ user: { id: "visitor", name: "A visitor", custom: { from: "the web" } } }),
  deactivateUser: () => ({ user_id: "ben", mark_messages_deleted: true, created_by_id: "ann" }),
  deactivateUsers: () => ({ user_ids: ["ben"], mark_channels_deleted: true }),
  reactivateUser: () => ({ user_id: "cleo", name: "Cleo", created_by_id: "ann" }),
  reactivateUsers: () => ({ user_ids: ["cleo"], restore_messages: true }),
  deleteUsers: () => ({ user_ids: ["ben"], user: "soft", messages: "soft" }),
  restoreUsers: () => ({ user_ids: ["dora"] }),
  exportUser: () => ({ user_id: "ann" }),
  exportUsers: () => ({ user_ids: ["ann", "ben"] }),
  getTask: () => ({ id: TASK }),
  blockUsers: () => ({ user_id: "ann", blocked_user_id: "ben" }),
  unblockUsers: () => ({ user_id: "ann", blocked_user_id: "ben" }),
  getBlockedUsers: () => ({ user_id: "ann" }),
  listUserGroups: () => ({ limit: 10, team_id: "red" }),
  searchUserGroups: () => ({ query: "st", limit: 10 }),
  createUserGroup: () => ({ id: "staff", name: "Staff", description: "All", member_ids: ["ann"] }),
  getUserGroup: () => ({ id: "team", team_id: "red" }),
  updateUserGroup: () => ({ id: "team", team_id: "red", name: "Staff", description: "" }),
  deleteUserGroup: () => ({ id: "team", team_id: "red" }),
  addUserGroupMembers: () => ({ id: "team", team_id: "red", member_ids: ["ben"], as_admin: true }),
  removeUserGroupMembers: () => ({ id: "team", team_id: "red", member_ids: ["ben"] }),
  searchRoles: () => ({ query: "tea", limit: 3, role_type: "user", include_global_roles: true }),
  createRole: () => ({ name: "pupil" }),
  deleteRole: () => ({ name: "teacher" }),
  getPermission: () => ({ id: "update-user" }),
  listDevices: () => ({ user_id: "ann" }),
  createDevice: () => ({ id: "phone", push_provider: "apn", user_id: "ann", voip_token: true }),
  deleteDevice: () => ({ id: "phone", user_id: "ann" }),
  updatePushNotificationPreferences: () => ({
    preferences: [{ user_id: "ann", chat_level: "mentions", disabled_until: new Date("2031-02-03T04:05:06Z") }],
  }),
  getUserLiveLocations: () => ({ user_id: "ann" }),
  updateLiveLocation: () => ({ ...place, user_id: "ann" }),
  updateApp: () => ({ webhook_events: ["user.updated"], enforce_unique_usernames: "no" }),
  getRateLimits: () => ({ server_side: true, web: true, endpoints: "QueryUsers,GetApp" }),
  queryBannedUsers: bans,
  "moderation.ban": target,
  "moderation.unban": () => ({ target_user_id: "ben", unbanned_by_id: "ann" }),
  "moderation.mute": mute,
  "moderation.unmute": () => ({ target_ids: ["ben"], user_id: "ann" }),
  "moderation.flag": () => ({
    entity_type: "stream:user",
    entity_id: "ben",
    entity_creator_id: "ben",
    reason: "spam",
    user_id: "ann",
    custom: { where: "lobby" },
  }),
  "chat.queryBannedUsers": bans,
  "chat.queryFutureChannelBans": future,
  "chat.sendUserCustomEvent": event,
};
/** Those without an argument of their own. */
const BARE = ["listRoles", "listPermissions", "getApp"];

const webhook = '{"type":"user.updated","created_at":"2026-01-02T03:04:05Z","user":{"id":"ann"}}';
const signature = createHmac("sha256", SECRET).update(webhook).digest("hex");
const envelope = JSON.stringify({ Type: "Notification", MessageId: "1", Message: webhook });

/** What else a client does. */
const METHODS = {
  revokeUserToken: () => ["ann", new Date("2026-01-02T03:04:05Z"), options()],
  revokeUserTokens: () => [["ann", "ben"], "2026-01-02T03:04:05Z", options()],
  request: () => ["POST", "/api/v2/users", { body: { users: { ann: { id: "ann" } } }, ...options() }],
  waitForTask: () => [TASK, { pollInterval: 5, timeout: 40, signal: undefined }],
  tasks: () => [TASK],
  users: () => [{ role: "user" }, { sort: [{ field: "id", direction: -1 }], pageSize: 2, ...options() }],
  token: () => [],
  generateUserToken: () => [{ user_id: "ann", validity_in_seconds: 600, team: "red", nested: { a: 1 } }],
  generatePermanentUserToken: () => [{ user_id: "ann", iat: 1_900_000_000 }],
  generateCallToken: () => [{ user_id: "ann", call_cids: ["default:1"], role: "host" }],
  createToken: () => ["ann", 1_900_003_600, 1_900_000_000],
  createCallToken: () => [{ user_id: "ann", role: "host" }, ["default:1"], 1_900_003_600, 1_900_000_000],
  verifyToken: () => [new StreamClient(KEY, SECRET).createToken("ann")],
  verifyWebhook: () => [webhook, signature],
  verifyAndParseWebhook: () => [webhook, { "x-signature": signature }],
  parseWebhook: () => [webhook, signature],
  parseSqs: () => [webhook],
  parseSns: () => [envelope],
  toJSON: () => [],
};

/** How clients are made; the last argument has options, and `fetch` is put into it. */
const CLASS = {
  guest: () => [KEY, { id: "visitor", name: "A visitor" }, { ...options(), logLevel: "error" }],
  withToken: () => [
    KEY,
    new StreamClient(KEY, SECRET).createToken("ann"),
    { ...options(), previousSecrets: ["before"] },
  ],
  anonymous: () => [KEY, { ...options(), basePath: "https://example.com" }],
  fromEnv: () => [
    { STREAM_API_KEY: KEY, STREAM_API_SECRET: SECRET },
    { ...options(), headers: { "x-mine": "1" } },
  ],
};

const users = () => [ann(), { id: "ben", custom: { level: 7 } }];
const ids = () => ["ann", "ben"];
const more = () => ({ ...options(), patience: 0, chunkSize: 2, concurrency: 2 });
const wait = () => ({ pollInterval: 1, timeout: 20 });
/** The client is not among these arguments. */
const BULK = {
  upsertMany: () => [users(), more()],
  updatePartialMany: () => [[{ id: "ann", set: { name: "A" }, unset: ["color"] }], more()],
  deactivateMany: () => [ids(), { ...more(), wait: wait(), request: { mark_messages_deleted: true } }],
  reactivateMany: () => [["cleo"], { ...more(), wait: wait() }],
  deleteMany: () => [ids(), { ...more(), wait: false, request: { user: "soft" } }],
  restoreMany: () => [["dora"], more()],
  exportMany: () => [ids(), { ...more(), wait: wait() }],
  syncUsers: () => [users(), { ...options(), patience: 0, missing: "deactivate", allowMany: true, concurrency: 2 }],
};

const path = (client, name) => name.split(".").reduce((object, part) => object[part], client);

/** Takes what a list has, or a few of it. */
const listed = (list) => (typeof list?.toArray === "function" ? list.toArray({ limit: 3 }) : list);
const handled = async (task) => (typeof task?.get === "function" ? task.get() : task);

/**
 * Each call by its name: its arguments, and what is done with them. `answers` says how it may end: with a promise, which no
 * exception may come in place of, at once, with a `safe` result, or with yes or no.
 */
export const CALLS = {};
for (const [name, argument] of Object.entries(OPERATIONS)) {
  CALLS[name] = {
    given: () => [argument(), options()],
    run: (client, given) => path(client, name)(...given),
    answers: "later",
  };
}
for (const name of BARE) {
  CALLS[name] = { given: () => [options()], run: (client, given) => client[name](...given), answers: "later" };
}
const AT_ONCE = [
  "generateUserToken",
  "generatePermanentUserToken",
  "generateCallToken",
  "createToken",
  "createCallToken",
  "verifyToken",
  "verifyWebhook",
  "parseWebhook",
  "toJSON",
];
const LISTS = { users: listed, tasks: handled };
for (const [name, given] of Object.entries(METHODS)) {
  const then = LISTS[name];
  const run = (client, args) => (then === undefined ? client[name](...args) : then(client[name](...args)));
  CALLS[name] = { given, run, answers: then !== undefined ? "either" : AT_ONCE.includes(name) ? "at once" : "later" };
}
for (const [name, given] of Object.entries(CLASS)) {
  const answers = name === "guest" ? "later" : "at once";
  CALLS[`StreamClient.${name}`] = { given, run: (_, args) => StreamClient[name](...args), answers };
}
CALLS["new StreamClient"] = {
  given: () => [KEY, SECRET, { ...options(), previousSecrets: ["before"], logLevel: "error" }],
  run: (_, args) => new StreamClient(...args),
  answers: "at once",
};
for (const [name, given] of Object.entries(BULK)) {
  CALLS[name] = { given, run: (client, args) => many[name](client, ...args), answers: "later" };
}
for (const [name, guard] of guards) {
  CALLS[name] = {
    given: () => [{ type: "user.updated", user: { id: "ann" } }],
    run: (_, args) => guard(...args),
    answers: "yes or no",
  };
}
CALLS.resultOf = { given: () => [{}], run: (_, args) => bulk.resultOf(...args), answers: "at once" };
// The twins that never reject.
for (const name of [
  ...Object.keys(OPERATIONS),
  "revokeUserTokens",
  "request",
  "waitForTask",
  "parseSqs",
  "verifyAndParseWebhook",
]) {
  const { given } = CALLS[name];
  CALLS[`safe.${name}`] = { given, run: (client, args) => path(client.safe, name)(...args), answers: "a result" };
}
for (const name of Object.keys(BULK)) {
  const { given } = CALLS[name];
  CALLS[`bulk.safe.${name}`] = { given, run: (client, args) => bulk.safe[name](client, ...args), answers: "a result" };
}
