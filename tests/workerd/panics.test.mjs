// A panic and running out of memory in a Worker: that call fails as `internal`, and the next one works.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { limited } from "../support/planted.mjs";
import { startWorker } from "../support/workerd.mjs";

let worker;
before(async () => {
  worker = await startWorker(fileURLToPath(new URL("panics.worker.mjs", import.meta.url)), { change: limited });
});
after(() => worker?.stop());

const ask = async (path) => (await fetch(worker.url + path)).json();

test("workerd: a call in which the module panics fails as internal, and the same call works afterwards", async (t) => {
  const { panics, wrong } = await ask("/panics");
  t.diagnostic(`${panics} panics`);
  assert.deepEqual(wrong, []);
  assert.ok(panics > 50, `${panics}`);
});

test("workerd: a call that runs out of memory fails as internal, and the next ones work", async () => {
  assert.deepEqual(await ask("/memory"), []);
});
