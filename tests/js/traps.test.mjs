// A call in which the module panics or runs out of memory fails as `internal`, and the next one works. `tests/workerd` and
// `tests/browser` have the same for Workers and pages; packing looks for panics in the binary.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { panicEverywhere, plant, runOutOfMemory } from "../support/planted.mjs";

plant();
const { StreamClient, StreamError } = await import("getstream-users");

test("a call in which the module panics, early or late, fails as internal, and the same call works afterwards", async (t) => {
  const { panics, wrong } = await panicEverywhere({ StreamClient, StreamError });
  t.diagnostic(`${panics} panics`);
  assert.deepEqual(wrong, []);
  assert.ok(panics > 50, `${panics}`);
});

test("a call that runs out of memory fails as internal, and the next ones work", async () => {
  assert.deepEqual(await runOutOfMemory({ StreamClient, StreamError }), []);
});

test("the client's module contains no panic messages", () => {
  const manifest = createRequire(import.meta.url).resolve("getstream-users/package.json");
  const text = readFileSync(path.join(path.dirname(manifest), "dist/getstream_users_bg.wasm"), "latin1");
  // Rust's panic messages, with their locations.
  const words = ["panicked at", "called `", "index out of bounds", "range end index", "attempt to ", "library/", ".rs"];
  assert.deepEqual(
    words.filter((one) => text.includes(one)),
    [],
  );
});
