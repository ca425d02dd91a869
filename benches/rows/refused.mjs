// What users cost whom the API refuses: the calls of upsertMany for 20,000 users. Nothing is timed: the same users are
// refused in every run, and the numbers are the same everywhere but for the order in which six calls at once are answered.

import { builds } from "../names.mjs";
import { CASES, calls } from "../refused-users.mjs";

export const title = "upsertMany when the API refuses some users: requests per chunk of 100";

export async function measure({ isQuick, isCompared }) {
  const rows = [];
  const count = isQuick ? 2_000 : 20_000;
  for (const name of Object.keys(CASES).filter((name) => !isQuick || !name.startsWith("5 %"))) {
    const values = {};
    for (const [build, specifier] of Object.entries(builds(isCompared))) {
      const { StreamClient } = await import(specifier);
      const { upsertMany } = await import(`${specifier}/bulk`);
      const { createEmulator } = await import("getstream-users/emulator");
      const sent = await calls({ StreamClient, upsertMany, createEmulator }, CASES[name], count);
      values[build] = sent / (count / 100);
    }
    rows.push({ name: `of ${count}, ${name}`, unit: "calls", values });
  }
  return rows;
}
