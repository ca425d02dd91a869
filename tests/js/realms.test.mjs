// Objects of other realms: test runners, `node:vm` and frames have an `Array`, a `Date` and an `Error` of their own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { createContext, runInContext, runInNewContext } from "node:vm";
import * as here from "getstream-users";
import { upsertMany } from "getstream-users/bulk";
import { json, recorder, refusal, rejection } from "../support/stub.mjs";

const { StreamClient } = here;

/** The package, loaded in a separate realm, as some test runners do. */
function loadedElsewhere() {
  const require = createRequire(import.meta.url);
  const file = require.resolve("getstream-users").replace(/\.js$/, ".cjs");
  const names = ["AbortController", "Headers", "TextDecoder", "TextEncoder", "URL", "WebAssembly", "atob", "crypto"];
  const platform = Object.fromEntries(names.map((name) => [name, globalThis[name]]));
  const module = { exports: {} };
  const realm = createContext({ ...platform, setTimeout, clearTimeout, require, module, exports: module.exports });
  runInContext(readFileSync(file, "utf8"), realm);
  return module.exports;
}

test("errors of a copy in another realm are recognized here, and those of this one there", async () => {
  const there = loadedElsewhere();
  assert.notEqual(there.StreamClient, here.StreamClient);
  const fetch = async () => refusal(9, "Too many requests", 429);
  for (const [from, to] of [
    [there, here],
    [here, there],
  ]) {
    const error = await rejection(new from.StreamClient("key", "secret", { fetch, retry: false }).getTask({ id: "t" }));
    assert.ok(error instanceof to.StreamError && error instanceof to.RateLimitError);
    assert.ok(to.isStreamError(error) && to.isRateLimitError(error));
    assert.ok(!(error instanceof to.ServerError) && !to.isServerError(error));
  }
});

test("values of another realm are accepted and refused like those of this one", async () => {
  const { fetch, requests } = recorder(() => json({ users: {} }));
  const client = new StreamClient("key", "secret", { fetch });
  const user = '{ id: "ann", teams: ["red"], custom: { when: new Date(0), deep: [{ a: 1 }] } }';
  const sent = { id: "ann", teams: ["red"], custom: { when: "1970-01-01T00:00:00.000Z", deep: [{ a: 1 }] } };
  const [users, byId, options] = runInNewContext(`[[${user}], { users: { ann: ${user} } }, { timeout: 1000 }]`);
  await client.upsertUsers(users, options);
  await client.updateUsers(byId, options);
  await upsertMany(client, users);
  assert.deepEqual(
    requests.map(({ json }) => json),
    Array(3).fill({ users: { ann: sent } }),
  );
  const error = await rejection(client.upsertUsers(runInNewContext('[{ id: "ann", custom: { map: new Map() } }]')));
  assert.equal(error.field, "users[0].custom.map");
});

test("an exception of another realm's fetch is the cause", async () => {
  const fetch = runInNewContext('async () => { throw new TypeError("no network") }');
  const error = await rejection(new StreamClient("key", "secret", { fetch, retry: false }).getTask({ id: "t" }));
  assert.deepEqual([error.kind, error.message], ["connection", "no connection to chat.stream-io-api.com: no network"]);
});
