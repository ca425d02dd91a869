// How the emulator's entry loads its module: from the wasm file, or from the code if it has been bundled.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { build } from "esbuild";

const folder = path.dirname(createRequire(import.meta.url).resolve("getstream-users/package.json"));
const scratch = mkdtempSync(path.join(tmpdir(), "emulator-loading-"));
test.after(() => rmSync(scratch, { recursive: true }));

/** The code of a program that has loaded the emulator. */
const USE = `if (typeof Kept === "function") globalThis.Buffer = Kept;
createEmulator().fetch("https://chat.stream-io-api.com/api/v2/app?api_key=1")
  .then(async (response) => console.log(response.status, (await response.json()).code));`;
const IMPORT = `import { createEmulator } from "getstream-users/emulator"; ${USE}`;
const REQUIRE = `const { createEmulator } = require("getstream-users/emulator"); ${USE}`;
/** The emulator's app has another key. */
const ANSWER = "401 2\n";

/** Loads the module as pages do. Node's own `Response` needs the `Buffer` again. */
const BARE = "const Kept = Buffer; process.getBuiltinModule = globalThis.Buffer = undefined;";

const run = (file) => execFileSync(process.execPath, [file], { encoding: "utf8" });

async function bundled(contents, options) {
  const outfile = path.join(scratch, `${Math.random()}.${options.format === "esm" ? "mjs" : "cjs"}`);
  const { warnings } = await build({
    stdin: { contents, resolveDir: import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname) },
    bundle: true,
    outfile,
    logLevel: "silent",
    ...options,
  });
  assert.deepEqual(warnings, []);
  return outfile;
}

for (const platform of ["node", "browser"]) {
  for (const format of ["esm", "cjs"]) {
    for (const [way, code] of Object.entries({ import: IMPORT, require: REQUIRE })) {
      test(`bundled from ${way} for ${platform} as ${format}, it needs no file and no module of Node`, async () => {
        assert.equal(run(await bundled(code, { platform, format, banner: { js: BARE } })), ANSWER);
      });
    }
  }
}

test("a wasm file of another version next to a bundle is ignored", async () => {
  const bundle = await bundled(IMPORT, { platform: "node", format: "esm" });
  const other = path.join(folder, "dist/getstream_users_bg.wasm");
  cpSync(other, path.join(scratch, "getstream_users_emulator_bg.wasm"));
  assert.equal(run(bundle), ANSWER);
});

test("required by a Node that cannot require ES modules, it reads the wasm file", () => {
  const code = REQUIRE.replace("getstream-users/emulator", `${folder}/dist/emulator/index.cjs`);
  assert.equal(execFileSync(process.execPath, ["-e", code], { encoding: "utf8" }), ANSWER);
});
