// A service as Fastly's compiler takes it. The compiler runs its first lines, in the engine that serves it later: what needs no
// network is shown by a build that succeeds.
import * as users from "getstream-users";
import { aloneInEngine } from "./shared/engine.mjs";

const assertions = aloneInEngine(users);
const client = users.StreamClient.anonymous("key");

addEventListener("fetch", (event) => {
  event.respondWith(client.getApp().then((app) => Response.json({ app, assertions })));
});
