// The code that the demo page shows compiles and does the same as the call, for any input.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { isDeepStrictEqual } from "node:util";
import { StreamClient } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";
import { load } from "../support/page.mjs";
import { repository } from "../support/paths.mjs";
import { compile } from "./compile.mjs";
import { call, filled } from "./emulator.mjs";
import { curlArguments, curlRequest, runScript, runWorker } from "./snippets.mjs";

const { RUNTIMES, snippet } = await load("code/snippet.ts");
const { operations, $defs } = JSON.parse(readFileSync(`${repository}www/src/generated/operations.json`, "utf8"));

const NASTY = `'"\`\\ \${process.exit(1)} $(exit 1) $HOME !! </script> <!-- \n\t\r\u0000 \u2028 \u202e\u2066 🙂 ó\u{e0041} %00 &a=b;#?`;
const nasty = { [NASTY]: NASTY, "a-b": [NASTY, -0, 1e21, null], "": {}, ["__proto__"]: { polluted: true } };

/** Inputs of the form besides the examples. */
const OTHERS = [
  [
    "upsertUsers",
    [
      [
        { id: "a@b", name: NASTY, custom: nasty },
        { id: "__proto__", teams: [] },
      ],
    ],
  ],
  ["updateUsers", [{ users: { __proto__x: { id: "__proto__x", name: NASTY } } }]],
  ["updateUsersPartial", [{ users: [{ id: NASTY, set: nasty, unset: [NASTY] }] }]],
  ["queryUsers", [{ payload: { filter_conditions: { name: NASTY, "custom.a": { $in: [NASTY] } }, limit: 1 } }]],
  ["deactivateUser", [{ user_id: NASTY, created_by_id: NASTY }]],
  ["getTask", [{ id: NASTY }]],
  ["revokeUserToken", [NASTY, null]],
  ["revokeUserToken", [NASTY]],
  ["revokeUserTokens", [[NASTY, "b"], "2026-03-01"]],
  ["listUserGroups", []],
  ["listUserGroups", [{ created_at_gt: "2026-03-01T10:00:00.123456Z", team_id: NASTY }]],
  ["searchUserGroups", [{ query: NASTY, limit: 3 }]],
  ["moderation.unban", [{ target_user_id: NASTY, remove_future_channels_ban: false, unbanned_by_id: NASTY }]],
  ["getRateLimits", [{ endpoints: ["A", "B"], web: true }]],
  ["updateApp", []],
  ["updateApp", [{ revoke_tokens_issued_before: null }]],
  ["chat.sendUserCustomEvent", [{ user_id: NASTY, event: { type: NASTY.replaceAll(".", ""), custom: nasty } }]],
];

const CASES = [
  ...operations.map((operation) => ({ operation, input: operation.example, isExample: true })),
  ...OTHERS.map(([name, input]) => ({ operation: operations.find((operation) => operation.name === name), input })),
];

const TIME = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/;
const ENV = { STREAM_API_KEY: "devkey", STREAM_API_SECRET: "devsecret" };
const NOW = Date.UTC(2026, 5, 1);

/** A time however it is written; now, which is not the same in two calls, by its name. */
function timeOf(text) {
  const time = Date.parse(text);
  return Math.abs(time - Date.now()) < 3_600_000 ? "now" : time;
}

/** A request's content, ignoring the order of its query. */
function saying({ method, url, body }) {
  const { origin, pathname, searchParams } = new URL(url);
  const revive = (_, value) => (typeof value === "string" && TIME.test(value) ? timeOf(value) : value);
  const query = [...searchParams].map(([name, value]) => [name, revive(name, value)]).sort();
  return { method, origin, pathname, query, body: body === undefined ? undefined : JSON.parse(body, revive) };
}

/** An emulator with a frozen clock, so that two of them respond the same, and the requests that it got. */
async function recorded() {
  const requests = [];
  const fetch = (url, init, next) => {
    requests.push({ ...init, url });
    return next(url, init);
  };
  const { emulator, client } = await filled({ fetch, emulator: { clock: () => NOW, taskDuration: 0 } });
  return { client, requests, fetch: (url, init) => fetch(url, init, emulator.fetch) };
}

/** The result of a promise, without the parts that differ from call to call. */
async function outcome(promise) {
  try {
    return { answer: await promise };
  } catch (error) {
    return { error: String(error) };
  }
}

async function direct({ operation, input }) {
  const { client, requests } = await recorded();
  const { answer, error } = await outcome(call(client, operation.name, input));
  delete answer?.metadata;
  return { answer, error, request: requests[0] === undefined ? undefined : saying(requests[0]) };
}

const shownAs = ({ operation, input }) => `${operation.name}(${JSON.stringify(input).slice(0, 60)})`;

test("every snippet compiles", () => {
  const files = CASES.flatMap(({ operation, input }, index) =>
    ["worker", "node", "test", "browser"].map((runtime) => [
      `${index}.${operation.name}.${runtime}.ts`,
      snippet(runtime, operation, input, index % 2 === 0 ? {} : { basePath: `http://localhost/${NASTY}` }),
    ]),
  );
  assert.deepEqual(compile(Object.fromEntries(files)), []);
});

test("invalid code does not compile", () => {
  const [operation] = operations;
  const code = snippet("node", operation, [[{ id: "a", name: 7 }]]);
  assert.match(compile({ "wrong.ts": code }).join(), /number.*string/);
});

test("scripts for Node send the same request as the call", async () => {
  for (const one of CASES) {
    const expected = await direct(one);
    const { fetch, requests } = await recorded();
    const code = snippet("node", one.operation, one.input);
    const { answer: printed, error } = await outcome(runScript(code, { env: ENV, fetch }));
    assert.equal(error, expected.error, shownAs(one));
    assert.deepEqual(requests[0] && saying(requests[0]), expected.request, shownAs(one));
    if (error !== undefined || printed.length === 0) continue;
    if (one.operation.task) assert.equal(printed[0][0], "completed", shownAs(one));
    else assertTaken(printed[0][0], expected.answer, $defs[one.operation.answer].properties, shownAs(one));
  }
});

/** Compares a script's output with a response: with some of its fields by name, or with a single field. */
function assertTaken(printed, answer, known, message) {
  const { metadata: _, ...fields } = Object(printed);
  if (Object.keys(fields).every((name) => Object.hasOwn(known, name))) {
    for (const [name, value] of Object.entries(fields)) assert.deepEqual(value, answer[name], `${message}: ${name}`);
  } else {
    assert.ok(
      Object.values(answer).some((value) => isDeepStrictEqual(value, printed)),
      message,
    );
  }
}

test("generated tests run on an emulator with the state that the call needs", async () => {
  for (const { operation, input, isExample } of CASES) {
    if (!isExample) continue;
    let running;
    const names = { assert, test: (_, work) => (running = work()), StreamClient, createEmulator };
    const code = snippet("test", operation, input).replace(/^import .*\n/gm, "");
    new Function(...Object.keys(names), code)(...Object.values(names));
    assert.ok(running instanceof Promise, operation.name);
    const { error } = await outcome(running);
    assert.equal(error, undefined, operation.name);
  }
});

test("Workers respond with the call's result", async () => {
  for (const one of CASES) {
    const expected = await direct(one);
    const { fetch, requests } = await recorded();
    const { answer: response, error } = await outcome(
      runWorker(snippet("worker", one.operation, one.input), { env: ENV, fetch }),
    );
    assert.equal(error, expected.error, shownAs(one));
    assert.deepEqual(requests.map(saying), expected.request === undefined ? [] : [expected.request], shownAs(one));
    if (error !== undefined) continue;
    const text = await response.text();
    assert.equal(response.status, text === "" ? 204 : 200, shownAs(one));
    const body = text === "" ? {} : JSON.parse(text);
    delete body.metadata;
    const wanted = JSON.parse(JSON.stringify(expected.answer));
    for (const [name, value] of Object.entries(body)) assert.deepEqual(value, wanted[name], `${shownAs(one)}: ${name}`);
  }
});

test("pages send the same request as the call, or let their server send it", async () => {
  for (const one of CASES) {
    const { operation, input } = one;
    const expected = await direct(one);
    const requests = [];
    const record = async (url, init = {}) => {
      requests.push({ ...init, url: new URL(url, "https://page.test") });
      return url === "/api/stream-token" ? new Response(token) : Response.json({ duration: "" });
    };
    const token = new StreamClient("key", "secret").generateUserToken({ user_id: "ada" });
    const code = snippet("browser", operation, input);
    const { error } = await outcome(runScript(code, { fetch: record, own: record }));
    const sent = requests.filter(({ url }) => url.pathname !== "/api/stream-token");
    if (operation.auth !== "server") {
      const wanted = expected.request && { ...expected.request, query: expected.request.query.map(withKey).sort() };
      assert.deepEqual(sent[0] && saying(sent[0]), wanted, `${shownAs(one)}: ${error}`);
      continue;
    }
    assert.equal(error, undefined, shownAs(one));
    assert.equal(sent.length, 1, shownAs(one));
    const named = operation.arguments.map(({ name }, index) => [name, input[index]]);
    const body =
      input.length === 0 ? undefined : operation.arguments.length === 1 ? input[0] : Object.fromEntries(named);
    const asked = { method: "POST", url: sent[0].url, body: body && JSON.stringify(body) };
    assert.deepEqual(saying(sent[0]), saying(asked), shownAs(one));
  }
});

/** In a page's code, the key is a placeholder. */
function withKey([name, value]) {
  return name === "api_key" ? [name, "your-api-key"] : [name, value];
}

test("curl sends the same request as the client", async () => {
  const token = "a.token.of";
  for (const one of CASES) {
    const { operation, input } = one;
    const sent = [];
    const fetch = async (url, init) => {
      sent.push({ ...init, url });
      return Response.json({});
    };
    const client =
      operation.auth === "public"
        ? StreamClient.anonymous("devkey", { fetch })
        : new StreamClient("devkey", "devsecret", { fetch });
    const { error } = await outcome(call(client, operation.name, input));
    if (sent.length === 0) {
      assert.match(error, /InvalidArgumentError/, shownAs(one));
      continue;
    }
    const given = curlArguments(snippet("curl", operation, input), { ...ENV, STREAM_TOKEN: token });
    const request = curlRequest(given);
    assert.deepEqual(saying(request), saying(sent[0]), shownAs(one));

    const { authorization, ...headers } = sent[0].headers;
    const expected = { "stream-auth-type": headers["stream-auth-type"] };
    if (authorization !== undefined) expected.authorization = token;
    if (sent[0].body !== undefined) expected["content-type"] = headers["content-type"];
    assert.deepEqual(request.headers, expected, shownAs(one));
  }
});

test("a custom address is in the code", async () => {
  const [operation] = operations;
  const place = { basePath: "http://127.0.0.1:8787/api'$(exit)`" };
  for (const runtime of ["worker", "node"]) {
    const requests = [];
    const fetch = async (url, init) => {
      requests.push({ ...init, url });
      return Response.json({});
    };
    const run = runtime === "node" ? runScript : runWorker;
    await run(snippet(runtime, operation, operation.example, place), { env: ENV, fetch });
    assert.ok(requests[0].url.startsWith(place.basePath), requests[0].url);
  }
  const [url] = curlArguments(snippet("curl", operation, operation.example, place), ENV);
  assert.equal(url, "http://127.0.0.1:8787/api%27%24%28exit%29%60/api/v2/users?api_key=devkey");
});

test("there is code for every input of the form", () => {
  const deep = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`);
  const odd = [
    null,
    7,
    "text",
    true,
    [],
    [null],
    [7, ["x"]],
    {},
    { id: {}, users: 1, userIds: "a", payload: [] },
    deep,
  ];
  const inputs = [[], ...odd.map((value) => [value]), [{}, {}, {}]];
  for (const operation of operations) {
    for (const input of inputs) {
      for (const { runtime } of RUNTIMES) assert.equal(typeof snippet(runtime, operation, input), "string");
    }
  }
  assert.match(snippet("curl", operations[0], [deep]), /^# .*nested this deep/);
});

test("the code contains no invisible characters", () => {
  for (const { operation, input } of CASES) {
    for (const { runtime } of RUNTIMES) {
      const code = snippet(runtime, operation, input);
      assert.doesNotMatch(code, /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029\u{e0000}-\u{e007f}]/u);
    }
  }
});
