// Imports over HTTP, with the Worker and Miniflare's queues in workerd, and an emulator of Stream's API that
// STREAM_BASE_URL names.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, afterEach, before } from "node:test";
import { StreamClient } from "getstream-users";
import ts from "typescript";
import { bundle, run } from "./deployed.mjs";
import { bindings, isDone, ndjson, routes, startProcess, until } from "./support.mjs";

const basePath = bindings.STREAM_BASE_URL;
const api = new StreamClient(bindings.STREAM_API_KEY, bindings.STREAM_API_SECRET, { basePath, timeout: 30_000 });

let uploaded;
let worker;
let imports;

before(async () => {
  uploaded = await bundle();
  worker = await run({ bindings });
  imports = routes(worker.url);
});
after(() => worker.stop());
afterEach(() => control("DELETE", "faults"));

async function control(method, what, body) {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${basePath}/__emulator/${what}`, init);
  assert.ok(response.ok, `${what}: ${response.status}`);
  return response.json();
}

/** Makes upserts go wrong. */
const fault = (fault, more) => control("POST", "faults", { operation: "UpdateUsers", fault, ...more });

const idOf = (name) => (index) => `${name}-${String(index).padStart(6, "0")}`;
const imported = (name) => api.users({ id: { $gte: `${name}-000000`, $lte: `${name}-999999` } }).toArray();

/** A module without imports, as JavaScript. */
async function load(file) {
  const source = await readFile(new URL(`../src/${file}`, import.meta.url), "utf8");
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target: "es2022", module: "esnext" } });
  return import(`data:text/javascript,${encodeURIComponent(outputText)}`);
}

test("wrangler deploy has all it needs", () => {
  assert.match(uploaded, /env\.CHUNKS \(getstream-import\)/);
  assert.match(uploaded, /--dry-run: exiting now/);
});

test("requests without the token are refused", async () => {
  for (const token of ["", "not the token"]) {
    const { status } = await routes(worker.url, token).progress("one");
    assert.equal(status, 401);
  }
});

test("what is no import is refused", async () => {
  const upload = (file, type) => imports.upload("nothing", file, type);
  assert.equal((await upload("{}", "application/json")).status, 415);
  assert.equal((await upload("", "text/csv")).status, 400);
  const unmeasured = new Blob(["id\n"]).stream();
  assert.equal((await imports.upload("nothing", unmeasured, "text/csv")).status, 411);
  for (const body of [{}, null, [], "text", { object: 1, format: "csv" }]) {
    assert.equal((await imports.begin("nothing", body)).status, 400, JSON.stringify(body));
  }
  assert.equal((await imports.begin("nothing", { object: "no-such-file", format: "csv" })).status, 404);
  assert.equal((await imports.progress("nothing")).status, 404);
  assert.equal((await imports.resume("nothing")).status, 404);
});

test("a file that is sent is imported, once", async () => {
  const file = ndjson(250, idOf("sent"));
  assert.equal((await imports.upload("sent", file, "application/x-ndjson")).status, 202);
  assert.equal((await imports.upload("sent", file, "application/x-ndjson")).status, 409);

  const progress = await until(imports, "sent", isDone);
  assert.deepEqual(progress.users, { read: 250, succeeded: 250, failed: 0, waiting: 0 });
  assert.deepEqual(progress.chunks, { read: 3, waiting: 0 });
  const { object, ...bytes } = progress.file;
  assert.match(object, /^imports\/sent\/[\w-]{36}$/);
  assert.deepEqual(bytes, { bytes: file.length, read: file.length });
  const [, second] = await imported("sent");
  assert.deepEqual([second.name, second.custom], ["User 1", { score: 1, city: "London" }]);
});

test("of two files that are sent at once for one id, one is imported whole and the other is refused", async () => {
  const files = ["one", "two"].map((name) => ndjson(250, idOf(name)));
  const uploads = files.map((file) => imports.upload("at-once", file, "application/x-ndjson"));
  const statuses = (await Promise.all(uploads)).map(({ status }) => status);
  assert.deepEqual(statuses.toSorted(), [202, 409]);
  const progress = await until(imports, "at-once", isDone);
  assert.deepEqual(progress.users, { read: 250, succeeded: 250, failed: 0, waiting: 0 });
  assert.equal((await imported(statuses[0] === 202 ? "one" : "two")).length, 250);
  const { objects } = await (await worker.files()).list({ prefix: "imports/at-once/" });
  assert.deepEqual(
    objects.map(({ key }) => key),
    [progress.file.object],
  );
});

test("a CSV in R2 is imported, whatever its cells hold", async () => {
  const cells = Array.from(
    { length: 250 },
    (_, index) => `${idOf("csv")(index)},"Zoë ""${index}"",\r\nthe next",green,`,
  );
  const file = `\ufeffid,name,color,image\r\n\r\n${cells.join("\r\n")}\r\n\r\n`;
  await (await worker.files()).put("users.csv", file);
  assert.equal((await imports.begin("csv", { object: "users.csv", format: "csv" })).status, 202);

  const progress = await until(imports, "csv", isDone);
  assert.deepEqual(progress.users, { read: 250, succeeded: 250, failed: 0, waiting: 0 });
  const [first] = await imported("csv");
  assert.deepEqual([first.name, first.custom], ['Zoë "0",\r\nthe next', { color: "green" }]);
  assert.equal(first.image, undefined);
});

test("bad users are listed with the reason, and the others are imported", async () => {
  await api.upsertUsers([{ id: "gone" }]);
  await (await api.deleteUsers({ user_ids: ["gone"], user: "hard", messages: "hard", conversations: "hard" })).wait();
  const lines = ndjson(250, idOf("mixed")).split("\n");
  lines[9] = "{not json";
  lines[19] = "[]";
  lines[29] = '{"name":"Nobody"}';
  lines[39] = '{"id":"a space"}';
  lines[199] = '{"id":"gone"}';
  await imports.upload("mixed", lines.join("\n"), "application/x-ndjson");

  const progress = await until(imports, "mixed", isDone);
  assert.deepEqual(progress.users, { read: 250, succeeded: 245, failed: 5, waiting: 0 });
  const failures = await imports.failures("mixed");
  assert.deepEqual(
    failures.map(({ row, id }) => [row, id]),
    [
      [10, undefined],
      [20, undefined],
      [30, undefined],
      [40, "a space"],
      [200, "gone"],
    ],
  );
  assert.deepEqual(
    failures.slice(0, 2).map(({ reason }) => reason),
    ["not JSON", "not a JSON object"],
  );
  assert.match(failures[2].reason, /id/);
  assert.match(failures[4].reason, /UpdateUsers failed with error/);
  assert.deepEqual(failures[4].user, { id: "gone" });
  assert.equal((await imported("mixed")).length, 245);
});

test("CSV rows with too many or too few cells are listed", async () => {
  await imports.upload("cells", "id,name\ncells-1,One\ncells-2\ncells-3,Three,3", "text/csv");
  await until(imports, "cells", isDone);
  assert.deepEqual(await imports.failures("cells"), [
    { row: 2, reason: "1 columns instead of 2" },
    { row: 3, reason: "3 columns instead of 2" },
  ]);
});

test("transient faults, and calls whose responses were lost, do not change the counts", async () => {
  await fault({ status: 503 }, { times: 8 });
  await fault({ drop: "after" }, { times: 8, skip: 4 });
  await imports.upload("faults", ndjson(2000, idOf("faults")), "application/x-ndjson");
  const progress = await until(imports, "faults", isDone);
  assert.deepEqual(progress.users, { read: 2000, succeeded: 2000, failed: 0, waiting: 0 });
  assert.equal((await imported("faults")).length, 2000);
});

test("a rate limit is waited for, without a storm of calls", async () => {
  await control("DELETE", "requests");
  await fault({ status: 429, retry_after: 1 }, { times: 12, skip: 6 });
  await imports.upload("limited", ndjson(3000, idOf("limited")), "application/x-ndjson");
  const progress = await until(imports, "limited", isDone);
  assert.deepEqual(progress.users, { read: 3000, succeeded: 3000, failed: 0, waiting: 0 });

  const { requests } = await control("GET", "requests");
  const calls = requests.filter(({ operation }) => operation === "UpdateUsers");
  assert.equal(calls.length, 30 + 12);
  for (const refused of calls.filter(({ status }) => status === 429)) {
    const since = calls.map(({ at }) => Date.parse(at) - Date.parse(refused.at));
    const soon = since.filter((milliseconds) => milliseconds > 0 && milliseconds < 1000);
    assert.ok(soon.length <= 5, `${soon.length} calls within a second after one was refused`);
  }
});

test("chunks that are sent twice are counted once", async () => {
  await fault({ latency_ms: 50 });
  await imports.upload("twice", ndjson(3000, idOf("twice")), "application/x-ndjson");
  await until(imports, "twice", ({ users }) => users.succeeded > 0);
  await imports.resume("twice");
  await imports.resume("twice");
  const progress = await until(imports, "twice", isDone);
  assert.deepEqual(progress.users, { read: 3000, succeeded: 3000, failed: 0, waiting: 0 });
});

/** A whole process group is killed, which Windows does not have. */
const skip = process.platform === "win32" && "no process groups";

test("of 100,000 users, killed in the middle and resumed, none is lost or doubled", { skip }, async (t) => {
  const keep = await mkdtemp(path.join(tmpdir(), "getstream-users-"));
  const first = await startProcess({ bindings, keep });
  t.after(async () => {
    await first.kill();
    await rm(keep, { recursive: true, force: true });
  });
  const lines = ndjson(100_000, idOf("killed")).split("\n");
  lines[54_321] = "{not json";
  await fault({ status: 503 }, { probability: 0.02 });
  await routes(first.url).upload("killed", lines.join("\n"), "application/x-ndjson");
  const before = await until(routes(first.url), "killed", ({ users }) => users.succeeded >= 30_000, 120_000);
  assert.equal(before.state, "running");
  await first.kill();

  // Miniflare's queues are forgotten with their process, which Cloudflare's are not: the worst that can happen.
  const second = await startProcess({ bindings, keep });
  t.after(() => second.kill());
  const again = routes(second.url);
  const after = await again.progress("killed");
  assert.ok(after.users.succeeded >= before.users.succeeded);
  await again.resume("killed");
  const end = await until(again, "killed", isDone, 120_000);
  assert.deepEqual(end.users, { read: 100_000, succeeded: 99_999, failed: 1, waiting: 0 });
  assert.deepEqual(await again.failures("killed"), [{ row: 54_322, reason: "not JSON" }]);

  const state = await control("GET", "state");
  const found = Object.keys(state.app.users).filter((id) => id.startsWith("killed-"));
  assert.equal(found.length, 99_999);
  t.diagnostic(`${before.users.succeeded} users were through when it was killed`);
});

test("while Stream is down chunks come again, and in the end their users are listed", async (t) => {
  const impatient = await run({ bindings, maxRetries: 1 });
  t.after(() => impatient.stop());
  const down = routes(impatient.url);
  await fault({ status: 503 });
  await down.upload("down", ndjson(150, idOf("down")), "application/x-ndjson");
  const progress = await until(down, "down", isDone);
  assert.deepEqual(progress.users, { read: 150, succeeded: 0, failed: 150, waiting: 0 });
  const failures = await down.failures("down");
  assert.deepEqual([failures[0].row, failures[149].row], [1, 150]);
  assert.match(failures[149].reason, /^given up: /);
  assert.equal(failures[149].user.id, idOf("down")(149));
});

test("a file that is replaced during its import is noticed", async () => {
  const files = await worker.files();
  await files.put("changing.ndjson", ndjson(1000, idOf("changing")));
  await fault({ latency_ms: 300 });
  await imports.begin("changing", { object: "changing.ndjson", format: "ndjson" });
  await until(imports, "changing", ({ chunks }) => chunks.read > 0);
  await files.put("changing.ndjson", ndjson(1000, idOf("other")));
  await until(imports, "changing", ({ trouble }) => trouble === "the file has been replaced");
});

test("an import is forgotten with its file and its failures, and its id is free again", async () => {
  const again = async () => {
    assert.equal((await imports.upload("forgotten", "id\nwith a space", "text/csv")).status, 202);
    const { users } = await until(imports, "forgotten", isDone);
    assert.equal(users.failed, 1);
  };
  await again();
  assert.equal((await imports.forget("forgotten")).status, 200);
  assert.equal((await imports.progress("forgotten")).status, 404);
  assert.deepEqual(await imports.failures("forgotten"), []);
  const { objects } = await (await worker.files()).list({ prefix: "imports/forgotten/" });
  assert.deepEqual(objects, []);
  await again();
});

test("chunks of a forgotten import do not count for another of the same id", async () => {
  const files = await worker.files();
  await files.put("before.ndjson", ndjson(1000, idOf("before")));
  await files.put("after.ndjson", ndjson(450, idOf("after")));
  await imports.begin("reused", { object: "before.ndjson", format: "ndjson" });
  await until(imports, "reused", ({ chunks }) => chunks.read > 0);
  await imports.forget("reused");
  await imports.begin("reused", { object: "after.ndjson", format: "ndjson" });
  const { users } = await until(imports, "reused", isDone);
  assert.deepEqual(users, { read: 450, succeeded: 450, failed: 0, waiting: 0 });
});

test("a file is cut where records end, wherever a part of it ends", async () => {
  const { cut, firstEnd } = await load("records.ts");
  const bytes = (text) => new TextEncoder().encode(text);
  const quoted = bytes('1,"a\n""b"""\r\n\r\n2,ö\n3,c');
  assert.equal(firstEnd(quoted, "csv", false), 13);
  assert.deepEqual(cut(quoted, "csv", true), [{ end: quoted.length, users: 3 }]);
  assert.deepEqual(cut(quoted, "csv", false), [{ end: 20, users: 2 }]);
  assert.deepEqual(cut(bytes('1,"open'), "csv", false), []);

  const lines = bytes("{}\n".repeat(250));
  const ends = (isLast) => cut(lines, "ndjson", isLast).map(({ end, users }) => [end, users]);
  assert.deepEqual(ends(false), [
    [300, 100],
    [600, 100],
  ]);
  assert.deepEqual(ends(true), [
    [300, 100],
    [600, 100],
    [750, 50],
  ]);
});

test("a call waits when nothing is left of the limit, and never longer than a window", async () => {
  const { closedUntil } = await load("pace.ts");
  const now = 1_700_000_000_000;
  const rate = (rateLimitRemaining, seconds) => ({
    rateLimitRemaining,
    rateLimitReset: new Date(now + seconds * 1000),
  });
  assert.equal(closedUntil(rate(0, 20), now), now + 20_250);
  assert.equal(closedUntil(rate(0, 3600), now), now + 60_250);
  assert.equal(closedUntil(rate(0, -1), now), 0);
  assert.equal(closedUntil(rate(1, 20), now), 0);
  assert.equal(closedUntil(undefined, now), 0);
  assert.equal(closedUntil({}, now), 0);
});
