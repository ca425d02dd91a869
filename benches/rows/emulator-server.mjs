// The emulator's server, as `cargo xtask bench-emulator` measures it.

import { execFileSync } from "node:child_process";
import { BASELINE, OURS } from "../names.mjs";

export const title = "The emulator's server: 64 connections; then one connection with 100,000 users";

export async function measure({ isQuick, isCompared }) {
  const other = isCompared ? process.env.BASELINE_SERVER : undefined;
  const args = ["--bench", "--json", ...(isQuick ? ["--quick"] : []), ...(other ? ["--beside", other] : [])];
  const rows = JSON.parse(execFileSync(process.env.SERVER_BENCHMARK, args, { encoding: "utf8" }));
  return rows.map(({ name, unit, values: [ours, baseline] }) => ({
    name,
    unit,
    values: { [OURS]: ours, ...(baseline !== undefined && { [BASELINE]: baseline }) },
  }));
}
