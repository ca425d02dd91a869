// The Worker as it is deployed: what `wrangler deploy` would upload, with the bindings of wrangler.jsonc, in workerd with
// Miniflare's queues, R2 and Durable Objects.
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

/**
 * Runs what `bundle` has made.
 *
 * @param {{ bindings: Record<string, unknown>, keep?: string, maxRetries?: number }} options `keep` is a folder for files
 *   and Durable Objects, which are forgotten otherwise; queues are always
 */
export async function run({ bindings, keep, maxRetries }) {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(path.join(folder, "wrangler.jsonc"));
  const { queueConsumers } = workerOptions;
  if (maxRetries !== undefined) queueConsumers["getstream-import"].maxRetries = maxRetries;
  const wasm = (await readdir(dist)).filter((name) => name.endsWith(".wasm"));
  const miniflare = new Miniflare({
    ...workerOptions,
    bindings: { ...workerOptions.bindings, ...bindings },
    rootPath: dist,
    modules: [{ type: "ESModule", path: "index.js" }, ...wasm.map((path) => ({ type: "CompiledWasm", path }))],
    cf: false,
    host: "127.0.0.1",
    port: 0,
    ...(keep && { r2Persist: path.join(keep, "r2"), durableObjectsPersist: path.join(keep, "do") }),
  });
  return {
    url: (await miniflare.ready).href,
    files: () => miniflare.getR2Bucket("FILES"),
    stop: () => miniflare.dispose(),
  };
}
