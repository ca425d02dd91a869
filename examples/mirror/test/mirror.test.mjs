// Runs of the Worker in workerd, with its database, and the emulator of Stream's API in STREAM_BASE_URL.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after, before, beforeEach } from "node:test";
import { StreamClient } from "getstream-users";
import { bundle, run } from "./deployed.mjs";

const { STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET } = process.env;
if (!STREAM_BASE_URL) throw new Error("STREAM_BASE_URL is not set: npx getstream-users emulator exec -- npm test");

const client = StreamClient.fromEnv();
let worker;
let night = Date.parse("2026-11-28T03:00:00Z");

before(async () => {
  await bundle();
  worker = await run({ STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET });
  const migration = await readFile(new URL("../migrations/0001_accounts.sql", import.meta.url), "utf8");
  const statements = migration.replaceAll(/^--.*$/gm, "").split(";");
  await worker.database.batch(
    statements.filter((text) => text.trim() !== "").map((text) => worker.database.prepare(text)),
  );
});
after(() => worker.stop());
beforeEach(async () => {
  await control("POST", "reset");
  await sql("DELETE FROM accounts");
});

const sql = (text, ...values) =>
  worker.database
    .prepare(text)
    .bind(...values)
    .run();

async function control(method, what, body) {
  const init = { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) };
  const response = await fetch(`${STREAM_BASE_URL}/__emulator/${what}`, init);
  assert.ok(response.ok, await response.text());
}

/** So many accounts, whose ids begin with a letter. */
async function accounts(count, letter = "a") {
  const insert = worker.database.prepare("INSERT INTO accounts (id, name) VALUES (?, ?)");
  const rows = Array.from({ length: count }, (_, index) => insert.bind(`${letter}${index}`, `User ${index}`));
  await worker.database.batch(rows);
}

/** One night: how Cloudflare sees it end, and what the Worker noted. */
async function aNight() {
  night += 86_400_000;
  const { outcome } = await worker.scheduled({ scheduledTime: new Date(night), cron: "0 3 * * *" });
  const started = new Date(night).toISOString();
  const row = await worker.database.prepare("SELECT * FROM mirror_runs WHERE started_at = ?").bind(started).first();
  const { started_at: _, ...run } = row;
  return { outcome, ...run };
}

const DONE = { outcome: "ok", created: 0, changed: 0, reactivated: 0, deactivated: 0, failed: 0, problem: null };

const user = async (id) => {
  const payload = { filter_conditions: { id }, include_deactivated_users: true };
  return (await client.queryUsers({ payload })).users[0];
};

test("accounts become users, over several pages, and a second night changes nothing", async () => {
  await accounts(2_050);
  assert.deepEqual(await aNight(), { ...DONE, created: 2_050 });
  const { name, custom } = await user("a2049");
  assert.deepEqual({ name, custom }, { name: "User 2049", custom: { plan: "free" } });
  assert.deepEqual(await aNight(), DONE);
});

test("what differs is changed, and what the table does not say of a user stays", async () => {
  await accounts(3);
  await aNight();
  await client.updateUsersPartial({ users: [{ id: "a1", set: { mood: "fine", language: "de" } }] });
  await sql("UPDATE accounts SET plan = 'pro', avatar = 'https://img.example/1.png' WHERE id = 'a1'");
  assert.deepEqual(await aNight(), { ...DONE, changed: 1 });
  const { image, language, custom } = await user("a1");
  assert.deepEqual(
    { image, language, custom },
    { image: "https://img.example/1.png", language: "de", custom: { plan: "pro", mood: "fine" } },
  );
});

test("users whose account is gone are deactivated, and come back with it", async () => {
  await accounts(20);
  await aNight();
  await sql("DELETE FROM accounts WHERE id = 'a7'");
  assert.deepEqual(await aNight(), { ...DONE, deactivated: 1 });
  assert.ok((await user("a7")).deactivated_at);
  assert.deepEqual(await aNight(), DONE);

  await sql("INSERT INTO accounts (id, name) VALUES ('a7', 'User 7')");
  assert.deepEqual(await aNight(), { ...DONE, reactivated: 1 });
  assert.equal((await user("a7")).deactivated_at, undefined);
});

test("an emptied table deactivates nobody, and the night counts as failed", async () => {
  await accounts(20);
  await aNight();
  await sql("DELETE FROM accounts");
  const { outcome, deactivated, problem } = await aNight();
  assert.deepEqual({ outcome, deactivated }, { outcome: "exception", deactivated: 0 });
  assert.match(problem, /the list lacks 20 of 20 users/);
  assert.equal((await user("a0")).deactivated_at, undefined);
});

test("a night that Stream refuses is made up for by the next", async () => {
  await accounts(5);
  await control("POST", "faults", { operation: "UpdateUsers", times: 1, fault: { status: 403 } });
  const { outcome, problem } = await aNight();
  assert.equal(outcome, "exception");
  assert.match(problem, /UpdateUsers/);
  assert.deepEqual(await aNight(), { ...DONE, created: 5 });
});

test("a user that Stream refuses is counted, and the others succeed", async () => {
  await accounts(12);
  await client.upsertUsers([{ id: "a3" }]);
  await client.waitForTask((await client.deleteUsers({ user_ids: ["a3"], user: "soft" })).task_id, {
    pollInterval: 10,
  });
  assert.deepEqual(await aNight(), { ...DONE, created: 11, failed: 1 });
});
