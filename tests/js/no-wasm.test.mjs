// Engines without WebAssembly, and policies that refuse it: the error of the ordinary entries, and the entry that needs none.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as users from "getstream-users";
import * as plain from "getstream-users/js";

const dist = path.join(path.dirname(new URL(import.meta.resolve("getstream-users/package.json")).pathname), "dist");
const file = (name) => JSON.stringify(path.join(dist, name));
const url = (name) => JSON.stringify(pathToFileURL(path.join(dist, name)).href);

/** Runs a program in a new Node process, and returns the JSON that it prints. */
async function run(program, ...flags) {
  const given = [...flags, "--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, given);
  return JSON.parse(stdout);
}

const WITHOUT = "delete globalThis.WebAssembly;";
const REFUSED = `WebAssembly.Module = function () { throw new Error("refused by a policy"); };`;
const TOKEN = `new StreamClient("key", "secret").generateUserToken({ user_id: "ada", iat: 1700000000, exp: 1700003600 })`;
const token = new users.StreamClient("key", "secret").generateUserToken({
  user_id: "ada",
  iat: 1_700_000_000,
  exp: 1_700_003_600,
});

for (const [how, before, reason] of [
  ["without WebAssembly", WITHOUT, /WebAssembly is not defined/],
  ["where it is refused", REFUSED, /refused by a policy/],
]) {
  test(`${how}, the main entry loads and its type guards work; creating a client says what to import`, async () => {
    const program = `${before}
      const { StreamClient, isStreamError, ConfigError } = await import(${url("index.js")});
      try { new StreamClient("key", "secret"); } catch (error) {
        console.log(JSON.stringify([isStreamError(error), error instanceof ConfigError, isStreamError({}), error]));
      }`;
    const [isOurs, isConfig, isOther, error] = await run(program);
    assert.deepEqual([isOurs, isConfig, isOther, error.kind, error.outcome], [true, true, false, "config", "not_sent"]);
    assert.match(error.message, /^this runtime has no WebAssembly, or refuses it .* getstream-users\/js needs none$/);
    assert.match(error.message, reason);
  });

  test(`${how}, the entry that bundlers for Node choose falls back to JavaScript`, async () => {
    const imported = `${before} const { StreamClient } = await import(${url("node.js")}); console.log(JSON.stringify(${TOKEN}));`;
    assert.equal(await run(imported), token);
    const required = `import { createRequire } from "node:module"; ${before}
      const { StreamClient } = createRequire(import.meta.url)(${file("node.cjs")}); console.log(JSON.stringify(${TOKEN}));`;
    assert.equal(await run(required), token);
  });

  test(`${how}, getstream-users/js works`, async () => {
    const program = `${before} const { StreamClient } = await import(${url("js/index.js")}); console.log(JSON.stringify(${TOKEN}));`;
    assert.equal(await run(program), token);
  });
}

test("without any WebAssembly compiler it mints, verifies, checks and calls", async () => {
  const program = `
    import { StreamClient } from ${url("js/index.js")};
    const text = JSON.stringify({ users: { ada: { id: "ada", created_at: 1700000000000000000 } } });
    const headers = { get: () => null };
    const fetch = async () => ({ ok: true, status: 200, headers, json: async () => JSON.parse(text), text: async () => text });
    const client = new StreamClient("key", "secret", { fetch });
    const token = client.generateUserToken({ user_id: "ada", iat: 1700000000, exp: 4000000000 });
    const { users } = await client.upsertUsers([{ id: "ada" }]);
    const refused = await client.upsertUsers([{ id: "a b" }]).catch((error) => error.field);
    console.log(JSON.stringify([typeof WebAssembly, client.verifyToken(token).user_id, users.ada.created_at, refused]));`;
  assert.deepEqual(await run(program, "--jitless", "--no-warnings"), [
    "undefined",
    "ada",
    "2023-11-14T22:13:20.000Z",
    "users[0].id",
  ]);
});

test("it exports what the package exports", () => {
  assert.deepEqual(Object.keys(plain).sort(), Object.keys(users).sort());
});

test("numbers beyond the integer range behave as with wasm", () => {
  const [one, other] = [users, plain].map(({ StreamClient }) => new StreamClient("key", "secret"));
  const outcome = (run) => {
    try {
      return run();
    } catch (error) {
      return error.message;
    }
  };
  const numbers = [
    0,
    -1,
    1e10,
    -1e10,
    1e300,
    2 ** 53,
    2 ** 53 + 2,
    -(2 ** 63),
    0.5,
    Number.NaN,
    Infinity,
    -Infinity,
    null,
  ];
  for (const number of [...numbers, undefined]) {
    for (const payload of [{ exp: number }, { iat: number }, { validity_in_seconds: number, iat: 1_700_000_000 }]) {
      const mint = (client) =>
        outcome(() => client.generateUserToken({ user_id: "ada", iat: 1.7e9, exp: 1.8e9, ...payload }));
      assert.equal(mint(other), mint(one), JSON.stringify(payload));
    }
  }
});

test("its memory grows, and earlier values stay valid", () => {
  const { StreamClient } = plain;
  const client = new StreamClient("key", "secret");
  const signature = "0".repeat(64);
  for (const size of [10, 1_000_000, 20, 5_000_000, 30]) {
    assert.equal(client.verifyWebhook("x".repeat(size), signature), false);
    const minted = client.generateUserToken({ user_id: "ada", iat: 1_700_000_000, exp: 1_700_003_600 });
    assert.equal(minted, token, `${size}`);
  }
});
