import * as bulk from "getstream-users/bulk";
import * as emulator from "getstream-users/emulator";
import * as client from "getstream-users/slim";
import address from "getstream-users/wasm?url";
import { show } from "./shared/show.mjs";

show(async () => {
  await client.initialize(fetch(address));
  return { client, bulk, emulator };
});
