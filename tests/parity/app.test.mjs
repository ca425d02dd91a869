// `cargo xtask parity --app`, tested on emulators over HTTP, one of which contradicts the facts. It has not been tried on
// Stream.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { StreamClient } from "@stream-io/node-sdk";
import { createEmulator } from "getstream-users/emulator";
import { settle } from "../support/clock.mjs";
import { ask } from "./app/ask.mjs";
import { objection } from "./app/guard.mjs";
import { paced } from "./app/pace.mjs";
import { fact } from "./fact.mjs";
import { resources } from "./facts/index.mjs";
import { nameOf, read, written } from "./observed.mjs";
import { sign } from "./tokens.mjs";

const guesses = resources.flatMap(({ facts }) => facts).filter((fact) => fact.isGuess);
const guess = (name) => guesses.filter((fact) => nameOf(fact) === name);
const sleep = () => settle(1);

/** An app of somebody's: an emulator with users of theirs. `otherwise` may answer in its place. */
async function app(otherwise = () => undefined) {
  const emulator = createEmulator({ taskDuration: 0 });
  emulator.seed({ users: ["ann", { id: "ben", name: "Ben" }], groups: ["staff"] });
  const sent = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const { method, headers } = request;
    sent.push({ method, path: request.url.split("?")[0], body });
    const whole = { method, headers, ...(method === "GET" ? {} : { body }) };
    const answer = otherwise(sent.at(-1)) ?? (await emulator.fetch(`http://app.test${request.url}`, whole));
    // Bodies are whole here, and not compressed.
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.close());
  const { apiKey, apiSecret } = emulator;
  return { emulator, sent, credentials: { url: `http://127.0.0.1:${server.address().port}`, apiKey, apiSecret } };
}

/** What Stream says when it refuses. */
function refusal(status, code, operation, reason) {
  const message = `${operation} failed with error: "${reason}"`;
  const more_info = "https://getstream.io/chat/docs/api_errors_response";
  return Response.json({ code, message, StatusCode: status, duration: "1ms", more_info, details: [] }, { status });
}

/** What an app's owner sees of it, and a run must not have changed. */
async function seen({ credentials: { url, apiKey, apiSecret } }) {
  const sdk = new StreamClient(apiKey, apiSecret, { basePath: url });
  const everybody = { filter_conditions: {}, include_deactivated_users: true, limit: 100 };
  const answers = await Promise.all([
    sdk.queryUsers({ payload: everybody }),
    sdk.queryBannedUsers({ payload: { filter_conditions: {} } }),
    sdk.listUserGroups(),
    sdk.listRoles(),
    sdk.listBlockLists(),
    sdk.listPushProviders(),
    sdk.getApp(),
  ]);
  return answers.map(({ duration, metadata, ...answer }) => answer);
}

test("a run shows the guesses that hold, and leaves the app as it was", async () => {
  const theirs = await app();
  const before = await seen(theirs);
  const { answers, removed } = await ask(theirs.credentials, guesses, { sleep });
  assert.equal(answers.length, guesses.length);
  const named = (wanted) => answers.filter(({ outcome }) => outcome === wanted);
  assert.deepEqual(named("not held").concat(named("no answer")), []);
  assert.ok(named("held").length > 55, String(named("held").length));
  const reasons = named("not asked").map(({ fact, said }) => `${nameOf(fact)}: ${said}`);
  for (const reason of [
    "Flag returns the same item when repeated: POST /api/v2/moderation/flag could change more than what is of this run",
    "Rate limits refuse a request before it has any effect: it needs an app whose settings and clock it may change",
    "DownloadExport contains the users as they were when the export was created: it would go to another host than the app's",
  ]) {
    assert.ok(reasons.includes(reason), reasons.join("\n"));
  }
  assert.ok(removed.users > 50 && removed.groups > 0, JSON.stringify(removed));
  assert.deepEqual(removed.left, []);
  assert.deepEqual(await seen(theirs), before);
});

test("a guess that the app contradicts is reported as wrong, with the app's response", async () => {
  const unblock = guess("UnblockUsers succeeds if there is no block");
  const others = guess("BlockUsers may be repeated");
  const { credentials } = await app(({ path }) => {
    if (path.endsWith("/users/unblock")) return refusal(400, 4, "UnblockUsers", "there is no block");
  });
  const { answers } = await ask(credentials, [...unblock, ...others], { sleep });
  assert.deepEqual(
    answers.map(({ outcome }) => outcome),
    ["not held", "held"],
  );
  assert.match(answers[0].said, /there is no block/);
});

test("an app that does not respond neither confirms nor refutes a guess", async () => {
  const { credentials } = await app(({ method, path }) => {
    if (method === "PATCH") return refusal(503, -1, "UpdateUsersPartial", "try again");
    if (path.endsWith("/unblock")) return refusal(429, 9, "UnblockUsers", "Too many requests");
  });
  const facts = ["UpdateUsersPartial applies unset after set", "UnblockUsers succeeds if there is no block"];
  const { answers } = await ask(credentials, facts.flatMap(guess), { sleep });
  assert.deepEqual(
    answers.map(({ outcome, said }) => [outcome, said]),
    [
      ["no answer", "status 503"],
      ["no answer", "status 429"],
    ],
  );
});

test("a fact that would affect other users is stopped before anything is sent", async () => {
  const theirs = await app();
  const harmful = [
    (context) => context.sdk.deleteUsers({ user_ids: ["ann"] }).catch(() => {}),
    (context) => context.sdk.updateApp({ permission_version: "v1" }).catch(() => {}),
    (context) => context.raw("GET", "/api/v2/users", { token: context.userToken("ann") }).catch(() => {}),
    (context) => context.control("POST", "/reset").catch(() => {}),
  ].map((run, index) => fact("UpdateUsers", "choice", `harmful ${index}`, run));
  const before = await seen(theirs);
  theirs.sent.length = 0;
  const { answers } = await ask(theirs.credentials, harmful, { sleep });
  assert.ok(answers.every(({ outcome }) => outcome === "not asked"));
  assert.deepEqual(theirs.sent, []);
  assert.deepEqual(await seen(theirs), before);
});

test("stored reasons contain neither key nor secret", async () => {
  const { credentials } = await app();
  const secret = "a secret of somebody's";
  const telling = fact("UpdateUsers", "choice", "tells", async () => {
    throw new Error(`${credentials.apiKey} and ${secret}`);
  });
  const { answers } = await ask({ ...credentials, apiSecret: secret }, [telling], { sleep });
  assert.equal(answers[0].said, "<key> and <secret>");
});

test("writes only concern ids of the run, and any other write is not sent", () => {
  const base = "https://app.test/";
  const isOwn = (id) => id.includes("run-");
  const asked = (method, path, body, authorization) => {
    const url = new URL(path, base);
    return objection({ method, url, body: body && JSON.stringify(body), authorization }, { base, isOwn });
  };
  const userToken = (user_id) => sign({ user_id }, "secret");
  for (const [...request] of [
    ["GET", "/api/v2/app"],
    ["GET", "/api/v2/users?payload={}", undefined, userToken("run-ann")],
    ["POST", "/api/v2/users", { users: { "run-ann": { id: "run-ann", custom: { id: "theirs" } } } }],
    ["POST", "/api/v2/users"],
    ["PATCH", "/api/v2/users", { users: [{ id: "run-ann", set: { color: "red" } }] }],
    ["POST", "/api/v2/users/delete", { user_ids: ["run-ann"] }],
    ["POST", "/api/v2/users/run-ann/deactivate", {}],
    ["DELETE", "/api/v2/devices?id=run-device&user_id=run-ann"],
    ["DELETE", "/api/v2/usergroups/run-group"],
  ]) {
    assert.equal(asked(...request), undefined, request.join(" "));
  }
  for (const [...request] of [
    ["POST", "https://other.test/api/v2/users"],
    ["GET", "/__emulator/state"],
    ["GET", "/api/v2/users", undefined, userToken("ann")],
    ["PATCH", "/api/v2/app", {}],
    ["POST", "/api/v2/roles", { name: "run-role" }],
    ["POST", "/api/v2/moderation/flag", { entity_id: "run-ann" }],
    ["POST", "/api/v2/users", { users: { ann: {} } }],
    ["POST", "/api/v2/users", { users: { "run-ann": { id: "ann" } } }],
    ["PATCH", "/api/v2/users", { users: [{ id: "ann" }] }],
    ["POST", "/api/v2/users/delete", { user_ids: ["run-ann", "ann"] }],
    ["POST", "/api/v2/users/delete", { user_ids: ["run-ann"], new_channel_owner_id: "ann" }],
    ["POST", "/api/v2/users/ann/deactivate", {}],
    ["POST", "/api/v2/moderation/mute", { user_id: "run-ann", target_ids: ["ann"] }],
    ["POST", "/api/v2/usergroups", { id: "run-group", member_ids: ["ann"] }],
    ["DELETE", "/api/v2/devices?id=run-device&user_id=ann"],
    ["DELETE", "/api/v2/usergroups/staff"],
  ]) {
    assert.equal(typeof asked(...request), "string", request.join(" "));
  }
});

test("requests are sent one after the other, leave a fifth of a limit unused, and wait for the next minute", async () => {
  let time = 1_767_225_600_000;
  const waits = [];
  const clock = {
    now: () => time,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  };
  const answers = [
    [200, { "x-ratelimit-limit": 10, "x-ratelimit-remaining": 3, "x-ratelimit-reset": time / 1000 + 30 }],
    [200, { "x-ratelimit-limit": 10, "x-ratelimit-remaining": 2, "x-ratelimit-reset": time / 1000 + 30 }],
    [200, {}],
    [429, { "retry-after": 7 }],
    [201, {}],
  ];
  const sent = [];
  const send = paced(async (url, { method }) => {
    sent.push(`${method} ${new URL(url).pathname}`);
    const [status, headers] = answers.shift();
    return new Response(null, { status, headers });
  }, clock);
  const deactivate = (id) => send(`http://app.test/api/v2/users/${id}/deactivate`, { method: "POST" });
  await Promise.all([deactivate("a"), deactivate("b")]);
  await send("http://app.test/api/v2/app", { method: "GET" });
  assert.equal((await deactivate("c")).status, 201);
  assert.deepEqual(waits, [50, 50, 50, 30_850, 8000]);
  assert.equal(sent.length, 5);
});

test("observations are merged line by line, and the newer one wins", () => {
  const observed = (text, held) => ({ operation: "UpdateUsers", text, held, on: "2026-01-01" });
  const lines = written([observed("b", false), observed("a", true)], [observed("b", true), observed("c", false)]);
  assert.deepEqual(lines.trimEnd().split("\n").map(JSON.parse), [
    observed("a", true),
    observed("b", true),
    observed("c", false),
  ]);
});

/** Runs the program; returns its exit code and what it said. */
function run(args, environment) {
  const program = fileURLToPath(new URL("app/run.mjs", import.meta.url));
  const env = { ...process.env, STREAM_API_KEY: "", STREAM_API_SECRET: "", ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test("the program needs key, secret and --yes, and writes a file to merge", async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), "parity-app-"));
  t.after(() => rm(folder, { recursive: true }));
  const { sent, credentials } = await app(({ path }) => {
    if (path.endsWith("/users/unblock")) return refusal(400, 4, "UnblockUsers", "there is no block");
  });
  const { url, apiKey, apiSecret } = credentials;
  const environment = { STREAM_BASE_URL: url, STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret };
  const place = { CARGO_TARGET_DIR: folder };

  const nameless = await run([], place);
  assert.equal(nameless.code, 1);
  assert.match(nameless.stderr, /set STREAM_API_KEY and STREAM_API_SECRET/);

  const stranger = await run(["--yes"], { ...environment, STREAM_API_SECRET: "another", ...place });
  assert.equal(stranger.code, 1);
  assert.match(stranger.stderr, /does not take STREAM_API_KEY and STREAM_API_SECRET/);

  sent.length = 0;
  const unsure = await run([], { ...environment, ...place });
  assert.equal(unsure.code, 1);
  assert.match(unsure.stderr, /say --yes to begin/);
  assert.deepEqual(
    sent.map(({ method, path }) => `${method} ${path}`),
    ["GET /api/v2/app"],
  );

  const done = await run(["--yes", "--only", "UnblockUsers"], { ...environment, ...place });
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /^not held +UnblockUsers succeeds if there is no block$/m);
  const file = path.join(folder, "parity-app", "observed.jsonl");
  assert.ok(done.stdout.includes(file));
  const observed = read(file).filter(({ operation }) => operation === "UnblockUsers");
  assert.deepEqual(
    observed.map(({ text, held }) => [text, held]),
    [
      ["requires user_id from a server", false],
      ["succeeds if there is no block", false],
    ],
  );
  assert.ok(!(await readFile(file, "utf8")).includes(apiSecret));
});
