// Waiting for a task. After each look Rust says what comes next.

import { sleep } from "./deadline.js";

/**
 * Rust's word on a look at a task: the milliseconds until the next one, -1 when the task is completed, or the error that
 * ends the wait; set when the module starts.
 *
 * @type {(look: object) => number | Error}
 */
let step;

export function setStep(function_) {
  step = function_;
}

/**
 * @param {import("./transport.js").Route} route of `getTask`
 * @param {string} segment the task's id, encoded
 * @param {string} id
 * @param {number} interval in milliseconds
 * @param {number} timeout in milliseconds
 * @param {{ signal?: AbortSignal, onProgress?: (task: object) => void | Promise<void> } | undefined} options checked
 */
export async function waitForTask(route, segment, id, interval, timeout, options) {
  const { signal, onProgress } = options ?? {};
  const started = Date.now();
  // What was slept counts even when somebody sets the clock back meanwhile.
  let slept = 0;
  for (;;) {
    const task = await route.send(segment, undefined, { signal });
    // It may be an async function, whose failure is this wait's too.
    await onProgress?.(task);
    const { status, error } = task;
    const elapsed = Math.max(slept, Date.now() - started);
    const next = step({ id, status, type: error?.type, description: error?.description, elapsed, interval, timeout });
    if (typeof next !== "number") throw Object.assign(next, { task });
    if (next < 0) return task;
    await sleep(next, signal);
    slept += next;
  }
}

/** What a client has for the task of that id. */
export function taskOf(client, id) {
  return { id, get: () => client.getTask({ id }), wait: (options) => client.waitForTask(id, options) };
}
