// The other commands: jobs on ids, queries, exports, tokens, tasks, webhooks and the doctor.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { StreamClient } from "getstream-users";
import { folderWith } from "../support/folder.mjs";
import { firstLine, start } from "../support/process.mjs";
import { environmentOf, program, run, startPackagedEmulator } from "../support/program.mjs";

let emulator;
let client;
let env;
before(async () => {
  emulator = await startPackagedEmulator(["--strict"]);
  env = environmentOf(emulator);
  client = new StreamClient(emulator.apiKey, emulator.apiSecret, { basePath: emulator.url, timeout: 30_000 });
});
after(() => emulator.stop());

const exists = async (id) => (await client.queryUsers({ payload: { filter_conditions: { id } } })).users.length === 1;

test("deactivate, reactivate, delete and restore take ids from the command line and from files", async (t) => {
  await client.upsertUsers([{ id: "ida" }, { id: "idb" }, { id: "idc" }]);
  const cwd = await folderWith(t, { "ids.txt": "ida\n\nidb\n", "ids.csv": "name,id\nX,idc\n" });
  const done = async (...args) => {
    const { code, stdout, stderr } = await run([...args, "--json"], { cwd, env });
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  };
  assert.equal((await done("deactivate", "ida", "idb")).deactivated, 2);
  assert.equal(await exists("ida"), false);
  assert.equal((await done("reactivate", "--file", "ids.txt")).reactivated, 2);
  assert.equal(await exists("ida"), true);
  assert.equal((await done("delete", "--file", "ids.csv", "--yes")).deleted, 1);
  assert.equal((await done("restore", "idc")).restored, 1);
  assert.equal((await done("delete", "--hard", "idc", "--yes")).deleted, 1);
  const { code, stderr } = await run(["restore", "idc"], { cwd, env });
  assert.equal(code, 1);
  assert.match(stderr, /refused idc: /);
});

test("delete asks for confirmation, and does nothing without a terminal", async () => {
  await client.upsertUsers([{ id: "asked" }]);
  const { code, stderr } = await run(["delete", "asked"], { env });
  assert.equal(code, 2);
  assert.match(stderr, /Delete 1 user softly\? There is no terminal to ask at; pass --yes/);
  assert.equal(await exists("asked"), true);
});

test("query prints complete cells into a pipe, and one line of JSON per user", async () => {
  await client.upsertUsers([
    { id: "qa", name: "Ada \u001b[31mred\n", custom: { color: "green", note: "x".repeat(200) } },
    { id: "qb", name: "ボブ" },
  ]);
  const filter = JSON.stringify({ id: { $in: ["qa", "qb"] } });
  const { stdout, stderr, code } = await run(["query", filter, "--fields", "id,name,custom.color,custom.note"], {
    env,
  });
  assert.equal(code, 0, stderr);
  const [head, first] = stdout.split("\n");
  assert.match(head, /^id {2}name +custom\.color {2}custom\.note$/);
  assert.match(first, /^qa {2}Ada {2}\[31mred +green +x{200}$/);
  const json = await run(["query", filter, "--json", "--sort", "-id"], { env });
  assert.deepEqual(
    json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id),
    ["qb", "qa"],
  );
  assert.equal((await run(["query", "{role:admin}"], { env })).code, 2);
});

test("export by id downloads the file of the task", async (t) => {
  await client.upsertUsers([{ id: "gdpr" }]);
  const cwd = await folderWith(t);
  const { code, stderr } = await run(["export", "gdpr", "--output", "data"], { cwd, env });
  assert.equal(code, 0, stderr);
  assert.deepEqual(await readdir(path.join(cwd, "data")), ["export-1.json"]);
});

test("tokens are minted, read and verified", async () => {
  const minted = await run(["token", "mint", "ada", "--for", "2h", "--claim", 'team="red"', "--json"], { env });
  const { token, claims } = JSON.parse(minted.stdout);
  assert.deepEqual([claims.user_id, claims.team], ["ada", "red"]);
  assert.equal(client.verifyToken(token).user_id, "ada");
  const verified = await run(["token", "verify", token], { env });
  assert.match(verified.stdout, /^valid: for user ada, until /);
  const read = await run(["token", "inspect", "-"], { input: token });
  assert.equal(JSON.parse(read.stdout).user_id, "ada");
  const forged = await run(["token", "verify", `${token.slice(0, -3)}abc`], { env });
  assert.equal(forged.code, 3);
  assert.equal((await run(["token", "mint", "ada", "--for", "soon"], { env })).code, 2);
});

test("task shows a task, and waits for it", async () => {
  await client.upsertUsers([{ id: "tasked" }]);
  const { task_id } = await client.deactivateUsers({ user_ids: ["tasked"] });
  const { code, stdout, stderr } = await run(["task", task_id, "--wait", "--json"], { env });
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).status, "completed");
  assert.equal((await run(["task", "nosuchtask"], { env })).code, 4);
});

test("webhook verify accepts a body that Stream signed and refuses any other", async (t) => {
  const body = JSON.stringify({ type: "user.updated", user: { id: "ada" }, created_at: "2026-01-01T00:00:00Z" });
  const cwd = await folderWith(t, { "body.json": body });
  const signature = createHmac("sha256", emulator.apiSecret).update(body).digest("hex");
  const good = await run(["webhook", "verify", "body.json", "--signature", signature], { cwd, env });
  assert.deepEqual([good.code, good.stdout], [0, "valid: user.updated\n"], good.stderr);
  const bad = await run(["webhook", "verify", "body.json", "--signature", "00"], { cwd, env });
  assert.equal(bad.code, 1);
});

test("webhook listen registers a hook while it runs, and prints its events", async (t) => {
  const child = start(process.execPath, [program, "webhook", "listen", "--register", "--json"], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  t.after(() => child.kill("SIGKILL"));
  await firstLine(child, child.stderr, (line) => line.match(/^receiving at (\S+),/)?.[1]);
  await client.upsertUsers([{ id: "hooked" }]);
  await client.updateUsersPartial({ users: [{ id: "hooked", set: { name: "H" } }] });
  const event = await firstLine(child, child.stdout, (line) => JSON.parse(line));
  assert.match(event.type, /^user\./);
  child.kill("SIGINT");
  await ended;
  assert.deepEqual((await client.getApp()).app.event_hooks ?? [], []);
});

test("doctor reports no problem when there is none, and names each problem", async () => {
  const well = await run(["doctor", "--json"], { env });
  assert.equal(well.code, 0, well.stdout);
  assert.ok(JSON.parse(well.stdout).checks.length >= 5);
  const wrong = await run(["doctor", "--json"], { env: { ...env, STREAM_API_SECRET: "another" } });
  assert.equal(wrong.code, 1);
  const check = JSON.parse(wrong.stdout).checks.find(({ state }) => state === "wrong");
  assert.match(check.message, /the secret does not belong to this key/);
});
