// Builds the package with the mutated TypeScript, for tests that import it by name: the client, bulk work and the emulator.
// Stryker runs this once in its folder, before the tests; the active mutant is chosen while they run.

import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const pkg = process.env.MUTANTS_PKG;
const core = path.join(pkg, "client/getstream_users_bg.js");
const values = path.resolve("src/client/values.ts");
// Next to the tests, so that it is resolved before the package that is installed for them.
const folder = path.resolve("tests/js/node_modules/getstream-users");

const client = `
import { readFileSync } from "node:fs";
import * as core from "getstream-users-core";
import * as values from "getstream-users-values";

const wasm = new WebAssembly.Module(readFileSync(${JSON.stringify(path.join(pkg, "client/getstream_users_bg.wasm"))}));
const imports = { "./getstream_users_bg.js": core, "getstream-users-values": values };
const { exports } = new WebAssembly.Instance(wasm, imports);
core.__wbg_set_wasm(exports);
exports.__wbindgen_start();

export * from ${JSON.stringify(path.resolve("src/client/index.ts"))};
`;

mkdirSync(folder, { recursive: true });
const bundle = { bundle: true, format: "esm", platform: "neutral", external: ["node:fs"] };
const alias = { "getstream-users-core": core, "getstream-users-values": values };
const stdin = { contents: client, resolveDir: process.cwd() };
await build({ ...bundle, alias, stdin, outfile: path.join(folder, "index.js") });
await build({ ...bundle, entryPoints: ["src/client/bulk/index.ts"], outfile: path.join(folder, "bulk.js") });
const emulator = pathToFileURL(realpathSync(path.join(pkg, "package/dist/emulator/index.js")));
writeFileSync(path.join(folder, "emulator.js"), `export * from ${JSON.stringify(emulator)};\n`);
const exports = { ".": "./index.js", "./bulk": "./bulk.js", "./emulator": "./emulator.js" };
writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "getstream-users", type: "module", exports }));
