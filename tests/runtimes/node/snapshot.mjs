// Built into a snapshot of V8, where there is no WebAssembly; a client that is made there works in the process started from it. V8
// takes no snapshot once an object with a finalizer, as a client has one, has been collected: so it is kept.
import { startupSnapshot } from "node:v8";
import * as users from "getstream-users/js";
import { inEngine } from "./shared/engine.mjs";

const client = new users.StreamClient("key", "secret");
const token = client.generateUserToken({ user_id: "ann" });

startupSnapshot.setDeserializeMainFunction(async () => {
  if (client.verifyToken(token).user_id !== "ann") throw new Error("the token changed");
  const { STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET } = process.env;
  const settings = { basePath: STREAM_BASE_URL, apiKey: STREAM_API_KEY, apiSecret: STREAM_API_SECRET };
  console.log(JSON.stringify(await inEngine(() => users, settings)));
});
