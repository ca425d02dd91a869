// The short form of `cargo xtask soak --only exactly-once`: on each emulator, with kills of those that are programs and of a
// client that imports.

import assert from "node:assert/strict";
import test from "node:test";
import { run } from "./exactly-once/run.mjs";

for (const server of ["in-process", "native", "node"]) {
  test(`${server}: no operation is lost or done twice, whatever fails or is killed`, async (t) => {
    const plan = { seed: 1, server, operations: 3_000, kills: 2 };
    const { lost, doubled, operations, unknown, failed } = await run(plan);
    t.diagnostic(`${operations} operations, ${failed} refused, ${unknown} of which nobody knows`);
    assert.deepEqual({ lost, doubled }, { lost: [], doubled: [] }, JSON.stringify(plan));
    // Enough has gone wrong for that to say something.
    assert.ok(operations >= 3_000 && failed > 10 && unknown > 10);
  });
}
