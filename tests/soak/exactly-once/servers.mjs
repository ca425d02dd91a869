// The emulators that a run talks to: in the process, as a native program, and as the package's command in Node.

import { once } from "node:events";
import { createEmulator } from "getstream-users/emulator";
import { firstLine, start } from "../../support/process.mjs";
import { program as command } from "../../support/program.mjs";

/** What goes wrong, each with this probability. */
const EACH = 0.01;
const TRANSIENT = [
  { status: 429, retry_after: 0 },
  { status: 503, retry_after: 0 },
  { status: 500 },
  { drop: "before" },
  { drop: "after" },
  { body: "truncate" },
  { body: "invalid" },
  { body: "empty" },
  { body: "html" },
].map((fault) => ({ probability: EACH, fault }));
const REFUSAL = { probability: EACH, fault: { status: 400, code: 4, message: "no" } };
/** What goes wrong with single calls; an import would report the refused as failed, and lose that report when it is killed. */
export const ALL = [...TRANSIENT, REFUSAL];
export { TRANSIENT };

/** An emulator in the process, which nobody can kill alone. */
export function inProcess() {
  const emulator = createEmulator({ taskDuration: 0 });
  return {
    options: () => ({ fetch: emulator.fetch }),
    async faults(rules) {
      emulator.faults.clear();
      for (const rule of rules) emulator.faults.add(rule);
    },
    async stop() {},
  };
}

/** A program that serves over HTTP and keeps its state in a file. */
export async function program(kind, data) {
  const [file, before] =
    kind === "native" ? [process.env.EMULATOR_PROGRAM, []] : [process.execPath, [command, "emulator"]];
  const serve = async (port) => {
    const args = [...before, "--port", port, "--quiet", "--task-duration", "0", "--data", data, "--save-every", "200"];
    const child = start(file, args, { stdio: ["ignore", "pipe", "ignore"] });
    const url = await firstLine(child, child.stdout, (line) => line.match(/^listening on (.+)$/)?.[1]);
    return { child, url };
  };
  let { child, url } = await serve("0");
  const ended = async (signal) => {
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  };
  return {
    options: () => ({ basePath: url }),
    async faults(rules) {
      const control = `${url}/__emulator/faults`;
      await fetch(control, { method: "DELETE" });
      for (const rule of rules) {
        const response = await fetch(control, { method: "POST", body: JSON.stringify(rule) });
        if (!response.ok) throw new Error(await response.text());
      }
    },
    /** Ends it by a signal and serves again at the same port, from the file that it left. */
    async restart(signal) {
      await ended(signal);
      ({ child, url } = await serve(new URL(url).port));
    },
    stop: () => ended("SIGTERM"),
  };
}
