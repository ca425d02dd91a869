// The oldest supported engines, as in docs/runtimes.md: shipped files use nothing that they lack. The oldest Node, Deno, Bun and
// workerd run in `tests/runtimes/oldest`.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { transform } from "esbuild";
import { repository } from "../support/paths.mjs";

const dist = path.join(path.dirname(createRequire(import.meta.url).resolve("getstream-users/package.json")), "dist");
const shipped = readdirSync(dist, { recursive: true }).map(String);

/** The command runs only in Node, and the emulator's page in a developer's current browser. */
const scripts = shipped.filter((file) => /\.c?js$/.test(file) && !/^(cli|ui)[\\/]/.test(file));

const FLOOR = ["chrome98", "firefox97", "safari16.4", "node20"];
/** What engines without WebAssembly take, and older devices: no static blocks of classes. */
const FLOOR_WITHOUT_WASM = ["chrome98", "firefox97", "safari15.4", "node20"];
const isWithoutWasm = (file) => /^(js|bulk)[\\/]/.test(file);

/** esbuild knows of none with all names of Unicode's properties; `\p{Surrogate}` is as old as Safari 11.1. */
const supported = { "regexp-unicode-property-escapes": true };

/** Added to the language and to its objects later than any of these; `isWellFormed` and `fromBase64` are asked for before they are called. */
const NEWER = [
  /\.(?:findLast|findLastIndex|toSorted|toReversed|toSpliced|toWellFormed|groupBy|fromAsync|withResolvers)\(/,
  /\b(?:AbortSignal\.(?:any|timeout)|URL\.(?:canParse|parse)|Promise\.try|Iterator\.from|navigator\.locks)\b/,
];

for (const file of scripts) {
  test(`${file} uses no syntax and no function that its oldest engines lack`, async () => {
    const source = readFileSync(path.join(dist, file), "utf8");
    const format = file.endsWith(".cjs") ? "cjs" : "esm";
    const written = async (target) => (await transform(source, { target, format, supported })).code;
    // esbuild writes anew what a target does not know, so nothing may change.
    const target = isWithoutWasm(file) ? FLOOR_WITHOUT_WASM : FLOOR;
    assert.ok((await written(target)) === (await written("esnext")), `not for ${target.join(", ")}`);
    for (const names of NEWER) assert.equal(source.match(names)?.[0], undefined);
  });
}

test("newer syntax is detected", async () => {
  const [old, today] = await Promise.all(
    [FLOOR_WITHOUT_WASM, "esnext"].map((target) =>
      transform("class A { static { a(this); } }", { target, minify: true }),
    ),
  );
  assert.notEqual(old.code, today.code);
});

/** Chromium 96, Firefox 79 and Safari 15 have these and what WebAssembly began with. */
const FEATURES = [
  "mutable-globals",
  "sign-ext",
  "nontrapping-float-to-int",
  "multivalue",
  "bulk-memory",
  "reference-types",
];

for (const file of shipped.filter((file) => file.endsWith(".wasm"))) {
  test(`${file} uses no WebAssembly feature that its oldest engines lack`, () => {
    const wasmOpt = path.join(repository, "node_modules/binaryen/bin/wasm-opt");
    const features = FEATURES.map((name) => `--enable-${name}`);
    const check = (flags) =>
      execFileSync(process.execPath, [wasmOpt, path.join(dist, file), "--mvp-features", ...flags], {
        stdio: "pipe",
        // The message names every function that uses a feature.
        maxBuffer: 64 * 1024 * 1024,
      });
    check(features);
    assert.throws(() => check([]), /features? /);
  });
}
