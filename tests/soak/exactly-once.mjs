// Seeded runs under faults and kills against a model. A seed that fails prints the command that repeats it.
//
//   node tests/soak/exactly-once.mjs [--server in-process|native|node] [--seed N] [--runs N] [--operations N] [--kills N]

import { parseArgs } from "node:util";
import { run } from "./exactly-once/run.mjs";

const { values } = parseArgs({
  options: {
    server: { type: "string" },
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "1" },
    operations: { type: "string", default: "333334" },
    kills: { type: "string", default: "10" },
  },
});
const [seed, runs, operations, kills] = [values.seed, values.runs, values.operations, values.kills].map(Number);
const servers = values.server === undefined ? ["in-process", "native", "node"] : [values.server];
const total = { operations: 0, unknown: 0, failed: 0, lost: 0, doubled: 0 };
for (const server of servers) {
  for (let turn = 0; turn < runs; turn++) {
    const plan = { seed: seed + turn, server, operations, kills };
    const begun = performance.now();
    const result = await run(plan);
    const { lost, doubled } = result;
    for (const line of [...lost, ...doubled].slice(0, 20)) console.log(`  ${line}`);
    console.log(
      JSON.stringify({
        ...plan,
        ...result,
        lost: lost.length,
        doubled: doubled.length,
        seconds: Math.round((performance.now() - begun) / 1_000),
      }),
    );
    for (const name of Object.keys(total))
      total[name] += Array.isArray(result[name]) ? result[name].length : result[name];
    if (lost.length + doubled.length > 0) {
      const again = `--server ${server} --seed ${plan.seed} --operations ${operations} --kills ${kills}`;
      console.log(`again: cargo xtask soak --only exactly-once -- ${again}`);
      process.exitCode = 1;
    }
  }
}
console.log(JSON.stringify(total));
