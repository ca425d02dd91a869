// The tarball, as tools see it that look at packages before they are published.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { build } from "esbuild";
import { target } from "../support/paths.mjs";

const require = createRequire(import.meta.url);
const { version } = require("getstream-users/package.json");
const tarball = path.join(target, `getstream-users-${version}.tgz`);
const folder = path.dirname(import.meta.dirname);

function run(program, ...args) {
  const bin = path.join(folder, "node_modules/.bin", program);
  try {
    return execFileSync(bin, args, { encoding: "utf8", stdio: "pipe", shell: process.platform === "win32" });
  } catch ({ stdout, stderr }) {
    throw new Error(`${program} is not content:\n${stdout}${stderr}`);
  }
}

test("publint finds nothing to say, not even a suggestion", () => {
  assert.match(run("publint", "run", tarball, "--strict"), /All good!/);
});

test("the types of every entry are found by every way to resolve them", () => {
  // The module itself is neither an ES module nor CommonJS, which this tool takes for a mistake.
  run("attw", tarball, "--exclude-entrypoints", "wasm");
});

test("a bundler leaves out the entries that nobody uses", async () => {
  const contents = ["bulk", "paging", "slim", "webhooks"].map(
    (name) => `import * as ${name} from "getstream-users/${name}";`,
  );
  const { outputFiles } = await build({
    stdin: { contents: contents.join("\n"), resolveDir: folder },
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
  });
  assert.equal(outputFiles[0].text.trim(), "");
});
