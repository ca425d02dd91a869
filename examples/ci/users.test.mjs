// A test of your own code, against whatever STREAM_BASE_URL names: the emulator, in all the samples of this folder.
import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient } from "getstream-users";

// Reads STREAM_API_KEY, STREAM_API_SECRET and STREAM_BASE_URL, which `emulator exec` sets. The others are the defaults of the
// emulator.
const client = StreamClient.fromEnv({
  STREAM_API_KEY: "devkey",
  STREAM_API_SECRET: "devsecret",
  STREAM_BASE_URL: "http://127.0.0.1:8737",
  ...process.env,
});

test("a user who signs up can be found", async () => {
  const id = `ada-${crypto.randomUUID()}`;
  await client.upsertUsers([{ id, name: "Ada", custom: { plan: "pro" } }]);
  const { users } = await client.queryUsers({ payload: { filter_conditions: { id } } });
  assert.deepEqual(
    users.map((user) => user.custom),
    [{ plan: "pro" }],
  );
});
