// Many users: over HTTP, ours and a loop with the official SDK that sends one chunk after the other; the memory that a
// thousand and a million users take; and an import through faults and rate limits. `cargo xtask bench` runs this with an
// emulator's server in STREAM_BASE_URL.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { StreamClient as Peer } from "@stream-io/node-sdk";
import { StreamClient as Ours } from "getstream-users";
import { upsertMany } from "getstream-users/bulk";
import { user } from "./fixtures.mjs";

const CHUNK = 100;
/** What a call over the internet takes before the server has begun with it. */
const LATENCY_MS = 20;
const { STREAM_BASE_URL: basePath, STREAM_API_KEY: key, STREAM_API_SECRET: secret } = process.env;

function* users(count, make) {
  for (let index = 0; index < count; index++) yield make(index);
}

async function ours(client, input) {
  const { succeeded, failed } = await upsertMany(client, input);
  if (failed.length > 0) throw failed[0].error;
  return succeeded;
}

/** What people write: a chunk, and then the next one. */
async function naive(client, input) {
  let sent = 0;
  let chunk = [];
  const send = async () => {
    if (chunk.length > 0) await client.upsertUsers(chunk);
    sent += chunk.length;
    chunk = [];
  };
  for (const one of input) {
    chunk.push(one);
    if (chunk.length === CHUNK) await send();
  }
  await send();
  return sent;
}

async function control(path, method, body) {
  const response = await fetch(`${basePath}/__emulator/${path}`, {
    method,
    headers: { authorization: secret, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

async function time(work) {
  const start = performance.now();
  const count = await work();
  return { milliseconds: performance.now() - start, count };
}

const median = (list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)];

async function overHttp(count, rounds) {
  const mine = new Ours(key, secret, { basePath, timeout: 30_000 });
  const theirs = new Peer(key, secret, { basePath, timeout: 30_000 });
  await control("faults", "POST", { operation: "UpdateUsers", fault: { latency_ms: LATENCY_MS } });
  const times = { ours: [], peer: [] };
  for (let round = -1; round < rounds; round++) {
    const results = {
      ours: await time(() =>
        ours(
          mine,
          users(count, (index) => ({ ...small(index), id: `ours-${index}` })),
        ),
      ),
      peer: await time(() =>
        naive(
          theirs,
          users(count, (index) => ({ ...small(index), id: `peer-${index}` })),
        ),
      ),
    };
    for (const [name, result] of Object.entries(results)) {
      if (result.count !== count) throw new Error(`${name}: ${result.count} of ${count} users`);
      // The first round warms up.
      if (round >= 0) times[name].push(result.milliseconds);
    }
  }
  await control("faults", "DELETE");
  return { ours: median(times.ours), peer: median(times.peer) };
}

const small = (index) => ({ id: `u${index}`, name: `User ${index}`, custom: { score: index } });

/** Peaks of a run in a process of its own, against a `fetch` that keeps nothing. */
async function memory(count) {
  const headers = { "content-type": "application/json" };
  const answer = async () => new Response('{"users":{},"duration":"1ms"}', { status: 201, headers });
  const client = new Ours("key", "secret", { fetch: answer });
  await ours(client, users(5000, user));
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  let kept = 0;
  let chunks = 0;
  const every = Math.max(1, Math.floor(count / CHUNK / 20));
  const onResult = () => {
    if (++chunks % every !== 0) return;
    globalThis.gc();
    kept = Math.max(kept, process.memoryUsage().heapUsed - before);
  };
  const { milliseconds } = await time(
    async () => (await upsertMany(client, users(count, user), { onResult })).succeeded,
  );
  console.log(JSON.stringify({ kept, rss: process.resourceUsage().maxRSS * 1024, milliseconds }));
}

/** Runs one of the programs beside this one in a process of its own, and reads what it prints. */
function printed(program, ...args) {
  const file = fileURLToPath(new URL(program, import.meta.url));
  return JSON.parse(execFileSync(process.execPath, ["--expose-gc", file, ...args.map(String)]));
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const seconds = (milliseconds) => `${(milliseconds / 1e3).toFixed(1)} s`;

async function reportOverHttp(count) {
  const { ours, peer } = await overHttp(count, 3);
  console.log(`\n${count} users over HTTP, ${LATENCY_MS} ms of latency, medians of 3 runs\n`);
  console.log("| @stream-io/node-sdk, one chunk after the other | getstream-users, upsertMany | ratio |");
  console.log("| ---: | ---: | ---: |");
  console.log(`| ${(peer / 1e3).toFixed(2)} s | ${(ours / 1e3).toFixed(2)} s | **${(peer / ours).toFixed(2)}x** |`);
}

function reportMemory() {
  console.log("\n| upsertMany in process | heap kept at most | process at most | time |");
  console.log("| ---: | ---: | ---: | ---: |");
  for (const count of [1000, 1_000_000]) {
    const { kept, rss, milliseconds } = printed("bulk.mjs", "memory", count);
    console.log(`| ${count} users | ${megabytes(kept)} | ${megabytes(rss)} | ${seconds(milliseconds)} |`);
  }
}

function reportImport(count) {
  const { isToldOnce, isFoundOnce, ...import_ } = printed("import.mjs", count, CHUNK);
  const { succeeded, failed, wrong, others, refused, faults, waited, heap, rss, milliseconds } = import_;
  console.log(`\n${count} users over HTTP, 1 % of the calls fail, 100 calls a minute for two programs\n`);
  console.log(
    "| written | refused | lost, doubled or wrong | 429 | faults | waited, on a clock that leaps | time | heap kept | process |",
  );
  console.log("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
  const isWrong = !isToldOnce || !isFoundOnce || wrong.length > 0 || others.join() !== "rival";
  const cells = [succeeded, failed, isWrong ? "some" : "none", refused, faults, `${(waited / 6e4).toFixed(0)} min`];
  console.log(`| ${[...cells, seconds(milliseconds), megabytes(heap), megabytes(rss)].join(" | ")} |`);
}

if (process.argv[2] === "memory") await memory(Number(process.argv[3]));
else {
  await reportOverHttp(20_000);
  reportMemory();
  reportImport(100_000);
}
