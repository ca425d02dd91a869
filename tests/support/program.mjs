// The command `getstream-users` of the installed package.

import { createRequire } from "node:module";
import path from "node:path";
import { firstLine, start, stop } from "./process.mjs";

const manifest = createRequire(import.meta.url).resolve("getstream-users/package.json");

/** The file that npm links as the command. */
export const program = path.join(path.dirname(manifest), "dist/cli/main.js");

/**
 * Starts the emulator that the package brings, on a free port.
 *
 * @param {string[]} [args] further arguments
 */
export async function startPackagedEmulator(args = []) {
  const command = [program, "emulator", "--port", "0", "--quiet", ...args];
  const child = start(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await firstLine(child, child.stdout, (line) => line.match(/^listening on (.+)$/)?.[1]);
  return { url, apiKey: "devkey", apiSecret: "devsecret", stop: () => stop(child) };
}
