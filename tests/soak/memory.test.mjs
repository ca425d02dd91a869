// The short form of `cargo xtask soak --only memory`, for what `tests/js/growth.test.mjs` has not: workerd.

import assert from "node:assert/strict";
import test from "node:test";
import { callsInWorkerd } from "./memory/measure.mjs";

test("workerd: the module's memory is the same after the last of 10,000 calls as after the first tenth", async () => {
  const steps = await callsInWorkerd(10_000);
  assert.equal(steps.length, 10);
  assert.ok(steps[0].wasm > 0);
  assert.deepEqual(new Set(steps.map(({ wasm }) => wasm)), new Set([steps[0].wasm]));
});
