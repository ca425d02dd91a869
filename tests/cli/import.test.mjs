// `import`, `update` and `sync`: users from files, refusals by row number, and a kill in the middle.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { StreamClient } from "getstream-users";
import { folderWith } from "../support/folder.mjs";
import { environmentOf, run, startPackagedEmulator } from "../support/program.mjs";

let emulator;
let client;
let env;
before(async () => {
  emulator = await startPackagedEmulator();
  env = environmentOf(emulator);
  client = new StreamClient(emulator.apiKey, emulator.apiSecret, { basePath: emulator.url, timeout: 30_000 });
});
after(() => emulator.stop());

const user = async (id) => (await client.queryUsers({ payload: { filter_conditions: { id } } })).users[0];
const lines = (text) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test("a CSV's columns become fields and custom data according to the mapping", async (t) => {
  const cwd = await folderWith(t, {
    "users.csv":
      '\uFEFFid,Full name,teams,E-Mail,age,vip,internal\ncsv-a,"Ada, Countess",red;blue,a@x.org,36,yes,x\ncsv-b,Bob,,,,,\n',
  });
  const maps = [
    "Full name=name",
    "E-Mail=custom.email",
    "age=custom.age:number",
    "vip=custom.vip:boolean",
    "internal=",
  ];
  const args = ["import", "users.csv", ...maps.flatMap((map) => ["--map", map]), "--json"];
  const { code, stdout, stderr } = await run(args, { cwd, env });
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).imported, 2);
  const ada = await user("csv-a");
  assert.deepEqual([ada.name, ada.teams], ["Ada, Countess", ["red", "blue"]]);
  assert.deepEqual(ada.custom, { email: "a@x.org", age: 36, vip: true });
  // Empty cells are ignored.
  assert.deepEqual((await user("csv-b")).custom, {});
});

test("JSON, NDJSON and stdin are read, and invalid rows are refused by number", async (t) => {
  const people = [{ id: "json-a", custom: { pet: "cat" }, color: "red" }, { name: "nobody" }, 7, { id: "json-b" }];
  const cwd = await folderWith(t, {
    "users.json": JSON.stringify(people),
    "users.ndjson": `\n${people.map((one) => JSON.stringify(one)).join("\n")}\n`,
  });
  for (const [args, rows, input] of [
    [["users.json"], [2, 3]],
    [["users.ndjson"], [3, 4]],
    [["-", "--format", "ndjson"], [2, 3], people.map((one) => JSON.stringify(one)).join("\n")],
  ]) {
    const { code, stdout, stderr } = await run(["import", ...args, "--json"], { cwd, env, input });
    assert.equal(code, 1, stderr);
    const { imported, refusals } = JSON.parse(stdout);
    assert.equal(imported, 2);
    assert.deepEqual(
      refusals.map(({ row }) => row),
      rows,
    );
  }
  assert.deepEqual((await user("json-a")).custom, { pet: "cat", color: "red" });
});

test("a dry run reads everything and sends nothing", async (t) => {
  const cwd = await folderWith(t, { "users.csv": "id,age\ndry-a,3\ndry-b,x\n" });
  const args = ["import", "users.csv", "--map", "age=custom.age:number", "--dry-run", "--json"];
  const { stdout } = await run(args, { cwd });
  const { good, refusals } = JSON.parse(stdout);
  assert.equal(good, 1);
  assert.match(refusals[0].reason, /age must be a number, but was "x"/);
  assert.equal(await user("dry-a"), undefined);
  assert.equal(existsSync(path.join(cwd, "users.csv.checkpoint")), false);
});

test("update changes the fields of the file and leaves the others", async (t) => {
  await client.upsertUsers([{ id: "up-a", name: "Ada", custom: { color: "red", pet: "cat" } }]);
  const cwd = await folderWith(t, { "users.csv": "id,color\nup-a,green\n" });
  const { code, stderr } = await run(["update", "users.csv", "--unset", "pet"], { cwd, env });
  assert.equal(code, 0, stderr);
  const { name, custom } = await user("up-a");
  assert.deepEqual([name, custom], ["Ada", { color: "green" }]);
});

test("an export can be imported again", async (t) => {
  await client.upsertUsers([{ id: "round-a", name: '=cmd, "x"', custom: { a: 1, b: ["c"] } }]);
  const cwd = await folderWith(t);
  for (const file of ["out.csv", "out.ndjson"]) {
    const filter = JSON.stringify({ id: "round-a" });
    assert.equal((await run(["export", "--filter", filter, "--output", file], { cwd, env })).code, 0);
    const { code, stderr } = await run(["import", file], { cwd, env });
    assert.equal(code, 0, stderr);
    assert.deepEqual((await user("round-a")).custom, { a: 1, b: ["c"] }, file);
  }
});

test("sync makes a plan, applies it, and changes nothing the second time", async (t) => {
  const cwd = await folderWith(t, { "users.csv": "id,name\nsync-a,Ada\nsync-b,Bob\n" });
  await client.upsertUsers([{ id: "sync-b", name: "Bert" }]);
  const plan = await run(["sync", "users.csv", "--dry-run", "--json"], { cwd, env });
  assert.deepEqual(lines(plan.stdout).slice(0, 2), [
    { id: "sync-a", action: "create" },
    { id: "sync-b", action: "change", set: { name: "Bob" } },
  ]);
  const count = async () => {
    const { created, changed, unchanged } = JSON.parse(
      (await run(["sync", "users.csv", "--json"], { cwd, env })).stdout,
    );
    return [created, changed, unchanged];
  };
  assert.deepEqual(await count(), [1, 1, 0]);
  assert.deepEqual(await count(), [0, 0, 2]);
});

test("sync removes nobody if a row cannot be read, nor more than a tenth without --allow-many", async (t) => {
  const cwd = await folderWith(t, { "users.csv": "id,name\nsync-a,Ada\n,Nobody\n", "one.csv": "id\nsync-a\n" });
  const broken = await run(["sync", "users.csv", "--missing", "delete", "--yes"], { cwd, env });
  assert.equal(broken.code, 1);
  assert.match(broken.stderr, /row 3 has no id/);
  const many = await run(["sync", "one.csv", "--missing", "delete", "--yes"], { cwd, env });
  assert.equal(many.code, 1);
  assert.match(many.stderr, /more than a tenth, .*--allow-many/);
  assert.ok(await user("sync-b"));
});

/** How many users the kill is tried with; `IMPORT_USERS=100000` tries more than CI has time for. */
const COUNT = Number(process.env.IMPORT_USERS ?? 5000);
const isBad = (index) => index % 100 === 7;

test(`${COUNT} users with 1 % refused and a kill in the middle: nothing is lost or reported twice`, async (t) => {
  const rows = Array.from(
    { length: COUNT },
    (_, index) => `kill-${index},${isBad(index) ? "nosuch" : "user"},${index}`,
  );
  const cwd = await folderWith(t, { "users.csv": `id,role,number\n${rows.join("\n")}\n` });
  const args = ["import", "users.csv", "--report", "refused.ndjson", "--concurrency", "2"];
  const checkpoint = path.join(cwd, "users.csv.checkpoint");
  const killed = await run(args, {
    cwd,
    env,
    onStart(child) {
      const timer = setInterval(() => {
        if (!existsSync(checkpoint)) return;
        clearInterval(timer);
        child.kill("SIGKILL");
      }, 5);
    },
  });
  assert.equal(killed.signal, "SIGKILL", killed.stderr);
  assert.ok(JSON.parse(readFileSync(checkpoint, "utf8")).done < COUNT * 0.9);

  const again = await run(args, { cwd, env });
  assert.equal(again.code, 2);
  assert.match(again.stderr, /--resume continues from there, --restart starts again/);

  const { code, stdout, stderr } = await run([...args, "--resume", "--json"], { cwd, env });
  assert.equal(code, 1, stderr);
  const bad = rows.map((_, index) => index).filter(isBad);
  assert.deepEqual(
    lines(readFileSync(path.join(cwd, "refused.ndjson"), "utf8"))
      .map(({ row, id }) => [row, id])
      .sort(([one], [other]) => one - other),
    bad.map((index) => [index + 2, `kill-${index}`]),
  );
  const { imported, refused } = JSON.parse(stdout);
  assert.deepEqual([imported, refused], [COUNT - bad.length, bad.length]);
  assert.equal(existsSync(checkpoint), false);
  const found = new Set();
  for await (const { id } of client.users()) found.add(id);
  const missing = rows.findIndex((_, index) => found.has(`kill-${index}`) === isBad(index));
  assert.equal(missing, -1);
});

test("Ctrl-C stops immediately and says how to continue", async (t) => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `stop-${index}`);
  const cwd = await folderWith(t, { "users.csv": `id\n${rows.join("\n")}\n` });
  const checkpoint = path.join(cwd, "users.csv.checkpoint");
  const { code, stdout, stderr } = await run(["import", "users.csv", "--concurrency", "1", "--json"], {
    cwd,
    env,
    onStart(child) {
      const timer = setInterval(() => {
        if (!existsSync(checkpoint)) return;
        clearInterval(timer);
        child.kill("SIGINT");
      }, 5);
    },
  });
  assert.equal(code, 130, stderr);
  assert.match(stderr, /stopped: .* imported[\s\S]*run it again with --resume to continue/);
  const { error, imported, resumable } = JSON.parse(stdout);
  assert.deepEqual([error.message, imported > 0, resumable], ["stopped", true, true]);
});
