// Every fact, shown on one face of the emulator.

import { appendFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { target } from "../support/paths.mjs";
import { contextOf } from "./context.mjs";
import { resources } from "./facts/index.mjs";

/**
 * Shows every fact on the emulators that `start` starts, and writes those that hold to `target/parity/`, a line of JSON
 * each: the parity table is made of them.
 *
 * @param {string} face
 * @param {(options: object) => Promise<import("./context.mjs").App & { stop: () => unknown }>} start
 */
export function show(face, start) {
  const results = path.join(target, "parity", `${face}.jsonl`);
  let app;
  let context;

  async function own(options, use) {
    const other = await start(options);
    try {
      await use(contextOf(other, own));
    } finally {
      await other.stop();
    }
  }

  before(async () => {
    await mkdir(path.dirname(results), { recursive: true });
    await writeFile(results, "");
    app = await start({});
    context = contextOf(app, own);
  });
  after(() => app.stop());

  for (const { resource, facts } of resources) {
    for (const { operation, evidence, text, run } of facts) {
      test(`${operation} ${text}`, { timeout: 30_000 }, async () => {
        await run(context);
        await appendFile(results, `${JSON.stringify({ resource, operation, evidence, text })}\n`);
      });
    }
  }
}
