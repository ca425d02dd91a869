// Waits for a task. After each request, Rust decides what comes next.

import { nextPoll } from "getstream-users-core";
import type { StreamError } from "./errors.js";
import type { GetTaskResponse } from "./generated/models.js";
import { GET_TASK } from "./generated/operations.js";
import { explained } from "./guard.js";
import type { Invoker } from "./invoke.js";
import { refusal } from "./option-reader.js";
import { type WaitSettings, waitSettingsOf } from "./options.js";
import { sleep } from "./transport/deadline.js";
import type { CompletedTask, StreamResponse, TaskHandle, WaitForTaskOptions } from "./types.js";

type Task = StreamResponse<GetTaskResponse>;

/** Waits until a task has ended, by asking for it every so often. */
export async function waitForTask<Result>(
  invoker: Invoker,
  id: string,
  options: WaitForTaskOptions | undefined,
): Promise<StreamResponse<CompletedTask<Result>>> {
  if (typeof id !== "string" || id === "") {
    throw refusal("waitForTask", "taskId", "taskId must be the task_id that the operation returned");
  }
  const settings = waitSettingsOf(options);
  const { signal, onProgress } = settings;
  // From the first answer on: before it, frameworks that prerender refuse to tell the time.
  let started: number | undefined;
  // What was slept counts even when somebody sets the clock back meanwhile.
  let slept = 0;
  for (;;) {
    const task = (await invoker.call(GET_TASK, { id }, signal && { signal })) as Task;
    started ??= Date.now();
    // It may be an async function, whose failure is this wait's too.
    await onProgress?.(task);
    const delay = next(id, task, Math.max(slept, Date.now() - started), settings);
    if (delay === undefined) return task as StreamResponse<CompletedTask<Result>>;
    await sleep(delay, signal);
    slept += delay;
  }
}

/** Milliseconds until the next request, or undefined for a task that is completed. */
function next(id: string, task: Task, elapsed: number, { interval, timeout }: WaitSettings): number | undefined {
  const { status, error } = task;
  const seen = { id, status, errorType: error?.type, errorDescription: error?.description, elapsed, interval, timeout };
  try {
    return nextPoll(seen);
  } catch (thrown) {
    throw Object.assign(explained(thrown) as StreamError, { task });
  }
}

/** What a client has for the task of that id. */
export function taskHandle<Result>(invoker: Invoker, id: string): TaskHandle<Result> {
  return {
    id,
    get: () => invoker.call(GET_TASK, { id }, undefined) as Promise<Task>,
    wait: (options) => waitForTask<Result>(invoker, id, options),
  };
}
