// The emulator's HTTP server, one for each caller. `cargo xtask test` builds it.
import path from "node:path";
import { target } from "./paths.mjs";
import { firstLine, start, stop } from "./process.mjs";

const program = path.join(
  target,
  "debug",
  process.platform === "win32" ? "getstream-users-emulator.exe" : "getstream-users-emulator",
);

/**
 * Starts a server on a free port, with its own users and tasks.
 *
 * @param {string[]} [args] further arguments, such as `["--task-duration", "0"]`
 * @returns {Promise<{ url: string, apiKey: string, apiSecret: string, stop: () => Promise<number | null> }>}
 */
export async function startEmulator(args = []) {
  const child = start(program, ["--port", "0", "--quiet", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await firstLine(child, child.stdout, (line) => line.match(/^listening on (.+)$/)?.[1]);
  return { url, apiKey: "devkey", apiSecret: "devsecret", stop: () => stop(child) };
}
