// The Worker as it is deployed: what `wrangler deploy` would upload, with the bindings of wrangler.jsonc, in workerd.
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";

const folder = fileURLToPath(new URL("..", import.meta.url));
const wrangler = path.join(folder, "node_modules/wrangler/bin/wrangler.js");
const dist = path.join(folder, "dist");

/** Does everything that `wrangler deploy` does but the upload, and returns what it says. */
export async function bundle() {
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: path.join(dist, "logs") };
  const deploy = [wrangler, "deploy", "--dry-run", "--outdir", dist];
  const { stdout } = await promisify(execFile)(process.execPath, deploy, { cwd: folder, env });
  return stdout;
}

/** Runs what `bundle` has made. `say` is given what it logs. */
export async function run(secrets, say = () => {}) {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(path.join(folder, "wrangler.jsonc"));
  const wasm = (await readdir(dist)).filter((name) => name.endsWith(".wasm"));
  const miniflare = new Miniflare({
    ...workerOptions,
    bindings: { ...workerOptions.bindings, ...secrets },
    rootPath: dist,
    modules: [{ type: "ESModule", path: "index.js" }, ...wasm.map((path) => ({ type: "CompiledWasm", path }))],
    cf: false,
    host: "127.0.0.1",
    port: 0,
    // In memory: each run begins with an empty database.
    d1Persist: false,
    handleRuntimeStdio: (stdout, stderr) => {
      for (const stream of [stdout, stderr]) stream.on("data", (text) => say(String(text)));
    },
  });
  await miniflare.ready;
  const database = await miniflare.getD1Database("DB");
  const { scheduled } = await miniflare.getWorker();
  return { database, scheduled, stop: () => miniflare.dispose() };
}
