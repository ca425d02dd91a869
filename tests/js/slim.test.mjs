// The entry for applications that load the compiled module themselves. Each test has a separate copy, because a module is
// loaded once.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { createEmulator } from "getstream-users/emulator";
import { rejection } from "../support/stub.mjs";

const require = createRequire(import.meta.url);
const bytes = fs.readFileSync(require.resolve("getstream-users/wasm"));
const module = new WebAssembly.Module(bytes);
const type = "application/wasm";

let copies = 0;
function copy() {
  copies += 1;
  return import(`${import.meta.resolve("getstream-users/slim")}?copy=${copies}`);
}

function answer(body, headers, status = 200) {
  return new Response(body, { headers, status });
}

async function works({ StreamClient }) {
  const { apiKey, apiSecret, fetch } = createEmulator();
  const client = new StreamClient(apiKey, apiSecret, { fetch });
  await client.upsertUsers([{ id: "ann" }]);
  const { users } = await client.queryUsers({ payload: { filter_conditions: {} } });
  assert.deepEqual(
    users.map(({ id }) => id),
    ["ann"],
  );
}

const sources = {
  "a module": () => module,
  "a promise of a module": () => WebAssembly.compile(bytes),
  bytes: () => new Uint8Array(bytes),
  "a buffer": () => new Uint8Array(bytes).buffer,
  "an answer that says what it is": () => answer(bytes, { "content-type": type }),
  "an answer that says too much": () => answer(bytes, { "content-type": `${type}; charset=utf-8` }),
  "an answer that does not say": () => answer(bytes),
  "a promise of an answer": async () => answer(bytes, { "content-type": type }),
};
for (const [name, source] of Object.entries(sources)) {
  test(`takes ${name}`, async () => {
    const slim = await copy();
    assert.equal(await slim.initialize(source()), undefined);
    await works(slim);
  });
}

test("initializeSync takes a module, with import and require", async () => {
  const slim = await copy();
  slim.initializeSync(module);
  await works(slim);
  const required = require("getstream-users/slim");
  required.initializeSync(module);
  await works(required);
  assert.deepEqual(Object.keys(required).sort(), Object.keys(slim).sort());
});

test("compiles nothing while it is loaded", async (t) => {
  const compiled = t.mock.method(WebAssembly, "Module");
  await copy();
  require("getstream-users/slim");
  assert.equal(compiled.mock.callCount(), 0);
});

test("exports what the package exports, and two functions more", async () => {
  const names = [...Object.keys(await import("getstream-users")), "initialize", "initializeSync"];
  assert.deepEqual(Object.keys(await copy()).sort(), names.sort());
});

test("using it before the module is loaded throws an error that says what to do, and works afterwards", async () => {
  const slim = await copy();
  const expected = { kind: "config", message: /is not there yet: await initialize\(…\)/ };
  assert.throws(() => new slim.StreamClient("key", "secret"), expected);
  assert.throws(() => slim.StreamClient.anonymous("key"), expected);
  const error = await rejection((async () => slim.StreamClient.guest("key", { id: "gus" }))());
  assert.match(error.message, expected.message);
  await slim.initialize(module);
  await works(slim);
});

test("loads the module once, however often it is initialized", async () => {
  const slim = await copy();
  await Promise.all([slim.initialize(bytes), slim.initialize(module)]);
  const { StreamClient } = slim;
  const client = new StreamClient("key", "secret");
  slim.initializeSync(module);
  await slim.initialize(module);
  assert.equal(client.verifyToken(client.generateUserToken({ user_id: "ann" })).user_id, "ann");
  await works(slim);
});

test("refuses anything that is not the module, and accepts the module afterwards", async () => {
  const slim = await copy();
  const empty = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  for (const [given, message] of [
    [undefined, /initializeSync takes a WebAssembly\.Module/],
    ["module.wasm", /initializeSync takes a WebAssembly\.Module/],
    [{}, /initializeSync takes a WebAssembly\.Module/],
    [empty, /not that of this version/],
    [answer("no", {}, 404), /answered with status 404/],
  ]) {
    const error = await rejection(slim.initialize(given));
    assert.ok(error instanceof slim.ConfigError, String(error));
    assert.match(error.message, message);
  }
  assert.ok((await rejection(slim.initialize(new Uint8Array(8)))) instanceof WebAssembly.CompileError);
  await slim.initialize(module);
  await works(slim);
});

test("its errors are recognized by the package's other copies", async () => {
  const { isStreamError, ConfigError } = await import("getstream-users");
  const slim = await copy();
  assert.throws(
    () => new slim.StreamClient("key", "secret"),
    (error) => isStreamError(error) && error instanceof ConfigError,
  );
});
