// What stream-chat does about users when a server uses it: every method, called as its documentation shows and read as its
// types say.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { StreamChat } from "stream-chat";
import { apiKey, apiSecret, baseURL, reset } from "./emulator.mjs";

const client = new StreamChat(apiKey, apiSecret, { baseURL, timeout: 30_000, allowServerSideConnect: true });

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

beforeEach(reset);

/** Makes users and gives back their ids. */
async function people(count) {
  const ids = Array.from({ length: count }, (_, index) => `user-${index}`);
  await client.upsertUsers(ids.map((id) => ({ id, name: id.toUpperCase(), color: "red" })));
  return ids;
}

async function read(id, options) {
  const { users } = await client.queryUsers({ id }, [], options);
  return users[0];
}

/** Waits for a task that has to end well. */
async function finished(id) {
  for (;;) {
    const task = await client.getTask(id);
    assert.notEqual(task.status, "failed");
    if (task.status === "completed") return task;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Asserts that a call is refused with Stream's code. */
const refused = (call, code) =>
  assert.rejects(call, (error) => error.response?.data?.code === code || error.code === code);

/** What shows each method, by its name. */
const METHODS = {
  async upsertUsers() {
    const ann = { id: "ann", name: "Ann", role: "admin", color: "red", nested: { n: [1, null] }, teams: ["blue"] };
    const { users } = await client.upsertUsers([ann, { id: "ben" }]);
    const { created_at, updated_at, ...shown } = users.ann;
    for (const [name, value] of Object.entries(ann)) assert.deepEqual(shown[name], value, name);
    assert.match(created_at, TIME);
    assert.match(updated_at, TIME);
    assert.equal("custom" in shown, false);
    assert.equal(users.ben.role, "user");
  },
  async upsertUser() {
    const { users } = await client.upsertUser({ id: "ann", color: "red" });
    assert.equal(users.ann.color, "red");
    const again = await client.upsertUser({ ...users.ann, online: true, color: "blue" });
    assert.deepEqual(
      [again.users.ann.color, again.users.ann.online],
      ["blue", false],
      "what was read can be sent back",
    );
  },
  async updateUsers() {
    const { users } = await client.updateUsers([{ id: "ann", name: "Ann" }]);
    assert.equal(users.ann.name, "Ann");
  },
  async updateUser() {
    const { users } = await client.updateUser({ id: "ann", name: "Ann" });
    assert.equal(users.ann.name, "Ann");
  },
  async partialUpdateUser() {
    const [id] = await people(1);
    const { users } = await client.partialUpdateUser({
      id,
      set: { plan: "pro", "address.city": "Oslo" },
      unset: ["color"],
    });
    assert.deepEqual([users[id].plan, users[id].address, "color" in users[id]], ["pro", { city: "Oslo" }, false]);
  },
  async partialUpdateUsers() {
    const ids = await people(2);
    const { users } = await client.partialUpdateUsers(ids.map((id) => ({ id, set: { color: "blue" } })));
    assert.deepEqual(
      ids.map((id) => users[id].color),
      ["blue", "blue"],
    );
  },
  async queryUsers() {
    const ids = await people(3);
    const found = await client.queryUsers({ id: { $in: ids }, color: "red" }, [{ id: -1 }], { limit: 2 });
    assert.deepEqual(
      found.users.map((user) => user.id),
      ["user-2", "user-1"],
    );
    const named = await client.queryUsers({ name: { $autocomplete: "USER-1" } });
    assert.deepEqual(
      named.users.map((user) => user.id),
      ["user-1"],
    );
  },
  async deleteUser() {
    const [soft, hard] = await people(2);
    const { user } = await client.deleteUser(soft, { mark_messages_deleted: true });
    assert.equal(user.id, soft);
    assert.match(user.deleted_at, TIME);
    const { task_id } = await client.deleteUser(hard, { hard_delete: true, delete_conversation_channels: true });
    await finished(task_id);
    assert.equal(await read(soft), undefined);
    await client.restoreUsers([soft]);
    await refused(() => client.restoreUsers([hard]), 4);
  },
  async deleteUsers() {
    const ids = await people(2);
    const { task_id } = await client.deleteUsers(ids, { user: "soft", messages: "soft" });
    const { result } = await finished(task_id);
    assert.deepEqual(result[ids[0]], { status: "ok" });
    await refused(() => client.upsertUser({ id: ids[0] }), 16);
  },
  async restoreUsers() {
    const ids = await people(1);
    await finished((await client.deleteUsers(ids, { user: "soft" })).task_id);
    await client.restoreUsers(ids);
    assert.equal((await read(ids[0])).color, "red");
  },
  async deactivateUser() {
    const [id] = await people(1);
    const { user } = await client.deactivateUser(id, { mark_messages_deleted: true, created_by_id: id });
    assert.match(user.deactivated_at, TIME);
    assert.equal(await read(id), undefined);
    assert.equal((await read(id, { include_deactivated_users: true })).color, "red");
  },
  async reactivateUser() {
    const [id] = await people(1);
    await client.deactivateUser(id);
    const { user } = await client.reactivateUser(id, { restore_messages: true, name: "Back" });
    assert.deepEqual([user.name, user.deactivated_at], ["Back", undefined]);
  },
  async deactivateUsers() {
    const ids = await people(2);
    const { result } = await finished((await client.deactivateUsers(ids)).task_id);
    assert.deepEqual(
      result.users.map((user) => user.id),
      ids,
    );
    for (const user of result.users) assert.match(user.deactivated_at, TIME);
    assert.equal(result.users[0].color, "red");
  },
  async reactivateUsers() {
    const ids = await people(2);
    await finished((await client.deactivateUsers(ids)).task_id);
    await finished((await client.reactivateUsers(ids)).task_id);
    assert.equal((await read(ids[0])).deactivated_at, undefined);
  },
  async exportUser() {
    const [id] = await people(1);
    const { user, messages, reactions } = await client.exportUser(id);
    assert.deepEqual([user.id, user.color, messages, reactions], [id, "red", [], []]);
  },
  async exportUsers() {
    const ids = await people(2);
    const { result } = await finished((await client.exportUsers({ user_ids: ids })).task_id);
    const file = await (await fetch(result.url)).json();
    assert.deepEqual(
      file.users.map(({ user }) => user.id),
      ids,
    );
  },
  async getTask() {
    const ids = await people(1);
    const { task_id } = await client.deactivateUsers(ids);
    const task = await client.getTask(task_id);
    assert.deepEqual([task.task_id, typeof task.status], [task_id, "string"]);
    assert.match(task.created_at, TIME);
    await refused(() => client.getTask("nothing"), 16);
  },
  async banUser() {
    const [ann, moderator] = await people(2);
    await client.banUser(ann, { banned_by_id: moderator, timeout: 10, reason: "spam" });
    const { banned, ban_expires } = await read(ann);
    assert.equal(banned, true);
    assert.match(ban_expires, TIME);
    await client.banUser(ann, { user_id: moderator, type: "messaging", id: "general" });
    assert.equal((await client.queryBannedUsers({ channel_cid: "messaging:general" })).bans.length, 1);
  },
  async unbanUser() {
    const [ann, moderator] = await people(2);
    await client.banUser(ann, { banned_by_id: moderator });
    await client.unbanUser(ann, { user_id: moderator });
    assert.equal((await read(ann)).banned, false);
  },
  async shadowBan() {
    const [ann, moderator] = await people(2);
    await client.shadowBan(ann, { banned_by_id: moderator });
    const { banned, shadow_banned } = await read(ann);
    assert.deepEqual([banned, shadow_banned], [false, true]);
  },
  async removeShadowBan() {
    const [ann, moderator] = await people(2);
    await client.shadowBan(ann, { banned_by_id: moderator });
    await client.removeShadowBan(ann, { banned_by_id: moderator });
    assert.equal((await read(ann)).shadow_banned, false);
  },
  async queryBannedUsers() {
    const [ann, moderator] = await people(2);
    await client.banUser(ann, { banned_by_id: moderator, reason: "spam", timeout: 10 });
    const { bans } = await client.queryBannedUsers({ reason: { $autocomplete: "spa" } }, [{ created_at: -1 }], {
      limit: 5,
    });
    assert.deepEqual([bans[0].user.id, bans[0].banned_by.id, bans[0].user.color], [ann, moderator, "red"]);
    assert.match(bans[0].created_at, TIME);
    assert.match(bans[0].expires, TIME);
  },
  async queryFutureChannelBans() {
    const [ann, moderator] = await people(2);
    await client.banUser(ann, { banned_by_id: moderator, ban_from_future_channels: true });
    const { bans } = await client.queryFutureChannelBans({ user_id: moderator });
    assert.deepEqual([bans.length, bans[0].user.id], [1, ann]);
  },
  async blockUser() {
    const [ann, ben] = await people(2);
    const block = await client.blockUser(ben, ann);
    assert.deepEqual([block.blocked_by_user_id, block.blocked_user_id], [ann, ben]);
    assert.match(block.created_at, TIME);
    assert.deepEqual((await read(ann)).blocked_user_ids, [ben]);
  },
  async getBlockedUsers() {
    const [ann, ben] = await people(2);
    await client.blockUser(ben, ann);
    const { blocks } = await client.getBlockedUsers(ann);
    assert.deepEqual([blocks[0].blocked_user_id, blocks[0].blocked_user.color], [ben, "red"]);
  },
  async unBlockUser() {
    const [ann, ben] = await people(2);
    await client.blockUser(ben, ann);
    await client.unBlockUser(ben, ann);
    assert.deepEqual((await client.getBlockedUsers(ann)).blocks, []);
  },
  async muteUser() {
    const [ann, ben] = await people(2);
    const { mute, own_user } = await client.muteUser(ben, ann, { timeout: 10 });
    assert.deepEqual([mute.user.id, mute.target.id, mute.target.color], [ann, ben, "red"]);
    assert.match(mute.created_at, TIME);
    assert.match(mute.expires, TIME);
    assert.deepEqual([own_user.id, own_user.mutes.length], [ann, 1]);
  },
  async unmuteUser() {
    const [ann, ben] = await people(2);
    await client.muteUser(ben, ann);
    await client.unmuteUser(ben, ann);
    assert.deepEqual((await read(ann)).mutes, []);
  },
  async flagUser() {
    const [ann, ben] = await people(2);
    const { flag } = await client.flagUser(ben, { user_id: ann, reason: "spam" });
    assert.deepEqual([flag.user.id, flag.target_user.id, flag.reason], [ann, ben, "spam"]);
    assert.match(flag.created_at, TIME);
  },
  async unflagUser() {
    const [ann, ben] = await people(2);
    await client.flagUser(ben, { user_id: ann });
    const { flag } = await client.unflagUser(ben, { user_id: ann });
    assert.equal(flag.target_user.id, ben);
  },
  async revokeUserToken() {
    const [ann] = await people(1);
    const before = new Date();
    await client.revokeUserToken(ann, before);
    assert.equal(new Date((await read(ann)).revoke_tokens_issued_before).getTime(), before.getTime());
    await client.revokeUserToken(ann, null);
    assert.ok(!(await read(ann)).revoke_tokens_issued_before);
  },
  async revokeUsersToken() {
    const ids = await people(2);
    const { users } = await client.revokeUsersToken(ids, new Date());
    for (const id of ids) assert.match(users[id].revoke_tokens_issued_before, TIME);
  },
  async revokeTokens() {
    await client.revokeTokens(new Date());
    assert.match((await client.getAppSettings()).app.revoke_tokens_issued_before, TIME);
    await client.revokeTokens(null);
  },
  async createToken() {
    const [ann] = await people(1);
    const user = new StreamChat(apiKey, { baseURL, timeout: 30_000 });
    await user._setToken({ id: ann }, client.createToken(ann, Math.floor(Date.now() / 1000) + 60));
    user._setUser({ id: ann });
    const { users } = await user.queryUsers({ id: ann }, [], { presence: false });
    assert.equal(users[0].id, ann, "the token stands for the user");
    await refused(() => user.banUser("user-9"), 17);
  },
  async sendUserCustomEvent() {
    const [ann] = await people(1);
    assert.equal(typeof (await client.sendUserCustomEvent(ann, { type: "friendship", text: "hi" })).duration, "string");
    await refused(() => client.sendUserCustomEvent(ann, { type: "user.updated" }), 4);
  },
  async addDevice() {
    const [ann] = await people(1);
    await client.addDevice("token", "firebase", ann);
    assert.equal((await client.getDevices(ann)).devices.length, 1);
  },
  async getDevices() {
    const [ann] = await people(1);
    await client.addDevice("token", "apn", ann);
    const { devices } = await client.getDevices(ann);
    assert.deepEqual([devices[0].id, devices[0].push_provider], ["token", "apn"]);
    assert.match(devices[0].created_at, TIME);
  },
  async removeDevice() {
    const [ann] = await people(1);
    await client.addDevice("token", "firebase", ann);
    await client.removeDevice("token", ann);
    assert.deepEqual((await client.getDevices(ann)).devices, []);
  },
  async setPushPreferences() {
    const [ann] = await people(1);
    const { user_preferences } = await client.setPushPreferences([{ user_id: ann, chat_level: "mentions" }]);
    assert.equal(user_preferences[ann].chat_level, "mentions");
  },
  async getUnreadCount() {
    const [ann] = await people(1);
    const { total_unread_count, channels, threads } = await client.getUnreadCount(ann);
    assert.deepEqual([total_unread_count, channels, threads], [0, [], []]);
  },
  async getUnreadCountBatch() {
    const ids = await people(2);
    const { counts_by_user } = await client.getUnreadCountBatch(ids);
    assert.deepEqual(
      ids.map((id) => counts_by_user[id].total_unread_count),
      [0, 0],
    );
  },
  async markChannelsRead() {
    const [ann] = await people(1);
    await client.markChannelsRead({ user_id: ann });
  },
  async createUserGroup() {
    const [ann] = await people(1);
    const { user_group } = await client.createUserGroup({ id: "team", name: "Team", member_ids: [ann] });
    assert.deepEqual([user_group.id, user_group.members[0].user_id], ["team", ann]);
    assert.match(user_group.created_at, TIME);
  },
  async getUserGroup() {
    await client.createUserGroup({ id: "team", name: "Team" });
    assert.equal((await client.getUserGroup("team")).user_group.name, "Team");
  },
  async queryUserGroups() {
    await client.createUserGroup({ id: "team", name: "Team" });
    assert.deepEqual(
      (await client.queryUserGroups()).user_groups.map((group) => group.id),
      ["team"],
    );
  },
  async searchUserGroups() {
    await client.createUserGroup({ id: "team", name: "Team" });
    const { user_groups } = await client.searchUserGroups({ query: "te" });
    assert.deepEqual(
      user_groups.map((group) => group.id),
      ["team"],
    );
  },
  async updateUserGroup() {
    await client.createUserGroup({ id: "team", name: "Team" });
    assert.equal((await client.updateUserGroup("team", { name: "Crew" })).user_group.name, "Crew");
  },
  async deleteUserGroup() {
    await client.createUserGroup({ id: "team", name: "Team" });
    await client.deleteUserGroup("team");
    await refused(() => client.getUserGroup("team"), 16);
  },
  async addUserGroupMembers() {
    const ids = await people(2);
    await client.createUserGroup({ id: "team", name: "Team" });
    const { user_group } = await client.addUserGroupMembers("team", { member_ids: ids });
    assert.deepEqual(user_group.members.map((member) => member.user_id).sort(), ids);
  },
  async removeUserGroupMembers() {
    const ids = await people(2);
    await client.createUserGroup({ id: "team", name: "Team", member_ids: ids });
    const { user_group } = await client.removeUserGroupMembers("team", { member_ids: [ids[0]] });
    assert.deepEqual(
      user_group.members.map((member) => member.user_id),
      [ids[1]],
    );
  },
  async createRole() {
    await client.createRole("editor");
    assert.ok((await client.listRoles()).roles.some((role) => role.name === "editor" && role.custom));
  },
  async listRoles() {
    const { roles } = await client.listRoles();
    for (const role of roles) assert.match(role.created_at, TIME);
    assert.ok(roles.some((role) => role.name === "admin"));
  },
  async searchRoles() {
    const { roles } = await client.searchRoles({ query: "adm" });
    assert.ok(roles.some((role) => role.name === "admin"));
  },
  async deleteRole() {
    await client.createRole("editor");
    await client.deleteRole("editor");
    assert.ok(!(await client.listRoles()).roles.some((role) => role.name === "editor"));
  },
  async createPermission() {
    await client.createPermission({ id: "rename", name: "Rename", action: "UpdateUser", condition: {} });
    assert.equal((await client.getPermission("rename")).permission.action, "UpdateUser");
  },
  async getPermission() {
    const { permission } = await client.getPermission("update-user-owner");
    assert.deepEqual([permission.action, permission.owner, permission.custom], ["UpdateUser", true, false]);
  },
  async updatePermission() {
    await client.createPermission({ id: "rename", name: "Rename", action: "UpdateUser", condition: {} });
    await client.updatePermission("rename", { name: "Rename all", action: "UpdateUser", condition: {} });
    assert.equal((await client.getPermission("rename")).permission.name, "Rename all");
  },
  async deletePermission() {
    await client.createPermission({ id: "rename", name: "Rename", action: "UpdateUser", condition: {} });
    await client.deletePermission("rename");
    await refused(() => client.getPermission("rename"), 16);
  },
  async listPermissions() {
    const { permissions } = await client.listPermissions();
    assert.ok(permissions.some((permission) => permission.id === "ban-user"));
  },
  async getAppSettings() {
    assert.equal(typeof (await client.getAppSettings()).app.name, "string");
  },
  async updateAppSettings() {
    await client.updateAppSettings({ enforce_unique_usernames: "app" });
    await client.upsertUser({ id: "ann", name: "Ann" });
    await refused(() => client.upsertUser({ id: "ben", name: "Ann" }), 6);
  },
  async testPushSettings() {
    const [ann] = await people(1);
    const { general_errors } = await client.testPushSettings(ann, { skipDevices: true });
    assert.equal(general_errors.length, 1);
  },
  async testSQSSettings() {
    assert.equal((await client.testSQSSettings({ sqs_url: "https://example.com/q" })).status, "error");
  },
  async testSNSSettings() {
    assert.equal((await client.testSNSSettings({ sns_topic_arn: "arn:x" })).status, "error");
  },
  async getRateLimits() {
    const { server_side } = await client.getRateLimits({ serverSide: true, endpoints: ["QueryUsers"] });
    assert.deepEqual([typeof server_side.QueryUsers.limit, typeof server_side.QueryUsers.reset], ["number", "number"]);
  },
  async upsertPushProvider() {
    const provider = { name: "main", type: "firebase", firebase_credentials: "{}" };
    const { push_provider } = await client.upsertPushProvider(provider);
    assert.equal(push_provider.name, "main");
    assert.match(push_provider.created_at, TIME);
  },
  async listPushProviders() {
    await client.upsertPushProvider({ name: "main", type: "firebase", firebase_credentials: "{}" });
    assert.deepEqual(
      (await client.listPushProviders()).push_providers.map(({ name }) => name),
      ["main"],
    );
  },
  async deletePushProvider() {
    await client.upsertPushProvider({ name: "main", type: "firebase", firebase_credentials: "{}" });
    await client.deletePushProvider({ type: "firebase", name: "main" });
    assert.deepEqual((await client.listPushProviders()).push_providers, []);
  },
  async createBlockList() {
    await client.createBlockList({ name: "rude", words: ["heck"] });
    assert.deepEqual((await client.getBlockList("rude")).blocklist.words, ["heck"]);
  },
  async getBlockList() {
    await client.createBlockList({ name: "rude", words: ["heck"] });
    assert.match((await client.getBlockList("rude")).blocklist.created_at, TIME);
  },
  async listBlockLists() {
    await client.createBlockList({ name: "rude", words: ["heck"] });
    assert.ok((await client.listBlockLists()).blocklists.some((list) => list.name === "rude"));
  },
  async updateBlockList() {
    await client.createBlockList({ name: "rude", words: ["heck"] });
    await client.updateBlockList("rude", { words: ["darn"] });
    assert.deepEqual((await client.getBlockList("rude")).blocklist.words, ["darn"]);
  },
  async deleteBlockList() {
    await client.createBlockList({ name: "rude", words: ["heck"] });
    await client.deleteBlockList("rude");
    await refused(() => client.getBlockList("rude"), 16);
  },
  async listChannelTypes() {
    assert.deepEqual((await client.listChannelTypes()).channel_types, {});
  },
};

for (const [name, show] of Object.entries(METHODS)) test(`stream-chat, server side: ${name}`, show);

// Methods whose name speaks of what users have, and which are about something else: sockets (shown with connecting), channels,
// messages, or nothing that is sent.
const NOT_HERE = new Set([
  "connectAnonymousUser",
  "connectUser",
  "createAbortControllerForNextRequest",
  "createUserSegment",
  "devToken",
  "disconnectUser",
  "getUserAgent",
  "queryTeamUsageStats",
  "setAnonymousUser",
  "setGuestUser",
  "setLocalDevice",
  "setUser",
  "setUserAgent",
  "userMuteStatus",
]);

test("stream-chat, server side: every public method about users is shown", () => {
  const about = /user|device|role|permission|push|ban(?!ner)|token|unreadcount|blocklist|task|ratelimit|appsettings/i;
  const names = [...Object.getOwnPropertyNames(StreamChat.prototype), ...Object.keys(client)];
  const methods = names.filter(
    (name) => typeof client[name] === "function" && !name.startsWith("_") && about.test(name),
  );
  assert.ok(methods.length > 50, String(methods));
  assert.deepEqual(
    methods.filter((name) => !Object.hasOwn(METHODS, name) && !NOT_HERE.has(name)),
    [],
  );
});

test("stream-chat, server side: chat requests are refused with a message that says so", async () => {
  await assert.rejects(
    () => client.channel("messaging", "general", { created_by_id: "ann" }).create(),
    /is an endpoint of chat, and this is an emulator of Stream's users; it has users, guests, bans/,
  );
});

test("stream-chat, server side: errors are Stream's", async () => {
  await assert.rejects(
    () => client.upsertUser({ id: "no spaces here" }),
    (error) =>
      error.message.startsWith("StreamChat error code 4: UpdateUsers failed with error:") && error.status === 400,
  );
});
