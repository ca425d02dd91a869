// The long version of `tests/js/surface.test.mjs`. A failure prints the call, and the command that repeats it.
//
//   node tests/fuzz/surface.mjs [--seconds N] [--seed N]

import { parseArgs } from "node:util";
import fc from "fast-check";
import { quiet } from "./surface/console.mjs";
import { check, trial } from "./surface/surface.mjs";

/** So many are tried between two looks at the clock. */
const BATCH = 500;

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string" } },
});
const first = Number(values.seed ?? Date.now() % 2 ** 31);
const end = performance.now() + Number(values.seconds) * 1_000;
const { log } = console;
quiet();
let seed = first;
let tried = 0;
do {
  const run = await fc.check(fc.asyncProperty(trial, check), { seed, numRuns: BATCH });
  tried += run.numRuns;
  if (run.failed) {
    log(fc.defaultReportMessage(run));
    log(run.errorInstance);
    log(`again: cargo xtask fuzz --only surface --seconds 1 --seed ${seed}`);
    process.exit(1);
  }
  seed++;
} while (performance.now() < end);
log(JSON.stringify({ tried, seed: first }));
process.exit(0);
