// Programs that a test starts end with it, however it ends.
import { spawn } from "node:child_process";

/** Starts a program that dies with this process at the latest. */
export function start(program, args, options) {
  const child = spawn(program, args, options);
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  return child;
}

/** Asks a program to end and waits until it has; gives back its exit code. */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  return ended;
}

/** The first line of a stream that `wanted` makes something of; fails when the program ends without one. */
export function firstLine(child, stream, wanted) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code} before it was ready`)));
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => {
      text += chunk;
      for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n")) {
        const found = wanted(text.slice(0, end));
        text = text.slice(end + 1);
        if (found !== undefined) resolve(found);
      }
    });
  });
}
