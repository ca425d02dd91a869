// Many users over HTTP, against the emulator's server: `upsertMany` beside the loop that people write with the official SDK;
// and an import through faults and rate limits, in which nobody may be lost or written twice.

import { StreamClient as NodeSdk } from "@stream-io/node-sdk";
import { add, median } from "../measure.mjs";
import { builds, NODE_SDK } from "../names.mjs";
import { saidBy } from "../process.mjs";

export const title = "Many users over HTTP";

const CHUNK = 100;
/** What a call over the internet takes before the server has begun with it. */
const LATENCY_MS = 20;
const { STREAM_BASE_URL: basePath, STREAM_API_KEY: key, STREAM_API_SECRET: secret } = process.env;

const users = (prefix, count) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${prefix}-${index}`,
    name: `User ${index}`,
    custom: { score: index },
  }));

/** What people write: a chunk, and then the next one. */
async function loop(client, list) {
  for (let at = 0; at < list.length; at += CHUNK) await client.upsertUsers(list.slice(at, at + CHUNK));
}

async function control(path, method, body) {
  const headers = { authorization: secret, "content-type": "application/json" };
  const response = await fetch(`${basePath}/__emulator/${path}`, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

export async function measure({ isQuick, isFull, isCompared }) {
  const [count, rounds] = isQuick ? [5_000, 2] : [20_000, 3];
  const options = { basePath, timeout: 30_000 };
  const candidates = { [NODE_SDK]: (list) => loop(new NodeSdk(key, secret, options), list) };
  for (const [name, specifier] of Object.entries(builds(isCompared))) {
    const { StreamClient } = await import(specifier);
    const { upsertMany } = await import(`${specifier}/bulk`);
    candidates[name] = async (list) => {
      const { failed } = await upsertMany(new StreamClient(key, secret, options), list);
      if (failed.length > 0) throw failed[0].error;
    };
  }
  await control("faults", "POST", { operation: "UpdateUsers", fault: { latency_ms: LATENCY_MS } });
  const times = {};
  // The first round warms up.
  for (let round = -1; round < rounds; round++) {
    for (const [index, [name, write]] of Object.entries(candidates).entries()) {
      const list = users(`b${index}`, count);
      const begun = performance.now();
      await write(list);
      if (round >= 0) add(times, name, (performance.now() - begun) / 1e3);
    }
  }
  await control("faults", "DELETE");
  const values = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
  const rows = [{ name: `${count} users, ${LATENCY_MS} ms latency: upsertMany, or a loop`, unit: "s", values }];
  if (isFull) rows.push(...(await imported(100_000)));
  return rows;
}

/** 1 % of the calls fail, and another program uses half of 100 calls a minute, on a clock that leaps. */
async function imported(count) {
  const said = await saidBy("import.mjs", [String(count), String(CHUNK)], {
    command: [process.execPath, "--expose-gc"],
  });
  const { isToldOnce, isFoundOnce, succeeded, failed, wrong, others, heap, milliseconds } = said;
  if (!isToldOnce || !isFoundOnce || wrong.length > 0 || failed > 0 || others.join() !== "rival") {
    throw new Error(`users were lost, doubled or wrong: ${JSON.stringify(said)}`);
  }
  const name = `${succeeded} users, 1 % of the calls fail, 100 calls a minute for two: none lost or doubled`;
  return [
    { name, unit: "s", values: { [Object.keys(builds(false))[0]]: milliseconds / 1e3 } },
    { name: "peak of the heap", unit: "MB", values: { [Object.keys(builds(false))[0]]: heap / 1e6 } },
  ];
}
