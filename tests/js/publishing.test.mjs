// The tarball, checked with tools that check packages before publishing.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { build } from "esbuild";
import { publint } from "publint";
import { target } from "../support/paths.mjs";

const require = createRequire(import.meta.url);
const { version } = require("getstream-users/package.json");
const tarball = path.join(target, `getstream-users-${version}.tgz`);
const folder = path.dirname(import.meta.dirname);
const NOTICES = "THIRD-PARTY-NOTICES.md";

function run(program, ...args) {
  const bin = path.join(folder, "node_modules/.bin", program);
  try {
    return execFileSync(bin, args, { encoding: "utf8", stdio: "pipe", shell: process.platform === "win32" });
  } catch ({ stdout, stderr }) {
    throw new Error(`${program} is not content:\n${stdout}${stderr}`);
  }
}

test("publint has no suggestion, except about the separate entry for Oxygen", async () => {
  const { buffer, byteOffset, byteLength } = readFileSync(tarball);
  const pack = { tarball: buffer.slice(byteOffset, byteOffset + byteLength) };
  const { messages } = await publint({ pack, strict: true });
  // Vite maps the entry for Workers by the field `browser` where Oxygen's plugin builds, and nowhere else, as is meant.
  assert.deepEqual(messages.map(({ code, path }) => `${code}: ${path.join(" ")}`).sort(), [
    "EXPORTS_VALUE_CONFLICTS_WITH_BROWSER: exports . workerd default default",
    "USE_EXPORTS_OR_IMPORTS_BROWSER: browser",
  ]);
});

test("the types of every entry are found by every way to resolve them", () => {
  // The wasm module is neither an ES module nor CommonJS, which this tool reports as a mistake.
  run("attw", tarball, "--exclude-entrypoints", "wasm");
});

test("a subpath is a folder, too, for tools that do not read `exports`", async () => {
  const manifest = require.resolve("getstream-users/package.json");
  const { exports } = JSON.parse(readFileSync(manifest, "utf8"));
  const names = Object.keys(exports).flatMap((name) => name.match(/^\.\/([a-z]+)$/)?.slice(1) ?? []);
  assert.ok(names.includes("bulk"), `${names}`);
  for (const name of names) {
    const folder = path.join(path.dirname(manifest), name);
    const { main, module, types } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    for (const file of [main, module, types]) assert.ok(existsSync(path.join(folder, file)), `${name}: ${file}`);
    if (name === "wasm") continue;
    const exported = Object.keys(await import(`getstream-users/${name}`)).filter((key) => key !== "module.exports");
    assert.deepEqual(Object.keys(require(folder)).sort(), exported.filter((key) => key !== "default").sort());
  }
});

/** A program's bundle. */
async function bundled(contents, options = {}) {
  const stdin = { contents, resolveDir: folder };
  const { outputFiles } = await build({ stdin, bundle: true, format: "esm", minify: true, write: false, ...options });
  return outputFiles[0].text.trim();
}

test("a bundler leaves out unused entries", async () => {
  const imports = ["bulk", "slim"].map((name) => `import * as ${name} from "getstream-users/${name}";`);
  assert.equal(await bundled(imports.join("\n")), "");
});

test("a bundler leaves out unused parts of the client's entry", async () => {
  const program = (names) => `import { ${names} } from "getstream-users"; console.log(${names});`;
  for (const options of [{}, { conditions: ["workerd"], external: ["*.wasm"] }]) {
    assert.match(await bundled(program("API_ERROR_CODES"), options), /AppSuspended/);
    assert.doesNotMatch(await bundled(program("StreamClient"), options), /AppSuspended/);
  }
});

test("the notices of the crates in the modules are included, each with its licence", () => {
  const notices = readFileSync(
    path.join(path.dirname(require.resolve("getstream-users/package.json")), NOTICES),
    "utf8",
  );
  const rows = [...notices.matchAll(/^\| (\S+ \d\S*) \| (.*) \|$/gm)];
  const names = rows.map(([, crate]) => crate.split(" ")[0]);
  for (const name of ["serde_json", "sha2", "hmac", "wasm-bindgen", "time", "indexmap"])
    assert.ok(names.includes(name), name);
  assert.ok(!names.some((name) => name.startsWith("getstream") || name === "syn"), `${names}`);
  for (const [row, , licence] of rows) assert.match(licence, /MIT|Apache-2.0|Zlib/, row);
  // A few crates publish no text with their licence's name, or only a line that leads to two.
  const sections = notices.split(/^## /m).slice(1);
  const whole = rows.filter(([, crate]) =>
    sections.some((section) => section.length > 1_000 && section.includes(crate)),
  );
  assert.ok(whole.length > rows.length * 0.9, `${whole.length} of ${rows.length}`);
  // Each text occurs once.
  assert.equal(new Set(sections.map((section) => section.slice(section.indexOf("\n")))).size, sections.length);
});
