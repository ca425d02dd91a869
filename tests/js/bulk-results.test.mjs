// Counts the outcomes of chunks, for the progress and for the result.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const { Tally } = await importSource("bulk/results.ts");

const outcome = (more) => ({ succeeded: [], failed: [], task_ids: [], urls: [], ...more });
const first = outcome({ succeeded: ["a", "b"], task_ids: ["t1"], urls: ["u1"] });
const second = outcome({ succeeded: ["c"], failed: [{ id: "d", user: "d", error: "no" }], task_ids: ["t2"] });

/** The result of two chunks. */
function resultOf(operation, isWaiting, skipped = 0) {
  const tally = new Tally({ name: "deleteMany", ...operation }, isWaiting, skipped);
  tally.sent = 4;
  for (const each of [first, second]) tally.add(each);
  return tally.result();
}

test("the result has the number of successes, the failures and the checkpoint", () => {
  const counted = { sent: 4, succeeded: 3, failed: second.failed };
  assert.deepEqual(resultOf({}, true, 7), { ...counted, skipped: 7, checkpoint: "deleteMany@7" });
  const fresh = { ...counted, skipped: 0, checkpoint: "deleteMany@0" };
  // Task ids are included without `wait`, file URLs with it.
  assert.deepEqual(resultOf({ isTask: true }, true), fresh);
  assert.deepEqual(resultOf({ isTask: true }, false), { ...fresh, task_ids: ["t1", "t2"] });
  assert.deepEqual(resultOf({ isTask: true, hasUrls: true }, true), { ...fresh, urls: ["u1"] });
  assert.deepEqual(resultOf({ isTask: true, hasUrls: true }, false), { ...fresh, task_ids: ["t1", "t2"] });
});

test("the progress has a total if the input has one", () => {
  const tally = new Tally({ name: "upsertMany" }, true, 2);
  tally.sent = 5;
  tally.add(second);
  const progress = { sent: 5, succeeded: 1, failed: 1, skipped: 2 };
  assert.deepEqual(tally.progress(undefined), progress);
  assert.deepEqual(tally.progress(0), { ...progress, total: 0 });
});

test("the checkpoint advances when more of the input is done", () => {
  const tally = new Tally({ name: "upsertMany" }, true, 2);
  assert.equal(tally.checkpoint, "upsertMany@2");
  assert.equal(tally.moveTo(2), false);
  assert.equal(tally.moveTo(5), true);
  assert.equal(tally.checkpoint, "upsertMany@5");
  assert.equal(tally.moveTo(5), false);
});
