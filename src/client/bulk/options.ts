// The options of bulk work, read once, before anything is read from the input.

import { MAX_CONCURRENT_CALLS } from "../generated/limits.js";
import type { RequestOptions, WaitForTaskOptions } from "../index.js";
import { isObject, OptionReader, readable } from "../option-reader.js";
import { CALL_OPTIONS } from "../options.js";
import type { Operation } from "./operations.js";
import type { BulkOutcome, BulkProgress } from "./results.js";
import { doneAt } from "./rules.js";

/**
 * The options of bulk work. `timeout`, `deadline`, `headers` and the other options of a call apply to each request. `retry` is
 * `false` by default, because bulk work retries failed requests itself, for as long as `patience`.
 */
export interface BulkOptions<Item> extends RequestOptions {
  /** Concurrent requests, 1 to 6. Default: 6. */
  concurrency?: number | undefined;
  /** Users per request. Default: the API's maximum, which is 100, or 25 for exports. */
  chunkSize?: number | undefined;
  /**
   * How long a request that fails is retried, in milliseconds. Default: 300000; `Infinity` means forever. Requests are
   * retried after rate limits, server errors and connection failures. When the time is up, the users of that request have
   * failed if other requests succeeded meanwhile; if none did, the work ends.
   */
  patience?: number | undefined;
  /** Aborts the work; its promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** A checkpoint of earlier work on the same input: the items done by then are skipped. */
  resume?: string | undefined;
  /** Called after every chunk, and awaited. If it throws or rejects, the work ends with that error. */
  onProgress?: ((progress: BulkProgress) => void | Promise<void>) | undefined;
  /**
   * Called with the outcome of every chunk, and awaited. If it throws or rejects, the work ends with that error. A user that
   * has to be sent again is in the outcome of the later chunk.
   */
  onResult?: ((outcome: BulkOutcome<Item>) => void | Promise<void>) | undefined;
  /**
   * Called with a checkpoint whenever more of the input is done, and awaited. If it throws or rejects, the work ends with that
   * error. Store the latest checkpoint: passed as `resume`, with the same input, the work continues from there. Chunks
   * completed after the checkpoint are sent again.
   */
  onCheckpoint?: ((checkpoint: string) => void | Promise<void>) | undefined;
}

/** The options of bulk work that the API runs as tasks. */
export interface BulkTaskOptions<Item> extends BulkOptions<Item> {
  /**
   * Whether to wait for tasks, and how; a chunk is done when its task is. Default: each task is polled every second for up to
   * ten minutes. With `false`, users count as succeeded as soon as their task has started.
   */
  wait?: boolean | Pick<WaitForTaskOptions, "pollInterval" | "timeout"> | undefined;
}

/** The options of bulk work whose requests have fields besides the ids. */
export interface BulkRequestOptions<Request> extends BulkTaskOptions<string> {
  /** The fields to send besides the ids. */
  request?: Omit<Request, "user_ids"> | undefined;
}

/** The options of bulk work, resolved. */
export interface Settings<Item> {
  readonly concurrency: number;
  readonly chunkSize: number;
  readonly patience: number;
  readonly signal: AbortSignal | undefined;
  /** The number of items of the input that are already done. */
  readonly skip: number;
  readonly onProgress: BulkOptions<Item>["onProgress"];
  readonly onResult: BulkOptions<Item>["onResult"];
  readonly onCheckpoint: BulkOptions<Item>["onCheckpoint"];
  /** The fields to send besides the users. */
  readonly request: object;
  /** How to wait for tasks; undefined not to wait. */
  readonly wait: WaitForTaskOptions | undefined;
  /** The options of each request. */
  readonly call: RequestOptions;
}

/** Enough for two rate-limit windows and a server that recovers slowly. */
const PATIENCE_MS = 300_000;
/** Deleting a hundred users with all their messages takes long. */
const TASK_TIMEOUT_MS = 600_000;

const OWN_OPTIONS = ["concurrency", "chunkSize", "patience", "resume", "onProgress", "onResult", "onCheckpoint"];
const WAIT_OPTIONS = ["pollInterval", "timeout"];

/** @throws StreamError of kind `invalid_argument` */
export function settingsOf<Item>(operation: Operation, given: unknown): Settings<Item> {
  const { name, most, isTask, takesRequest } = operation;
  const known = [...OWN_OPTIONS, ...CALL_OPTIONS, ...(isTask ? ["wait"] : []), ...(takesRequest ? ["request"] : [])];
  const options = new OptionReader(name, given, known);
  const signal = options.signal();
  return {
    concurrency: options.count("concurrency", MAX_CONCURRENT_CALLS) ?? MAX_CONCURRENT_CALLS,
    chunkSize: options.count("chunkSize", most) ?? most,
    patience: patienceOf(options),
    signal,
    skip: skipOf(options, name),
    onProgress: options.callback("onProgress"),
    onResult: options.callback("onResult"),
    onCheckpoint: options.callback("onCheckpoint"),
    request: requestOf(options, name),
    wait: waitOf(options, signal),
    call: { retry: false, ...options.pick(CALL_OPTIONS) },
  };
}

/** The `patience` option. */
export function patienceOf(options: OptionReader): number {
  const patience = options.get("patience") ?? PATIENCE_MS;
  return typeof patience === "number" && patience >= 0
    ? patience
    : options.refuse("patience", "a number of milliseconds, 0 or more");
}

/** The number of items that the `resume` checkpoint counts as done. */
export function skipOf(options: OptionReader, name: string): number {
  const token = options.get("resume");
  if (token === undefined) return 0;
  return doneAt(name, token) ?? options.refuse("resume", `a checkpoint of ${name}`);
}

/** A copy, so that changes to the original during the work have no effect. */
function requestOf(options: OptionReader, name: string): object {
  const given = options.get("request") ?? {};
  if (!isObject(given)) options.refuse("request", "an object");
  const request = readable(name, "request", () => ({ ...given }));
  if ("user_ids" in request) options.refuse("request", "an object without user_ids, which are the second argument");
  return request;
}

function waitOf(options: OptionReader, signal: AbortSignal | undefined): WaitForTaskOptions | undefined {
  const wait = options.get("wait") ?? true;
  if (wait === false) return undefined;
  if (wait === true) return { timeout: TASK_TIMEOUT_MS, signal };
  if (typeof wait !== "object") options.refuse("wait", "true, false, or an object of pollInterval and timeout");
  const own = options.within("wait", WAIT_OPTIONS);
  return { pollInterval: own.duration("pollInterval"), timeout: own.duration("timeout") ?? TASK_TIMEOUT_MS, signal };
}
