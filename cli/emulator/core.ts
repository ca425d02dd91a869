// The emulator's core, from the entry for runtimes that get a compiled module, which decodes no base64. `../emulator/`
// is a folder next to this program in the package; the two `.d.ts` here declare its files.

import { readdirSync, readFileSync } from "node:fs";
import { createServedEmulator, type ServedEmulator } from "../emulator/glue.js";
import { initSync } from "../emulator/init.js";

export type { Answer, Head, ServedEmulator, ServedSockets } from "../emulator/glue.js";

/** What the emulator is made with. */
export interface ServedOptions {
  apiKey: string;
  apiSecret: string;
  taskDuration: number;
  idSeed: number;
  rateLimits?: number | "stream";
  strict: boolean;
  webhookTimes: "nanoseconds" | "rfc3339";
  allowedHosts: readonly string[];
}

export function createEmulator(options: ServedOptions): ServedEmulator {
  const file = new URL("../emulator/getstream_users_emulator_bg.wasm", import.meta.url);
  initSync(new WebAssembly.Module(readFileSync(file)));
  return createServedEmulator(JSON.stringify({ ...options, ui: uiFiles() }));
}

/** The files of the emulator's page, by name. They are all text. */
function uiFiles(): Record<string, string> {
  const folder = new URL("../ui/", import.meta.url);
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
}
