// The command that runs beside the emulator, and the signals that are passed on to it.

import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { tell } from "../terminal.js";

export function startChild(words: string[], environment: Record<string, string>): ChildProcess {
  const [name = "", ...args] = words;
  return spawn(name, args, {
    stdio: "inherit",
    env: { ...process.env, ...environment },
    // npm and its like are scripts there, which only a shell runs.
    shell: process.platform === "win32",
  });
}

/** The command's exit code or, as shells have it, 128 and the number of the signal that ended it. */
export function childEnded(child: ChildProcess, [name = ""]: string[]): Promise<number> {
  // A terminal sends Ctrl-C to the command too, and there are commands that take a second one for impatience.
  const atTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  process.on("SIGINT", () => {
    if (!atTerminal) child.kill("SIGINT");
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      tell(`error: cannot run ${name}: ${error.message}`);
      // The codes that shells have for it.
      resolve(error.code === "ENOENT" ? 127 : 126);
    });
    child.on("exit", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
