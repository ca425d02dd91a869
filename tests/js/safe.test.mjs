// `client.safe`: results in place of exceptions.

import assert from "node:assert/strict";
import test from "node:test";
import { isAbortedError, StreamClient, StreamError } from "getstream-users";
import { json, recorder, refusal } from "../support/stub.mjs";

const QUERY = { payload: { filter_conditions: {} } };

test("a success has data and no error, a failure an error and no data", async () => {
  const { fetch } = recorder(({ url }) => (url.includes("users") ? json({ users: [] }) : refusal(16, "gone", 404)));
  const { safe } = new StreamClient("key", "secret", { fetch });
  const found = await safe.queryUsers(QUERY);
  assert.deepEqual([found.data.users, found.error], [[], undefined]);
  const gone = await safe.getTask({ id: "t" });
  assert.deepEqual([gone.data, gone.error.kind], [undefined, "not_found"]);
  const refused = await safe.upsertUsers([]);
  assert.deepEqual([refused.data, refused.error.field], [undefined, "users"]);
});

test("every method that returns data has a safe version, in moderation and chat, too", async () => {
  const { fetch } = recorder();
  const client = new StreamClient("key", "secret", { fetch });
  const names = (object) => Object.getOwnPropertyNames(object).filter((name) => typeof object[name] === "function");
  const without = ["tasks", "users", "toJSON"];
  assert.deepEqual(
    names(client.safe).sort(),
    names(client)
      .filter((name) => !without.includes(name))
      .sort(),
  );
  for (const part of ["moderation", "chat"]) {
    assert.deepEqual(names(client.safe[part]).sort(), names(client[part]).sort());
  }
  const { data } = await client.safe.moderation.ban({ target_user_id: "a", banned_by_id: "b" });
  assert.ok(data.metadata);
  const { ban } = client.safe.moderation;
  assert.equal((await ban({})).error.kind, "invalid_argument");
});

test("synchronous methods stay synchronous", () => {
  const { safe } = new StreamClient("key", "secret");
  assert.equal(typeof safe.generateUserToken({ user_id: "ann" }).data, "string");
  assert.equal(safe.generateUserToken({}).error.kind, "invalid_argument");
  assert.equal(safe.verifyToken("x").error.code, 5);
});

test("an abort is an error of kind aborted, with the signal's reason", async () => {
  const { fetch } = recorder();
  const { safe } = new StreamClient("key", "secret", { fetch });
  const { error } = await safe.getApp({ signal: AbortSignal.abort("enough") });
  assert.ok(error instanceof StreamError && isAbortedError(error));
  assert.equal(error.cause, "enough");
});

test("the safe version calls a replaced method", async (t) => {
  const client = new StreamClient("key", "secret");
  t.mock.method(client, "getApp", async () => {
    throw new Error("a mock");
  });
  assert.equal((await client.safe.getApp()).error.cause.message, "a mock");
});
