// This build beside another build of ours: `cargo xtask bench --baseline DIR`, where DIR is a checkout that was packed, or an
// unpacked package.
//
// Each build runs in processes of its own, five times each, in turns, so that what else the machine does hits both. A run
// takes the median of its batches; what is printed is the median of the five ratios, and the smallest and largest of them.
// A ratio above 1 says that this build is faster. Times depend on the machine: only ratios of one run mean something.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { packageIn } from "./build.mjs";
import { fullUser, user } from "./fixtures.mjs";

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 41);
const BATCH_MS = 8;

const numbers = (count) => Array.from({ length: count }, (_, index) => index + 1);
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

const [mode, folder] = process.argv.slice(2);
if (mode === "--measure") console.log(JSON.stringify(await measure(folder)));
else report(mode, folder);

function report(ours, baseline) {
  const builds = [packageIn(ours), packageIn(baseline)];
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    // There and back, so that neither always comes first.
    const order = run % 2 === 0 ? [0, 1] : [1, 0];
    const results = [];
    for (const build of order) {
      const child = [fileURLToPath(import.meta.url), "--measure", builds[build]];
      results[build] = JSON.parse(execFileSync(process.execPath, child, { encoding: "utf8" }));
    }
    runs.push(results);
  }
  console.log(`this build beside ${builds[1]}, Node ${process.versions.node}, ${RUNS} runs each`);
  console.log(`${"".padEnd(28)}${"µs".padStart(10)}${"ratio".padStart(8)}   from .. to`);
  for (const name of Object.keys(runs[0][0])) {
    const ratios = runs.map(([own, other]) => other[name] / own[name]);
    const time = median(runs.map(([own]) => own[name])).toFixed(2);
    const interval = `${Math.min(...ratios).toFixed(3)} .. ${Math.max(...ratios).toFixed(3)}`;
    console.log(`${name.padEnd(28)}${time.padStart(10)}${median(ratios).toFixed(3).padStart(8)}   ${interval}`);
  }
}

/** Microseconds of each row, for one build. */
async function measure(folder) {
  const load = performance.now();
  const { StreamClient } = await import(pathToFileURL(join(folder, "dist/index.js")).href);
  const first = new StreamClient("key", "secret-of-a-usual-length-0123456789");
  const rows = { "import and construct": (performance.now() - load) * 1e3 };

  const body = (value) => JSON.stringify(value);
  const written = (count) => ({ users: Object.fromEntries(numbers(count).map((n) => [user(n).id, fullUser(n)])) });
  const found = (count) => ({ users: numbers(count).map(fullUser) });
  const users = (count) => numbers(count).map(user);
  const query = (limit) => ({ payload: { filter_conditions: { role: "user" }, sort: [{ field: "id" }], limit } });
  const [one, hundred] = [users(1), users(100)];
  const calls = [
    ["upsertUsers 1", body(written(1)), (client) => client.upsertUsers(one)],
    ["upsertUsers 100", body(written(100)), (client) => client.upsertUsers(hundred)],
    ["queryUsers 30", body(found(30)), (client) => client.queryUsers(query(30))],
    ["queryUsers 100", body(found(100)), (client) => client.queryUsers(query(100))],
    ["getTask", body({ task_id: "t", status: "completed" }), (client) => client.getTask({ id: "t" })],
    ["getTask with options", body({ task_id: "t" }), (client) => client.getTask({ id: "t" }, { timeout: 1000 })],
  ];
  const headers = new Headers({ "content-type": "application/json", "x-ratelimit-limit": "1000" });
  for (const [name, text, call] of calls) {
    const answer = { ok: true, status: 200, statusText: "OK", headers, json: async () => JSON.parse(text) };
    const client = new StreamClient("key", "secret-of-a-usual-length-0123456789", { fetch: async () => answer });
    rows[name] = await timed(() => call(client));
  }
  rows.generateUserToken = await timed(() => first.generateUserToken({ user_id: "user-12345" }));
  rows["new StreamClient"] = await timed(() => new StreamClient("key", "secret"));
  return rows;
}

/** The median of batches of some milliseconds each, in microseconds per call. */
async function timed(call) {
  const batch = async (count) => {
    const start = process.hrtime.bigint();
    for (let index = 0; index < count; index++) await call();
    return Number(process.hrtime.bigint() - start) / 1e3 / count;
  };
  let each = await batch(20);
  for (let round = 0; round < 8; round++) each = await batch(Math.max(5, Math.min(2000, Math.round(20_000 / each))));
  const count = Math.max(5, Math.min(5000, Math.round((BATCH_MS * 1e3) / each)));
  const times = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await batch(count));
  return median(times);
}
