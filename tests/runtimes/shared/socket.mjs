// A socket of the emulator that the package's command serves: a user connects as SDKs for chat do, and is told of its own
// change. `command.sh` runs this by a Node that has `WebSocket`; the runtime serves it.

import { on } from "node:events";
import { StreamClient } from "getstream-users";
import { settings } from "./settings.mjs";

const { basePath, apiKey, apiSecret } = settings;
const client = new StreamClient(apiKey, apiSecret, { basePath });
const id = "cleo";
const query = new URLSearchParams({
  api_key: apiKey,
  "stream-auth-type": "jwt",
  authorization: client.generateUserToken({ user_id: id }),
  json: JSON.stringify({ user_id: id, user_details: { id } }),
});
const socket = new WebSocket(`${basePath.replace("http", "ws")}/connect?${query}`);
const messages = on(socket, "message", { close: ["close"], signal: AbortSignal.timeout(20_000) });
const next = async () => {
  const { done, value } = await messages.next();
  if (done) throw new Error("the socket closed");
  return JSON.parse(value[0].data);
};

const greeting = await next();
if (greeting.type !== "health.check" || greeting.me?.id !== id) throw new Error(JSON.stringify(greeting));
await client.upsertUsers([{ id, name: "Cleo" }]);
let event = await next();
while (event.type !== "user.updated") event = await next();
if (event.user.name !== "Cleo") throw new Error(JSON.stringify(event));
socket.close(1000);
