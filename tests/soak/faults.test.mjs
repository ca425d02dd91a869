// The short form of `cargo xtask soak --only faults`: every fault and every hostile `fetch`, in Node and in workerd, with large
// bodies of 2 MB. Of the operations one of each kind is called under faults; the long form calls all of them.

import assert from "node:assert/strict";
import test from "node:test";
import { matrix } from "./faults/matrix.mjs";

/** A read, a write that may run twice, one that may not, and work of several calls. */
const KINDS = ["queryUsers", "upsertUsers", "createGuest", "waitForTask"];

for (const runtime of ["node", "workerd"]) {
  test(`${runtime}: every call ends in time, as documented, and is sent no more often than allowed`, async (t) => {
    const { calls, requests, hostile, wrong } = await matrix(runtime, { megabytes: 2, only: KINDS, ways: ["option"] });
    t.diagnostic(`${calls} calls under faults, ${requests} requests, ${hostile} calls with hostile fetches`);
    assert.deepEqual(wrong, []);
    assert.ok(calls > 300 && requests > 300 && hostile > 1_000);
  });
}
