import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { startWorker } from "../../support/workerd.mjs";

test("a Worker with an old compatibility date and no flag calls the API", async () => {
  const { STREAM_API_KEY, STREAM_API_SECRET, STREAM_BASE_URL } = process.env;
  const bindings = { STREAM_API_KEY, STREAM_API_SECRET, STREAM_BASE_URL };
  const worker = await startWorker(fileURLToPath(new URL("smoke.worker.mjs", import.meta.url)), { bindings });
  try {
    const response = await fetch(worker.url);
    assert.deepEqual(await response.json(), { name: "Worker", date: true });
  } finally {
    await worker.stop();
  }
});
