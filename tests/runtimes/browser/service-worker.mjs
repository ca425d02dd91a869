// A service worker imports nothing later, so all of it is imported at once.
import * as bulk from "/node_modules/getstream-users/dist/bulk/index.js";
import * as emulator from "/node_modules/getstream-users/dist/emulator/index.js";
import * as client from "/node_modules/getstream-users/dist/index.js";
import { failure, scenario } from "/shared/scenario.mjs";

const settings = Object.fromEntries(new URLSearchParams(location.search));

addEventListener("message", (event) => {
  const work = scenario(() => ({ client, bulk, emulator }), settings)
    .catch(failure)
    .then((outcome) => event.source.postMessage(outcome));
  event.waitUntil(work);
});
