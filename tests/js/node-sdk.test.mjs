// Stream's own SDK for Node beside this package's client: both have to see the same of the same emulator. What that SDK
// finds of the emulator alone is in `tests/parity`. Run over HTTP, since it takes no `fetch`.

import assert from "node:assert/strict";
import test from "node:test";
import * as sdk from "@stream-io/node-sdk";
import { StreamClient } from "getstream-users";
import { apiKey, apiSecret, overHttp, unique } from "../support/api.mjs";

const theirs = new sdk.StreamClient(apiKey, apiSecret, overHttp);
const ours = new StreamClient(apiKey, apiSecret, overHttp);

/** What the SDK throws; it does not export the class. */
async function refusal(promise) {
  const error = await promise.then(
    () => assert.fail("nothing was thrown"),
    (error) => error,
  );
  assert.equal(error.constructor.name, "StreamError", error.stack);
  return error;
}

test("the SDK's errors have code, message and metadata, and so have this package's", async () => {
  const id = unique("king");
  const failures = [
    (client) => client.upsertUsers([{ id, role: "king" }]),
    (client) => client.getTask({ id: "no-such-task" }),
    (client) => client.exportUser({ user_id: id }),
    (client) => client.queryUsers({ payload: { filter_conditions: { banned: "yes" } } }),
    (client) => client.updateUsersPartial({ users: [{ id, set: { created_at: 1 } }] }),
  ];
  for (const fail of failures) {
    const error = await refusal(fail(theirs));
    const own = await fail(ours).catch((error) => error);
    assert.equal(own.message, error.message);
    assert.match(own.message, /^Stream error code \d+: \w+ failed with error: ".+"$/s);
    assert.equal(own.code, error.code);
    assert.equal(own.metadata.responseCode, error.metadata.responseCode);
    assert.deepEqual(Object.keys(own.metadata).sort(), Object.keys(error.metadata).sort());
    assert.ok(error.metadata.rateLimit.rateLimitReset instanceof Date);
    assert.deepEqual(Object.keys(own.metadata.rateLimit).sort(), Object.keys(error.metadata.rateLimit).sort());
  }
  const stranger = new sdk.StreamClient(apiKey, "another secret", overHttp);
  const unknown = new sdk.StreamClient("another-key", apiSecret, overHttp);
  assert.equal((await refusal(stranger.upsertUsers([{ id }]))).code, 5);
  assert.equal((await refusal(unknown.upsertUsers([{ id }]))).code, 2);
});

test("both clients read the same of what either wrote", async () => {
  const user = (id) => ({
    id,
    name: "Zoë",
    role: "user",
    language: "de",
    teams: ["red", "blue"],
    invisible: true,
    privacy_settings: { read_receipts: { enabled: false } },
    custom: { deep: { list: [1, "two", null, { three: 3.5 }] }, when: "2024-01-01T00:00:00.000Z", emoji: "🦀" },
  });
  const [one, other] = [unique("theirs"), unique("ours")];
  await theirs.upsertUsers([user(one)]);
  await ours.upsertUsers([user(other)]);
  // Dates are compared elsewhere: the SDK's are a millisecond early one time in eight.
  const plain = ({ users }) =>
    users.map((user) => Object.fromEntries(Object.entries(user).filter(([, value]) => !(value instanceof Date))));
  const query = {
    payload: { filter_conditions: { id: { $in: [one, other] } }, sort: [{ field: "id", direction: 1 }] },
  };
  const [readByThem, readByUs] = [plain(await theirs.queryUsers(query)), plain(await ours.queryUsers(query))];
  assert.deepEqual(readByUs, readByThem);
  assert.deepEqual({ ...readByUs[0], id: one }, { ...readByUs[1], id: one });
});

/** What an answer says whoever asked and whenever: without metadata, times and names that only one run has. */
function told(value, names) {
  if (value instanceof Date) return "a date";
  if (Array.isArray(value)) return value.map((item) => told(item, names));
  if (typeof value === "string") return names.reduce((text, [own, common]) => text.replaceAll(own, common), value);
  if (typeof value !== "object" || value === null) return value;
  const left = Object.entries(value).filter(([key]) => key !== "metadata" && key !== "duration" && key !== "app_pk");
  return Object.fromEntries(left.map(([key, item]) => [told(key, names), told(item, names)]));
}

/** Every operation beside those for users themselves, in an order that gives each something to do. */
const story = {
  users: (client, { ann, bob }) => client.upsertUsers([{ id: ann }, { id: bob }]),
  block: (client, { ann, bob }) => client.blockUsers({ blocked_user_id: bob, user_id: ann }),
  blocked: (client, { ann }) => client.getBlockedUsers({ user_id: ann }),
  unblock: (client, { ann, bob }) => client.unblockUsers({ blocked_user_id: bob, user_id: ann }),
  "blocked no more": (client, { ann }) => client.getBlockedUsers({ user_id: ann }),
  group: (client, { ann, group }) => client.createUserGroup({ id: group, name: group, member_ids: [ann] }),
  "a group's member": (client, { bob, group }) =>
    client.addUserGroupMembers({ id: group, member_ids: [bob], as_admin: true }),
  "a group's name": (client, { group }) =>
    client.updateUserGroup({ id: group, name: `${group} & co`, description: "" }),
  "a group": (client, { group }) => client.getUserGroup({ id: group }),
  "groups found": (client, { group }) => client.searchUserGroups({ query: `${group} & c`, limit: 25 }),
  "a group's member gone": (client, { bob, group }) => client.removeUserGroupMembers({ id: group, member_ids: [bob] }),
  "groups listed": async (client, { group }) => {
    const { user_groups, ...rest } = await client.listUserGroups({ limit: 100 });
    return { ...rest, mine: user_groups.filter(({ id }) => id === group) };
  },
  "group gone": (client, { group }) => client.deleteUserGroup({ id: group }),
  role: (client, { role }) => client.createRole({ name: role }),
  roles: async (client, { role }) => (await client.listRoles()).roles.filter(({ name }) => name === role),
  "roles found": (client, { role }) =>
    client.searchRoles({ query: role, role_type: "user", include_global_roles: true }),
  "role gone": (client, { role }) => client.deleteRole({ name: role }),
  permissions: (client) => client.listPermissions(),
  permission: (client) => client.getPermission({ id: "update-user" }),
  "rate limits": async (client) => {
    const { web, ...others } = await client.getRateLimits({ web: true, endpoints: "QueryUsers,GetApp" });
    return { platforms: Object.keys(others), web: Object.keys(web) };
  },
  device: (client, { ann, device }) => client.createDevice({ id: device, push_provider: "apn", user_id: ann }),
  devices: (client, { ann }) => client.listDevices({ user_id: ann }),
  "device gone": (client, { ann, device }) => client.deleteDevice({ id: device, user_id: ann }),
  preferences: (client, { ann }) =>
    client.updatePushNotificationPreferences({
      preferences: [{ user_id: ann, chat_level: "none", disabled_until: new Date(Date.now() + 60_000) }],
    }),
  location: (client, { ann, message }) =>
    client.updateLiveLocation({ message_id: message, latitude: 1.5, longitude: -2, user_id: ann }),
  locations: (client, { ann }) => client.getUserLiveLocations({ user_id: ann }),
  app: (client) => client.updateApp({ webhook_events: [] }),
  "app settings": (client) => client.getApp(),
  ban: (client, { ann, bob }) =>
    client.moderation.ban({ target_user_id: bob, banned_by_id: ann, reason: "why", timeout: 5 }),
  bans: (client, { bob }) => client.queryBannedUsers({ payload: { filter_conditions: { user_id: bob } } }),
  "bans of chat": (client, { bob }) =>
    client.chat.queryBannedUsers({ payload: { filter_conditions: { user_id: bob } } }),
  "future bans": (client, { bob }) => client.chat.queryFutureChannelBans({ payload: { target_user_id: bob } }),
  unban: (client, { ann, bob }) => client.moderation.unban({ target_user_id: bob, unbanned_by_id: ann }),
  "bans no more": (client, { bob }) => client.queryBannedUsers({ payload: { filter_conditions: { user_id: bob } } }),
  mute: (client, { ann, bob }) => client.moderation.mute({ target_ids: [bob], user_id: ann, timeout: 5 }),
  unmute: (client, { ann, bob }) => client.moderation.unmute({ target_ids: [bob], user_id: ann }),
  flag: async (client, { ann, bob }) => {
    const flagged = { entity_type: "stream:user", entity_id: bob, entity_creator_id: bob, user_id: ann };
    return typeof (await client.moderation.flag(flagged)).item_id;
  },
  event: (client, { ann }) =>
    client.chat.sendUserCustomEvent({ user_id: ann, event: { type: "hi", custom: { a: 1 } } }),
  "nobody's group": (client, { group }) => client.getUserGroup({ id: group, team_id: "red" }),
  "nobody's device": (client, { ann, device }) => client.deleteDevice({ id: device, user_id: ann }),
  "nobody's event": (client, { role }) => client.chat.sendUserCustomEvent({ user_id: role, event: { type: "hi" } }),
};

test("every other operation says the same to both clients", async () => {
  const run = async (client) => {
    const names = Object.fromEntries(
      ["ann", "bob", "group", "role", "device", "message"].map((name) => [name, unique(name)]),
    );
    const common = Object.entries(names).map(([name, own]) => [own, name]);
    const answers = {};
    for (const [chapter, call] of Object.entries(story)) {
      const answer = await call(client, names).catch((error) => ({ code: error.code, message: error.message }));
      answers[chapter] = told(answer, common);
    }
    return answers;
  };
  const [said, saidToUs] = [await run(theirs), await run(ours)];
  for (const chapter of Object.keys(story)) assert.deepEqual(saidToUs[chapter], said[chapter], chapter);
  const refused = Object.keys(story).filter((chapter) => said[chapter].code !== undefined);
  assert.deepEqual(refused, ["nobody's group", "nobody's device", "nobody's event"]);
});

test("a revoked token lets nobody in, until the revocation is taken back", async () => {
  const id = unique("revoked");
  await ours.upsertUsers([{ id }]);
  const query = { payload: { filter_conditions: { id } } };
  const user = StreamClient.withToken(apiKey, ours.generateUserToken({ user_id: id }), { ...overHttp, retry: false });
  await user.queryUsers(query);
  const { users } = await ours.revokeUserToken(id, new Date(Date.now() + 5000));
  assert.ok(users[id].revoke_tokens_issued_before instanceof Date);
  assert.equal((await user.queryUsers(query).catch((error) => error)).code, 40);
  await ours.revokeUserTokens([id], null);
  await user.queryUsers(query);
});

test("any other request is answered as the operations are", async () => {
  const answer = await ours.request("GET", "/api/v2/rate_limits", { query: { web: true, endpoints: ["GetApp"] } });
  assert.deepEqual(Object.keys(answer.web), ["GetApp"]);
  assert.equal(answer.metadata.responseCode, 200);
  const error = await ours.request("DELETE", "/api/v2/roles/nobody-has-it").catch((error) => error);
  assert.deepEqual([error.kind, error.path], ["invalid_request", "/api/v2/roles/nobody-has-it"]);
});

test("tokens make the same claims", () => {
  const claims = (token) =>
    token
      .split(".")
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, "base64url")));
  const payloads = [
    { user_id: "ann", iat: 1_700_000_000, exp: 1_700_000_060 },
    { user_id: "jörg 🦀", iat: 1_700_000_000, exp: 1_700_000_060 },
    {
      user_id: "ann",
      iat: 1_700_000_000,
      exp: 1_700_000_060,
      role: "admin",
      call_cids: ["default:1"],
      nested: { a: 1 },
    },
    { user_id: "ann", iat: 1_700_000_000 },
  ];
  for (const payload of payloads) {
    const [header, body] = claims(theirs.generateUserToken({ ...payload }));
    const [ownHeader, ownBody] = claims(ours.generateUserToken({ ...payload }));
    assert.deepEqual(ownHeader, header);
    assert.deepEqual(ownBody, body);
  }
  assert.deepEqual(
    claims(ours.createToken("ann", 1_700_000_060, 1_700_000_000)),
    claims(theirs.createToken("ann", 1_700_000_060, 1_700_000_000)),
  );
});

test("either client's tokens let users in through the other's requests", async () => {
  const id = unique("token");
  await ours.upsertUsers([{ id }]);
  for (const token of [theirs.generateUserToken({ user_id: id }), theirs.createToken(id)]) {
    const client = StreamClient.withToken(apiKey, token, overHttp);
    const { users } = await client.queryUsers({ payload: { filter_conditions: { id } } });
    assert.equal(users[0].id, id);
  }
});
