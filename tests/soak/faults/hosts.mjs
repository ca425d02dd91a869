// Starts the target in a runtime, with the package as its tarball installs it.

import { cp, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { prepare } from "../../runtimes/matrix/project.mjs";
import { firstLine, start, stop } from "../../support/process.mjs";
import { startWorker } from "../../support/workerd.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
/** How long a program may take to end by itself. */
const TO_END = 15_000;

const programs = {
  node: async () => [process.execPath, ["serve-node.mjs"], here],
  deno: async () => {
    const folder = await laidOut("deno");
    return [path.join(folder, "../node_modules/.bin/deno"), ["run", "--allow-net", "serve-deno.mjs"], folder];
  },
  bun: async () => {
    const folder = await laidOut("bun");
    return [path.join(folder, "../node_modules/@oven/bun-linux-x64-baseline/bin/bun"), ["serve-bun.mjs"], folder];
  },
};

async function laidOut(runtime) {
  const { folder } = await prepare(runtime);
  const target = path.join(folder, "faults");
  await rm(target, { recursive: true, force: true });
  await cp(here, target, { recursive: true });
  return target;
}

/**
 * @param {"node" | "deno" | "bun" | "workerd"} runtime
 * @returns {Promise<{ ask: (path: string, query?: object) => Promise<object>, end: () => Promise<string> }>} `end` tells how it
 *   ended: `by itself`, or what was wrong
 */
export async function startHost(runtime) {
  if (runtime === "workerd") {
    const worker = await startWorker(path.join(here, "serve-worker.mjs"));
    // workerd serves until it is told to stop.
    const end = () => worker.stop().then(() => "by itself");
    return { ask: askAt(worker.url), end };
  }
  const [program, args, cwd] = await programs[runtime]();
  const child = start(program, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  const port = await firstLine(child, child.stdout, (line) => /listening (\d+)/.exec(line)?.[1]);
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  return {
    ask: askAt(`http://127.0.0.1:${port}`),
    async end() {
      let timer;
      const late = new Promise((resolve) => {
        timer = setTimeout(() => resolve("something keeps it"), TO_END);
      });
      const code = await Promise.race([ended, late]);
      clearTimeout(timer);
      await stop(child);
      return code === 0 ? "by itself" : `with ${code}`;
    },
  };
}

const askAt = (url) => async (route, query) => {
  // A connection for each: what is asked may take longer than another's pause between two requests.
  const response = await fetch(`${url}${route}?${new URLSearchParams(query)}`, { headers: { connection: "close" } });
  return response.json();
};
