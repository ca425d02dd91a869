// Runs programs in separate processes.

import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Runs a script in a fresh process of this runtime, and parses its JSON output. */
export function said(script, flags = []) {
  const args = [...flags, "--input-type=module", "--eval", script];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", cwd: folder }));
}

/** Runs a program in this folder, and parses the JSON in its last line. Other output is passed on. */
export async function saidBy(program, args, { command = [process.execPath], env = {} } = {}) {
  const [executable, ...flags] = command;
  const child = spawn(executable, [...flags, program, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) text += chunk;
  const code = child.exitCode ?? (await new Promise((resolve) => child.once("exit", resolve)));
  if (code !== 0) throw new Error(`${[...command, program, ...args].join(" ")} ended with ${code}\n${text}`);
  return JSON.parse(text.trimEnd().split("\n").at(-1));
}

/** The CPU time of a process with all its threads, in milliseconds; only available on Linux. */
export function processorTime(pid) {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
  }
  return nanoseconds / 1e6;
}
