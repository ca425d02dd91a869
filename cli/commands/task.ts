// `task`: the state of a task, or its result.

import { StreamError } from "getstream-users";
import { type CredentialOptions, clientOf } from "../credentials.js";
import { EXIT } from "../exit.js";
import { interruption } from "../interrupt.js";
import { print, printJson, tell } from "../terminal.js";
import { positive } from "./query.js";

interface TaskOptions extends CredentialOptions {
  wait?: boolean;
  timeout: string;
  json?: boolean;
}

interface Shown {
  task_id: string;
  status: string;
  result?: unknown;
  error?: unknown;
}

export async function task(id: string, options: TaskOptions): Promise<void> {
  const timeout = positive("--timeout", options.timeout) * 1000;
  const client = await clientOf(options);
  const handle = client.tasks(id);
  let last = "";
  const onProgress = ({ status }: { status: string }) => {
    if (status !== last && !options.json) tell(status);
    last = status;
  };
  try {
    const ended = options.wait
      ? await handle.wait({ timeout, signal: interruption(), onProgress })
      : await handle.get();
    show(ended as unknown as Shown, options);
    if (ended.status === "failed") process.exitCode = EXIT.incomplete;
  } catch (error) {
    if (!(error instanceof StreamError) || error.kind !== "task_failed") throw error;
    show(error.task as unknown as Shown, options);
    process.exitCode = EXIT.incomplete;
  }
}

function show({ task_id, status, result, error }: Shown, options: TaskOptions): void {
  const shown = { task_id, status, ...(result !== undefined && { result }), ...(error !== undefined && { error }) };
  if (options.json) printJson(shown);
  else print(JSON.stringify(shown, null, 2));
}
