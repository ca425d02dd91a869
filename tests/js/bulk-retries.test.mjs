// The calls of bulk work: their retries, their pace, and when they are given up.

import assert from "node:assert/strict";
import test from "node:test";
import { fakeTime, settle } from "../support/clock.mjs";
import { importSource } from "../support/source.mjs";

const { Pace } = await importSource("bulk/pace.ts");
const { Retries } = await importSource("bulk/retries.ts");
const { Turns } = await importSource("bulk/turns.ts");
const { createError } = await importSource("errors.ts");

const NOW = 1_767_225_600_000;
const never = new AbortController().signal;

/** Whether a promise settles without the clock advancing. */
async function settlesNow(promise) {
  let isSettled = false;
  const settled = () => {
    isSettled = true;
  };
  promise.then(settled, settled);
  await settle();
  return isSettled;
}

/** The metadata of a response with a rate limit that resets in `seconds`. */
const limited = (limit, remaining, seconds) => ({
  rateLimit: {
    rateLimit: limit,
    rateLimitRemaining: remaining,
    rateLimitReset: new Date(NOW + seconds * 1000),
  },
});

test("every third step waits for the event loop, and so do steps taken meanwhile", async () => {
  const turns = new Turns(3, never);
  assert.deepEqual([turns.step(), turns.step()], [undefined, undefined]);
  const turn = turns.step();
  assert.ok(turn instanceof Promise);
  assert.equal(turns.step(), turn);
  await turn;
  assert.deepEqual([turns.step(), turns.step()], [undefined, undefined]);
  assert.notEqual(turns.step(), undefined);
  const ending = new AbortController();
  ending.abort("mine");
  await assert.rejects(new Turns(1, ending.signal).step(), (reason) => reason === "mine");
});

test("the first call goes alone, and the rate limit in its response admits the others", async (t) => {
  const pass = fakeTime(t, NOW);
  const pace = new Pace(never);
  await pace.enter();
  const others = [pace.enter(), pace.enter(), pace.enter()];
  assert.equal(await settlesNow(Promise.race(others)), false);
  pace.leave(limited(3, 2, 30));
  await Promise.all(others.slice(0, 2));
  assert.equal(await settlesNow(others[2]), false);
  // The window ends after 30 s; 250 ms more, because clocks differ.
  await pass(others[2], 250);
  assert.equal(Date.now() - NOW, 30_250);
});

test("a call that was not sent does not count against the rate limit", async (t) => {
  fakeTime(t, NOW);
  const pace = new Pace(never);
  await pace.enter();
  pace.leave(limited(3, 2, 30));
  await pace.enter();
  pace.leave(undefined);
  await pace.enter();
  await pace.enter();
  assert.equal(await settlesNow(pace.enter()), false);

  // A call that was sent counts, even if its response has no rate limit.
  const silent = new Pace(never);
  await silent.enter();
  silent.leave(limited(3, 1, 30));
  await silent.enter();
  silent.leave({});
  assert.equal(await settlesNow(silent.enter()), false);

  // Before a rate limit is known, no call waits.
  const unknown = new Pace(never);
  await unknown.enter();
  unknown.leave(undefined);
  await unknown.enter();
  unknown.leave({});
  await unknown.enter();
});

test("calls under way count against the rate limit until their responses arrive", async (t) => {
  fakeTime(t, NOW);
  const pace = new Pace(never);
  await pace.enter();
  pace.leave(limited(10, 9, 30));
  await pace.enter();
  await pace.enter();
  // The server has counted one of them.
  pace.leave(limited(10, 2, 30));
  await pace.enter();
  assert.equal(await settlesNow(pace.enter()), false);
});

test("a pause delays every call, and the longest pause counts", async (t) => {
  const pass = fakeTime(t, NOW);
  const pace = new Pace(never);
  await pace.enter();
  pace.leave({});
  pace.pause(3000);
  pace.pause(1000);
  await pass(pace.enter(), 100);
  assert.equal(Date.now() - NOW, 3000);
});

test("when the work ends, waiting and new calls reject", async (t) => {
  fakeTime(t, NOW);
  const ending = new AbortController();
  const pace = new Pace(ending.signal);
  await pace.enter();
  const second = pace.enter();
  pace.pause(1000);
  pace.leave({});
  await settle();
  ending.abort("mine");
  for (const call of [second, pace.enter()]) await assert.rejects(call, (reason) => reason === "mine");
});

const failure = (kind, more = {}) => Object.assign(createError(kind, "no"), { metadata: {}, ...more });

/** A call that fails with these errors, one after the other, and then succeeds. */
function failing(...failures) {
  const state = { calls: 0, times: [] };
  const make = async () => {
    state.times.push(Date.now() - NOW);
    const error = failures[state.calls++];
    if (error !== undefined) throw error;
    return { answer: 7 };
  };
  return { make, state };
}

const retries = (more = {}) => new Retries({ patience: 60_000, signal: undefined, ending: never, ...more });

test("a call is retried after transient failures, with growing delays", async (t) => {
  const pass = fakeTime(t, NOW);
  t.mock.method(Math, "random", () => 1);
  const { make, state } = failing(failure("server"), failure("connection"), failure("server", { retryAfter: 5000 }));
  assert.deepEqual(await pass(retries().call(make)), { end: "success", answer: { answer: 7 } });
  assert.deepEqual(state.times, [0, 1000, 3000, 8000]);
});

test("after a 429, all calls of the pace wait", async (t) => {
  const pass = fakeTime(t, NOW);
  const pace = new Pace(never);
  const { make, state } = failing(failure("rate_limit", { retryAfter: 4000 }), failure("server", { retryAfter: 1000 }));
  const call = retries().call(make, pace);
  await settle();
  const other = pace.enter().then(() => Date.now() - NOW);
  await pass(call);
  assert.deepEqual(state.times, [0, 4000, 5000]);
  assert.equal(await other, 4000);
  // Without a pace, only this call waits.
  const alone = failing(failure("rate_limit", { retryAfter: 4000 }));
  await pass(retries().call(alone.make));
  assert.deepEqual(alone.state.times, [5000, 9000]);
});

test("a server error delays no other call", async (t) => {
  const pass = fakeTime(t, NOW);
  const pace = new Pace(never);
  const call = retries().call(failing(failure("server", { retryAfter: 4000 })).make, pace);
  await settle();
  await pace.enter();
  assert.equal(Date.now() - NOW, 0);
  await pass(call);
});

test("the pace learns the rate limit from successes and from errors", async (t) => {
  fakeTime(t, NOW);
  for (const make of [
    async () => ({ metadata: limited(5, 0, 30) }),
    async () => {
      throw failure("invalid_request", { metadata: limited(5, 0, 30) });
    },
  ]) {
    const pace = new Pace(never);
    await retries().call(make, pace);
    assert.equal(await settlesNow(pace.enter()), false);
  }
});

test("a refused call is not retried, and `isUnsure` says whether an attempt may have run", async (t) => {
  const pass = fakeTime(t, NOW);
  for (const [before, outcome, isUnsure] of [
    [[], "refused", false],
    [[], "not_sent", false],
    [[], "unknown", true],
    [[], undefined, true],
    [[failure("server", { outcome: "unknown" })], "refused", true],
    [[failure("server", { outcome: "refused" })], "refused", false],
  ]) {
    const error = failure("invalid_request", { outcome });
    const { make, state } = failing(...before, error);
    assert.deepEqual(await pass(retries().call(make)), { end: "refused", error, isUnsure });
    assert.equal(state.calls, before.length + 1);
  }
});

test("a task timeout fails its users; an error that every call would get ends the work", async () => {
  const late = failure("timeout", { task: { status: "running" } });
  assert.deepEqual(await retries().call(failing(late).make), { end: "failed", error: late });
  const denied = failure("permission");
  await assert.rejects(retries().call(failing(denied).make), denied);
  // An error of another library ends the work, even with a `kind`.
  const foreign = Object.assign(new TypeError("a defect"), { kind: "server", metadata: {} });
  await assert.rejects(retries().call(failing(foreign).make), foreign);
});

test("when `patience` is over the work ends; only the call fails if others succeeded meanwhile", async (t) => {
  const pass = fakeTime(t, NOW);
  const always = () => failing(...Array.from({ length: 9 }, () => failure("server", { retryAfter: 1000 })));
  const first = retries({ patience: 2500 });
  const { make, state } = always();
  await assert.rejects(pass(first.call(make)), { kind: "server" });
  assert.deepEqual(state.times, [0, 1000, 2000]);

  // A success counts at the time of the first failure or later, not before.
  const second = retries({ patience: 2500 });
  second.noteSuccess();
  t.mock.timers.tick(1);
  await assert.rejects(pass(second.call(always().make)), { kind: "server" });
  for (const wait of [0, 500]) {
    const third = retries({ patience: 2500 });
    const call = third.call(always().make);
    await settle();
    t.mock.timers.tick(wait);
    third.noteSuccess();
    const { end, error } = await pass(call);
    assert.deepEqual([end, error.kind], ["failed", "server"]);
  }
});

test("`patience` starts at the first failure, not at the start of the call", async (t) => {
  const pass = fakeTime(t, NOW);
  let calls = 0;
  const make = async () => {
    if (calls++ === 0) await new Promise((resolve) => setTimeout(resolve, 5000));
    throw failure("server", { retryAfter: 1000 });
  };
  await assert.rejects(pass(retries({ patience: 2500 }).call(make)), { kind: "server" });
  assert.equal(calls, 3);
});

test("after an abort, a call rejects with the signal's reason, not with its own error", async () => {
  const controller = new AbortController();
  const make = async () => {
    controller.abort("mine");
    throw failure("server");
  };
  const call = retries({ signal: controller.signal }).call(make);
  await assert.rejects(call, (reason) => reason === "mine");
});

test("the end of the work aborts the wait before a retry", async (t) => {
  fakeTime(t, NOW);
  const ending = new AbortController();
  const { make, state } = failing(failure("server"));
  const call = retries({ ending: ending.signal }).call(make);
  await settle();
  ending.abort("mine");
  await assert.rejects(call, (reason) => reason === "mine");
  assert.equal(state.calls, 1);
});

test("the event loop runs after a hundred calls that the client refused", async (t) => {
  fakeTime(t, NOW);
  const work = retries();
  const refuse = (metadata) => work.call(failing(failure("invalid_argument", { metadata })).make);
  for (let calls = 0; calls < 99; calls++) await refuse(undefined);
  // A call that was sent has yielded to the event loop, so it does not count.
  await refuse({});
  const last = refuse(undefined);
  assert.equal(await settlesNow(last), false);
  t.mock.timers.tick(1);
  await last;
});
