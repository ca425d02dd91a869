// Runs every script as a user would, with the API in STREAM_BASE_URL: an emulator without users.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { clientFromEnvironment } from "../client.mjs";

const folder = fileURLToPath(new URL("..", import.meta.url));
const client = clientFromEnvironment();

/** What a script prints, and how it ends. */
function run(script, args = [], env = {}) {
  const child = spawn(process.execPath, [script, ...args], { cwd: folder, env: { ...process.env, ...env } });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].on("data", (text) => (said[name] += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said })));
}

async function control(what, body) {
  const response = await fetch(`${process.env.STREAM_BASE_URL}/__emulator/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, await response.text());
}

async function idsOf(filter) {
  return (await client.users(filter).toArray()).map((user) => user.id);
}

/** A file with this text, as long as the test runs. */
async function fileOf(t, name, text) {
  const place = await mkdtemp(path.join(tmpdir(), "getstream-users-"));
  t.after(() => rm(place, { recursive: true }));
  const file = path.join(place, name);
  await writeFile(file, text);
  return file;
}

test("every script has --help, and refuses wrong arguments", async () => {
  for (const script of ["import-csv", "delete-inactive", "mint-token", "watch-task"]) {
    const help = await run(`${script}.mjs`, ["--help"]);
    assert.equal(help.code, 0);
    assert.match(help.stdout, new RegExp(`^Usage: node ${script}.mjs `));
    assert.match(help.stdout, /STREAM_API_KEY/);

    const nothing = await run(`${script}.mjs`);
    assert.equal(nothing.code, 2);
    assert.equal(nothing.stdout, help.stdout);

    const unknown = await run(`${script}.mjs`, ["--no-such-option"]);
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /Unknown option '--no-such-option'/);
  }
});

test("a script without a secret says which variables to set", async () => {
  const { code, stderr } = await run("mint-token.mjs", ["ada"], { STREAM_API_SECRET: "" });
  assert.equal(code, 1);
  assert.equal(stderr, "set STREAM_API_KEY and STREAM_API_SECRET to those of your app\n");
});

test("the quickstart leads the life of users", async () => {
  const { code, stdout } = await run("quickstart.mjs");
  assert.equal(code, 0);
  assert.match(stdout, /delete for good +4 users, task completed/);
});

test("a CSV is imported, and rows that Stream refuses are named", async (t) => {
  const rows = Array.from({ length: 230 }, (_, index) => `csv-${index},"Number ""${index}"", the\nnext",green`);
  rows[120] = "csv 120,a space in the id,green";
  const file = await fileOf(t, "users.csv", `\ufeffid,name,color\n${rows.join("\n")}\n`);

  const { code, stdout, stderr } = await run("import-csv.mjs", [file]);
  assert.equal(code, 1);
  assert.match(stdout, /^csv 120: .*id.*\n$/);
  assert.match(stderr, /\[#{40}\] 100 %, 229 imported, 1 refused\n229 imported, 1 refused\n$/);

  const { users: found } = await client.queryUsers({ payload: { filter_conditions: { id: "csv-7" } } });
  assert.equal(found[0].name, 'Number "7", the\nnext');
  assert.deepEqual(found[0].custom, { color: "green" });
});

test("an import continues from its checkpoint", async (t) => {
  const file = await fileOf(
    t,
    "users.csv",
    `id\n${Array.from({ length: 300 }, (_, index) => `again-${index}`).join("\n")}`,
  );
  const checkpoint = `${file}.checkpoint`;
  await writeFile(checkpoint, "upsertMany@200");

  const { code, stderr } = await run("import-csv.mjs", [file, "--checkpoint", checkpoint]);
  assert.equal(code, 0);
  assert.match(stderr, /100 imported, 0 refused\n$/);
  assert.equal(await readFile(checkpoint, "utf8"), "upsertMany@300");
  assert.deepEqual(await idsOf({ id: { $in: ["again-199", "again-200"] } }), ["again-200"]);
});

test("a file that is not there, or is no CSV, ends an import with a line", async (t) => {
  const missing = await run("import-csv.mjs", ["no-such.csv"]);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /no such file/);

  const broken = await run("import-csv.mjs", [await fileOf(t, "users.csv", "id,name\none\n")]);
  assert.equal(broken.code, 1);
  assert.match(broken.stderr, /Invalid Record Length/);
});

test("inactive users are listed, and deleted only with --delete", async () => {
  const created_at = "2020-01-01T00:00:00Z";
  await control("seed", {
    users: [
      { id: "old-1", created_at },
      { id: "old-2", created_at },
      { id: "old-boss", role: "admin", created_at },
      "new",
    ],
  });

  const listed = await run("delete-inactive.mjs", ["--days", "365"]);
  assert.equal(listed.code, 0);
  assert.equal(listed.stdout, "old-1\nold-2\n");
  assert.match(listed.stderr, /^2 users not active since .*; --delete deletes them\n$/);
  const everybody = ["new", "old-1", "old-2", "old-boss"];
  assert.deepEqual(await idsOf({ id: { $in: everybody } }), everybody);

  const deleted = await run("delete-inactive.mjs", ["--days", "365", "--delete"]);
  assert.equal(deleted.code, 0);
  assert.match(deleted.stderr, /^2 deleted, 0 not\n$/);
  assert.deepEqual(await idsOf({ id: { $in: everybody } }), ["new", "old-boss"]);
});

test("a token is for the user, and for as long as was asked", async () => {
  const short = await run("mint-token.mjs", ["ada", "--seconds", "60"]);
  assert.equal(short.code, 0);
  const { user_id, exp, iat } = client.verifyToken(short.stdout.trim());
  assert.deepEqual([user_id, exp - iat], ["ada", 60]);
  assert.match(short.stderr, /^for ada, until \d{4}-/);

  const permanent = await run("mint-token.mjs", ["ada", "--permanent"]);
  assert.equal(client.verifyToken(permanent.stdout.trim()).exp, undefined);
  assert.equal(permanent.stderr, "for ada, without an end\n");

  const wrong = await run("mint-token.mjs", ["ada", "--seconds", "soon"]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /validity_in_seconds/);
});

test("a task is watched to its end", async () => {
  await client.upsertUsers([{ id: "watched" }]);
  const { task_id } = await client.deactivateUsers({ user_ids: ["watched"] });
  const { code, stdout, stderr } = await run("watch-task.mjs", [task_id]);
  assert.equal(code, 0);
  assert.match(stderr, /completed after /);
  assert.equal(typeof JSON.parse(stdout), "object");

  const unknown = await run("watch-task.mjs", ["no-such-task"]);
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /Can't find task with id/);
});
