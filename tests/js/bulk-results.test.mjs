// What bulk work counts: the outcomes of chunks, after each and at the end.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const { Tally } = await importSource("bulk/results.ts");

const outcome = (more) => ({ succeeded: [], failed: [], task_ids: [], urls: [], ...more });
const first = outcome({ succeeded: ["a", "b"], task_ids: ["t1"], urls: ["u1"] });
const second = outcome({ succeeded: ["c"], failed: [{ id: "d", user: "d", error: "no" }], task_ids: ["t2"] });

/** What is told at the end of two chunks. */
function resultOf(operation, isWaiting, skipped = 0) {
  const tally = new Tally({ name: "deleteMany", ...operation }, isWaiting, skipped);
  tally.sent = 4;
  for (const each of [first, second]) tally.add(each);
  return tally.result();
}

test("the result counts who succeeded, lists who failed, and says where to go on", () => {
  const counted = { sent: 4, succeeded: 3, failed: second.failed };
  assert.deepEqual(resultOf({}, true, 7), { ...counted, skipped: 7, checkpoint: "deleteMany@7" });
  const fresh = { ...counted, skipped: 0, checkpoint: "deleteMany@0" };
  // Tasks are told if nobody waited for them, files if somebody did.
  assert.deepEqual(resultOf({ isTask: true }, true), fresh);
  assert.deepEqual(resultOf({ isTask: true }, false), { ...fresh, task_ids: ["t1", "t2"] });
  assert.deepEqual(resultOf({ isTask: true, hasUrls: true }, true), { ...fresh, urls: ["u1"] });
  assert.deepEqual(resultOf({ isTask: true, hasUrls: true }, false), { ...fresh, task_ids: ["t1", "t2"] });
});

test("progress has the total where the input knows it", () => {
  const tally = new Tally({ name: "upsertMany" }, true, 2);
  tally.sent = 5;
  tally.add(second);
  const progress = { sent: 5, succeeded: 1, failed: 1, skipped: 2 };
  assert.deepEqual(tally.progress(undefined), progress);
  assert.deepEqual(tally.progress(0), { ...progress, total: 0 });
});

test("the checkpoint moves when more of the input is done", () => {
  const tally = new Tally({ name: "upsertMany" }, true, 2);
  assert.equal(tally.checkpoint, "upsertMany@2");
  assert.equal(tally.moveTo(2), false);
  assert.equal(tally.moveTo(5), true);
  assert.equal(tally.checkpoint, "upsertMany@5");
  assert.equal(tally.moveTo(5), false);
});
