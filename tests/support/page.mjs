// The demo page's own modules, for Node. They are TypeScript and import nothing that is there at run time.

import path from "node:path";
import { build } from "esbuild";
import { repository } from "./paths.mjs";

/** Imports a module of the page: `load("fill.ts")`. No file is written, which another test might read half. */
export async function load(name) {
  const entry = path.join(repository, "www/src", name);
  const define = { AT_EMULATOR: "false", PACKAGE_VERSION: '"0.0.0"' };
  const { outputFiles } = await build({
    entryPoints: [entry],
    write: false,
    bundle: true,
    format: "esm",
    platform: "neutral",
    define,
    logLevel: "warning",
  });
  const [{ contents }] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(contents).toString("base64")}`);
}
