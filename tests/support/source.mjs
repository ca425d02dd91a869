// Parts of the client's TypeScript, for tests of rules that the package does not export.

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a file of `src/client` exports, such as `bulk/rules.ts`. */
export async function importSource(file) {
  const entry = resolve(root, "src/client", file);
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
