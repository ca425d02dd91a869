// What clients, calls and imports keep of the memory, each in a process of its own.

import { builds, NODE_SDK, STREAM_CHAT } from "../names.mjs";
import { saidBy } from "../process.mjs";

export const title = "Retained memory";
/** It takes minutes. */
export const isLong = true;

const ROWS = [
  { what: "clients", name: "1,000 idle clients", count: 1_000 },
  { what: "calls", name: "1,000,000 calls", count: 1_000_000 },
  { what: "import", name: "an import of 1,000,000 users, peak", count: 1_000_000 },
];

export async function measure({ isCompared }) {
  const ours = Object.entries(builds(isCompared));
  const all = [...ours, [NODE_SDK, NODE_SDK], [STREAM_CHAT, STREAM_CHAT]];
  const rows = [];
  for (const { what, name, count } of ROWS) {
    const values = {};
    // The SDKs have nothing that imports.
    for (const [candidate, specifier] of what === "import" ? ours : all) {
      const args = [what, specifier, String(count)];
      values[candidate] = (await saidBy("memory.mjs", args, { command: [process.execPath, "--expose-gc"] })).kept / 1e6;
    }
    rows.push({ name, unit: "MB", values });
  }
  return rows;
}
