// Another SDK of Stream's connects a guest that this package created, with only the token.

import assert from "node:assert/strict";
import { test } from "node:test";
import { StreamClient } from "getstream-users";
import { StreamChat } from "stream-chat";

const { STREAM_BASE_URL: basePath, STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret } = process.env;

test("stream-chat connects a guest with the token that client.token() returns", { timeout: 60_000 }, async () => {
  const guest = await StreamClient.guest(apiKey, { id: "visitor", name: "A visitor" }, { basePath });
  const token = await guest.token();
  const { user_id: id } = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
  const chat = new StreamChat(apiKey, { baseURL: basePath, timeout: 30_000, allowServerSideConnect: true });
  try {
    const { me } = await chat.connectUser({ id }, token);
    assert.deepEqual([me.id, me.role, me.name], [id, "guest", "A visitor"]);
    const server = new StreamClient(apiKey, apiSecret, { basePath });
    const { users } = await server.queryUsers({ payload: { filter_conditions: { id } } });
    assert.deepEqual([users[0].online, users[0].last_active instanceof Date], [true, true]);
  } finally {
    await chat.disconnectUser();
  }
});
