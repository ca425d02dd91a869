// Timeouts, deadlines and waits.

import { MAX_TIMER_MS } from "../generated/limits.js";

/** A monotonic clock in milliseconds. Unlike `Date.now`, it is allowed while frameworks prerender. */
export function clock(): number {
  return globalThis.performance?.now() ?? Date.now();
}

/** The calls that one signal aborts. */
interface Listeners {
  readonly stops: Set<() => void>;
  readonly listener: () => void;
}

/**
 * The calls that each signal aborts. They share one listener, because Node warns about a leak when a signal has eleven.
 */
const bySignal = new WeakMap<AbortSignal, Listeners>();

/** Calls a function when the signal aborts. Returns a function that unregisters it. */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  const listeners = bySignal.get(signal) ?? listen(signal);
  listeners.stops.add(stop);
  return () => {
    listeners.stops.delete(stop);
    if (listeners.stops.size > 0) return;
    bySignal.delete(signal);
    signal.removeEventListener("abort", listeners.listener);
  };
}

function listen(signal: AbortSignal): Listeners {
  const stops = new Set<() => void>();
  const listener = () => {
    for (const stop of [...stops]) stop();
  };
  signal.addEventListener("abort", listener);
  const listeners = { stops, listener };
  bySignal.set(signal, listeners);
  return listeners;
}

/**
 * Limits some work by a time and by the caller's signal. The work is raced with both (0.3 µs a call), since a custom `fetch`
 * may ignore its signal.
 */
export class Limit {
  /** Aborts the request. */
  readonly controller: AbortController = new AbortController();
  /** Whether the time ran out. */
  expired = false;
  #reject: ((reason: unknown) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #forget: (() => void) | undefined;

  /** @param milliseconds - infinite for no limit */
  constructor(milliseconds: number, signal: AbortSignal | undefined) {
    if (signal !== undefined) this.#forget = onAbort(signal, () => this.#stop(signal.reason));
    if (milliseconds !== Number.POSITIVE_INFINITY) this.#timer = setTimeout(expire, clamp(milliseconds), this);
  }

  /** Settles like the work, or rejects when the work is stopped first. */
  race<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      work.then(resolve, reject);
    });
  }

  /** Stops the work, because its time ran out. */
  expire(): void {
    this.expired = true;
    this.#stop(undefined);
  }

  /** Releases the timer and the listener. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#forget?.();
  }

  #stop(reason: unknown): void {
    this.controller.abort(reason);
    this.#reject?.(reason);
  }
}

function expire(limit: Limit): void {
  limit.expire();
}

function clamp(milliseconds: number): number {
  return Math.max(0, Math.min(milliseconds, MAX_TIMER_MS));
}

/** Waits, also longer than a timer can. Rejects with the signal's reason when it aborts. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  for (let left = milliseconds; ; left -= MAX_TIMER_MS) {
    await pause(clamp(left), signal);
    if (left <= MAX_TIMER_MS) return;
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const timer = setTimeout(() => {
      forget?.();
      resolve();
    }, milliseconds);
    const forget =
      signal &&
      onAbort(signal, () => {
        clearTimeout(timer);
        forget?.();
        reject(signal.reason);
      });
  });
}

/** Returned in place of a value that did not arrive in time. */
export const EXPIRED: unique symbol = Symbol("expired");

/** Awaits a value from a function of the caller's. Returns `EXPIRED` if that takes longer than `milliseconds`. */
export async function withinLimit<Value>(
  value: Value | PromiseLike<Value>,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<Value | typeof EXPIRED> {
  const limit = new Limit(milliseconds, signal);
  try {
    return await limit.race(Promise.resolve(value));
  } catch (reason) {
    if (limit.expired) return EXPIRED;
    throw reason;
  } finally {
    limit.clear();
  }
}
