// The rules of bulk work: values in, decisions out. No clock, no random numbers, no calls; `tests/js/bulk-rules.test.mjs`
// tests them as tables. They are not in Rust, because then a Worker without bulk work would load them with the wasm.

import { read, type StreamError } from "../errors.js";
import { API_ERROR_CODES } from "../generated/error-codes.js";
import { isArray } from "../option-reader.js";
import type { RateLimit } from "../types.js";

/** The API's windows are a minute. A reset that is further away means that a clock is wrong. */
const WINDOW_MS = 60_000;
/** `x-ratelimit-reset` has whole seconds, and clocks differ a little. */
const SLACK_MS = 250;

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/** The state of a rate limit; `reset` is in milliseconds since 1970. */
export interface Rate {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}

/**
 * The state of a rate limit after a response.
 *
 * @param rate - the state before; `remaining` excludes every call that has started
 * @param latest - the rate limit in the response
 * @param underWay - calls without a response yet, which the server may not have counted
 */
export function learned(rate: Rate | undefined, latest: RateLimit | undefined, underWay: number): Rate | undefined {
  const { rateLimit: limit, rateLimitRemaining: remaining, rateLimitReset } = latest ?? {};
  const reset = rateLimitReset?.getTime();
  if (!isNumber(limit) || !isNumber(remaining) || !isNumber(reset)) return rate;
  // A response from an earlier window says nothing about the current one.
  if (rate !== undefined && reset < rate.reset) return rate;
  const left = Math.max(0, remaining - underWay);
  // Within a window, `remaining` never increases. Other programs count against it, too.
  return { limit, remaining: rate?.reset === reset ? Math.min(rate.remaining, left) : left, reset };
}

function isNumber(value: number | undefined): value is number {
  return Number.isFinite(value);
}

/** The state after a call starts. After the reset, a full window is assumed until a response says otherwise. */
export function spent(rate: Rate | undefined, now: number): Rate | undefined {
  if (rate === undefined) return undefined;
  if (rate.remaining > 0) return { ...rate, remaining: rate.remaining - 1 };
  return { limit: rate.limit, remaining: Math.max(0, rate.limit - 1), reset: now + WINDOW_MS };
}

/**
 * Milliseconds to wait before a call; 0 for none.
 *
 * @param pausedUntil - the end of the pause that a 429 requested
 */
export function pauseBefore(rate: Rate | undefined, pausedUntil: number, now: number): number {
  const asked = Math.max(0, pausedUntil - now);
  if (rate === undefined || rate.remaining > 0 || rate.reset <= now) return asked;
  return Math.max(asked, Math.min(rate.reset - now, WINDOW_MS) + SLACK_MS);
}

/**
 * What a failed call means:
 *
 * - `repeat`: it may succeed later;
 * - `split`: one of its users may be the reason, and the others may succeed without that one;
 * - `fail`: its users have failed;
 * - `stop`: every other call would fail, too.
 */
export type Verdict = "repeat" | "split" | "fail" | "stop";

/** The part of an error that the rules use. */
export type Failure = Pick<StreamError, "kind" | "code" | "field" | "message" | "status" | "task" | "unrecoverable">;

export function verdict(error: Failure): Verdict {
  switch (error.kind) {
    case "timeout":
      // The wait for the task timed out, not a request.
      if (error.task !== undefined) return "fail";
      return "repeat";
    case "rate_limit":
    case "server":
    case "connection":
      // `unrecoverable` is about this request, not about requests for other users.
      return error.unrecoverable ? "split" : "repeat";
    case "response":
      // With a status, the response is not the API's; without one, it was cut off.
      return error.status === undefined ? "repeat" : "stop";
    case "invalid_request":
    case "not_found":
    case "task_failed":
      return "split";
    case "invalid_argument":
      // A field that is not a user's is the same in every call. Without a field, the users could not be written as JSON.
      return error.field === undefined || indexOf(error.field) !== undefined ? "split" : "stop";
    default:
      return "stop";
  }
}

/** The index of a user in a call, from the `field` of an error about that user: 3 for `users[3].id`. */
export function indexOf(field: string): number | undefined {
  const index = /^(?:users|user_ids)\[(\d+)\]/.exec(field)?.[1];
  return index === undefined ? undefined : Number(index);
}

/**
 * Milliseconds until a call is retried; undefined when `patience` is over. The server's `Retry-After` may be longer than a
 * timer can wait; `sleep` splits it.
 *
 * @param failures - the number of consecutive failures
 * @param waited - milliseconds since the first of them
 * @param random - a number from 0 to 1
 */
export function delayAfter(
  failures: number,
  waited: number,
  patience: number,
  retryAfter: number | undefined,
  random: number,
): number | undefined {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 16));
  const delay = retryAfter !== undefined && retryAfter >= 0 ? retryAfter : longest * (0.5 + random / 2);
  return waited + delay > patience ? undefined : delay;
}

const SIZE_STEP = 1.2;

/**
 * The size of the next chunk, after one that succeeded whole or was refused without naming a user. The size approaches the
 * point where half of the calls succeed, where a response says most: 69 when one user in a hundred is refused, 1 when all are.
 * Finding a bad user takes 8.8 calls at one in a hundred (9.2 with steps of 2, 8.9 with a fixed size), and 3 calls at one in
 * two (8 with a fixed size).
 */
export function nextSize(size: number, most: number, isWhole: boolean): number {
  return isWhole ? Math.min(most, Math.ceil(size * SIZE_STEP)) : Math.max(1, Math.floor(size / SIZE_STEP));
}

/** Whether a request was too large, whatever its users. */
export function isTooMuch({ status }: Failure): boolean {
  return status === 413;
}

/** Splits a chunk in two. */
export function halves<Item>(items: readonly Item[]): [Item[], Item[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/**
 * Why a task failed for one of its users; undefined if it succeeded.
 *
 * @param result - the task's result: users by id with a `status` (deletions), or the list `users` (activations)
 */
export function complaint(result: unknown, id: string): string | undefined {
  const reason = own(read(result, "errors"), id);
  if (reason !== undefined) return String(reason);
  const users = read(result, "users");
  if (isArray(users)) {
    return users.some((user) => read(user, "id") === id) ? undefined : "the task's result does not list the user";
  }
  const user = own(result, id);
  const status = read(user, "status");
  return status === undefined || status === "ok" ? undefined : String(read(user, "error") ?? status);
}

function own(object: unknown, name: string): unknown {
  return typeof object === "object" && object !== null && Object.hasOwn(object, name) ? read(object, name) : undefined;
}

/**
 * Whether the API refused to restore a user because it is not deleted. Only the message says so: the code is the same for
 * all bad input, and looking the user up would be another call that may fail.
 */
export function isRestored({ code, message }: Failure): boolean {
  return code === API_ERROR_CODES.Input && message.includes("is not deleted");
}

const TOKEN = /^(\w+)@(\d+)$/;

/** The checkpoint for a number of items that are done. */
export function checkpoint(name: string, done: number): string {
  return `${name}@${done}`;
}

/** The number of items done at a checkpoint; undefined for one of another function. */
export function doneAt(name: string, token: unknown): number | undefined {
  const [, of, done] = (typeof token === "string" && TOKEN.exec(token)) || [];
  return of === name && Number.isSafeInteger(Number(done)) ? Number(done) : undefined;
}
