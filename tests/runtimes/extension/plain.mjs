// An extension's worker under the policy that extensions have unless their manifest says otherwise: the ordinary entry says what to
// import, and that entry does it all.
import { isConfigError, StreamClient } from "getstream-users";
import * as bulk from "getstream-users/bulk";
import * as client from "getstream-users/js";
import { failure, scenario } from "./shared/scenario.mjs";

function load() {
  try {
    StreamClient.anonymous("key");
    throw new Error("this worker compiles WebAssembly");
  } catch (error) {
    if (!isConfigError(error) || !error.message.includes("getstream-users/js")) throw error;
  }
  return { client, bulk };
}

globalThis.run = (settings) => scenario(load, settings).catch(failure);
