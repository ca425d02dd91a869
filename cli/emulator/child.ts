// Runs the command of `exec`, and passes signals on to it.

import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { tell } from "../terminal.js";

export function startChild(words: string[], environment: Record<string, string>): ChildProcess {
  const [name = "", ...args] = words;
  return spawn(name, args, {
    stdio: "inherit",
    env: { ...process.env, ...environment },
    // On Windows, npm and the like are scripts, which only a shell can run.
    shell: process.platform === "win32",
  });
}

/** The command's exit code; 128 plus the signal's number if a signal ended it, as in shells. */
export function childEnded(child: ChildProcess, [name = ""]: string[]): Promise<number> {
  // A terminal sends Ctrl-C to the command, too, and some commands treat a second Ctrl-C as a forced exit.
  const atTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  process.on("SIGINT", () => {
    if (!atTerminal) child.kill("SIGINT");
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      tell(`error: cannot run ${name}: ${error.message}`);
      // The exit codes of shells.
      resolve(error.code === "ENOENT" ? 127 : 126);
    });
    child.on("exit", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
