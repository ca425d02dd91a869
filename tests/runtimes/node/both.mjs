// A program of which one part imports the package and another requires it: there is one class of each name, so that an
// error of the one is known to the other.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { scenario } from "./shared/scenario.mjs";
import { settings } from "./shared/settings.mjs";

const require = createRequire(import.meta.url);

async function load() {
  const required = require("./shared/entries.cjs");
  const imported = await import("./shared/entries.mjs");
  for (const name of ["StreamClient", "StreamError", "NotFoundError"]) {
    assert.equal(required.client[name], imported.client[name], name);
  }
  return { ...imported, client: { ...imported.client, StreamClient: required.client.StreamClient } };
}

console.log(JSON.stringify(await scenario(load, settings)));
