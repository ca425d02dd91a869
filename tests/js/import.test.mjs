// Many users over HTTP, with everything that goes wrong on the way. `cargo xtask bench` does the same with ten times as many.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startEmulator } from "../support/emulator.mjs";

const program = fileURLToPath(new URL("import/import.mjs", import.meta.url));

test("of 10,000 users none is lost or doubled by failing calls and a tight rate limit", async (t) => {
  const { url, apiKey, apiSecret, stop } = await startEmulator(["--id-seed", "1"]);
  const env = { ...process.env, STREAM_BASE_URL: url, STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, "10000", "40"], { env });
    const { milliseconds, waited, heap, rss, refused, faults, ...result } = JSON.parse(stdout);
    assert.deepEqual(result, {
      succeeded: 10_000,
      failed: 0,
      isToldOnce: true,
      isFoundOnce: true,
      wrong: [],
      others: ["rival"],
    });
    assert.ok(refused > 0, "no call met the rate limit");
    assert.ok(faults > 0, "no call failed");
    const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
    const minutes = (waited / 60_000).toFixed(0);
    t.diagnostic(
      `${refused} times 429, ${faults} faults, ${minutes} minutes of waiting in ${milliseconds.toFixed(0)} ms`,
    );
    t.diagnostic(`memory: ${megabytes(rss)} at most, of which the import kept ${megabytes(heap)}`);
  } finally {
    await stop();
  }
});
