// The life of a user, one operation after the other, with the API in the environment:
//
//   STREAM_API_KEY=… STREAM_API_SECRET=… node quickstart.mjs
//
// All ids are new, and the script removes what it created, so it may run on an app in use.
import { randomUUID } from "node:crypto";
import { StreamClient } from "getstream-users";

const { STREAM_API_KEY: apiKey, STREAM_API_SECRET: secret, STREAM_BASE_URL: basePath } = process.env;
if (!apiKey || !secret) throw new Error("set STREAM_API_KEY and STREAM_API_SECRET to those of your app");

const options = basePath ? { basePath } : {};
const client = new StreamClient(apiKey, secret, options);
const run = randomUUID().slice(0, 8);
const [ada, grace, alan] = ["ada", "grace", "alan"].map((name) => `${name}-${run}`);
const wait = { pollInterval: 250, timeout: 120_000 };
let guest;

function say(step, outcome) {
  console.log(`${step.padEnd(24)}${outcome}`);
}

async function finished(task_id) {
  const task = await client.waitForTask(task_id, wait);
  return `task ${task.status} after ${(task.updated_at - task.created_at) / 1000} s`;
}

async function createAndChange() {
  const created = await client.upsertUsers([
    { id: ada, name: "Ada", custom: { color: "green", city: "London" } },
    { id: grace, name: "Grace" },
    { id: alan, name: "Alan" },
  ]);
  const { name, created_at } = created.users[ada];
  say("create", `${Object.keys(created.users).length} users, ${name} at ${created_at.toISOString()}`);

  const replaced = await client.upsertUsers([{ id: ada, name: "Ada Lovelace", custom: { color: "blue" } }]);
  say("replace", `${replaced.users[ada].name}, custom data is now ${JSON.stringify(replaced.users[ada].custom)}`);

  const changed = await client.updateUsersPartial({
    users: [{ id: ada, set: { role: "admin", field: "mathematics" }, unset: ["color"] }],
  });
  const { role, custom } = changed.users[ada];
  say("partial update", `role ${role}, custom data is now ${JSON.stringify(custom)}`);
}

async function findAndInvite() {
  const { users, metadata } = await client.queryUsers({
    payload: { filter_conditions: { id: { $in: [ada, grace, alan] } }, sort: [{ field: "id", direction: 1 }] },
  });
  const { rateLimitRemaining } = metadata.rateLimit;
  say("query", `${users.map((user) => user.name).join(", ")}; ${rateLimitRemaining} requests left in this minute`);

  const invited = await client.createGuest({ user: { id: `guest-${run}`, name: "A visitor" } });
  guest = invited.user.id;
  say("guest", `${guest}, role ${invited.user.role}, with a token of its own`);

  const token = client.generateUserToken({ user_id: ada, validity_in_seconds: 60 });
  const asAda = StreamClient.withToken(apiKey, token, options);
  say("token", `${token.slice(0, 12)}… makes a client for ${asAda.userId}`);
}

async function deactivateAndReactivate() {
  const one = await client.deactivateUser({ user_id: ada });
  say("deactivate one", `${ada} since ${one.user.deactivated_at.toISOString()}`);

  const many = await client.deactivateUsers({ user_ids: [grace, alan] });
  say("deactivate many", await finished(many.task_id));

  const back = await client.reactivateUser({ user_id: ada });
  say("reactivate one", `${ada} is ${back.user.deactivated_at ? "still deactivated" : "active again"}`);

  const allBack = await client.reactivateUsers({ user_ids: [grace, alan] });
  say("reactivate many", await finished(allBack.task_id));
}

async function exportData() {
  const one = await client.exportUser({ user_id: ada });
  say("export one", `${one.user.name} with ${one.messages?.length ?? 0} messages`);

  const many = await client.exportUsers({ user_ids: [ada, grace] });
  const task = await client.waitForTask(many.task_id, wait);
  say("export many", `task ${task.status}, file at ${new URL(task.result.url).origin}/…`);
}

async function deleteAndRestore() {
  const soft = await client.deleteUsers({ user_ids: [ada], user: "soft", messages: "soft" });
  say("delete, softly", await finished(soft.task_id));

  await client.restoreUsers({ user_ids: [ada] });
  const { users } = await client.queryUsers({ payload: { filter_conditions: { id: ada } } });
  say("restore", `${users[0]?.name ?? "nobody"} is back`);
}

async function cleanUp() {
  const user_ids = [ada, grace, alan, ...(guest ? [guest] : [])];
  const gone = await client.deleteUsers({
    user_ids,
    user: "hard",
    messages: "hard",
    conversations: "hard",
    files: true,
  });
  say("delete for good", `${user_ids.length} users, ${await finished(gone.task_id)}`);
}

try {
  await createAndChange();
  await findAndInvite();
  await deactivateAndReactivate();
  await exportData();
  await deleteAndRestore();
} finally {
  await cleanUp();
}
