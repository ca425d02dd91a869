// Commands of a project, run as its user would type them.

import { spawn } from "node:child_process";
import { connect } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../support/ports.mjs";
import { folderOf } from "./project.mjs";

/**
 * Runs a command to its end and gives back what it printed.
 *
 * @param {{ folder: string, row: object, signal: AbortSignal }} context
 */
export async function run(command, context) {
  const { child, printed } = spawned(command, context);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`\`${command}\` ended with ${code}\n${printed()}`);
  return printed();
}

/** Starts a command that serves on a port of its own, and waits until it does. */
export async function serve(command, context) {
  const port = await freePort();
  const { child, printed, stop } = spawned(command, context, { PORT: String(port) });
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`\`${command}\` ended with ${child.exitCode}\n${printed()}`);
    context.signal.throwIfAborted();
    await sleep(50);
  }
  return { url: `http://127.0.0.1:${port}`, printed, stop };
}

function spawned(command, { folder, row, signal }, env = {}) {
  // A group of its own, so that what the command starts ends with it.
  const child = spawn(command, {
    cwd: folder,
    shell: true,
    detached: true,
    env: { ...environment(folder, row), ...env },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
    });
  }
  const ended = new Promise((resolve) => child.once("close", resolve));
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  process.once("exit", kill);
  signal.addEventListener("abort", kill);
  child.once("close", () => {
    process.off("exit", kill);
    signal.removeEventListener("abort", kill);
  });
  const stop = () => {
    kill();
    return ended;
  };
  return { child, printed: () => text, stop };
}

/** The project's own programs before all others, and the newest Node of the matrix before the machine's. */
function environment(folder, { programs = ".bin" }) {
  const modules = path.join(folder, "node_modules");
  const node = path.join(folderOf("node"), "node_modules/node-24/bin");
  const folders = [path.join(modules, programs), path.join(modules, ".bin"), node];
  return {
    ...process.env,
    PATH: [...folders, process.env.PATH].join(path.delimiter),
    NO_COLOR: "1",
    CI: "true",
    NEXT_TELEMETRY_DISABLED: "1",
    WRANGLER_SEND_METRICS: "false",
    // What a tool keeps for its user stays in the repository.
    XDG_CONFIG_HOME: path.join(folder, ".config"),
    XDG_CACHE_HOME: path.join(folder, ".cache"),
    DENO_DIR: path.join(folder, ".deno"),
  };
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const say = (answer) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", say(true)).once("error", say(false));
  });
}
