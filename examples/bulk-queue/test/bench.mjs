// Measures the time and cost of many users: `npm run bench -- --users 100000 [--kill]`. With --kill the Worker is killed when
// half of them are imported, and continues from there. Linux only, because it reads /proc.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "./deployed.mjs";
import { bindings, isDone, ndjson, routes, startProcess, until } from "./support.mjs";

const { values } = parseArgs({ options: { users: { type: "string", default: "100000" }, kill: { type: "boolean" } } });
const count = Number(values.users);
const PATIENCE_MS = 30 * 60_000;
/** Of the kernel's clock; the same on every Linux that Node runs on. */
const TICKS = 100;

/** What workerd, in a Worker's process group, has used until now. */
async function usage(group) {
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    const [, name, rest] = /^\d+ \((.*)\) (.*)$/.exec(stat.trim()) ?? [];
    const fields = rest?.split(" ") ?? [];
    if (name !== "workerd" || Number(fields[2]) !== group) continue;
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    return { seconds: (Number(fields[11]) + Number(fields[12])) / TICKS, peak };
  }
  return { seconds: 0, peak: 0 };
}

const keep = await mkdtemp(path.join(tmpdir(), "getstream-users-"));
await bundle();
let worker = await startProcess({ bindings, keep });
const used = [];
try {
  const file = ndjson(count, (index) => `bench-${index}`);
  const idle = await usage(worker.pid);
  const start = performance.now();
  const { status } = await routes(worker.url).upload("bench", file, "application/x-ndjson");
  if (status !== 202) throw new Error(`the upload was answered with ${status}`);

  if (values.kill) {
    const half = ({ users }) => users.succeeded >= count / 2;
    const { users } = await until(routes(worker.url), "bench", half, PATIENCE_MS);
    used.push(await usage(worker.pid));
    await worker.kill();
    console.log(`killed when ${users.succeeded} users were through`);
    worker = await startProcess({ bindings, keep });
    await routes(worker.url).resume("bench");
  }
  const { users, chunks } = await until(routes(worker.url), "bench", isDone, PATIENCE_MS);
  const seconds = (performance.now() - start) / 1000;
  used.push(await usage(worker.pid));

  const cpu = used.reduce((sum, { seconds }) => sum + seconds, 0) - idle.seconds;
  const peak = Math.max(...used.map(({ peak }) => peak));
  console.log(`${users.read} users in ${chunks.read} chunks: ${users.succeeded} succeeded, ${users.failed} failed`);
  console.log(`${seconds.toFixed(1)} s, ${Math.round(users.read / seconds)} users a second`);
  console.log(
    `workerd: ${((cpu / users.read) * 1e6).toFixed(0)} µs of CPU a user, ${(peak / 1e6).toFixed(0)} MB at most`,
  );
  if (users.succeeded !== count) process.exitCode = 1;
} finally {
  await worker.kill();
  await rm(keep, { recursive: true, force: true });
}
