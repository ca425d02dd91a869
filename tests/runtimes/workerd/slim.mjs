// The module comes from the Worker, not from the package's entry.
import * as bulk from "getstream-users/bulk";
import * as emulator from "getstream-users/emulator";
import * as client from "getstream-users/slim";
import module from "getstream-users/wasm";
import { scenario } from "./shared/scenario.mjs";

client.initializeSync(module);

export default {
  async fetch(request) {
    const settings = Object.fromEntries(new URL(request.url).searchParams);
    return Response.json(await scenario(() => ({ client, bulk, emulator }), settings));
  },
};
