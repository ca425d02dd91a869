const assert = require("node:assert/strict");
const test = require("node:test");
const { StreamClient } = require("getstream-users");
const { createEmulator } = require("getstream-users/emulator");

test("the emulator answers in the same process", async () => {
  const { apiKey, apiSecret, fetch } = createEmulator();
  const client = new StreamClient(apiKey, apiSecret, { fetch });
  const { users } = await client.upsertUsers([{ id: "smoke" }]);
  assert.equal(users.smoke.id, "smoke");
});
