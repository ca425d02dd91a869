// Watches a task of the API until it has ended, and prints its result.
import { parseArgs } from "node:util";
import { isTaskFailedError } from "getstream-users";
import { clientFromEnvironment, ENVIRONMENT, run } from "./client.mjs";

const HELP = `Usage: node watch-task.mjs TASK_ID [--seconds NUMBER]

Reports the task's status on stderr, and prints its result as JSON on stdout. Exits with 0 when the task completed, with 1
when it failed. Ctrl-C stops watching, not the task.

  --seconds NUMBER   how long to watch; default 600
  --help

${ENVIRONMENT}`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: "string", default: "600" }, help: { type: "boolean" } },
  });
  const [id] = positionals;
  if (values.help || !id) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort(new Error("no longer watched; the task keeps running")));

  let before;
  const onProgress = ({ status, created_at, updated_at }) => {
    if (status !== before) console.error(`${status} after ${(updated_at - created_at) / 1000} s`);
    before = status;
  };
  const timeout = Number(values.seconds) * 1000;
  try {
    const task = clientFromEnvironment().tasks(id);
    const { result } = await task.wait({ timeout, signal: interrupted.signal, onProgress });
    console.log(JSON.stringify(result, null, 2));
    return 0;
  } catch (error) {
    if (isTaskFailedError(error)) console.log(JSON.stringify(error.task.error, null, 2));
    throw error;
  }
}

await run(main);
