// The rules of bulk work: values in, decision out. No clock, no random, no calls; `tests/js/bulk-rules.test.mjs` holds
// them as tables. They are not in Rust because a Worker that does no bulk work would carry them in its wasm.

/** How many users one request may hold. */
export const MOST_USERS = 100;
/** How many users one export may hold. */
export const MOST_EXPORTED = 25;
/** Calls at the same time: as many connections as a Worker may have open. */
export const MOST_CALLS = 6;

/** The API counts in windows of a minute. A reset that is further away comes from a clock that is wrong. */
const WINDOW_MS = 60_000;
/** `x-ratelimit-reset` is in whole seconds, and clocks differ a little. */
const SLACK_MS = 250;

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/**
 * What is known of a rate limit after an answer.
 *
 * @typedef {{ limit: number, remaining: number, reset: number }} Rate `reset` in milliseconds since 1970
 * @param {Rate | undefined} rate what was known before; each call that began has been taken off `remaining`
 * @param {{ rateLimit?: number, rateLimitRemaining?: number, rateLimitReset?: Date } | undefined} told
 * @param {number} underWay calls whose answers are still to come: the server may not have counted them yet
 * @returns {Rate | undefined}
 */
export function learned(rate, told, underWay) {
  const { rateLimit: limit, rateLimitRemaining: remaining, rateLimitReset } = told ?? {};
  const reset = rateLimitReset?.getTime();
  if (!Number.isFinite(limit) || !Number.isFinite(remaining) || !Number.isFinite(reset)) return rate;
  // An answer of a window that is over says nothing about the one that is.
  if (rate !== undefined && reset < rate.reset) return rate;
  const left = Math.max(0, remaining - underWay);
  // Within a window there is never more than there was: other programs count against it too.
  return { limit, remaining: rate?.reset === reset ? Math.min(rate.remaining, left) : left, reset };
}

/** What is left when a call begins. A window that is over is taken for a full one, until an answer says otherwise. */
export function spent(rate, now) {
  if (rate === undefined) return undefined;
  if (rate.remaining > 0) return { ...rate, remaining: rate.remaining - 1 };
  return { limit: rate.limit, remaining: Math.max(0, rate.limit - 1), reset: now + WINDOW_MS };
}

/**
 * Milliseconds to wait before a call begins; 0 for none.
 *
 * @param {Rate | undefined} rate
 * @param {number} pausedUntil the end of the pause that a 429 asked for
 * @param {number} now
 */
export function pauseBefore(rate, pausedUntil, now) {
  const asked = Math.max(0, pausedUntil - now);
  if (rate === undefined || rate.remaining > 0 || rate.reset <= now) return asked;
  return Math.max(asked, Math.min(rate.reset - now, WINDOW_MS) + SLACK_MS);
}

/**
 * What a failed call means: `again` for one that may go through later, `split` when one of its users may be at fault,
 * `stop` when no other call would fare better.
 *
 * @param {any} error
 * @returns {"again" | "split" | "stop"}
 */
export function verdict(error) {
  switch (error?.kind) {
    case "rate_limit":
    case "server":
    case "connection":
    case "timeout":
      // The API says so of the one request, not of those that hold other users.
      return error.unrecoverable ? "split" : "again";
    case "response":
      // An answer with a status is not the API's at all; one without broke off.
      return error.status === undefined ? "again" : "stop";
    case "invalid_request":
    case "not_found":
    case "task_failed":
      return "split";
    case "invalid_argument":
      // A field that is no user's is the same in every call; without a field, the users could not be written as JSON.
      return error.field === undefined || culprit(error) !== undefined ? "split" : "stop";
    default:
      return "stop";
  }
}

/** Which user of a call is at fault, if the error says so: 3 for `users[3].id`. */
export function culprit(error) {
  const [, index] = /^(?:users|user_ids)\[(\d+)\]/.exec(error?.kind === "invalid_argument" ? error.field : "") ?? [];
  return index === undefined ? undefined : Number(index);
}

/**
 * Milliseconds until a call is made again, or undefined when patience is out.
 *
 * @param {{ number: number, waited: number, patience: number, retryAfter?: number, random: number }} failure how many
 *   failures there were in a row, how long ago the first of them was, and what the server says
 */
export function delayAfter({ number, waited, patience, retryAfter, random }) {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(number - 1, 16));
  const delay = retryAfter ?? longest * (0.5 + random / 2);
  return waited + delay > patience ? undefined : delay;
}

/** The two parts of a chunk, one of which may be without fault. */
export function halves(items) {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/**
 * Why a task did not do what it was to do for one of its users, or undefined if it did.
 *
 * @param {any} result the task's: users by id with a `status` (deletions), or the list `users` (activations)
 * @param {string} id
 */
export function complaint(result, id) {
  const reason = result?.errors?.[id];
  if (reason !== undefined) return String(reason);
  if (Array.isArray(result?.users)) {
    return result.users.some((user) => user?.id === id) ? undefined : "the task's result does not list the user";
  }
  const status = Object.hasOwn(result ?? {}, id) ? result[id]?.status : undefined;
  return status === undefined || status === "ok" ? undefined : String(result[id].error ?? status);
}

/** Whether a restored user is refused for being restored already, which it is when an earlier try went through unheard. */
export function isRestored(error) {
  return error?.code === 4 && /is not deleted/.test(error.message);
}

const TOKEN = /^(\w+)@(\d+)$/;

/** The token to go on from: so many items of the input are done. */
export function checkpoint(name, done) {
  return `${name}@${done}`;
}

/** How many items a token says are done, or undefined when it is none of this function's. */
export function doneAt(name, token) {
  const [, of, done] = TOKEN.exec(token) ?? [];
  return of === name && Number.isSafeInteger(Number(done)) ? Number(done) : undefined;
}
