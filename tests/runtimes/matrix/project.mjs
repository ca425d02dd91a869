// A project of the matrix, laid out in `target/runtimes/` with the package installed from its tarball.

import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { repository, target } from "../../support/paths.mjs";

const sources = path.join(repository, "tests/runtimes");
const projects = path.join(target, "runtimes");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const laidOut = new Map();

/**
 * Lays a project out, once.
 *
 * @returns {Promise<{ folder: string, version: (dependency: string) => Promise<string | undefined> }>} `version` tells
 *   what is installed of a dependency: nothing, if it has no binary for this platform
 */
export function prepare(name) {
  if (!laidOut.has(name)) laidOut.set(name, layOut(name));
  return laidOut.get(name);
}

/** Where a project is laid out. */
export function folderOf(name) {
  return path.join(projects, name);
}

async function layOut(name) {
  const folder = folderOf(name);
  await clear(folder);
  await cp(path.join(sources, name), folder, { recursive: true, filter: (file) => !file.includes("node_modules") });
  await share(path.join(folder, "shared"));
  await install(folder);
  return { folder, version: (dependency) => installedVersion(folder, dependency) };
}

/** What an earlier run has built says nothing about this one. What it has installed is npm's to compare. */
async function clear(folder) {
  await mkdir(folder, { recursive: true });
  const built = (await readdir(folder)).filter((entry) => entry !== "node_modules");
  // npm keeps what it finds under the same version, even if the tarball is another by now.
  for (const entry of [...built, "node_modules/getstream-users"]) {
    await rm(path.join(folder, entry), { recursive: true, force: true });
  }
}

/** The scenario and what goes with it, for projects that import and for those that require. */
async function share(outdir) {
  const files = (names) => names.map((name) => path.join(sources, "shared", name));
  const common = { outdir, bundle: true, packages: "external", target: "es2022", logLevel: "warning" };
  const entryPoints = files([
    "scenario.mjs",
    "engine.mjs",
    "entries.mjs",
    "client.mjs",
    "settings.mjs",
    "in-process.mjs",
  ]);
  await build({ ...common, entryPoints, format: "esm", outExtension: { ".js": ".mjs" } });
  await build({ ...common, entryPoints, format: "cjs", platform: "node", outExtension: { ".js": ".cjs" } });
  await Promise.all(
    files(["command.sh", "page.mjs", "show.mjs", "socket.mjs"]).map((file) =>
      cp(file, path.join(outdir, path.basename(file))),
    ),
  );
}

/**
 * Installs what the lock file lists and the package, and leaves that file alone. Not by `npm ci`, which wants binaries of
 * every platform in the lock file, also of those for which none is published.
 */
async function install(folder) {
  const flags = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await promisify(execFile)(npm, ["install", ...flags, process.env.PACKAGE_TARBALL], { cwd: folder });
}

async function installedVersion(folder, dependency) {
  const manifest = path.join(folder, "node_modules", dependency, "package.json");
  const text = await readFile(manifest, "utf8").catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text).version;
}
