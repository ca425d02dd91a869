// Ours, the official SDK and the bare limit, side by side: `cargo xtask bench` runs this in a project that has both
// packages installed.
//
// Every candidate calls the same stubbed `fetch`, so what is timed is the client's own work. Candidates take turns in
// batches of some milliseconds, so that what else the machine does hits all of them; the median of the batches counts.
// "thin" answers are objects with real `Headers`; "real" ones are platform `Response`s, made outside the timed part, so
// that reading and decoding the body is timed too. Absolute times depend on the machine: only the ratios of one run mean
// something.

import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { fileURLToPath } from "node:url";
import { StreamClient as Peer } from "@stream-io/node-sdk";
import { StreamClient as Ours } from "getstream-users";
import { fullUser, user } from "./fixtures.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 61);
const BATCH_MS = 8;
const WARM_UP_US = 20_000;
const KEY = "benchmark-key";
const SECRET = "benchmark-secret-of-a-usual-length-0123456789";

/** What `fetch` answers next: a function, so that a real `Response` can be made before the clock starts. */
let answer;
globalThis.fetch = async () => answer();

// The peer leaves the timer of every call running until its time-out, where it builds an exception that nobody sees. With
// the default of 3 s that work would fall into batches of the others, so both get a short time-out and every batch is
// followed by a wait in which what it left behind runs off, outside the clock.
const TIMEOUT_MS = 40;
const ours = new Ours(KEY, SECRET, { timeout: TIMEOUT_MS });
const peer = new Peer(KEY, SECRET, { timeout: TIMEOUT_MS });

// From 1, so that the single user is a usual one: number 0 is among the tenth with mutes.
const numbers = (count) => Array.from({ length: count }, (_, index) => index + 1);
const users = (count) => numbers(count).map(user);
const found = (count) => ({ users: numbers(count).map(fullUser), duration: "3.02ms" });
const written = (count) => ({
  users: Object.fromEntries(numbers(count).map((number) => [user(number).id, fullUser(number)])),
  membership_deletion_task_id: "",
  duration: "7.31ms",
});

const query = (limit) => ({ payload: { filter_conditions: { role: "user" }, sort: [{ field: "id" }], limit } });
const task = {
  task_id: "0d3c2a1e-8f7b-4c6d-9e5f-1a2b3c4d5e6f",
  status: "completed",
  created_at: 1767225600123456000,
  updated_at: 1767225601123456000,
  result: { url: "https://example.com/exports/users/1" },
  duration: "0.51ms",
};

/** The least a client can do: encode, send, decode. No dates, no metadata, no request id, no time-out. */
const limit = async (method, path, body) => {
  const response = await fetch(`https://chat.stream-io-api.com${path}?api_key=${KEY}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { authorization: "token", "stream-auth-type": "jwt", "content-type": "application/json" },
  });
  return response.json();
};

const upsert = (count) => {
  const list = users(count);
  return {
    name: `upsertUsers ${count}`,
    status: 201,
    body: written(count),
    ours: () => ours.upsertUsers(list),
    peer: () => peer.upsertUsers(list),
    limit: () => limit("POST", "/api/v2/users", { users: Object.fromEntries(list.map((one) => [one.id, one])) }),
  };
};
const find = (count) => ({
  name: `queryUsers ${count}`,
  status: 200,
  body: found(count),
  ours: () => ours.queryUsers(query(count)),
  peer: () => peer.queryUsers(query(count)),
  limit: () => limit("GET", `/api/v2/users?payload=${encodeURIComponent(JSON.stringify(query(count).payload))}`),
});
const calls = [
  upsert(1),
  upsert(100),
  find(30),
  find(100),
  {
    name: "getTask",
    status: 200,
    body: task,
    ours: () => ours.getTask({ id: task.task_id }),
    peer: () => peer.getTask({ id: task.task_id }),
    limit: () => limit("GET", `/api/v2/tasks/${task.task_id}`),
  },
];
const tokens = {
  name: "generateUserToken",
  ours: () => ours.generateUserToken({ user_id: "user-12345" }),
  peer: () => peer.generateUserToken({ user_id: "user-12345" }),
};

/** Webhooks of so many bytes, as text and as the bytes that a server reads. */
const signed = (size) => {
  const text = JSON.stringify({ type: "message.new", user: { id: "ann" }, text: "x".repeat(size - 54) });
  const bytes = Buffer.from(text);
  const signature = createHmac("sha256", SECRET).update(text).digest("hex");
  return Object.entries({ text, bytes }).map(([form, body]) => ({
    name: `verifyWebhook, ${size} bytes, ${form}`,
    ours: () => ours.verifyWebhook(body, signature),
    peer: () => peer.verifyWebhook(body, signature),
    limit: () => createHmac("sha256", SECRET).update(body).digest("hex") === signature,
  }));
};
const webhooks = [500, 2000, 20_000, 100_000].flatMap(signed);

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
async function runOff() {
  const end = performance.now() + TIMEOUT_MS + 10;
  // By turning rather than sleeping: a processor that rests in between is slow for the first half of the next batch.
  while (performance.now() < end) await new Promise((resolve) => setImmediate(resolve));
}
const headers = {
  "content-type": "application/json",
  "x-ratelimit-limit": "1000",
  "x-ratelimit-remaining": "999",
  "x-ratelimit-reset": "1767225660",
};

/** An answer that costs the stub nothing: the text is parsed anew each time, as a client must get its own objects. */
function thin(text, status) {
  const shared = new Headers(headers);
  return () => ({ ok: true, status, statusText: "OK", headers: shared, json: async () => JSON.parse(text) });
}

/** Times a batch and returns microseconds per call. */
async function batch(call, count, prepare) {
  const prepared = prepare?.(count);
  if (prepared !== undefined) {
    let next = 0;
    answer = () => prepared[next++];
  }
  const start = process.hrtime.bigint();
  for (let index = 0; index < count; index++) await call();
  const end = process.hrtime.bigint();
  await runOff();
  return Number(end - start) / 1e3 / count;
}

async function compare(candidates, prepare) {
  const names = Object.keys(candidates);
  const counts = {};
  for (const name of names) {
    // Warm up until the engine has compiled what it is going to compile, and find out how many calls fill a batch.
    let each = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 12; round++) {
      each = await batch(candidates[name], Math.max(5, Math.min(500, Math.round(WARM_UP_US / each))), prepare);
    }
    counts[name] = Math.max(5, Math.min(5000, Math.round((BATCH_MS * 1e3) / each)));
  }
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    // There and back, so that nobody always clears away the garbage of the same neighbour.
    names.reverse();
    for (const name of names) times[name].push(await batch(candidates[name], counts[name], prepare));
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])]));
}

/** Import and construct in a fresh process: what a Worker's or a function's cold start pays. */
function coldStart(specifier) {
  const script = `
    const start = performance.now();
    const { StreamClient } = await import(${JSON.stringify(specifier)});
    new StreamClient("key", "secret");
    console.log(performance.now() - start);
  `;
  const run = () =>
    Number(
      execFileSync(process.execPath, ["--input-type=module", "-e", script], {
        encoding: "utf8",
        cwd: fileURLToPath(new URL(".", import.meta.url)),
      }),
    );
  return run;
}

const format = (microseconds) => (microseconds >= 100 ? microseconds.toFixed(0) : microseconds.toFixed(2));
function row(name, result) {
  const ratio = (other) => (result[other] === undefined ? "-" : `${(result.peer / result[other]).toFixed(2)}x`);
  const cells = [
    name,
    format(result.peer),
    format(result.ours),
    result.limit === undefined ? "-" : format(result.limit),
  ];
  console.log(`| ${cells.join(" | ")} | **${ratio("ours")}** | ${ratio("limit")} |`);
}

console.log(`Node ${process.versions.node}, ${process.arch}; medians of ${ROUNDS} interleaved batches, µs per call\n`);
console.log("| call | @stream-io/node-sdk | getstream-users | bare limit | peer / ours | peer / limit |");
console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
for (const { name, status, body, ...candidates } of calls) {
  const text = JSON.stringify(body);
  answer = thin(text, status);
  row(`${name}, thin`, await compare(candidates));
  const real = (count) => Array.from({ length: count }, () => new Response(text, { status, headers }));
  row(`${name}, real`, await compare(candidates, real));
}
for (const { name, ...candidates } of [tokens, ...webhooks]) row(name, await compare(candidates));
{
  const cold = { peer: coldStart("@stream-io/node-sdk"), ours: coldStart("getstream-users") };
  const times = { peer: [], ours: [] };
  for (let round = 0; round < 15; round++) for (const name of ["peer", "ours"]) times[name].push(cold[name]() * 1e3);
  row("import + construct, fresh process", { peer: median(times.peer), ours: median(times.ours) });
}
