const test = require("node:test");
const { StreamClient, StreamError } = require("getstream-users");
const { createEmulator } = require("getstream-users/emulator");
const bulk = require("getstream-users/bulk");

for (const name of ["over HTTP", "in process"]) {
  test(`required, ${name}: a user's whole life`, async (t) => {
    const { targets } = await import("../support/api.mjs");
    const { counting } = await import("../support/assert.mjs");
    const { lifecycle } = await import("./lifecycle.mjs");
    const { connect } = targets({ StreamClient, createEmulator }).find((target) => target.name === name);
    const { assert } = counting();
    await lifecycle({
      StreamClient,
      StreamError,
      bulk,
      connect,
      assert,
      step: (name, run) => t.test(name, run),
    });
  });
}
