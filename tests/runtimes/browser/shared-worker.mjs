// One worker for all pages that connect.
import { load, settings } from "/entries-by-address.mjs";
import { failure, scenario } from "/shared/scenario.mjs";

addEventListener("connect", async ({ ports: [port] }) => {
  port.postMessage(await scenario(load, settings).catch(failure));
});
