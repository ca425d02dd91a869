// The facts about Workers in docs/compare.md: the same upsert and token with each client, bundled as by Wrangler.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { apiKey, apiSecret, basePath } from "../support/api.mjs";
import { startWorker } from "../support/workerd.mjs";

const constants = { STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret, STREAM_BASE_URL: basePath };
const source = (name) => fileURLToPath(new URL(`comparison.${name}.worker.mjs`, import.meta.url));

/** The output of a Worker that mints a token and creates a user. */
async function said(name, options) {
  const worker = await startWorker(source(name), { constants, ...options });
  try {
    return await (await fetch(worker.url)).json();
  } finally {
    await worker.stop();
  }
}

const worked = { parts: 3, id: "ada" };

test("this client runs without Node's modules, with a compatibility date of 2024", async () => {
  assert.deepEqual(await said("ours", {}), worked);
});

test("@stream-io/node-sdk runs with Node's modules, which Workers have from the compatibility date 2026-08-04 on", async () => {
  assert.deepEqual(await said("node-sdk", { nodeModules: true, compatibilityDate: "2026-08-04" }), worked);
});

test("@stream-io/node-sdk cannot be bundled without Node's modules", async () => {
  await assert.rejects(said("node-sdk", { logLevel: "silent" }), /Could not resolve "crypto"/);
});

test("stream-chat with a secret refuses to start, with Node's modules too", async () => {
  const options = { nodeModules: true, compatibilityDate: "2026-08-04" };
  assert.match((await said("stream-chat", options)).failed, /Agent is not a constructor/);
});
