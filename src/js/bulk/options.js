// Options of bulk work, checked before anything is taken from the input.

import { newError } from "../errors.js";
import { doneAt, MOST_CALLS } from "./rules.js";

/** Two windows of the rate limit, and room for a server that comes back slowly. */
const PATIENCE_MS = 300_000;
/** Deletions with all messages of a hundred users take their time. */
const TASK_TIMEOUT_MS = 600_000;

const FUNCTIONS = ["onProgress", "onResult", "onCheckpoint"];

/** @param {Operation} operation */
export function settingsOf(operation, given) {
  const refuse = (field, problem) => {
    throw newError("invalid_argument", `${operation.name}: ${field} ${problem}`, field);
  };
  const options = given ?? {};
  if (typeof options !== "object") refuse("options", "must be an object");
  const whole = (name, most, standard) => {
    const value = options[name] ?? standard;
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    return refuse(name, `must be a whole number from 1 to ${most}`);
  };
  for (const name of FUNCTIONS) {
    if (options[name] != null && typeof options[name] !== "function") refuse(name, "must be a function");
  }
  const {
    signal,
    patience = PATIENCE_MS,
    resume,
    wait = true,
    request = {},
    timeout,
    deadline,
    retry,
    headers,
  } = options;
  if (signal != null && typeof signal.addEventListener !== "function") refuse("signal", "must be an AbortSignal");
  if (!(typeof patience === "number" && patience >= 0)) refuse("patience", "must be a number of milliseconds");
  if (typeof wait !== "boolean" && (typeof wait !== "object" || wait === null)) {
    refuse("wait", "must be true, false or an object of pollInterval and timeout");
  }
  if (typeof request !== "object" || request === null) refuse("request", "must be an object");
  const skip = resume == null ? 0 : doneAt(operation.name, resume);
  if (skip === undefined) refuse("resume", `must be a checkpoint of ${operation.name}`);
  return {
    concurrency: whole("concurrency", MOST_CALLS, MOST_CALLS),
    chunkSize: whole("chunkSize", operation.most, operation.most),
    onProgress: options.onProgress,
    onResult: options.onResult,
    onCheckpoint: options.onCheckpoint,
    signal: signal ?? undefined,
    patience,
    skip,
    request,
    wait: wait && { timeout: TASK_TIMEOUT_MS, ...(wait === true ? {} : wait) },
    // A 429 is not left to a single call: it holds for all of them.
    call: { signal, timeout, deadline, retry, headers, onRateLimit: () => false },
  };
}
