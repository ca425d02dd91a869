// Measures one group of rows in this process and prints them as JSON: `node group.mjs GROUP SETTINGS`, which main.mjs runs.

const [group, settings] = process.argv.slice(2);
const { measure, where } = await import(`./rows/${group}.mjs`);
const rows = await measure(JSON.parse(settings));
const { bun, deno, node } = process.versions;
const runtime = bun ? `Bun ${bun}` : deno ? `Deno ${deno}` : `Node ${node}`;
console.log(JSON.stringify({ where: where?.() ?? runtime, rows }));
// Exit without waiting for timers that the SDKs have left.
process.exit();
