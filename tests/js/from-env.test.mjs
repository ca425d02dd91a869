// `StreamClient.fromEnv`: a client for the app in an environment.

import assert from "node:assert/strict";
import test from "node:test";
import { isConfigError, StreamClient } from "getstream-users";
import { apiKey, apiSecret, basePath } from "../support/api.mjs";

const ENV = { STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret, STREAM_BASE_URL: basePath };

test("fromEnv reads a Worker's env and ignores other variables", async () => {
  const client = StreamClient.fromEnv({ ...ENV, KV: {}, OTHER: "x" }, { timeout: 30_000 });
  assert.equal(client.apiKey, apiKey);
  assert.ok((await client.queryUsers({ payload: { filter_conditions: {}, limit: 1 } })).users);
});

test("fromEnv without an argument reads the process's environment", async () => {
  const client = StreamClient.fromEnv(undefined, { timeout: 30_000 });
  assert.ok((await client.getApp()).app);
});

test("an option overrides the environment, and an empty address is ignored", async () => {
  const stub = async () => Response.json({ app: {} });
  const seen = [];
  const fetch = (url) => {
    seen.push(new URL(url).origin);
    return stub();
  };
  await StreamClient.fromEnv(ENV, { fetch, basePath: "https://another.test" }).getApp();
  await StreamClient.fromEnv({ ...ENV, STREAM_BASE_URL: "" }, { fetch }).getApp();
  assert.deepEqual(seen, ["https://another.test", "https://chat.stream-io-api.com"]);
});

test("a missing variable is named, and no value is shown", () => {
  for (const [env, name] of [
    [{}, "STREAM_API_KEY"],
    [{ STREAM_API_KEY: "" }, "STREAM_API_KEY"],
    [{ STREAM_API_KEY: "key" }, "STREAM_API_SECRET"],
  ]) {
    assert.throws(
      () => StreamClient.fromEnv(env),
      (error) => isConfigError(error) && error.message === `fromEnv: ${name} is not set`,
    );
  }
});

test("fromEnv of a subclass creates an instance of the subclass", () => {
  class Mine extends StreamClient {}
  assert.ok(Mine.fromEnv(ENV) instanceof Mine);
});

test("an environment, or options, that throw when they are read are refused", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const env = { STREAM_API_KEY: "key", STREAM_API_SECRET: "secret", STREAM_BASE_URL: "https://example.com" };
  const isRefused = (field) => (error) => error.kind === "invalid_argument" && error.field === field;
  assert.throws(() => StreamClient.fromEnv(proxy), isRefused("env"));
  assert.throws(() => StreamClient.fromEnv(env, proxy), isRefused("options"));
});
