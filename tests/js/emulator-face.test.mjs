// The emulator inside the process: a `fetch` function, with a clock that tests can advance.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";
import { rejection } from "../support/stub.mjs";

const serverOf = ({ apiKey, apiSecret, fetch }) => new StreamClient(apiKey, apiSecret, { fetch });
const QUERY = { payload: { filter_conditions: {} } };
const EPOCH = 1_700_000_000_000;

/** A request like a client's, built by hand. */
function queryUrl({ apiKey }, origin = "https://chat.stream-io-api.com") {
  return `${origin}/api/v2/users?api_key=${apiKey}&payload=${encodeURIComponent('{"filter_conditions":{}}')}`;
}
function upsertOf({ apiKey, apiSecret }) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = `${part({ alg: "HS256", typ: "JWT" })}.${part({ server: true })}`;
  const authorization = `${claims}.${createHmac("sha256", apiSecret).update(claims).digest("base64url")}`;
  return {
    url: `https://chat.stream-io-api.com/api/v2/users?api_key=${apiKey}`,
    headers: { authorization, "stream-auth-type": "jwt" },
  };
}
const ANONYMOUS = { headers: { "stream-auth-type": "anonymous" } };

test("a new emulator has credentials and no users, and takes other credentials", async () => {
  const emulator = createEmulator();
  assert.deepEqual([emulator.apiKey, emulator.apiSecret], ["devkey", "devsecret"]);
  assert.deepEqual((await serverOf(emulator).queryUsers(QUERY)).users, []);
  const other = createEmulator({ apiKey: "my key&", apiSecret: "schlüssel" });
  assert.deepEqual([other.apiKey, other.apiSecret], ["my key&", "schlüssel"]);
  await serverOf(other).upsertUsers([{ id: "ann" }]);
  const error = await rejection(serverOf({ ...other, apiSecret: "devsecret" }).queryUsers(QUERY));
  assert.equal(error.kind, "authentication");
});

test("its functions need no receiver", async () => {
  const { fetch, advance, now, reset, ...credentials } = createEmulator({ clock: () => EPOCH });
  const client = serverOf({ fetch, ...credentials });
  await client.upsertUsers([{ id: "ann" }]);
  advance(1000);
  assert.equal(now(), EPOCH + 1000);
  reset();
  assert.equal(now(), EPOCH);
  assert.deepEqual((await client.queryUsers(QUERY)).users, []);
});

test("a body arrives the same in every form", async () => {
  const emulator = createEmulator();
  const { url, headers } = upsertOf(emulator);
  const text = '{"users":{"ann":{"id":"ann","name":"half a pair: \ud83e"}}}';
  const bytes = new TextEncoder().encode(text);
  const answers = [];
  for (const body of [text, bytes, bytes.buffer, new Blob([text])]) {
    const response = await emulator.fetch(url, { method: "POST", headers, body });
    const { users } = await response.json();
    answers.push([response.status, users.ann.name]);
  }
  assert.deepEqual(answers, Array(4).fill([201, "half a pair: \ufffd"]));
  await assert.rejects(emulator.fetch(url, { method: "GET", headers, body: text }), TypeError);
  await assert.rejects(emulator.fetch(url, { method: "POST", headers: { "no name": "1" }, body: text }), TypeError);
});

test("a request that is aborted immediately changes nothing, whatever its body", async () => {
  const emulator = createEmulator();
  const { url, headers } = upsertOf(emulator);
  const text = JSON.stringify({ users: { ann: { id: "ann" } } });
  for (const body of [text, new TextEncoder().encode(text)]) {
    const controller = new AbortController();
    const answer = emulator.fetch(url, { method: "POST", headers, body, signal: controller.signal });
    controller.abort(new Error("never mind"));
    await assert.rejects(answer, /never mind/);
  }
  assert.deepEqual((await serverOf(emulator).queryUsers(QUERY)).users, []);
});

test("a request may be a text, a URL or a Request, to any host", async () => {
  const emulator = createEmulator();
  const url = queryUrl(emulator);
  for (const request of [
    [url, ANONYMOUS],
    [new URL(url), ANONYMOUS],
    [new Request(url, ANONYMOUS)],
    [new Request(url), ANONYMOUS],
    [queryUrl(emulator, "http://localhost:1"), { ...ANONYMOUS, method: "get" }],
    [url, { headers: new Headers(ANONYMOUS.headers) }],
    [url, { headers: Object.entries(ANONYMOUS.headers) }],
  ]) {
    const response = await emulator.fetch(...request);
    assert.ok(response instanceof Response);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.match(response.headers.get("x-ratelimit-limit"), /^\d+$/);
    assert.deepEqual((await response.json()).users, []);
  }
});

test("a body may be whatever fetch takes for one", async () => {
  const emulator = createEmulator();
  const { authorization } = await headersOf(emulator);
  const headers = { authorization, "stream-auth-type": "jwt" };
  const url = `https://chat.stream-io-api.com/api/v2/users?api_key=${emulator.apiKey}`;
  const bytes = (id) => new TextEncoder().encode(JSON.stringify({ users: { [id]: { id, name: "Zoë 🦀" } } }));
  const stream = new ReadableStream({
    start(controller) {
      for (const byte of bytes("stream")) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  for (const [id, body, more] of [
    ["text", new TextDecoder().decode(bytes("text"))],
    ["bytes", bytes("bytes")],
    ["buffer", bytes("buffer").buffer],
    ["blob", new Blob([bytes("blob")])],
    ["stream", stream, { duplex: "half" }],
  ]) {
    const response = await emulator.fetch(url, { method: "POST", headers, body, ...more });
    assert.equal(response.status, 201, id);
    assert.equal((await response.json()).users[id].name, "Zoë 🦀");
  }
});

async function headersOf(emulator) {
  let sent;
  const fetch = (url, init) => {
    sent = init.headers;
    return emulator.fetch(url, init);
  };
  await serverOf({ ...emulator, fetch }).queryUsers(QUERY);
  return sent;
}

test("invalid arguments are rejected as by fetch, everything else gets a response", async () => {
  const emulator = createEmulator();
  for (const request of [[], ["not a url"], ["/relative"], [queryUrl(emulator), { method: "GET", body: "x" }]]) {
    const error = await rejection(emulator.fetch(...request));
    assert.ok(error instanceof TypeError, String(error));
  }
  for (const [path, method, status] of [
    ["/nothing/here", "GET", 401],
    [`/nothing/here?api_key=${emulator.apiKey}`, "GET", 404],
    [`/api/v2/users?api_key=${emulator.apiKey}`, "DELETE", 404],
    [`/api/v2/users?api_key=${emulator.apiKey}`, "GET", 400],
  ]) {
    const response = await emulator.fetch(`http://any.host${path}`, { method, ...ANONYMOUS });
    assert.equal(response.status, status, path);
    const { code, message, StatusCode } = await response.json();
    assert.ok(Number.isInteger(code) && message.length > 0);
    assert.equal(StatusCode, status);
  }
});

test("an aborted request rejects with the reason and changes nothing", async () => {
  const emulator = createEmulator();
  const client = serverOf(emulator);
  const reason = { because: "left" };
  const error = await rejection(
    emulator.fetch(queryUrl(emulator), { ...ANONYMOUS, signal: AbortSignal.abort(reason) }),
  );
  assert.equal(error, reason);
  const controller = new AbortController();
  const call = client.upsertUsers([{ id: "ann" }], { signal: controller.signal });
  controller.abort(reason);
  assert.equal(await rejection(call), reason);
  assert.deepEqual((await client.queryUsers(QUERY)).users, []);
});

test("tasks progress when the clock is advanced, without waiting", async () => {
  const emulator = createEmulator({ clock: () => EPOCH, taskDuration: 60_000 });
  const client = serverOf(emulator);
  await client.upsertUsers([{ id: "ann" }]);
  const { task_id } = await client.deactivateUsers({ user_ids: ["ann"] });
  const look = async () => {
    const task = await client.getTask({ id: task_id });
    const { users } = await client.queryUsers(QUERY);
    return [task.status, users.length];
  };
  assert.deepEqual(await look(), ["pending", 1]);
  emulator.advance(30_000);
  assert.deepEqual(await look(), ["running", 0]);
  emulator.advance(29_999);
  assert.equal((await look())[0], "running");
  emulator.advance(1);
  assert.deepEqual(await look(), ["completed", 0]);
  const { users } = await client.queryUsers({ payload: { filter_conditions: {}, include_deactivated_users: true } });
  assert.equal(users[0].deactivated_at.getTime(), EPOCH + 30_000);
});

test("with taskDuration 0, a task has ended at the first poll", async () => {
  const client = serverOf(createEmulator({ taskDuration: 0 }));
  await client.upsertUsers([{ id: "ann" }]);
  const { task_id } = await client.exportUsers({ user_ids: ["ann"] });
  const task = await client.getTask({ id: task_id });
  assert.equal(task.status, "completed");
  assert.match(task.result.url, /^https:\/\/chat\.stream-io-api\.com\/exports\/users\//);
});

test("the clock is the caller's or the platform's, also a fake one", async (t) => {
  let time = EPOCH;
  const emulator = createEmulator({ clock: () => time });
  const client = serverOf(emulator);
  const first = (await client.upsertUsers([{ id: "ann" }])).users.ann;
  assert.equal(first.created_at.getTime(), EPOCH);
  time += 86_400_000;
  const second = (await client.upsertUsers([{ id: "ann" }])).users.ann;
  assert.deepEqual([second.created_at.getTime(), second.updated_at.getTime()], [EPOCH, time]);

  t.mock.timers.enable({ apis: ["Date"], now: 1_000_000_000_000 });
  const platform = createEmulator();
  assert.equal(platform.now(), 1_000_000_000_000);
  t.mock.timers.tick(5000);
  platform.advance(500);
  assert.equal(platform.now(), 1_000_000_005_500);
});

test("the clock does not go back, and refuses an invalid time", () => {
  const { advance, now } = createEmulator({ clock: () => EPOCH });
  for (const milliseconds of [-1, Number.NaN, 1 / 0, "1000", undefined, null]) {
    assert.throws(() => advance(milliseconds), RangeError);
  }
  advance(0);
  advance(0.5);
  assert.equal(now(), EPOCH + 0.5);
});

test("a reset emulator equals a new one", async () => {
  const emulator = createEmulator({ seed: 5, clock: () => EPOCH });
  const client = serverOf(emulator);
  const live = async () => {
    await client.upsertUsers([{ id: "ann" }]);
    await client.deleteUsers({ user_ids: ["ann"], user: "hard" });
    const { user } = await client.createGuest({ user: { id: "gus" } });
    const { task_id } = await client.exportUsers({ user_ids: [user.id] });
    return [user.id, task_id, emulator.now()];
  };
  const before = await live();
  emulator.advance(5000);
  emulator.reset();
  assert.deepEqual((await client.queryUsers(QUERY)).users, []);
  assert.equal((await rejection(client.getTask({ id: before[1] }))).code, 16);
  assert.deepEqual(await live(), before);
});

test("two emulators are independent", async () => {
  const [one, other] = [createEmulator(), createEmulator()];
  await serverOf(one).upsertUsers([{ id: "ann", name: "One" }]);
  await serverOf(other).upsertUsers([{ id: "ann", name: "Other" }, { id: "bob" }]);
  assert.equal((await serverOf(one).queryUsers(QUERY)).users.length, 1);
  one.reset();
  one.advance(1e6);
  const { users } = await serverOf(other).queryUsers({ payload: { filter_conditions: { id: "ann" } } });
  assert.equal(users[0].name, "Other");
  assert.ok(other.now() < one.now());
});

test("the same seed generates the same ids, another seed others", async () => {
  const ids = async (options) => {
    const client = serverOf(createEmulator(options));
    const { user } = await client.createGuest({ user: { id: "gus" } });
    const { task_id } = await client.exportUsers({ user_ids: [user.id] });
    return [user.id, task_id];
  };
  const [none, zero, one, again] = await Promise.all([ids(), ids({ seed: 0 }), ids({ seed: 1 }), ids({ seed: 1 })]);
  assert.deepEqual(zero, none);
  assert.deepEqual(again, one);
  assert.notDeepEqual(one, zero);
  assert.match(one[0], /^guest-.+-gus$/);
});

test("invalid options are refused by name", () => {
  for (const [options, words] of [
    [5, /options: expected an object but got number/],
    [{ strickt: true }, /`strickt`: is unknown, .*, did you mean "strict"\?/],
    [{ apiKey: "" }, /`apiKey` must be a string/],
    [{ apiSecret: 1 }, /`apiSecret` must be a string/],
    [{ taskDuration: -1 }, /`taskDuration` must be a number of milliseconds/],
    [{ taskDuration: "1" }, /`taskDuration` must be a number of milliseconds/],
    [{ seed: 1.5 }, /`seed` must be a whole number/],
    [{ seed: -1 }, /`seed` must be a whole number/],
    [{ clock: 1 }, /`clock` must be a function/],
  ]) {
    assert.throws(() => createEmulator(options), { name: "TypeError", message: words });
  }
  assert.ok(createEmulator(null) && createEmulator({}) && createEmulator({ seed: undefined }));
});

test("a clock that throws fails only that request", async () => {
  let clock = () => EPOCH;
  const emulator = createEmulator({ clock: () => clock() });
  const client = serverOf(emulator);
  await client.upsertUsers([{ id: "ann" }]);
  for (const broken of [
    () => Number.NaN,
    () => "now",
    () => {
      throw new Error("no clock");
    },
  ]) {
    clock = broken;
    for (let count = 0; count < 600; count++) await rejection(emulator.fetch(queryUrl(emulator), ANONYMOUS));
  }
  clock = () => EPOCH;
  assert.equal((await client.queryUsers(QUERY)).users.length, 1);
});

test("concurrent requests all get their response", async () => {
  const client = serverOf(createEmulator());
  const ids = Array.from({ length: 200 }, (_, index) => `user-${index}`);
  await Promise.all(ids.map((id) => client.upsertUsers([{ id, name: id }])));
  const found = await Promise.all(ids.map((id) => client.queryUsers({ payload: { filter_conditions: { id } } })));
  assert.deepEqual(
    found.map(({ users }) => users.map((user) => user.name)),
    ids.map((id) => [id]),
  );
});

/** How many modules each of these statements compiles, in a separate process. */
function compiledBy(statements, before = "") {
  const program = `
    ${before}
    let compiled = 0;
    WebAssembly.Module = class extends WebAssembly.Module {
      constructor(bytes) {
        super(bytes);
        compiled++;
      }
    };
    const counts = [];
    const count = () => counts.push(compiled) && (compiled = 0);
    ${statements.map((statement) => `${statement}; count();`).join("\n")}
    console.log(JSON.stringify(counts));
  `;
  const options = { cwd: new URL(".", import.meta.url), encoding: "utf8" };
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", program], options));
}

// The client with the small module that reads the text it is carried in, the emulator from its file.
test("the client and the emulator are compiled when the first of each is made", () => {
  const statements = [
    'const { StreamClient, isStreamError } = await import("getstream-users")',
    "isStreamError(new Error())",
    'new StreamClient("key", "secret")',
    'new StreamClient("key", "secret")',
    'const { createEmulator } = await import("getstream-users/emulator")',
    "createEmulator()",
    "createEmulator()",
  ];
  assert.deepEqual(compiledBy(statements), [0, 0, 2, 0, 0, 1, 0]);
});

test("an edge runtime, which may refuse it later, compiles the module at load", () => {
  const statements = ['const { StreamClient } = await import("getstream-users")', 'new StreamClient("key", "secret")'];
  for (const sign of ["EdgeRuntime = 'edge-runtime'", "WebSocketPair = class {}"]) {
    assert.deepEqual(compiledBy(statements, `globalThis.${sign};`), [2, 0], sign);
  }
});
