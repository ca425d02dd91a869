// The rules of bulk work: values in, decisions out. No clock, no random, no calls; `tests/js/bulk-rules.test.mjs` has them as
// tables. They are not in Rust because a Worker that does no bulk work would carry them in its wasm.

import { read, type StreamError } from "../errors.js";
import { API_ERROR_CODES } from "../generated/error-codes.js";
import { isArray } from "../option-reader.js";
import type { RateLimit } from "../types.js";

/** The API counts in windows of a minute. A reset that is further away comes from a clock that is wrong. */
const WINDOW_MS = 60_000;
/** `x-ratelimit-reset` is in whole seconds, and clocks differ a little. */
const SLACK_MS = 250;

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/** What is known of a rate limit; `reset` is in milliseconds since 1970. */
export interface Rate {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}

/**
 * What is known of a rate limit after a response.
 *
 * @param rate - what was known before; each call that began has been taken off `remaining`
 * @param told - what the response says
 * @param underWay - calls whose responses are still to come: the server may not have counted them yet
 */
export function learned(rate: Rate | undefined, told: RateLimit | undefined, underWay: number): Rate | undefined {
  const { rateLimit: limit, rateLimitRemaining: remaining, rateLimitReset } = told ?? {};
  const reset = rateLimitReset?.getTime();
  if (!isNumber(limit) || !isNumber(remaining) || !isNumber(reset)) return rate;
  // A response of a window that is over says nothing about the one that is.
  if (rate !== undefined && reset < rate.reset) return rate;
  const left = Math.max(0, remaining - underWay);
  // Within a window there is never more than there was: other programs count against it too.
  return { limit, remaining: rate?.reset === reset ? Math.min(rate.remaining, left) : left, reset };
}

function isNumber(value: number | undefined): value is number {
  return Number.isFinite(value);
}

/** What is left when a call begins. A window that is over is taken for a full one, until a response says otherwise. */
export function spent(rate: Rate | undefined, now: number): Rate | undefined {
  if (rate === undefined) return undefined;
  if (rate.remaining > 0) return { ...rate, remaining: rate.remaining - 1 };
  return { limit: rate.limit, remaining: Math.max(0, rate.limit - 1), reset: now + WINDOW_MS };
}

/**
 * Milliseconds to wait before a call begins; 0 for none.
 *
 * @param pausedUntil - the end of the pause that a 429 asked for
 */
export function pauseBefore(rate: Rate | undefined, pausedUntil: number, now: number): number {
  const asked = Math.max(0, pausedUntil - now);
  if (rate === undefined || rate.remaining > 0 || rate.reset <= now) return asked;
  return Math.max(asked, Math.min(rate.reset - now, WINDOW_MS) + SLACK_MS);
}

/**
 * What a failed call means:
 *
 * - `repeat`: it may go through later;
 * - `split`: one of its users may be at fault, and the others may go through without that one;
 * - `fail`: its users have failed;
 * - `stop`: no other call would fare better.
 */
export type Verdict = "repeat" | "split" | "fail" | "stop";

/** As much of an error as the rules look at. */
export type Failure = Pick<StreamError, "kind" | "code" | "field" | "message" | "status" | "task" | "unrecoverable">;

export function verdict(error: Failure): Verdict {
  switch (error.kind) {
    case "timeout":
      // The time for the whole task is up, not that of a call.
      if (error.task !== undefined) return "fail";
      return "repeat";
    case "rate_limit":
    case "server":
    case "connection":
      // The API says so of this request, not of those that hold other users.
      return error.unrecoverable ? "split" : "repeat";
    case "response":
      // A response with a status is not the API's at all; one without broke off.
      return error.status === undefined ? "repeat" : "stop";
    case "invalid_request":
    case "not_found":
    case "task_failed":
      return "split";
    case "invalid_argument":
      // Another field is the same in every call. Without a field, the users could not be written as JSON.
      return error.field === undefined || indexOf(error.field) !== undefined ? "split" : "stop";
    default:
      return "stop";
  }
}

/** The position of a user in a call, from the field of an error about that user: 3 for `users[3].id`. */
export function indexOf(field: string): number | undefined {
  const index = /^(?:users|user_ids)\[(\d+)\]/.exec(field)?.[1];
  return index === undefined ? undefined : Number(index);
}

/**
 * Milliseconds until a call is made again, or undefined when patience is out. The server's own figure may be longer than a
 * timer can wait; `sleep` waits in parts.
 *
 * @param failures - how many failures there were in a row
 * @param waited - milliseconds since the first of them
 * @param random - from 0 to 1
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
 * How many users the next call has, after one that went through whole or was refused without a word about whom. So the size
 * comes to where a call goes through as often as not, which is when its answer tells most: 69 where one user in a hundred
 * is refused, 1 where all are. It finds each of one in a hundred with 8.8 calls, where steps of 2 take 9.2, and no steps 8.9;
 * and each of one in two with 3, in place of 8.
 */
export function nextSize(size: number, most: number, isWhole: boolean): number {
  return isWhole ? Math.min(most, Math.ceil(size * SIZE_STEP)) : Math.max(1, Math.floor(size / SIZE_STEP));
}

/** Whether a call had too much in it, whatever its users are. */
export function isTooMuch({ status }: Failure): boolean {
  return status === 413;
}

/** The two parts of a chunk, one of which may be without fault. */
export function halves<Item>(items: readonly Item[]): [Item[], Item[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/**
 * Why a task did not do what it was to do for one of its users, or undefined if it did.
 *
 * @param result - the task's: users by id with a `status` (deletions), or the list `users` (activations)
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
 * Whether the API refused to restore a user who is not deleted. Its words are all that tells: it sends the same code for
 * every other bad input, and to look the user up would be a call more, which may fail too.
 */
export function isRestored({ code, message }: Failure): boolean {
  return code === API_ERROR_CODES.Input && message.includes("is not deleted");
}

const TOKEN = /^(\w+)@(\d+)$/;

/** The token to go on from: so many items of the input are done. */
export function checkpoint(name: string, done: number): string {
  return `${name}@${done}`;
}

/** How many items a token says are done, or undefined for a token of another function's. */
export function doneAt(name: string, token: unknown): number | undefined {
  const [, of, done] = (typeof token === "string" && TOKEN.exec(token)) || [];
  return of === name && Number.isSafeInteger(Number(done)) ? Number(done) : undefined;
}
