// Every option of a client, a call and a wait: missing, of every wrong type, and valid.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { json, noFetch, recorder, refusal, rejection } from "../support/stub.mjs";

const QUERY = { payload: { filter_conditions: {} } };
const values = {
  boolean: true,
  number: 5,
  string: "text",
  object: { a: 1 },
  array: [1],
  function: () => {},
  symbol: Symbol("s"),
  bigint: 1n,
  NaN: Number.NaN,
};
const signal = new AbortController().signal;
const fetch = noFetch;

/** Each option with a valid value, and the types of values that it accepts. */
const ofClient = {
  basePath: ["https://example.com", []],
  timeout: [1000, ["number"]],
  deadline: [1000, ["number"]],
  retry: [{ attempts: 2 }, []],
  headers: [{ "x-mine": "1" }, []],
  fetch: [fetch, ["function"]],
  previousSecrets: [["old"], []],
  onRequest: [() => {}, ["function"]],
  onResponse: [() => {}, ["function"]],
  onRetry: [() => {}, ["function"]],
  onRateLimit: [() => {}, ["function"]],
  logger: [console, ["object"]],
  logLevel: ["debug", []],
  dangerouslyAllowBrowser: [false, ["boolean"]],
};
const ofCall = {
  signal: [signal, []],
  timeout: [1000, ["number"]],
  deadline: [1000, ["number"]],
  retry: [false, []],
  onRateLimit: [() => {}, ["function"]],
  headers: [{ "x-mine": "1" }, []],
};
const ofWait = {
  pollInterval: [10, ["number"]],
  timeout: [1000, ["number"]],
  signal: [signal, []],
  onProgress: [() => {}, ["function"]],
};

const made = async (options) => void new StreamClient("key", "secret", options);
const called = (options) => new StreamClient("key", "secret", { fetch: recorder().fetch }).queryUsers(QUERY, options);
const waited = (options) => {
  const { fetch } = recorder(() => json({ task_id: "t", status: "completed", result: {} }));
  return new StreamClient("key", "secret", { fetch }).waitForTask("t", options);
};

for (const [whose, options, run] of [
  ["a client", ofClient, made],
  ["a call", ofCall, called],
  ["a wait", ofWait, waited],
]) {
  test(`each option of ${whose} accepts its type, null and undefined, and names any other type in the error`, async () => {
    for (const [name, [right, fitting]] of Object.entries(options)) {
      for (const value of [undefined, null, right]) await run({ [name]: value });
      for (const [type, value] of Object.entries(values)) {
        if (fitting.includes(type)) continue;
        const error = await rejection(run({ [name]: value }));
        assert.ok(["invalid_argument", "config"].includes(error.kind), `${name} as ${type}: ${error}`);
        assert.equal(error.outcome, "not_sent");
        if (error.kind === "invalid_argument")
          assert.ok(error.field.includes(name) || error.field === "a", `${name} as ${type}`);
      }
    }
  });

  test(`an unknown option of ${whose} is refused, with the option that was probably meant`, async () => {
    const names = Object.keys(options);
    for (const name of names) {
      const slips = [name.toUpperCase(), `${name}s`, name.slice(1), name.replace(/[A-Z]/g, (letter) => `_${letter}`)];
      for (const slip of slips.filter((slip) => !names.includes(slip))) {
        const error = await rejection(run({ [slip]: undefined }));
        assert.deepEqual([error.kind, error.field], ["invalid_argument", slip]);
        assert.match(error.message, /unknown option \w+; did you mean \w+\?/, slip);
      }
    }
    const error = await rejection(run({ quite: "another" }));
    assert.ok(error.message.endsWith(`unknown option quite; the options are ${names.join(", ")}`), error.message);
  });
}

test("the error for an option of another client says what to use instead", () => {
  for (const [option, words] of [
    ["baseUrl", "unknown option baseUrl; did you mean basePath?"],
    ["base_path", "unknown option base_path; did you mean basePath?"],
    ["timeOut", "unknown option timeOut; did you mean timeout?"],
    ["timeoutMs", "unknown option timeoutMs; did you mean timeout?"],
    ["agent", "unknown option agent; pass a `fetch` that uses it as the option `fetch`"],
    ["retries", "unknown option retries; did you mean retry?"],
  ]) {
    assert.throws(() => new StreamClient("key", "secret", { [option]: 1 }), { message: words, field: option });
  }
  assert.throws(() => new StreamClient("key", "secret", { retry: { atempts: 2 } }), {
    message: "unknown option retry.atempts; did you mean attempts?",
  });
});

test("an option that is not given keeps the client's", async () => {
  const count = async (client, options) => {
    let requests = 0;
    const fetch = async () => {
      requests++;
      return refusal(-1, "later", 503, { headers: { "retry-after": "0" } });
    };
    const error = await rejection(new StreamClient("key", "secret", { fetch, ...client }).getApp(options));
    assert.equal(error.kind, "server");
    return requests;
  };
  for (const [client, call, requests] of [
    [undefined, undefined, 3],
    [undefined, { retry: { attempts: undefined } }, 3],
    [undefined, { retry: { attempts: null } }, 3],
    [{ retry: { attempts: 2 } }, { retry: {} }, 2],
    [{ retry: { attempts: 2 } }, { retry: undefined }, 2],
    [{ retry: { attempts: 2 } }, { retry: { attempts: 4 } }, 4],
    [{ retry: false }, { retry: { attempts: 2 } }, 2],
    [{ retry: null, logger: null, logLevel: null, onRateLimit: null }, { retry: null }, 3],
  ]) {
    assert.equal(await count(client, call), requests, JSON.stringify([client, call]));
  }
  // The client's budget applies to a call without one.
  const slow = () => refusal(-1, "later", 503, { headers: { "retry-after": "2" } });
  const { fetch, requests } = recorder(slow);
  await rejection(
    new StreamClient("key", "secret", { fetch, retry: { budget: 1000 } }).getApp({ retry: { budget: undefined } }),
  );
  assert.equal(requests.length, 1);
});

test("a missing hook is ignored, and hides no error", async () => {
  for (const none of [null, undefined]) {
    const fetch = async () => refusal(9, "slow down", 429);
    const client = new StreamClient("key", "secret", {
      fetch,
      retry: false,
      onRateLimit: none,
      logger: none,
      onRequest: none,
    });
    assert.equal((await rejection(client.getApp())).kind, "rate_limit");
    assert.equal((await rejection(client.getApp({ onRateLimit: none }))).kind, "rate_limit");
  }
});

test("options are read once", async () => {
  const read = {};
  const counting = (options) =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        Object.entries(options).map(([name, value]) => [
          name,
          {
            enumerable: true,
            get() {
              read[name] = (read[name] ?? 0) + 1;
              return value;
            },
          },
        ]),
      ),
    );
  const { fetch } = recorder();
  const client = new StreamClient(
    "key",
    "secret",
    counting({ fetch, timeout: 5, headers: { a: "b" }, retry: { attempts: 2 } }),
  );
  await client.getApp(counting({ deadline: 5000, onRateLimit: () => {}, signal }));
  assert.deepEqual(read, { fetch: 1, timeout: 1, headers: 1, retry: 1, deadline: 1, onRateLimit: 1, signal: 1 });
});

test("a custom request id is sent and returned", async () => {
  const { fetch, requests } = recorder();
  const client = new StreamClient("key", "secret", { fetch });
  const { metadata } = await client.getApp({ headers: { "X-Client-Request-Id": "mine-1" } });
  assert.deepEqual([requests[0].headers["x-client-request-id"], metadata.clientRequestId], ["mine-1", "mine-1"]);
});
