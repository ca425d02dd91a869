// Runs all measurements. `cargo xtask bench` runs this in a project that has this package, the official SDKs, the runtimes
// and, with `--baseline`, another build of this package.
//
//   node main.mjs [--quick] [--full] [--baseline PACKAGE] [--only GROUP,..] [--json FILE] [--chart FILE]
//
// Each group of rows is a file in rows/, and runs in a separate process, in the runtimes that it names.

import { existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chart } from "./chart.mjs";
import { OTHER } from "./names.mjs";
import { saidBy } from "./process.mjs";
import { markdown } from "./report.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** The order of the rows. */
const GROUPS = [
  "sizes",
  "cold-process",
  "workerd",
  "calls",
  "webhooks",
  "plain-javascript",
  "bulk",
  "refused",
  "emulator-in-process",
  "emulator-server",
  "memory",
];

/** The programs of other runtimes, if installed. */
const RUNTIMES = {
  "Node 22": ["node-22/bin/node"],
  "Node 24": ["node-24/bin/node"],
  Deno: ["@deno/linux-x64-glibc/deno", "run", "--allow-all", "--quiet", "--node-modules-dir=manual"],
  Bun: ["@oven/bun-linux-x64-baseline/bin/bun"],
};

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    baseline: { type: "string" },
    only: { type: "string" },
    json: { type: "string" },
    chart: { type: "string" },
  },
});
const only = options.only?.split(",") ?? GROUPS;
const unknown = only.filter((group) => !GROUPS.includes(group));
if (unknown.length > 0) throw new Error(`no group ${unknown.join(", ")}; there are ${GROUPS.join(", ")}`);
const missing = readdirSync(path.join(folder, "rows")).filter((file) => !GROUPS.includes(file.replace(".mjs", "")));
if (missing.length > 0) throw new Error(`main.mjs does not list ${missing.join(", ")}`);

const settings = {
  isQuick: options.quick,
  isFull: options.full,
  isCompared: options.baseline !== undefined,
  effort: options.quick ? { rounds: 9, warmUpMs: 400 } : { rounds: 41, warmUpMs: 1500 },
};

if (options.baseline !== undefined) {
  const link = path.join(folder, "node_modules", OTHER);
  rmSync(link, { force: true });
  symlinkSync(options.baseline, link, "junction");
}

const sections = [];
for (const group of GROUPS.filter((group) => only.includes(group))) {
  const { title, runtimes = [], isLong = false } = await import(`./rows/${group}.mjs`);
  if (isLong && !options.full && options.only === undefined) continue;
  for (const runtime of [undefined, ...(options.quick ? [] : runtimes)]) {
    const command = runtime === undefined ? [process.execPath] : programOf(runtime);
    if (command === undefined) continue;
    const begun = performance.now();
    const { where, rows } = await saidBy("group.mjs", [group, JSON.stringify(settings)], { command });
    const section = { group, title, where, seconds: (performance.now() - begun) / 1e3, rows };
    sections.push(section);
    if (rows.length > 0) console.log(markdown(section));
  }
}
const seconds = sections.reduce((sum, section) => sum + section.seconds, 0);
console.log(`Measured in ${seconds.toFixed(0)} s.`);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ sections }, undefined, 2)}\n`);
if (options.chart !== undefined) writeFileSync(options.chart, chart(sections));

function programOf(runtime) {
  const [program, ...flags] = RUNTIMES[runtime];
  const file = path.join(folder, "node_modules", program);
  return existsSync(file) ? [file, ...flags] : undefined;
}
