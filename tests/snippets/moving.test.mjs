// The two columns of the guides for people who come from another package: each pair runs, the left with that package and the
// right with this one, on emulators with the same users, and both ask the API for the same.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import test, { after, before } from "node:test";
import * as official from "@stream-io/node-sdk";
import * as own from "getstream-users";
import { StreamChat } from "stream-chat";
import { startEmulator } from "../support/emulator.mjs";
import { repository } from "../support/paths.mjs";

/** The pairs of a guide: the rows of its tables with two cells of code. */
function pairsOf(file) {
  const rows = readFileSync(path.join(repository, file), "utf8").matchAll(/^\| `([^`]+)` \| `([^`]+)` \|$/gm);
  return [...rows].map(([, theirs, ours]) => ({ theirs, ours }));
}

const EVENT = JSON.stringify({ type: "user.deleted", created_at: "2026-01-01T00:00:00Z", user: { id: "ada" } });
const AsyncFunction = (async () => {}).constructor;
let emulators;

before(async () => {
  const start = () => startEmulator(["--task-duration", "0", "--id-seed", "1"]);
  const [left, right] = await Promise.all([start(), start()]);
  emulators = { left, right };
});
after(() => Promise.all([emulators.left.stop(), emulators.right.stop()]));

async function control(emulator, method, name, data) {
  const headers = { "content-type": "application/json" };
  const init = data === undefined ? { method } : { method, headers, body: JSON.stringify(data) };
  const response = await fetch(`${emulator.url}/__emulator/${name}`, init);
  assert.ok(response.ok, `${name}: ${response.status}`);
  return response.json();
}

/** Runs a cell with the names that the guides use; returns what it asked the API for, and what it made of it. */
async function ran(code, emulator, client, StreamClient) {
  await control(emulator, "POST", "reset");
  const users = ["ada", "bob", { id: "gone", deactivated: true }, { id: "deleted", deleted: "soft" }];
  await control(emulator, "POST", "seed", { users });
  const server = new own.StreamClient(emulator.apiKey, emulator.apiSecret, { basePath: emulator.url, timeout: 30_000 });
  const { task_id } = await server.exportUsers({ user_ids: ["ada"] });
  await control(emulator, "DELETE", "requests");
  const seen = [];
  const names = {
    client,
    StreamClient,
    apiKey: emulator.apiKey,
    secret: emulator.apiSecret,
    id: task_id,
    body: EVENT,
    signature: createHmac("sha256", emulator.apiSecret).update(EVENT).digest("hex"),
    message: Buffer.from(EVENT).toString("base64"),
    notification: JSON.stringify({ Type: "Notification", Message: Buffer.from(EVENT).toString("base64") }),
    before: new Date("2026-01-01T00:00:00Z"),
    exp: 4_000_000_000,
    seen: (value) => seen.push(value),
  };
  const body = /^(let|try) /.test(code) ? code : `return ${code}`;
  const value = await new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
  const { requests } = await control(emulator, "GET", "requests");
  const asked = requests.map(({ operation }) => operation.replace(/^DeleteUser$/, "DeleteUsers"));
  return { value, seen, asked, users: await everybody(server) };
}

/** Every user as it is afterwards, but for times. */
async function everybody(server) {
  const { users } = await server.queryUsers({
    payload: { filter_conditions: {}, sort: [{ field: "id", direction: 1 }], include_deactivated_users: true },
  });
  return users.map(({ id, name, role, custom, banned, shadow_banned, deactivated_at, devices, mutes }) => {
    const counts = { devices: devices.length, mutes: mutes.length, isDeactivated: deactivated_at !== undefined };
    // A guest's id is made up, though by the same seed.
    return { id: role === "guest" ? "guest" : id, name, role, custom, banned, shadow_banned, ...counts };
  });
}

const GUIDES = {
  "docs/moving-from-node-sdk.md": ({ url, apiKey, apiSecret }) =>
    new official.StreamClient(apiKey, apiSecret, { basePath: url, timeout: 30_000 }),
  "docs/moving-from-stream-chat.md": ({ url, apiKey, apiSecret }) =>
    new StreamChat(apiKey, apiSecret, { baseURL: url, timeout: 30_000 }),
};

for (const [file, clientOf] of Object.entries(GUIDES)) {
  for (const { theirs, ours } of pairsOf(file)) {
    if (!/client\.|new /.test(theirs)) continue;
    test(`${path.basename(file)}: ${theirs}`, async () => {
      const { left, right } = emulators;
      const client = new own.StreamClient(right.apiKey, right.apiSecret, { basePath: right.url, timeout: 30_000 });
      const before = await ran(theirs, left, clientOf(left), official.StreamClient);
      const after = await ran(ours, right, client, own.StreamClient);
      assert.deepEqual(new Set(after.asked), new Set(before.asked));
      assert.deepEqual(after.users, before.users);
      assert.deepEqual(after.seen, before.seen);
      if (!["object", "undefined"].includes(typeof before.value)) assert.equal(typeof after.value, typeof before.value);
      if (typeof before.value === "boolean") assert.equal(after.value, before.value);
      if (before.value?.type !== undefined) assert.equal(after.value.type, before.value.type);
    });
  }
}

test("every pair in the guides is run", () => {
  for (const file of Object.keys(GUIDES)) assert.ok(pairsOf(file).length > 15, file);
});
