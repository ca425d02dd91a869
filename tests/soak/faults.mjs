// Counts the outcomes of every operation with every fault over real sockets, and with every hostile `fetch`, in every runtime.
//
//   node tests/soak/faults.mjs [runtime ...]

import { faults } from "./faults/faults.mjs";
import { hostile } from "./faults/hostile.mjs";
import { matrix } from "./faults/matrix.mjs";
import { operations } from "./faults/operations.mjs";

const given = process.argv.slice(2);
const runtimes = given.length > 0 ? given : ["node", "deno", "bun", "workerd"];
const megabytes = Number(process.env.SOAK_MEGABYTES ?? 100);
const [first, second, third] = [operations, faults, hostile].map((list) => Object.keys(list).length);
console.log(`${first} operations, ${second} faults, ${third} hostile fetches as an option and as the global one`);
for (const runtime of runtimes) {
  const begun = performance.now();
  const { calls, requests, resent, hostile: odd, wrong } = await matrix(runtime, { megabytes });
  for (const line of wrong) console.log(`  ${line}`);
  const seconds = Math.round((performance.now() - begun) / 1_000);
  console.log(JSON.stringify({ runtime, calls, requests, resent, hostile: odd, wrong: wrong.length, seconds }));
  if (wrong.length > 0) process.exitCode = 1;
}
