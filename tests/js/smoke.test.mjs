import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";

test("import and require give the same classes", () => {
  const required = createRequire(import.meta.url)("getstream-users");
  assert.equal(required.StreamClient, StreamClient);
  assert.equal(required.StreamError, StreamError);
});

test("a call reaches the emulator and comes back", async () => {
  const { STREAM_API_KEY, STREAM_API_SECRET, STREAM_BASE_URL } = process.env;
  const client = new StreamClient(STREAM_API_KEY, STREAM_API_SECRET, { basePath: STREAM_BASE_URL });
  const { users } = await client.upsertUsers([{ id: "smoke", name: "Smoke" }]);
  assert.equal(users.smoke.name, "Smoke");
  assert.ok(users.smoke.created_at instanceof Date);
});
