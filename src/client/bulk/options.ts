// Options of bulk work: read once, before anything is read from the input.

import { MAX_CONCURRENT_CALLS } from "../generated/limits.js";
import type { RequestOptions, WaitForTaskOptions } from "../index.js";
import { isObject, OptionReader, readable } from "../option-reader.js";
import { CALL_OPTIONS } from "../options.js";
import type { Operation } from "./operations.js";
import type { BulkOutcome, BulkProgress } from "./results.js";
import { doneAt } from "./rules.js";

/**
 * How bulk work is done. `timeout`, `deadline`, `headers` and the other options of a call hold for each call. A call is made
 * once (`retry: false`) unless you say otherwise, since bulk work repeats failed calls by itself, as `patience` says.
 */
export interface BulkOptions<Item> extends RequestOptions {
  /** Calls at the same time, 1 to 6; 6 when left out. */
  concurrency?: number | undefined;
  /** Users in a call; as many as the API takes when left out, 100, or 25 for exports. */
  chunkSize?: number | undefined;
  /**
   * How long a call that fails is repeated, in milliseconds; 300000 when left out, and `Infinity` for no end. Calls are
   * repeated after a rate limit, a failure of the server or of the connection. When patience is out, the users of that
   * call have failed if other calls went through meanwhile; if none did, the work ends.
   */
  patience?: number | undefined;
  /** Ends the work; its promise rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** A checkpoint of earlier work on the same input: the items that it counts as done are skipped. */
  resume?: string | undefined;
  /** Called after every chunk, and awaited. If it throws or rejects, the work ends with that error. */
  onProgress?: ((progress: BulkProgress) => void | Promise<void>) | undefined;
  /**
   * Called with the outcome of every chunk, and awaited. If it throws or rejects, the work ends with that error. Users who
   * have to be sent again with others are in the outcome of that later chunk.
   */
  onResult?: ((outcome: BulkOutcome<Item>) => void | Promise<void>) | undefined;
  /**
   * Called whenever more of the input is done, and awaited. If it throws or rejects, the work ends with that error. Keep
   * the latest token: as `resume`, with the same input, it continues from there. Chunks that were done beyond it are done
   * again.
   */
  onCheckpoint?: ((checkpoint: string) => void | Promise<void>) | undefined;
}

/** How bulk work is done that the API does in tasks. */
export interface BulkTaskOptions<Item> extends BulkOptions<Item> {
  /**
   * Whether to wait for tasks, and how; a chunk is done when its task is. When left out, each task is asked for every
   * second, for up to ten minutes. With `false`, users count as succeeded as soon as their task was started.
   */
  wait?: boolean | Pick<WaitForTaskOptions, "pollInterval" | "timeout"> | undefined;
}

/** How bulk work is done whose requests have more than the users' ids. */
export interface BulkRequestOptions<Request> extends BulkTaskOptions<string> {
  /** What to send beside the ids. */
  request?: Omit<Request, "user_ids"> | undefined;
}

/** The options of bulk work, resolved. */
export interface Settings<Item> {
  readonly concurrency: number;
  readonly chunkSize: number;
  readonly patience: number;
  readonly signal: AbortSignal | undefined;
  /** How many items of the input are done already. */
  readonly skip: number;
  readonly onProgress: BulkOptions<Item>["onProgress"];
  readonly onResult: BulkOptions<Item>["onResult"];
  readonly onCheckpoint: BulkOptions<Item>["onCheckpoint"];
  /** What is sent beside the users. */
  readonly request: object;
  /** How to wait for tasks; undefined for not at all. */
  readonly wait: WaitForTaskOptions | undefined;
  /** The options of each call. */
  readonly call: RequestOptions;
}

/** Two windows of the rate limit, and room for a server that comes back slowly. */
const PATIENCE_MS = 300_000;
/** Deletions with all messages of a hundred users take their time. */
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

/** How long a call that fails is repeated. */
export function patienceOf(options: OptionReader): number {
  const patience = options.get("patience") ?? PATIENCE_MS;
  return typeof patience === "number" && patience >= 0
    ? patience
    : options.refuse("patience", "a number of milliseconds, 0 or more");
}

/** How many items a checkpoint counts as done. */
export function skipOf(options: OptionReader, name: string): number {
  const token = options.get("resume");
  if (token === undefined) return 0;
  return doneAt(name, token) ?? options.refuse("resume", `a checkpoint of ${name}`);
}

/** A copy, which nobody changes during the work. */
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
