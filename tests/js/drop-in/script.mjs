// Everything that a server does with users, written for the official SDK. `drop-in.test.mjs` runs it with that
// SDK and with this package, and compares what it prints.

import { createHmac } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { StreamClient } from "@stream-io/node-sdk";

const { STREAM_API_KEY: apiKey, STREAM_API_SECRET: secret, STREAM_BASE_URL: basePath } = process.env;
const client = new StreamClient(apiKey, secret, { basePath, timeout: 30_000 });

function print(title, value) {
  console.log(`${title}: ${inspect(value, { depth: null, sorted: true, breakLength: 120 })}`);
}

/** Prints a call's response, or its error, and returns the response. Values that are random in every call are left out. */
async function show(title, call) {
  const answer = await call.catch(({ message, code, metadata }) => ({ message, code, metadata }));
  const { clientRequestId, responseHeaders, ...metadata } = answer.metadata;
  const summary = { contentType: responseHeaders.get("content-type"), isNamed: clientRequestId.length === 36 };
  print(title, { ...answer, metadata: { ...summary, ...metadata } });
  return answer;
}

/** Waits for the end of the task in a response. */
async function ended({ task_id }) {
  for (;;) {
    const task = await client.getTask({ id: task_id });
    if (task.status === "completed" || task.status === "failed") return task;
    await pause(20);
  }
}

const byId = [{ field: "id", direction: 1 }];
const find = (filter_conditions, more) => client.queryUsers({ payload: { filter_conditions, sort: byId, ...more } });

// Users.
const ann = {
  id: "ann",
  name: "Ann",
  image: "https://example.com/ann.png",
  role: "admin",
  language: "de",
  invisible: true,
  teams: ["red", "blue"],
  teams_role: { red: "admin" },
  privacy_settings: { typing_indicators: { enabled: false }, read_receipts: { enabled: true } },
  custom: { color: "green", deep: { list: [1, "two", null, { three: 3.5 }] }, since: "2024-01-01T00:00:00.000Z" },
};
await show("upsert", client.upsertUsers([ann, { id: "bob", name: "Bob 🦀" }, { id: "cleo@example_com-1" }]));
await show("replace", client.updateUsers({ users: { bob: { id: "bob", name: "Robert", custom: { score: 3 } } } }));
const changes = { id: "ann", set: { name: "Anna", "deep.more": true, level: 7 }, unset: ["color", "language"] };
await show("change", client.updateUsersPartial({ users: [changes, { id: "bob", set: { role: "admin" } }] }));
await show("find", find({ $and: [{ id: { $in: ["ann", "bob"] } }, { "custom.level": { $gt: 6 } }] }));
await show("find a page", find({}, { limit: 2, offset: 1, include_deactivated_users: true }));
await show("find nobody", find({ name: { $autocomplete: "zo" } }));
const visit = { id: "visitor", name: "A visitor", custom: { from: "the web" } };
const { user: visitor } = await show("guest", client.createGuest({ user: visit }));
await show("a role that is none", client.upsertUsers([{ id: "king", role: "king" }]));
await show("a filter that is none", find({ banned: "yes" }));

// Blocks.
await show("block", client.blockUsers({ user_id: "ann", blocked_user_id: "bob" }));
await show("blocked", client.getBlockedUsers({ user_id: "ann" }));
await show("unblock", client.unblockUsers({ user_id: "ann", blocked_user_id: "bob" }));
await show("unblock again", client.unblockUsers({ user_id: "ann", blocked_user_id: "bob" }));

// Bans, mutes, reports.
const { moderation, chat } = client;
await show("ban", moderation.ban({ target_user_id: "bob", banned_by_id: "ann", reason: "spam", timeout: 60 }));
await show("shadow ban", moderation.ban({ target_user_id: visitor.id, banned_by_id: "ann", shadow: true }));
await show("bans", client.queryBannedUsers({ payload: { filter_conditions: { banned_by_id: "ann" }, limit: 5 } }));
await show("bans of chat", chat.queryBannedUsers({ payload: { filter_conditions: { user_id: "bob" } } }));
await show("future bans", chat.queryFutureChannelBans({ payload: { user_id: "ann", limit: 5 } }));
await show("unban", moderation.unban({ target_user_id: "bob", unbanned_by_id: "ann" }));
await show("mute", moderation.mute({ target_ids: ["bob", visitor.id], user_id: "ann", timeout: 30 }));
await show("unmute", moderation.unmute({ target_ids: ["bob"], user_id: "ann" }));
const report = { entity_type: "stream:user", entity_id: "bob", entity_creator_id: "bob", reason: "spam" };
await show("flag", moderation.flag({ ...report, user_id: "ann", custom: { where: "in the lobby" } }));
await show("ban of nobody", moderation.ban({ target_user_id: "nobody", banned_by_id: "ann" }));

// Groups.
const staff = { id: "staff", name: "Staff & co", description: "Who works here", member_ids: ["ann"] };
await show("group", client.createUserGroup(staff));
await show("group of a team", client.createUserGroup({ id: "reds", name: "Reds", team_id: "red" }));
await show("group's member", client.addUserGroupMembers({ id: "staff", member_ids: ["bob"], as_admin: true }));
await show("group's name", client.updateUserGroup({ id: "staff", name: "Staff", description: "" }));
await show("group found", client.getUserGroup({ id: "staff" }));
await show("group of another team", client.getUserGroup({ id: "staff", team_id: "red" }));
await show("groups found", client.searchUserGroups({ query: "st", limit: 10 }));
await show("groups", client.listUserGroups({ limit: 10, team_id: "red" }));
await show("group's member gone", client.removeUserGroupMembers({ id: "staff", member_ids: ["bob"] }));
await show("group gone", client.deleteUserGroup({ id: "staff" }));

// Roles and permissions.
await show("role", client.createRole({ name: "teacher" }));
await show("roles", client.listRoles());
await show(
  "roles found",
  client.searchRoles({ query: "tea", limit: 3, role_type: "user", include_global_roles: true }),
);
await show("a teacher", client.upsertUsers([{ id: "dora", role: "teacher" }]));
await show("role in use", client.deleteRole({ name: "teacher" }));
await show("no teacher", client.upsertUsers([{ id: "dora", role: "user" }]));
await show("role gone", client.deleteRole({ name: "teacher" }));
await show("permissions", client.listPermissions());
await show("permission", client.getPermission({ id: "update-user" }));

// Devices and push.
await show("device", client.createDevice({ id: "phone/1", push_provider: "apn", user_id: "ann", voip_token: true }));
await show("devices", client.listDevices({ user_id: "ann" }));
await show("device gone", client.deleteDevice({ id: "phone/1", user_id: "ann" }));
await show("device gone already", client.deleteDevice({ id: "phone/1", user_id: "ann" }));
const preference = { user_id: "ann", chat_level: "mentions", disabled_until: new Date("2031-02-03T04:05:06.789Z") };
await show("preferences", client.updatePushNotificationPreferences({ preferences: [preference] }));

// Live locations, custom events.
const place = { message_id: "message-1", latitude: 48.4, longitude: -9.99, created_by_device_id: "phone/1" };
await show("location", client.updateLiveLocation({ ...place, user_id: "ann" }));
await show("locations", client.getUserLiveLocations({ user_id: "ann" }));
await show("event", chat.sendUserCustomEvent({ user_id: "ann", event: { type: "greeting", custom: { words: "hi" } } }));
await show("event of nobody", chat.sendUserCustomEvent({ user_id: "nobody", event: { type: "greeting" } }));

// The app.
await show(
  "app",
  client.updateApp({ webhook_events: ["user.updated", "user.deleted"], enforce_unique_usernames: "no" }),
);
await show("app's settings", client.getApp());
await show("rate limits", client.getRateLimits({ server_side: true, web: true, endpoints: "QueryUsers,GetApp" }));

// The end of users, and their return.
await show("deactivate", client.deactivateUser({ user_id: "bob", mark_messages_deleted: true, created_by_id: "ann" }));
await show("deactivated", find({ id: "bob" }, { include_deactivated_users: true }));
await show("reactivate", client.reactivateUser({ user_id: "bob", name: "Bob is back", created_by_id: "ann" }));
await show(
  "deactivate many",
  client.deactivateUsers({ user_ids: ["bob", "dora"], mark_channels_deleted: true }).then(ended),
);
await show(
  "reactivate many",
  client.reactivateUsers({ user_ids: ["bob", "dora"], restore_messages: true }).then(ended),
);
await show("export", client.exportUser({ user_id: "ann" }));
await show("export many", client.exportUsers({ user_ids: ["ann", "bob"] }).then(ended));
await show("delete", client.deleteUsers({ user_ids: ["bob", "dora"], user: "soft", messages: "soft" }).then(ended));
await show("deleted", find({ id: { $in: ["bob", "dora"] } }));
await show("restore", client.restoreUsers({ user_ids: ["bob"] }));
await show("restored", find({ id: { $in: ["bob", "dora"] } }));
await show("delete for good", client.deleteUsers({ user_ids: ["dora"], user: "hard", messages: "hard" }).then(ended));
await show("export of nobody", client.exportUser({ user_id: "nobody" }));
await show("task of nobody", client.getTask({ id: "no-such-task" }));

// Tokens.
const sign = (text, encoding) => createHmac("sha256", secret).update(text).digest(encoding);
/** A token's claims, and whether the app signed it. */
function read(token) {
  const [header, claims, signature] = token.split(".");
  const isOurs = signature === sign(`${header}.${claims}`, "base64url");
  return { isOurs, ...[header, claims].map((part) => JSON.parse(Buffer.from(part, "base64url"))) };
}
/** The same for a token that is valid from now on for a number of seconds. */
function readNew(token) {
  const { isOurs, 1: claims } = read(token);
  const { user_id, call_cids, team, iat, exp } = claims;
  const seconds = exp === undefined ? "no end" : Math.round((exp - iat) / 10) * 10;
  return { isOurs, user_id, call_cids, team, isNew: Math.abs(Date.now() / 1000 - iat) < 60, seconds };
}
const cids = ["default:1", "audio_room:2"];
const [iat, exp] = [1_900_000_000, 1_900_003_600];
print("token", read(client.generateUserToken({ user_id: "ann", iat, exp, team: "red", nested: { a: 1 } })));
print("permanent token", read(client.generatePermanentUserToken({ user_id: "jörg 🦀", iat })));
print("call token", read(client.generateCallToken({ user_id: "ann", call_cids: cids, role: "host", iat, exp })));
print("short token", read(client.createToken("ann", exp, iat)));
print("short call token", read(client.createCallToken({ user_id: "ann", role: "host" }, cids, exp, iat)));
print("new token", readNew(client.generateUserToken({ user_id: "ann", validity_in_seconds: 600, team: "red" })));
print("new token for an hour", readNew(client.generateUserToken({ user_id: "ann" })));
print("new permanent token", readNew(client.generatePermanentUserToken({ user_id: "ann" })));
print("new call token", readNew(client.generateCallToken({ user_id: "ann", call_cids: cids })));
print("new short token", readNew(client.createToken("ann")));
print("new short call token", readNew(client.createCallToken("ann", cids)));

// Webhooks.
const body = JSON.stringify({
  type: "user.updated",
  created_at: "2026-01-02T03:04:05.678901234Z",
  user: { id: "jörg 🦀", role: "user", teams: [], custom: { born_at: "1990-01-01T00:00:00Z" } },
});
const signature = sign(body, "hex");
const packed = gzipSync(body);
const queued = packed.toString("base64");
const notified = JSON.stringify({ Type: "Notification", MessageId: "1", Message: queued });
/** Prints the important fields of an event, or the error. */
async function receive(title, parse) {
  try {
    const { type, created_at, user } = await parse();
    print(title, { type, created_at: new Date(created_at), user });
  } catch (error) {
    print(title, error.message.split(":")[0]);
  }
}
print("signature", [client.verifyWebhook(body, signature), client.verifyWebhook(Buffer.from(body), signature)]);
print("wrong signature", [client.verifyWebhook(`${body} `, signature), client.verifyWebhook(body, "short")]);
await receive("event", () => client.verifyAndParseWebhook(body, signature));
await receive("compressed event", () => client.verifyAndParseWebhook(packed, signature));
await receive("event of somebody else", () => client.verifyAndParseWebhook(`${body} `, signature));
await receive("event that is no JSON", () => client.verifyAndParseWebhook("{", sign("{", "hex")));
await receive("event that breaks off", () => client.verifyAndParseWebhook(packed.subarray(0, 30), signature));
await receive("event of SQS", () => client.parseSqs(queued));
await receive("event of SQS that is no base64", () => client.parseSqs("not base64!"));
await receive("event of SNS", () => client.parseSns(notified));
await receive("event of SNS without its envelope", () => client.parseSns(queued));
