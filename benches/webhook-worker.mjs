// Webhooks in workerd, this build beside another build of ours: `cargo xtask bench --baseline DIR` runs it after the rest.
//
// A Worker's clock stands still while it computes, so the time of a request that verifies many webhooks is taken outside.
// The builds take turns; a ratio above 1 says that this build is faster.

import { createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startWorker } from "../tests/support/workerd.mjs";
import { packageIn } from "./build.mjs";
import { user } from "./fixtures.mjs";

const SECRET = "benchmark-secret-of-a-usual-length-0123456789";
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const REQUEST_US = 40_000;
const SIZES = [1000, 4000, 20_000, 100_000];

const source = (folder) => `
import { StreamClient } from ${JSON.stringify(path.join(folder, "dist/workerd.js"))};
const client = new StreamClient("key", "${SECRET}");
export default {
  async fetch(request) {
    const { method, count } = Object.fromEntries(new URL(request.url).searchParams);
    const body = new Uint8Array(await request.arrayBuffer());
    const signature = request.headers.get("x-signature");
    for (let index = 0; index < Number(count); index++) await client[method](body, signature);
    return new Response();
  },
};
`;

/** Events of about so many bytes: one has a long text, the other many users, whose objects take longer to make. */
const EVENTS = {
  "a long text": (size) => ({ ...event(), user: { id: "user-1", custom: { bio: "x".repeat(size - 190) } } }),
  "many users": (size) => {
    const members = [];
    while (JSON.stringify(members).length < size - 600) members.push(user(members.length));
    return { ...event(), members };
  },
};
const event = () => ({
  type: "user.updated",
  created_at: "2026-01-02T03:04:05.678Z",
  user: { id: "user-1" },
  members: [],
});

const [ours, baseline] = process.argv.slice(2).map(packageIn);
const scratch = await mkdtemp(path.join(tmpdir(), "bench-"));
const workers = [];
for (const [index, folder] of [ours, baseline].entries()) {
  const file = path.join(scratch, `build-${index}.mjs`);
  await writeFile(file, source(folder));
  workers.push(await startWorker(file));
}

console.log(`\nworkerd, medians of ${ROUNDS} requests each, µs a webhook\n`);
console.log("| webhook | the other build | this build | ratio |");
console.log("| --- | ---: | ---: | ---: |");
for (const size of SIZES) {
  for (const [name, method, make] of [
    ["verifyWebhook", "verifyWebhook", EVENTS["a long text"]],
    ...Object.entries(EVENTS).map(([kind, make]) => [`verifyAndParseWebhook, ${kind}`, "verifyAndParseWebhook", make]),
  ]) {
    const body = JSON.stringify(make(size));
    const [own, other] = await compare(workers, (worker, count) => timed(worker, method, body, count));
    const cells = [`${name}, ${size} bytes`, other.toFixed(1), own.toFixed(1), `**${(other / own).toFixed(2)}x**`];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
for (const worker of workers) await worker.stop();
await rm(scratch, { recursive: true });

async function timed({ url }, method, body, count) {
  const signature = createHmac("sha256", SECRET).update(body).digest("hex");
  const start = performance.now();
  const response = await fetch(`${url}/?${new URLSearchParams({ method, count })}`, {
    method: "POST",
    body,
    headers: { "x-signature": signature },
  });
  if (!response.ok) throw new Error(await response.text());
  return ((performance.now() - start) * 1e3) / count;
}

/** The median time of each, taken in turns. */
async function compare(candidates, time) {
  const counts = [];
  for (const [index, candidate] of candidates.entries()) {
    let each = await time(candidate, 20);
    for (let round = 0; round < 4; round++) each = await time(candidate, Math.max(20, Math.round(REQUEST_US / each)));
    counts[index] = Math.max(20, Math.round(REQUEST_US / each));
  }
  const times = candidates.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, candidate] of candidates.entries()) times[index].push(await time(candidate, counts[index]));
  }
  return times.map((list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)]);
}
