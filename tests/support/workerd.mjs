// A Worker in workerd, the runtime of Cloudflare Workers, without wrangler: bundled from the installed package the way
// Cloudflare's own tool does it.
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import workerd from "workerd";
import { target } from "./paths.mjs";
import { firstLine, start, stop } from "./process.mjs";

/**
 * Bundles the Worker at `source` and serves it on a free port.
 *
 * @param {string} source path of the Worker's module
 * @param {object} [options]
 * @param {Record<string, string>} [options.bindings] texts for the Worker's `env`
 * @param {Record<string, string>} [options.constants] texts for its module's scope, where `env` is not to be had
 * @param {string} [options.compatibilityDate] an old one by default, so that nothing newer is needed without notice
 * @param {string[]} [options.compatibilityFlags]
 * @param {boolean} [options.nodeModules] whether Node's modules are there; workerd has them from 2026-08-04 on
 * @param {"warning" | "silent"} [options.logLevel] of the bundler
 * @param {(module: Uint8Array) => Uint8Array} [options.change] what becomes of its wasm modules
 * @param {string[]} [options.external] modules that workerd brings itself
 * @returns {Promise<{ url: string, pid: number, stop: () => Promise<void> }>}
 */
export async function startWorker(source, options = {}) {
  const folder = await mkdtemp(path.join(target, "workerd-"));
  const remove = () => rm(folder, { recursive: true });
  try {
    await bundle(source, folder, options);
    if (options.change !== undefined) await changeModules(folder, options.change);
    await writeFile(path.join(folder, "config.capnp"), await configuration(folder, options));
    const child = start(workerd.default, ["serve", "--control-fd=3", "config.capnp"], {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
    const port = await firstLine(child, child.stdio[3], listeningPort);
    return {
      url: `http://127.0.0.1:${port}`,
      pid: child.pid,
      async stop() {
        await stop(child);
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Writes `worker.js` and the wasm files it imports, which stay files: workerd takes no other module. */
function bundle(source, folder, { constants = {}, external = [], nodeModules = false, logLevel = "warning" }) {
  // Code for CommonJS asks for Node's modules by `require`, which a Worker has to make for itself.
  const node = {
    external: builtinModules.flatMap((name) => [name, `node:${name}`]),
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("/");' },
  };
  return build({
    entryPoints: { worker: source },
    outdir: folder,
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external,
    define: Object.fromEntries(Object.entries(constants).map(([name, text]) => [name, JSON.stringify(text)])),
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    logLevel,
    ...(nodeModules && node),
  });
}

async function changeModules(folder, change) {
  for (const file of await modulesIn(folder)) {
    const place = path.join(folder, file);
    await writeFile(place, change(await readFile(place)));
  }
}

const modulesIn = async (folder) => (await readdir(folder)).filter((file) => file.endsWith(".wasm"));

async function configuration(folder, { bindings = {}, compatibilityDate = "2024-09-01", compatibilityFlags = [] }) {
  const files = await modulesIn(folder);
  const text = JSON.stringify;
  const modules = [
    `(name = "worker.js", esModule = embed "worker.js")`,
    ...files.map((file) => `(name = ${text(file)}, wasm = embed ${text(file)})`),
  ];
  const values = Object.entries(bindings).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`);
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [${modules.join(", ")}],
  bindings = [${values.join(", ")}],
  compatibilityDate = ${text(compatibilityDate)},
  compatibilityFlags = [${compatibilityFlags.map(text).join(", ")}],
);
`;
}

/** workerd tells its events on the control pipe, a line of JSON each. */
function listeningPort(line) {
  const { event, port } = JSON.parse(line);
  return event === "listen" ? port : undefined;
}
