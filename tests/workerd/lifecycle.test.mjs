// The package in workerd, the runtime of Cloudflare Workers, installed from its tarball and bundled as Cloudflare does.

import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { apiKey, apiSecret, basePath, unique } from "../support/api.mjs";
import { startWorker } from "../support/workerd.mjs";

const source = fileURLToPath(new URL("lifecycle.worker.mjs", import.meta.url));
const constants = { STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret, STREAM_BASE_URL: basePath };

// The oldest date with the modules format's usual behaviour that users may still have, and one of today.
for (const compatibilityDate of ["2023-05-18", "2026-10-01"]) {
  test(`a Worker with the compatibility date ${compatibilityDate}`, async (t) => {
    const worker = await startWorker(source, { constants, compatibilityDate });
    t.after(() => worker.stop());
    const ask = async (path) => {
      const response = await fetch(worker.url + path);
      const said = await response.json();
      assert.equal(said.failed, undefined);
      return said;
    };

    await t.test("receives webhooks and verifies tokens", async () => {
      assert.deepEqual(await ask("/webhook/http?id=ann"), {
        events: [
          ["ann", 0],
          ["ann", 0],
          ["ann", 0],
        ],
        refusals: [
          "authentication: signature mismatch",
          "response: gzip decompression failed",
          "response: too large",
          "response: invalid base64 encoding",
        ],
        user: "ann",
      });
    });

    for (const target of ["http", "in-process"]) {
      await t.test(`${target}: a user's whole life works`, async () => {
        const { assertions } = await ask(`/lifecycle/${target}`);
        assert.ok(assertions > 100, `${assertions} assertions`);
        t.diagnostic(`${compatibilityDate}, ${target}: ${assertions} assertions`);
      });

      await t.test(`${target}: fifty overlapping requests share one client and do not mix up`, async () => {
        const ids = Array.from({ length: 50 }, () => unique("overlap"));
        const answers = await Promise.all(ids.map((id) => ask(`/overlap/${target}?id=${id}`)));
        const message = (id) =>
          `Stream error code 16: GetTask failed with error: "Can't find task with id "no-task-of-${id}""`;
        assert.deepEqual(
          answers,
          ids.map((id) => ({ names: [id, id, id, id], error: message(id) })),
        );
      });

      await t.test(`${target}: a call that its request left behind harms no later request`, async () => {
        await ask(`/abandon/${target}?id=${unique("left")}`);
        const id = unique("after");
        const { names } = await ask(`/overlap/${target}?id=${id}`);
        assert.deepEqual(names, [id, id, id, id]);
      });
    }
  });
}
