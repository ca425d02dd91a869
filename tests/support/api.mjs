// Where the tests find the API: the emulator's server that `cargo xtask test` started, or one in the process.

import { randomUUID } from "node:crypto";

function given(name) {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the tests with \`cargo xtask test\``);
  return value;
}

/** The emulator's server. */
export const basePath = given("STREAM_BASE_URL");
export const apiKey = given("STREAM_API_KEY");
export const apiSecret = given("STREAM_API_SECRET");

/** Options of a client of that server. A machine that is busy with other things is no failure of a test. */
export const overHttp = { basePath, timeout: 30_000 };

/** The kinds of emulator a scenario runs against, as the lifecycle wants them. */
export function targets({ StreamClient, createEmulator }) {
  const target = (name, apiKey, apiSecret, options) => ({
    name,
    connect: { apiKey, options, server: new StreamClient(apiKey, apiSecret, options) },
  });
  const emulator = createEmulator();
  return [
    target("over HTTP", apiKey, apiSecret, overHttp),
    target("in process", emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch, timeout: overHttp.timeout }),
  ];
}

/** An id that no other test has. */
export function unique(name) {
  return `${name}-${randomUUID().slice(0, 8)}`;
}
