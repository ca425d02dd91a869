// The same package in a web Worker, which must refuse a secret, too.

import { createEmulator } from "/node_modules/getstream-users/dist/emulator/index.js";
import { StreamClient } from "/node_modules/getstream-users/dist/index.js";

async function report() {
  const { apiKey, apiSecret, fetch } = createEmulator();
  const refused = await Promise.resolve()
    .then(() => new StreamClient(apiKey, apiSecret, { fetch }))
    .then(
      () => "made",
      (error) => error.kind,
    );
  const guest = await StreamClient.guest(apiKey, { id: "gus" }, { fetch });
  return { refused, guest: guest.userId };
}

postMessage(await report().catch((error) => ({ failed: String(error?.stack ?? error) })));
