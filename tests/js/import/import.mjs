// Imports users into an emulator that fails one call in a hundred and has a tight rate limit, while another program uses the
// same limit; then reads every user back, and prints the results as JSON. It is a separate process, to measure its memory. It
// needs exclusive use of the emulator in STREAM_BASE_URL.
//
//   node --expose-gc import.mjs USERS USERS_IN_A_CALL

import { isDeepStrictEqual } from "node:util";
import { StreamClient } from "getstream-users";
import { upsertMany } from "getstream-users/bulk";
import { leapingTime } from "./leaps.mjs";

const [count, chunkSize] = process.argv.slice(2).map(Number);
const { STREAM_BASE_URL: basePath, STREAM_API_KEY: apiKey, STREAM_API_SECRET: secret } = process.env;

/** Calls in a minute, of this program and the other one. */
const LIMIT = 100;
const FAULT_RATE = 0.01;
const FAULTS = [{ status: 503 }, { status: 500 }, { drop: "before" }, { drop: "after" }, { body: "truncate" }];

const send = globalThis.fetch;
async function control(method, path, body) {
  const headers = { authorization: secret, "content-type": "application/json" };
  const response = await send(`${basePath}/__emulator/${path}`, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

let waited = 0;
const fetch = leapingTime(async (milliseconds) => {
  waited += milliseconds;
  await control("POST", "clock", { advance_ms: milliseconds });
});

let refused = 0;
const onResponse = ({ status }) => {
  if (status === 429) refused++;
};
const options = { basePath, fetch, timeout: 30_000 };
const client = new StreamClient(apiKey, secret, { ...options, onResponse });
const rival = new StreamClient(apiKey, secret, { ...options, retry: false });

const idOf = (index) => `user-${String(index).padStart(7, "0")}`;
const indexOf = (id) => Number(id.slice("user-".length));
const user = (index) => ({
  id: idOf(index),
  name: `User ${index} 🦀`,
  custom: { score: index, half: index / 2, tags: [index % 7, `tag-${index % 11}`] },
});

function* everybody() {
  for (let index = 0; index < count; index++) yield user(index);
}

let heap = 0;
function measure() {
  globalThis.gc();
  heap = Math.max(heap, process.memoryUsage().heapUsed);
}

async function imported() {
  const times = new Uint8Array(count);
  const every = Math.ceil(count / chunkSize / 20);
  let chunks = 0;
  measure();
  const before = heap;
  const began = performance.now();
  const { succeeded, failed } = await upsertMany(client, everybody(), {
    chunkSize,
    onResult(outcome) {
      for (const id of outcome.succeeded) times[indexOf(id)]++;
      // The other program, which keeps no pace.
      rival.upsertUsers([{ id: "rival" }]).catch(() => {});
      if (++chunks % every === 0) measure();
    },
  });
  const milliseconds = performance.now() - began;
  return { succeeded, failed: failed.length, isToldOnce: isOnce(times), milliseconds, heap: heap - before };
}

/** Reads by ranges of ids, since for a walk through all of them the emulator would sort them all for each page. */
async function readBack() {
  const times = new Uint8Array(count);
  const others = [...(await find({ $lt: idOf(0) })), ...(await find({ $gt: idOf(count - 1) }))].map(({ id }) => id);
  const wrong = [];
  // Less than a page holds, so that one too many would be seen.
  const size = 99;
  for (let index = 0; index < count; index += size) {
    for (const { id, name, custom } of await find({ $gte: idOf(index), $lt: idOf(index + size) })) {
      if (isDeepStrictEqual({ id, name, custom }, user(indexOf(id)))) times[indexOf(id)]++;
      else wrong.push(id);
    }
  }
  return { isFoundOnce: isOnce(times), wrong, others };
}

async function find(id) {
  return (await client.queryUsers({ payload: { filter_conditions: { id }, limit: 100 } })).users;
}

const isOnce = (times) => times.every((each) => each === 1);

await control("POST", "reset");
await control("PUT", "rate_limits", { operations: { UpdateUsers: LIMIT } });
const probability = FAULT_RATE / FAULTS.length;
for (const fault of FAULTS) await control("POST", "faults", { operation: "UpdateUsers", probability, fault });

const result = await imported();
const { faults } = await control("GET", "faults");
await control("DELETE", "faults");
const hits = faults.reduce((sum, { hits }) => sum + hits, 0);
const rss = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ ...result, refused, faults: hits, waited, rss, ...(await readBack()) }));
