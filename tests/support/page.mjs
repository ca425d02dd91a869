// The demo page's own modules, for Node. They are TypeScript and import nothing that is there at run time.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { repository, target } from "./paths.mjs";

/** Imports a module of the page: `load("fill.ts")`. */
export async function load(name) {
  const outfile = path.join(target, "demo-modules", `${name}.mjs`);
  const entry = path.join(repository, "www/src", name);
  const define = { AT_EMULATOR: "false", PACKAGE_VERSION: '"0.0.0"' };
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    define,
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}
