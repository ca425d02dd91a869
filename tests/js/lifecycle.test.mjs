import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import * as imported from "getstream-users";
import * as bulk from "getstream-users/bulk";
import { createEmulator } from "getstream-users/emulator";
import { targets } from "../support/api.mjs";
import { counting } from "../support/assert.mjs";
import { lifecycle } from "./lifecycle.mjs";

const { StreamClient, StreamError } = imported;

for (const { name, connect } of targets({ StreamClient, createEmulator })) {
  test(`imported, ${name}: a user's whole life`, async (t) => {
    const { assert } = counting();
    await lifecycle({
      StreamClient,
      StreamError,
      bulk,
      connect,
      assert,
      step: (name, run) => t.test(name, run),
    });
  });
}

test("import and require share their classes", () => {
  const require = createRequire(import.meta.url);
  const required = require("getstream-users");
  assert.equal(required.StreamClient, StreamClient);
  assert.equal(required.StreamError, StreamError);
  assert.deepEqual({ ...required }, { ...imported });
  assert.equal(require("getstream-users/emulator").createEmulator, createEmulator);
});
