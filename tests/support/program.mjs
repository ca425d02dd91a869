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

/** An environment without anybody's credentials and colours. */
const { STREAM_API_KEY, STREAM_API_SECRET, STREAM_BASE_URL, FORCE_COLOR, ...CLEAN } = process.env;

/**
 * Runs the command to its end.
 *
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string, input?: string, onStart?: (child: object) => void }} [options]
 * @returns {Promise<{ code: number | null, signal: string | null, stdout: string, stderr: string }>}
 */
export async function run(args, { env = {}, cwd, input, onStart } = {}) {
  const child = start(process.execPath, [program, ...args], { cwd, env: { ...CLEAN, ...env }, stdio: "pipe" });
  onStart?.(child);
  child.stdin.on("error", () => {});
  child.stdin.end(input ?? "");
  const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { ...(await ended), stdout, stderr };
}

async function text(stream) {
  return Buffer.concat(await stream.toArray()).toString("utf8");
}

/** What a command needs to reach an emulator. */
export function environmentOf({ url, apiKey, apiSecret }) {
  return { STREAM_BASE_URL: url, STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret };
}
