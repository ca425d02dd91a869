// The facts, on the emulator inside the process. The SDK takes no `fetch`, so the global one is replaced; every emulator
// has a host of its own, and what goes to other hosts goes there.

import { createEmulator } from "getstream-users/emulator";
import { show } from "./suite.mjs";

const emulators = new Map();
let started = 0;
const network = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const { host } = new URL(input instanceof Request ? input.url : input);
  return (emulators.get(host)?.fetch ?? network)(input, init);
};

show("in-process", async (options) => {
  const emulator = createEmulator(options);
  const host = `emulator-${started++}.test`;
  emulators.set(host, emulator);
  const { apiKey, apiSecret, WebSocket } = emulator;
  return { url: `http://${host}`, apiKey, apiSecret, WebSocket, stop: () => emulators.delete(host) };
});
