// The rules of bulk work, as tables.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const rules = await importSource("bulk/rules.ts");

const at = (seconds) => new Date(seconds * 1000);
const headers = (limit, remaining, seconds) => ({
  rateLimit: limit,
  rateLimitRemaining: remaining,
  rateLimitReset: at(seconds),
});
const rate = (limit, remaining, seconds) => ({ limit, remaining, reset: seconds * 1000 });

test("the rate limit's `remaining` is the lowest that a response gave, minus the calls under way", () => {
  for (const [name, known, answer, underWay, expected] of [
    ["the first response", undefined, headers(10, 9, 60), 0, rate(10, 9, 60)],
    ["calls that the server may not have counted yet", undefined, headers(10, 9, 60), 3, rate(10, 6, 60)],
    ["more calls under way than remaining", undefined, headers(10, 2, 60), 3, rate(10, 0, 60)],
    ["a response that was overtaken", rate(10, 4, 60), headers(10, 8, 60), 1, rate(10, 4, 60)],
    ["another program that uses the same limit", rate(10, 8, 60), headers(10, 3, 60), 1, rate(10, 2, 60)],
    ["the next window", rate(10, 0, 60), headers(10, 9, 120), 2, rate(10, 7, 120)],
    ["a response from the window before", rate(10, 7, 120), headers(10, 0, 60), 2, rate(10, 7, 120)],
    ["no headers", rate(10, 7, 120), {}, 2, rate(10, 7, 120)],
    ["no response", rate(10, 7, 120), undefined, 2, rate(10, 7, 120)],
    ["headers that are not numbers", undefined, headers(Number.NaN, 1, 60), 0, undefined],
  ]) {
    assert.deepEqual(rules.learned(known, answer, underWay), expected, name);
  }
});

test("a call takes one from the remaining calls, and the next window counts as full", () => {
  assert.equal(rules.spent(undefined, 0), undefined);
  assert.deepEqual(rules.spent(rate(10, 3, 60), 1000), rate(10, 2, 60));
  assert.deepEqual(rules.spent(rate(10, 0, 60), 61_000), rate(10, 9, 121));
});

test("a call waits for the end of a window without remaining calls, and for the end of a pause", () => {
  for (const [known, pausedUntil, now, expected] of [
    [undefined, 0, 1000, 0],
    [undefined, 1500, 1000, 500],
    [rate(10, 1, 60), 0, 1000, 0],
    [rate(10, 1, 60), 3000, 1000, 2000],
    [rate(10, 0, 60), 0, 50_000, 10_250],
    [rate(10, 0, 60), 100_000, 50_000, 50_000],
    [rate(10, 0, 60), 0, 60_000, 0],
    // A clock that is an hour behind does not stop the work for an hour.
    [rate(10, 0, 3660), 0, 0, 60_250],
  ]) {
    assert.equal(rules.pauseBefore(known, pausedUntil, now), expected, JSON.stringify([known, pausedUntil, now]));
  }
});

test("a failed call is repeated, split, or fails its users, or ends the work", () => {
  for (const [error, expected] of [
    [{ kind: "rate_limit" }, "repeat"],
    [{ kind: "server" }, "repeat"],
    [{ kind: "connection" }, "repeat"],
    [{ kind: "timeout" }, "repeat"],
    [{ kind: "timeout", task: { status: "running" } }, "fail"],
    // `unrecoverable` is about this request, not about requests for other users.
    [{ kind: "server", unrecoverable: true }, "split"],
    [{ kind: "rate_limit", unrecoverable: true }, "split"],
    [{ kind: "permission", unrecoverable: true }, "stop"],
    [{ kind: "response" }, "repeat"],
    [{ kind: "response", status: 302 }, "stop"],
    [{ kind: "invalid_request", status: 400 }, "split"],
    [{ kind: "invalid_request", status: 413 }, "split"],
    [{ kind: "not_found" }, "split"],
    [{ kind: "task_failed" }, "split"],
    [{ kind: "invalid_argument", field: "users[3].id" }, "split"],
    [{ kind: "invalid_argument", field: "user_ids[0]" }, "split"],
    [{ kind: "invalid_argument" }, "split"],
    [{ kind: "invalid_argument", field: "messages" }, "stop"],
    [{ kind: "authentication" }, "stop"],
    [{ kind: "permission" }, "stop"],
    [{ kind: "config" }, "stop"],
    [{ kind: "token_provider" }, "stop"],
    [{ kind: "aborted" }, "stop"],
    [{ kind: "internal" }, "stop"],
    [{ kind: "a kind of tomorrow" }, "stop"],
  ]) {
    assert.equal(rules.verdict(error), expected, JSON.stringify(error));
  }
});

test("the `field` of an error gives the index of its user", () => {
  for (const [field, expected] of [
    ["users[3].id", 3],
    ["users[0]", 0],
    ["user_ids[12]", 12],
    ["users", undefined],
    ["user_ids", undefined],
    ['users["ada"].id', undefined],
    ["user.teams[3]", undefined],
    ["unset[3]", undefined],
    ["of.users[3]", undefined],
  ]) {
    assert.equal(rules.indexOf(field), expected, field);
  }
});

test("delays double up to 30 s, `Retry-After` replaces them, and `patience` ends them", () => {
  const failure = { failures: 1, waited: 0, patience: 60_000, retryAfter: undefined, random: 1 };
  for (const [change, expected] of [
    [{}, 1000],
    [{ random: 0 }, 500],
    [{ failures: 4 }, 8000],
    [{ failures: 1000 }, 30_000],
    [{ retryAfter: 60_000 }, 60_000],
    [{ retryAfter: 0 }, 0],
    [{ retryAfter: 60_001 }, undefined],
    [{ retryAfter: Number.NaN }, 1000],
    [{ retryAfter: -5 }, 1000],
    [{ waited: 59_001 }, undefined],
    [{ patience: 0 }, undefined],
    // The delay may be longer than a timer can wait.
    [{ patience: Number.POSITIVE_INFINITY, retryAfter: 1e10 }, 1e10],
    [{ patience: Number.POSITIVE_INFINITY, failures: 1e9, waited: 1e12 }, 30_000],
  ]) {
    const { failures, waited, patience, retryAfter, random } = { ...failure, ...change };
    const delay = rules.delayAfter(failures, waited, patience, retryAfter, random);
    assert.equal(delay, expected, JSON.stringify(change));
  }
});

test("a user counts as restored if the API's message says that it is not deleted", () => {
  for (const [error, expected] of [
    [
      { code: 4, message: 'RestoreUsers failed with error: "user \\"a\\" is not deleted, it can\'t be restored"' },
      true,
    ],
    [{ code: 4, message: 'RestoreUsers failed with error: "user \\"a\\" was not deleted softly"' }, false],
    [{ code: 16, message: "is not deleted" }, false],
    [{ message: "is not deleted" }, false],
  ]) {
    assert.equal(rules.isRestored(error), expected, JSON.stringify(error));
  }
});

test("a request is too large if the response has status 413", () => {
  assert.deepEqual(
    [413, 400, undefined].map((status) => rules.isTooMuch({ status })),
    [true, false, false],
  );
});

test("halves have every item once, and are smaller than the whole", () => {
  for (const items of [[1, 2], [1, 2, 3], Array.from({ length: 100 }, (_, index) => index)]) {
    const parts = rules.halves(items);
    assert.deepEqual(parts.flat(), items);
    assert.ok(parts.every((part) => part.length > 0 && part.length < items.length));
  }
});

test("a task's result has the errors of its users, in each of its forms", () => {
  for (const [result, expected] of [
    [undefined, undefined],
    [null, undefined],
    ["text", undefined],
    [{}, undefined],
    [{ url: "u" }, undefined],
    [{ ann: { status: "ok" } }, undefined],
    [{ ann: { status: "error" } }, "error"],
    [{ ann: { status: "error", error: "gone" } }, "gone"],
    [{ users: [{ id: "ann" }] }, undefined],
    [{ users: [{ id: "bob" }, { id: "ann" }] }, undefined],
    [{ users: [{ id: "bob" }] }, "the task's result does not list the user"],
    [{ users: [null, 7] }, "the task's result does not list the user"],
    [{ users: [], errors: { ann: "was deleted" } }, "was deleted"],
  ]) {
    assert.equal(rules.complaint(result, "ann"), expected, JSON.stringify(result));
  }
  assert.equal(rules.complaint({}, "constructor"), undefined);
  assert.equal(rules.complaint({ errors: {} }, "constructor"), undefined);
});

test("a checkpoint is valid only for the function that created it", () => {
  assert.equal(rules.doneAt("upsertMany", rules.checkpoint("upsertMany", 1200)), 1200);
  const others = ["deleteMany@7", "-upsertMany@7", ["upsertMany@7"]];
  for (const token of ["", "upsertMany", "upsertMany@", "upsertMany@-1", "upsertMany@1e3", 7, null, ...others]) {
    assert.equal(rules.doneAt("upsertMany", token), undefined, String(token));
  }
});
