// Which calls are retried, when and how often, and what hooks get. `src/policy/retry.rs` tests the rules as a table; this file
// tests them from outside.

import assert from "node:assert/strict";
import test from "node:test";
import { isRateLimitError, RateLimitError, ServerError, StreamClient, TimeoutError } from "getstream-users";
import { json, recorder, refusal, rejection } from "../support/stub.mjs";

const server = (options) => new StreamClient("key", "secret", options);
/** Returns at once. */
const now = { headers: { "retry-after": "0" } };
const limited = () => refusal(9, "Too many requests", 429, now);
const unavailable = () => refusal(-1, "", 503, now);
const broken = () => {
  throw new TypeError("fetch failed");
};

/** A fetch with these responses, one after the other; the last one is repeated. */
function answers(...list) {
  return recorder((_, index) => list[Math.min(index, list.length - 1)]());
}

const USERS = [{ id: "ann" }];
const read = (client, options) => client.getTask({ id: "t" }, options);
const idempotent = (client, options) => client.upsertUsers(USERS, options);
const once = (client, options) => client.restoreUsers({ user_ids: ["ann"] }, options);

test("calls that may run twice are retried, and others if the server did not run them", async () => {
  for (const [failure, call, attempts] of [
    [limited, read, 3],
    [limited, idempotent, 3],
    [limited, once, 3],
    [unavailable, read, 3],
    [unavailable, idempotent, 3],
    [unavailable, once, 1],
    [() => refusal(-1, "", 500, now), read, 1],
    [() => refusal(4, "no", 400, now), read, 1],
    [() => json({ code: 9, message: "m", unrecoverable: true }, { status: 429, ...now }), read, 1],
  ]) {
    const { fetch, requests } = answers(failure);
    const error = await rejection(call(server({ fetch })));
    assert.deepEqual([requests.length, error.attempts], [attempts, attempts]);
  }
});

test("a call that succeeds later is a success, under the same request id", async () => {
  const { fetch, requests } = answers(limited, unavailable, () => json({ task_id: "t", status: "completed" }));
  const task = await read(server({ fetch }));
  assert.equal(task.status, "completed");
  assert.equal(new Set(requests.map(({ headers }) => headers["x-client-request-id"])).size, 1);
  assert.equal(task.metadata.clientRequestId, requests[0].headers["x-client-request-id"]);
});

test("failed connections are retried after a random time", async () => {
  const { fetch, requests } = answers(broken, () => json({ task_id: "t" }));
  const delays = [];
  await read(server({ fetch, onRetry: ({ delay }) => delays.push(delay) }));
  assert.equal(requests.length, 2);
  assert.ok(delays[0] >= 0 && delays[0] <= 500, String(delays));
});

test("retry can be set for a client and overridden for a call", async () => {
  for (const [own, ofCall, attempts] of [
    [false, undefined, 1],
    [{ attempts: 2 }, undefined, 2],
    [false, { attempts: 2 }, 2],
    [{ attempts: 5 }, false, 1],
    [{ attempts: 2 }, null, 2],
  ]) {
    const { fetch, requests } = answers(limited);
    await rejection(read(server({ fetch, retry: own }), { retry: ofCall }));
    assert.equal(requests.length, attempts);
  }
});

test("bad settings are refused before anything is sent", async () => {
  for (const [options, field] of [
    [{ retry: true }, "retry"],
    [{ retry: { attempts: 0 } }, "retry.attempts"],
    [{ retry: { attempts: 1.5 } }, "retry.attempts"],
    [{ retry: { budget: "long" } }, "retry.budget"],
    [{ deadline: -1 }, "deadline"],
    [{ onRetry: 1 }, "onRetry"],
    [{ logLevel: "loud" }, "logLevel"],
    [{ logger: () => {} }, "logger"],
  ]) {
    assert.throws(() => server(options), { kind: "invalid_argument", field }, JSON.stringify(options));
  }
  const error = await rejection(read(server({ fetch: broken }), { retry: "often" }));
  assert.deepEqual([error.kind, error.field], ["invalid_argument", "retry"]);
});

test("Retry-After sets the wait, in both forms, and the window's end without it", async () => {
  const at = (seconds) => Math.floor(Date.now() / 1000) + seconds;
  for (const [headers, least, most] of [
    [{ "retry-after": "20" }, 20_000, 20_000],
    // Not a date either, although engines parse it as one.
    [{ "retry-after": "1.5" }, 1500, 1500],
    [{ "retry-after": new Date(at(20) * 1000).toUTCString() }, 18_000, 20_000],
    [{ "x-ratelimit-reset": String(at(20)) }, 18_000, 20_000],
    [{ "retry-after": "soon", "x-ratelimit-reset": String(at(20)) }, 18_000, 20_000],
    [{ "retry-after": new Date(0).toUTCString() }, 0, 0],
  ]) {
    const { fetch } = answers(() => refusal(9, "Too many requests", 429, { headers }));
    const error = await rejection(read(server({ fetch, retry: false })));
    assert.ok(error.retryAfter >= least && error.retryAfter <= most, `${JSON.stringify(headers)}: ${error.retryAfter}`);
    assert.ok(error instanceof RateLimitError && isRateLimitError(error));
  }
});

test("a wait beyond the budget or the deadline does not start", async () => {
  const far = () => refusal(9, "Too many requests", 429, { headers: { "retry-after": "20" } });
  for (const options of [{ retry: { budget: 19_999 } }, { deadline: 19_000 }]) {
    const { fetch, requests } = answers(far);
    const error = await rejection(read(server({ fetch, ...options })));
    assert.deepEqual([requests.length, error.kind, error.retryAfter], [1, "rate_limit", 20_000]);
  }
});

test("a deadline ends the current attempt", async () => {
  const { fetch, requests } = recorder(({ init }) => {
    return new Promise((_, reject) => init.signal.addEventListener("abort", () => reject(init.signal.reason)));
  });
  const error = await rejection(read(server({ fetch, timeout: 60_000, deadline: 20 })));
  assert.ok(error instanceof TimeoutError);
  assert.equal(requests.length, 1);
});

test("a wait rejects with the signal's reason unchanged", async () => {
  const controller = new AbortController();
  const { fetch, requests } = answers(() => refusal(9, "Too many requests", 429, { headers: { "retry-after": "20" } }));
  const reason = { mine: true };
  const call = read(server({ fetch, onRetry: () => controller.abort(reason) }), { signal: controller.signal });
  assert.equal(await rejection(call), reason);
  assert.equal(requests.length, 1);
});

test("onRateLimit may give up, choose the wait, or leave it to retry", async () => {
  for (const [answer, attempts] of [
    [false, 1],
    [0, 6],
    [async () => 0, 6],
    [true, 3],
    [undefined, 3],
  ]) {
    let asked = 0;
    const { fetch, requests } = recorder((_, index) => (index === 5 ? json({ task_id: "t" }) : limited()));
    const onRateLimit = async (event) => {
      asked++;
      assert.equal(event.attempt, asked);
      assert.equal(event.retryAfter, 0);
      assert.equal(event.error.kind, "rate_limit");
      return typeof answer === "function" ? answer() : answer;
    };
    await read(server({ fetch, onRateLimit })).catch(() => {});
    assert.equal(requests.length, attempts, String(answer));
  }
});

test("a call does not wait for onRateLimit beyond its deadline or an abort", async () => {
  const { fetch, requests } = answers(limited);
  const client = server({ fetch, onRateLimit: () => new Promise(() => {}) });
  assert.ok(isRateLimitError(await rejection(read(client, { deadline: 5 }))));
  const controller = new AbortController();
  const call = read(client, { signal: controller.signal });
  await new Promise(setImmediate);
  controller.abort("enough");
  assert.equal(await rejection(call), "enough");
  assert.equal(requests.length, 2);
});

test("hooks and logger get attempts, responses and retries, and nothing private", async () => {
  const seen = [];
  const lines = [];
  const logger = {
    debug: (line) => lines.push(line),
    warn: (line) => lines.push(line),
    error: (line) => lines.push(line),
  };
  const { fetch } = answers(unavailable, () => json({ user: { id: "private-id" } }));
  const client = server({
    fetch,
    onRequest: (event) => seen.push(["request", event]),
    onResponse: (event) => seen.push(["response", event]),
    onRetry: (event) => seen.push(["retry", event]),
    logger,
    logLevel: "debug",
  });
  await client.deactivateUser({ user_id: "private-id" });
  assert.deepEqual(
    seen.map(([kind, { attempt, status }]) => [kind, attempt, status]),
    [
      ["request", 1, undefined],
      ["response", 1, 503],
      ["retry", 1, undefined],
      ["request", 2, undefined],
      ["response", 2, 200],
    ],
  );
  const [, repetition] = seen[2];
  assert.deepEqual(Object.keys(repetition), ["method", "path", "attempt", "clientRequestId", "delay", "error"]);
  const [, event] = seen[4];
  assert.deepEqual(Object.keys(event), ["method", "path", "attempt", "clientRequestId", "status", "duration"]);
  assert.equal(event.path, "/api/v2/users/{user_id}/deactivate");
  assert.ok(event.duration >= 0);
  assert.equal(lines.length, 5);
  const text = JSON.stringify([seen, lines]);
  for (const hidden of ["private-id", "secret", "eyJ"]) assert.ok(!text.includes(hidden), hidden);
});

test("a hook that throws neither ends nor changes a call", async (t) => {
  const errors = t.mock.method(console, "error", () => {});
  const { fetch } = answers(() => json({ task_id: "t" }));
  const task = await read(
    server({
      fetch,
      onRequest: () => {
        throw new Error("mine");
      },
    }),
  );
  assert.equal(task.task_id, "t");
  assert.equal(errors.mock.callCount(), 1);
});

test("an async hook that rejects neither ends nor changes a call", async (t) => {
  const errors = t.mock.method(console, "error", () => {});
  const failing = async () => {
    throw new Error("mine");
  };
  const { fetch } = answers(() => json({ task_id: "t" }));
  const logger = { debug: failing };
  await read(server({ fetch, onRequest: failing, onResponse: failing, logger, logLevel: "debug" }));
  await new Promise(setImmediate);
  assert.deepEqual(
    errors.mock.calls.map(({ arguments: [error] }) => error.message),
    ["mine", "mine", "mine", "mine"],
  );
});

test("the error of a failed call describes the call, for people and for logs", async () => {
  const { fetch } = answers(() => refusal(-1, "", 500));
  const error = await rejection(idempotent(server({ fetch })));
  assert.ok(error instanceof ServerError);
  assert.deepEqual([error.method, error.path, error.attempts], ["POST", "/api/v2/users", 1]);
  const log = JSON.parse(JSON.stringify(error));
  assert.deepEqual(Object.keys(log).sort(), [
    "attempts",
    "clientRequestId",
    "code",
    "kind",
    "message",
    "method",
    "name",
    "outcome",
    "path",
    "status",
  ]);
});

test("an unrecoverable failure is not retried, and says so", async () => {
  const body = { code: -1, message: "no", unrecoverable: true, exception_fields: { name: "is taken" } };
  for (const status of [429, 503]) {
    const { fetch, requests } = recorder(() => json(body, { status, headers: { "retry-after": "0" } }));
    const error = await rejection(read(server({ fetch })));
    assert.deepEqual([error.unrecoverable, error.attempts, requests.length], [true, 1, 1]);
    assert.deepEqual(error.toJSON().exceptionFields, body.exception_fields);
    assert.equal(error.toJSON().unrecoverable, true);
  }
  const { fetch } = recorder(() => json({ ...body, unrecoverable: false }, { status: 500 }));
  assert.equal("unrecoverable" in (await rejection(read(server({ fetch })))), false);
});

test("a huge error body is not read to its end", async () => {
  let pulled = 0;
  let cancelled = false;
  const body = () =>
    new ReadableStream({
      pull: (controller) => {
        pulled++;
        controller.enqueue(new Uint8Array(16_384).fill(120));
      },
      cancel: () => {
        cancelled = true;
      },
    });
  const error = await rejection(read(server({ fetch: async () => new Response(body(), { status: 500 }) })));
  assert.equal(error.message, "Stream error: 500");
  assert.ok(cancelled && pulled < 10, String(pulled));
});
