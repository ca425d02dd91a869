// Polls a task. After each response, Rust decides what comes next.

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

/** Polls a task until it has ended. */
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
  // Set after the first response: before it, frameworks that prerender refuse to read the clock.
  let started: number | undefined;
  // Counts time slept, in case the clock is set back meanwhile.
  let slept = 0;
  for (;;) {
    const task = (await invoker.call(GET_TASK, { id }, signal && { signal })) as Task;
    started ??= Date.now();
    // Awaited, so that a rejection ends the wait.
    await onProgress?.(task);
    const delay = next(id, task, Math.max(slept, Date.now() - started), settings);
    if (delay === undefined) return task as StreamResponse<CompletedTask<Result>>;
    await sleep(delay, signal);
    slept += delay;
  }
}

/** Milliseconds until the next poll; undefined when the task is completed. */
function next(id: string, task: Task, elapsed: number, { interval, timeout }: WaitSettings): number | undefined {
  const { status, error } = task;
  const seen = { id, status, errorType: error?.type, errorDescription: error?.description, elapsed, interval, timeout };
  try {
    return nextPoll(seen);
  } catch (thrown) {
    throw Object.assign(explained(thrown) as StreamError, { task });
  }
}

/** The handle for a task. */
export function taskHandle<Result>(invoker: Invoker, id: string): TaskHandle<Result> {
  return {
    id,
    get: () => invoker.call(GET_TASK, { id }, undefined) as Promise<Task>,
    wait: (options) => waitForTask<Result>(invoker, id, options),
  };
}
