// The content of errors: the caller's stack, the address, the outcome of the request.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import { json, recorder, refusal, rejection } from "../support/stub.mjs";

const QUERY = { payload: { filter_conditions: {} } };
const server = (options) => new StreamClient("key", "secret", { retry: false, ...options });

test("the stack of a failed call names its caller, and no frame of wasm", async () => {
  const { fetch } = recorder(() => refusal(4, "no", 400));
  const client = server({ fetch });
  async function signUp() {
    await client.upsertUsers([{ id: "ann" }]);
  }
  async function refusedHere() {
    await client.upsertUsers([{ id: "not an id" }]);
  }
  async function deletion() {
    await client.deleteUsers({ user_ids: ["ann"] });
  }
  for (const caller of [signUp, refusedHere, deletion]) {
    const { stack } = await rejection(caller());
    assert.match(stack, new RegExp(`at (?:async )?${caller.name} `));
    assert.doesNotMatch(stack, /wasm/);
  }
  function mint() {
    client.generateUserToken({});
  }
  assert.throws(mint, ({ stack }) => /at mint /.test(stack) && !/wasm/.test(stack));
});

test("a failed connection says where it went and the system's reason", async (t) => {
  const closed = createTcpServer().listen(0);
  const { port } = closed.address();
  await new Promise((resolve) => closed.close(resolve));
  const refused = await rejection(server({ basePath: `http://127.0.0.1:${port}` }).getTask({ id: "t" }));
  assert.deepEqual([refused.kind, refused.outcome], ["connection", "not_sent"]);
  assert.match(refused.message, new RegExp(`^no connection to 127\\.0\\.0\\.1:${port}: .*ECONNREFUSED`));

  const resetting = createTcpServer((socket) => socket.once("data", () => socket.resetAndDestroy())).listen(0);
  t.after(() => resetting.close());
  const reset = await rejection(
    server({ basePath: `http://127.0.0.1:${resetting.address().port}` }).getTask({ id: "t" }),
  );
  assert.deepEqual([reset.kind, reset.outcome], ["connection", "unknown"]);
  assert.match(reset.message, /^no connection to 127\.0\.0\.1:\d+: fetch failed: /);
});

test("a timeout says which limit it was", async () => {
  const silent = () => new Promise(() => {});
  const timeout = await rejection(server({ fetch: silent, timeout: 5 }).getTask({ id: "t" }));
  assert.match(timeout.message, /^no response within 5 ms; the `timeout` option/);
  const deadline = await rejection(server({ fetch: silent, deadline: 5 }).getTask({ id: "t" }));
  assert.match(deadline.message, /^the call did not end within 5 ms; the `deadline` option/);
  assert.deepEqual([timeout.kind, deadline.kind, deadline.outcome], ["timeout", "timeout", "unknown"]);
});

test("a redirect is reported, and not followed", async (t) => {
  const seen = [];
  const redirecting = createServer((request, response) => {
    seen.push(request.url);
    response.writeHead(307, { location: "/elsewhere" }).end();
  }).listen(0);
  t.after(() => redirecting.close());
  const client = server({ basePath: `http://127.0.0.1:${redirecting.address().port}` });
  const error = await rejection(client.restoreUsers({ user_ids: ["a"] }));
  assert.equal(error.message, "the server redirects with status 307, which the API never does; check `basePath`");
  assert.deepEqual([error.kind, error.status, error.outcome, seen.length], ["response", 307, "refused", 1]);
  // Browsers do not tell the status.
  const opaque = {
    type: "opaqueredirect",
    ok: false,
    status: 0,
    statusText: "",
    headers: new Headers(),
    text: async () => "",
  };
  const hidden = await rejection(server({ fetch: async () => opaque }).getTask({ id: "a" }));
  assert.equal(hidden.message, "the server redirects, which the API never does; check `basePath`");
});

test("in a runtime without fetch, the error says what to do, and nothing is retried", async (t) => {
  const { fetch } = globalThis;
  t.after(() => {
    globalThis.fetch = fetch;
  });
  globalThis.fetch = undefined;
  const error = await rejection(new StreamClient("key", "secret").getTask({ id: "a" }));
  assert.deepEqual([error.kind, error.outcome, error.attempts], ["config", "not_sent", 1]);
  assert.equal(error.message, "this runtime has no `fetch`; pass one as the client's `fetch` option");
});

test("the outcome covers all attempts: one that may have run counts", async () => {
  const answers = (...all) => {
    let at = 0;
    return async () => {
      const next = all[Math.min(at++, all.length - 1)];
      if (next instanceof Error) throw next;
      return next();
    };
  };
  const later = () => refusal(9, "slow down", 429, { headers: { "retry-after": "0" } });
  const down = () => refusal(-1, "down", 503, { headers: { "retry-after": "0" } });
  const no = () => refusal(4, "no", 400);
  const gone = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  for (const [all, kind, outcome] of [
    [[no], "invalid_request", "refused"],
    [[later, no], "invalid_request", "refused"],
    [[down, no], "invalid_request", "unknown"],
    [[down], "server", "unknown"],
    [[gone], "connection", "not_sent"],
    [[new Error("reset"), gone], "connection", "unknown"],
    [[gone, later], "rate_limit", "refused"],
    [[() => new Response("<html>")], "response", "unknown"],
  ]) {
    const client = new StreamClient("key", "secret", { fetch: answers(...all) });
    const error = await rejection(client.queryUsers(QUERY, { retry: { attempts: 2 } }));
    assert.deepEqual([error.kind, error.outcome], [kind, outcome], error.message);
  }
  assert.equal((await rejection(server().upsertUsers([]))).outcome, "not_sent");
});

test("a hostile thrown value stays inside an error of this package", async () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const hostile = [
    proxy,
    Object.defineProperty(new Error(), "message", { get: () => assert.fail("read") }),
    Object.defineProperty({}, "cause", { get: () => assert.fail("read") }),
    { message: { toString: () => assert.fail("read") } },
    (() => {
      const circle = new Error("circle");
      circle.cause = circle;
      return circle;
    })(),
  ];
  for (const cause of hostile) {
    const error = await rejection(server({ fetch: () => Promise.reject(cause) }).getTask({ id: "a" }));
    assert.ok(error instanceof StreamError);
    assert.equal(error.kind, "connection");
  }
  const headers = { get: () => assert.fail("read") };
  for (const response of [
    { ok: true, status: 200, headers, json: async () => ({}) },
    { ok: false, status: 500, headers, text: async () => "" },
  ]) {
    assert.ok((await rejection(server({ fetch: async () => response }).getTask({ id: "a" }))) instanceof StreamError);
  }
});

test("control-flow errors of frameworks pass through, unwrapped and not retried", async () => {
  const steering = Object.assign(new Error("bail out"), { digest: "NEXT_STATIC" });
  const { fetch, requests } = recorder(() => {
    throw steering;
  });
  assert.equal(await rejection(new StreamClient("key", "secret", { fetch }).queryUsers(QUERY)), steering);
  assert.equal(requests.length, 1);
});

test("a replaced global fetch that ignores its signal still times out", async (t) => {
  const { fetch } = globalThis;
  t.after(() => {
    globalThis.fetch = fetch;
  });
  const never = new Promise(() => {});
  const endless = new ReadableStream(
    { pull: (controller) => controller.enqueue(new Uint8Array()) },
    { highWaterMark: 0 },
  );
  for (const replaced of [
    () => never,
    async () => ({ ok: true, status: 200, headers: new Headers(), json: () => never }),
    async () => ({ ok: false, status: 500, headers: new Headers(), text: () => never }),
    async () => new Response(endless, { status: 500 }),
  ]) {
    globalThis.fetch = replaced;
    const client = new StreamClient("key", "secret", { timeout: 20, deadline: 60 });
    assert.ok(["timeout", "server"].includes((await rejection(client.getTask({ id: "a" }))).kind));
    const controller = new AbortController();
    const call = client.getTask({ id: "a" }, { signal: controller.signal });
    controller.abort("enough");
    assert.equal(await rejection(call), "enough");
  }
});

test("a provider that hangs once does not disable its client", async () => {
  let asked = 0;
  const minted = server().generateUserToken({ user_id: "ann" });
  const provide = () => (++asked === 1 ? new Promise(() => {}) : minted);
  const { fetch } = recorder();
  const client = StreamClient.withToken("key", provide, { fetch, timeout: 20 });
  const errors = await Promise.all([1, 2, 3].map(() => rejection(client.getTask({ id: "a" }))));
  for (const error of errors) {
    assert.deepEqual([error.kind, error.outcome], ["token_provider", "not_sent"]);
    assert.equal(error.message, "the token provider did not return within 20 ms");
  }
  await client.getTask({ id: "b" });
  assert.equal(asked, 2);
});

test("a wait longer than a timer supports does not fire immediately", async () => {
  let requests = 0;
  const fetch = async () => {
    requests++;
    return refusal(9, "slow down", 429, { headers: { "retry-after": "9999999" } });
  };
  const client = new StreamClient("key", "secret", { fetch });
  const controller = new AbortController();
  const call = client.getTask({ id: "a" }, { signal: controller.signal, onRateLimit: () => 3e9 });
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(requests, 1);
  controller.abort("enough");
  assert.equal(await rejection(call), "enough");
});

test("many calls on one signal print no warning", async () => {
  const warnings = [];
  const warn = (warning) => warnings.push(warning.name);
  process.on("warning", warn);
  const { signal } = new AbortController();
  const { fetch } = recorder(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return json({});
  });
  const client = new StreamClient("key", "secret", { fetch, deadline: 10_000 });
  await Promise.all(Array.from({ length: 30 }, () => client.getApp({ signal })));
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", warn);
  assert.deepEqual(warnings, []);
});

test("a payload cannot differ between the check and the token", () => {
  for (let honest = 0; honest < 6; honest++) {
    let reads = 0;
    const payload = {
      user_id: "ann",
      x: 1,
      get server() {
        return reads++ < honest ? undefined : true;
      },
    };
    try {
      const token = server().generateUserToken(payload);
      const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
      assert.deepEqual([claims.user_id, claims.server], ["ann", undefined]);
    } catch (error) {
      assert.deepEqual([error.kind, error.field], ["invalid_argument", "server"]);
    }
  }
});

test("a response whose own fields throw fails as one that is not the API's, never with what it threw", async () => {
  const throwing = (name, response) =>
    Object.defineProperty({ ...response }, name, {
      get() {
        throw new Error("boom");
      },
    });
  const response = { status: 200, ok: true, headers: new Headers(), json: async () => ({}), text: async () => "{}" };
  for (const [answer, kind] of [
    [throwing("ok", response), "response"],
    [throwing("statusText", { ...response, ok: false, status: 404 }), "not_found"],
  ]) {
    const client = new StreamClient("key", "secret", { fetch: async () => answer, retry: false });
    assert.equal((await rejection(client.getTask({ id: "t" }))).kind, kind);
    assert.equal((await client.safe.getTask({ id: "t" })).error.kind, kind);
  }
});
