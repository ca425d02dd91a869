// The short form of `cargo xtask soak --only faults`: every operation, fault and hostile `fetch`, in Node and in workerd, with
// large bodies of 2 MB.

import assert from "node:assert/strict";
import test from "node:test";
import { matrix } from "./faults/matrix.mjs";

for (const runtime of ["node", "workerd"]) {
  test(`${runtime}: every call ends in time, as documented, and is sent no more often than it may be`, async (t) => {
    const { calls, requests, hostile, wrong } = await matrix(runtime, { megabytes: 2 });
    t.diagnostic(`${calls} calls under faults, ${requests} requests, ${hostile} calls with hostile fetches`);
    assert.deepEqual(wrong, []);
    assert.ok(calls > 1_000 && requests > 1_000 && hostile > 1_000);
  });
}
