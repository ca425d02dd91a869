import * as bulk from "getstream-users/bulk";
import * as emulator from "getstream-users/emulator";
import * as paging from "getstream-users/paging";
import * as client from "getstream-users/slim";
import address from "getstream-users/wasm?url";
import * as webhooks from "getstream-users/webhooks";
import { scenario } from "./shared/scenario.mjs";

async function load() {
  await client.initialize(fetch(address));
  return { client, bulk, emulator, paging, webhooks };
}

scenario(load, Object.fromEntries(new URLSearchParams(location.search))).then(
  (outcome) => {
    globalThis.outcome = outcome;
  },
  (error) => {
    globalThis.outcome = { failed: String(error?.stack ?? error) };
  },
);
