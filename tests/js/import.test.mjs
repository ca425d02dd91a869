// Many users over HTTP, with faults. `cargo xtask bench` does the same with ten times as many.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { StreamClient } from "getstream-users";
import { startEmulator } from "../support/emulator.mjs";
import { firstLine, start } from "../support/process.mjs";

const program = (name) => fileURLToPath(new URL(`import/${name}.mjs`, import.meta.url));
const run = promisify(execFile);

/** An emulator for one test, and the environment for programs that use it. */
async function emulator(t) {
  const { url, apiKey, apiSecret, stop } = await startEmulator(["--id-seed", "1"]);
  t.after(stop);
  const env = { ...process.env, STREAM_BASE_URL: url, STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret };
  const faults = async (method, body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/__emulator/faults`, { method, headers, body: JSON.stringify(body) });
    assert.ok(response.ok);
  };
  return { env, faults, client: new StreamClient(apiKey, apiSecret, { basePath: url, timeout: 30_000 }) };
}

test("failing calls and a tight rate limit lose or duplicate none of 10,000 users", async (t) => {
  const { env } = await emulator(t);
  const { stdout } = await run(process.execPath, ["--expose-gc", program("import"), "10000", "40"], { env });
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
});

const doneAt = (checkpoint) => Number(checkpoint.split("@")[1]);

test("a killed import continues from the checkpoint in its file", async (t) => {
  const { env, faults, client } = await emulator(t);
  const folder = await mkdtemp(path.join(tmpdir(), "import-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "checkpoint");

  // After thirty calls nothing more is heard, so that it cannot end by itself.
  await faults("POST", { operation: "UpdateUsers", skip: 30, fault: { latency_ms: 60_000 } });
  const first = start(process.execPath, [program("resumable"), "1000", file, "first"], { env });
  first.stderr.pipe(process.stderr);
  await firstLine(first, first.stdout, (line) => (doneAt(line) >= 200 ? line : undefined));
  const ended = new Promise((resolve) => first.once("exit", (_, signal) => resolve(signal)));
  first.kill("SIGKILL");
  assert.equal(await ended, "SIGKILL");
  const done = doneAt(await readFile(file, "utf8"));
  assert.ok(done >= 200 && done <= 300, String(done));

  await faults("DELETE");
  const { stdout } = await run(process.execPath, [program("resumable"), "1000", file, "second"], { env });
  const result = JSON.parse(stdout.trim().split("\n").at(-1));
  assert.deepEqual(result, { succeeded: 1000 - done, failed: 0, skipped: done });
  const all = await client.users().toArray();
  const byIndex = all.map(({ custom }) => custom).sort((one, other) => one.index - other.index);
  const expected = Array.from({ length: 1000 }, (_, index) => ({ index, run: index < done ? "first" : "second" }));
  assert.deepEqual(byIndex, expected);
});
