// Cloudflare's runtime: a cold Worker, and webhooks in a warm one. A Worker's clock stands still while it computes, so the
// processor's time is taken outside, from the system; only Linux tells it.

import { createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { builtinModules, createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { user } from "../fixtures.mjs";
import { add, median } from "../measure.mjs";
import { builds, NODE_SDK, STREAM_CHAT } from "../names.mjs";
import { processorTime } from "../process.mjs";

export const title = "A Worker: CPU time";
export const where = () => `workerd ${createRequire(support)("workerd/package.json").version}`;

const SECRET = "benchmark-secret-of-a-usual-length-0123456789";
const REQUEST_US = 40_000;
/** The SDKs need Node's modules, which are there by default since August 2026. */
const NODE_COMPATIBLE = { compatibilityDate: "2026-10-01", external: ["node:*"] };

const project = fileURLToPath(new URL("../", import.meta.url));
const support = path.join(process.env.REPOSITORY, "tests/support/workerd.mjs");

const EMPTY = `export default { fetch: () => Response.json({}) };`;
/** What a Worker does first: a client is made, and a user written to an API that answers at once. */
const first = (specifier, name = "StreamClient", options = "{}") => `
import { ${name} } from "${specifier}";
const answer = '{"users":{"ada":{"id":"ada"}},"duration":"1ms"}';
globalThis.fetch = async () => new Response(answer, { headers: { "content-type": "application/json" } });
export default {
  async fetch() {
    const client = new ${name}("key", "${SECRET}", ${options});
    return Response.json(await client.upsertUsers([{ id: "ada" }]));
  },
};
`;
/** The same for axios, which stream-chat uses. */
const AXIOS = `{ axiosRequestConfig: { adapter: async (config) => ({ data: answer, status: 201, headers: {}, config }) } }`;
const webhooks = (specifier) => `
import { StreamClient } from "${specifier}";
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

export async function measure(settings) {
  if (!existsSync("/proc/self/schedstat")) return [];
  const { startWorker } = await import(pathToFileURL(support));
  const scratch = await mkdtemp(path.join(project, "worker-"));
  try {
    const file = async (name, source) => {
      const place = path.join(scratch, `${name}.mjs`);
      await writeFile(place, source);
      return place;
    };
    return [...(await cold(settings, startWorker, file)), ...(await warm(settings, startWorker, file))];
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** A Worker's module with what needs Node's modules bundled, as `nodejs_compat` takes it. */
async function forNode(source) {
  const outfile = source.replace(".mjs", ".bundle.mjs");
  const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire("/worker.js");' };
  const { build } = createRequire(support)("esbuild");
  const alias = Object.fromEntries(builtinModules.map((name) => [name, `node:${name}`]));
  await build({ entryPoints: [source], outfile, bundle: true, format: "esm", platform: "node", alias, banner });
  return outfile;
}

/** Milliseconds that fresh processes take to their first response, less those of an empty Worker. */
async function cold({ isQuick, isCompared }, startWorker, file) {
  const sources = { empty: [await file("empty", EMPTY), {}] };
  for (const [name, specifier] of Object.entries(builds(isCompared))) {
    sources[name] = [await file(`cold-${specifier}`, first(specifier)), {}];
  }
  const sdks = { [NODE_SDK]: first(NODE_SDK), [STREAM_CHAT]: first(STREAM_CHAT, "StreamChat", AXIOS) };
  for (const [name, source] of Object.entries(sdks)) {
    sources[name] = [await forNode(await file(`cold-${Object.keys(sources).length}`, source)), NODE_COMPATIBLE];
  }
  const times = {};
  for (let round = 0; round < (isQuick ? 3 : 15); round++) {
    for (const [name, [source, options]] of Object.entries(sources)) {
      const worker = await startWorker(source, options);
      const response = await fetch(worker.url);
      if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
      await response.text();
      add(times, name, processorTime(worker.pid));
      await worker.stop();
    }
  }
  const { empty, ...others } = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
  const values = Object.fromEntries(Object.entries(others).map(([name, time]) => [name, time - empty]));
  return [{ name: "a fresh process up to its first response, minus an empty Worker", unit: "ms", values }];
}

async function warm({ isQuick, isCompared, effort }, startWorker, file) {
  const workers = {};
  for (const [name, specifier] of Object.entries(builds(isCompared))) {
    workers[name] = await startWorker(await file(`warm-${specifier}`, webhooks(specifier)));
  }
  const rows = [];
  for (const size of isQuick ? [2000, 20_000] : [1000, 4000, 20_000, 100_000]) {
    for (const [name, method, make] of [
      ["verifyWebhook", "verifyWebhook", EVENTS["a long text"]],
      ...Object.entries(EVENTS).map(([kind, make]) => [
        `verifyAndParseWebhook, ${kind}`,
        "verifyAndParseWebhook",
        make,
      ]),
    ]) {
      const body = JSON.stringify(make(size));
      rows.push({ name: `${name}, ${size} bytes`, unit: "µs", values: await inTurns(workers, method, body, effort) });
    }
  }
  for (const worker of Object.values(workers)) await worker.stop();
  return rows;
}

/** The median time of each, taken in turns. */
async function inTurns(workers, method, body, { rounds }) {
  const counts = {};
  for (const [name, worker] of Object.entries(workers)) {
    let each = await timed(worker, method, body, 20);
    const fitting = () => Math.max(10, Math.round(REQUEST_US / each));
    for (let round = 0; round < 4; round++) each = await timed(worker, method, body, fitting());
    counts[name] = fitting();
  }
  const times = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, worker] of Object.entries(workers)) {
      add(times, name, await timed(worker, method, body, counts[name]));
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

/** Microseconds of a webhook, in a request that verifies so many. */
async function timed({ url, pid }, method, body, count) {
  const signature = createHmac("sha256", SECRET).update(body).digest("hex");
  const before = processorTime(pid);
  const response = await fetch(`${url}/?${new URLSearchParams({ method, count })}`, {
    method: "POST",
    body,
    headers: { "x-signature": signature },
  });
  if (!response.ok) throw new Error(await response.text());
  return ((processorTime(pid) - before) * 1e3) / count;
}
