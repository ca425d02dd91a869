// The package itself, as npm unpacked it.

import assert from "node:assert/strict";
import fs from "node:fs";
import { builtinModules, createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { inspect } from "node:util";
import { transform } from "esbuild";

const require = createRequire(import.meta.url);
const folder = path.dirname(require.resolve("getstream-users/package.json"));
const manifest = require("getstream-users/package.json");
const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const relative = (entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name));
/** Programs that are run, not imported: the command and the emulator's page. */
const PROGRAMS = ["cli", "ui"].map((name) => path.join("dist", name));
/** The code that is imported. */
const code = files
  .map(relative)
  .filter((file) => /\.c?js$/.test(file) && !PROGRAMS.some((folder) => file.startsWith(folder)));
const read = (file) => fs.readFileSync(path.join(folder, file), "utf8");

/** Every file in the exports map, with the conditions that select it. */
function* targets(value, conditions = []) {
  if (typeof value === "string") yield { file: value, conditions };
  else for (const [condition, inner] of Object.entries(value)) yield* targets(inner, [...conditions, condition]);
}

test("it has no dependencies and no install scripts", () => {
  for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) {
    assert.equal(manifest[field], undefined, field);
  }
});

test("every exported file exists, with types first under each condition", () => {
  const all = [...targets(manifest.exports)];
  assert.ok(all.length >= 20);
  for (const { file } of all) assert.ok(fs.existsSync(path.join(folder, file)), file);
  for (const { file, conditions } of all.filter(({ conditions }) => conditions.at(-1) === "default")) {
    const siblings = conditions.slice(0, -1).reduce((map, condition) => map[condition], manifest.exports);
    assert.deepEqual(Object.keys(siblings), ["types", "default"], file);
  }
});

test("its code imports no Node module and has no top-level await", () => {
  const nodes = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
  assert.ok(code.length >= 10);
  for (const file of code) {
    const specifiers = [
      ...read(file)
        .replace(/^ *\*.*$/gm, "")
        .matchAll(/(?:from|import|require\()\s*["']([^"']+)["']/g),
    ].map((match) => match[1]);
    assert.deepEqual(
      specifiers.filter((name) => nodes.has(name) || !name.startsWith("./")),
      [],
      file,
    );
    assert.doesNotMatch(read(file), /^await |^(?:const|let|var) .* = await /m, file);
  }
});

test("its code names no global that only Node has", async () => {
  const names = ["process", "Buffer", "__dirname", "__filename", "setImmediate", "clearImmediate"];
  // esbuild knows which of these words are globals; what is looked up in `globalThis` is asked for, not taken for granted.
  const define = Object.fromEntries(names.map((name) => [name, `OF_NODE_${name}`]));
  const { code: marked } = await transform("process.exit()", { define });
  assert.match(marked, /OF_NODE_process/);
  for (const file of code) {
    const { code: marked } = await transform(read(file), { define });
    assert.equal(marked.match(/OF_NODE_\w+/)?.[0], undefined, file);
  }
});

test("it contains its licences and README, and nothing of the build machine", () => {
  const names = files.map(relative);
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "README.md"]) assert.ok(names.includes(name), name);
  const root = path.resolve(import.meta.dirname, "../..");
  for (const name of names) {
    const bytes = fs.readFileSync(path.join(folder, name));
    for (const place of [root, process.env.HOME, ".cargo/registry"]) {
      if (place && place.length > 6) assert.ok(!bytes.includes(place), `${name} names ${place}`);
    }
  }
});

test("its classes print under their own names", async () => {
  const { StreamClient, StreamError } = await import("getstream-users");
  assert.deepEqual([StreamClient.name, StreamError.name], ["StreamClient", "StreamError"]);
  const error = await new StreamClient("key", "secret").getTask({}).catch((reason) => reason);
  assert.match(inspect(error), /^InvalidArgumentError: getTask: id /);
});

test("each of its modules can be imported at run time", async () => {
  // A module with an export called `then` cannot: it is treated as a promise.
  const modules = code.filter((file) => file.endsWith(".js") && !/workerd|edge-light/.test(file));
  for (const file of modules) assert.equal(typeof (await import(path.join(folder, file))), "object", file);
});

test("its command costs an importer nothing, is small and lists its libraries", () => {
  assert.deepEqual(manifest.bin, { "getstream-users": "./dist/cli/main.js" });
  const program = files.filter((entry) => relative(entry).startsWith(path.join("dist", "cli")));
  const bytes = program.reduce((sum, entry) => sum + fs.statSync(path.join(folder, relative(entry))).size, 0);
  assert.ok(bytes < 250_000, `${bytes} bytes`);
  for (const file of code) assert.doesNotMatch(read(file), /cli\//, file);
  const notices = read("dist/cli/THIRD-PARTY-NOTICES.txt");
  for (const library of ["commander", "csv-parse", "dotenv", "picocolors", "@clack/prompts"]) {
    assert.match(notices, new RegExp(`^${library} [\\d.]+ \\((?:MIT|ISC|BSD-2-Clause)\\)$`, "m"), library);
  }
});

test("the client does not load what only the emulator needs", () => {
  for (const file of code.filter((file) => !file.includes("emulator"))) {
    assert.doesNotMatch(read(file), /emulator\//, file);
  }
});

test("the entry without wasm of its own is the same for import and require, and loads none", async () => {
  const entry = await import("getstream-users/bulk");
  assert.deepEqual(Object.keys(require("getstream-users/bulk")).sort(), Object.keys(entry).sort());
  assert.doesNotMatch(read("dist/bulk/index.js"), /WebAssembly\.(?:Module|Instance)|\.wasm|^import /m);
});
