// A page whose policy refuses WebAssembly: the ordinary entry says what to import, and that entry does it all.
import { show } from "/shared/show.mjs";

async function load() {
  const { isConfigError, StreamClient } = await import("/node_modules/getstream-users/dist/index.js");
  try {
    StreamClient.anonymous("key");
    throw new Error("this page compiles WebAssembly");
  } catch (error) {
    if (!isConfigError(error) || !error.message.includes("getstream-users/js")) throw error;
  }
  return import("/shared/client.mjs");
}

show(load);
