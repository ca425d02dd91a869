// Retries requests that failed transiently.

import { isStreamError, read, type StreamError } from "../errors.js";
import { sleep } from "../transport/deadline.js";
import type { RequestMetadata } from "../types.js";
import type { Pace } from "./pace.js";
import { delayAfter, verdict } from "./rules.js";
import { Turns } from "./turns.js";

/** The result of a call, after all its attempts. */
export type CallResult<Answer> =
  /** It succeeded. */
  | { readonly end: "success"; readonly answer: Answer }
  /** One of its users may be the reason. `isUnsure` means that an attempt may have run nevertheless. */
  | { readonly end: "refused"; readonly error: StreamError; readonly isUnsure: boolean }
  /** Its users have failed; calls for others may succeed. */
  | { readonly end: "failed"; readonly error: StreamError };

/** The limits of retries. */
export interface Limits {
  /** Milliseconds to retry a call for, after its first failure. */
  readonly patience: number;
  /** The caller's signal. */
  readonly signal: AbortSignal | undefined;
  /** Aborts when the work ends, for any reason. Aborts every wait. */
  readonly ending: AbortSignal;
}

/** A refusal by the client takes 20 to 80 µs, so this many block the event loop for less than 10 ms. */
const REFUSALS_IN_A_TURN = 100;

/** Makes the calls of a job, with retries. */
export class Retries {
  readonly #limits: Limits;
  readonly #turns: Turns;
  /** When a chunk last succeeded, in milliseconds since 1970. */
  #lastSuccess = Number.NEGATIVE_INFINITY;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#turns = new Turns(REFUSALS_IN_A_TURN, limits.ending);
  }

  /** Records that a chunk, or a part of one, succeeded. */
  noteSuccess(): void {
    this.#lastSuccess = Date.now();
  }

  /**
   * Makes a call and its retries.
   *
   * @param pace - the rate limit that the call counts against
   * @throws the error or the signal's reason that ends all the work
   */
  async call<Answer>(make: () => Promise<Answer>, pace?: Pace): Promise<CallResult<Answer>> {
    const failures = new Failures();
    for (;;) {
      const attempt = await this.#attempt(make, pace);
      if ("answer" in attempt) return { end: "success", answer: attempt.answer };

      const { error } = attempt;
      failures.add(error);
      switch (verdict(error)) {
        case "stop":
          throw error;
        case "split":
          return { end: "refused", error, isUnsure: failures.mayHaveRun };
        case "fail":
          return { end: "failed", error };
      }
      const delay = failures.delay(this.#limits.patience);
      if (delay === undefined) return this.#giveUp(error, failures.since);
      if (error.kind === "rate_limit" && pace !== undefined) pace.pause(delay);
      else await sleep(delay, this.#limits.ending);
    }
  }

  async #attempt<Answer>(make: () => Promise<Answer>, pace: Pace | undefined): Promise<Attempt<Answer>> {
    await pace?.enter();
    const attempt = await attempted(make);
    const metadata = read("answer" in attempt ? attempt.answer : attempt.error, "metadata");
    pace?.leave(metadata as Partial<RequestMetadata> | undefined);
    if ("answer" in attempt) return attempt;

    const { error } = attempt;
    const { signal } = this.#limits;
    if (signal?.aborted) throw signal.reason;
    if (!isStreamError(error)) throw error;
    // Nothing was sent, so this loop has not yielded to the event loop.
    if (metadata === undefined) await this.#turns.step();
    return { error };
  }

  /** `patience` is over. If other calls succeeded since the first failure, only this call's users have failed. */
  #giveUp(error: StreamError, since: number): CallResult<never> {
    if (this.#lastSuccess < since) throw error;
    return { end: "failed", error };
  }
}

type Attempt<Answer, Failure = StreamError> = { readonly answer: Answer } | { readonly error: Failure };

async function attempted<Answer>(make: () => Promise<Answer>): Promise<Attempt<Answer, unknown>> {
  try {
    return { answer: await make() };
  } catch (error) {
    return { error };
  }
}

/** The failures of one call. */
class Failures {
  /** When the first failure occurred, in milliseconds since 1970. */
  since = Date.now();
  /** Whether an attempt may have run. */
  mayHaveRun = false;
  #count = 0;
  #retryAfter: number | undefined;

  add({ outcome, retryAfter }: StreamError): void {
    if (this.#count === 0) this.since = Date.now();
    this.#count++;
    this.#retryAfter = retryAfter;
    if (outcome !== "not_sent" && outcome !== "refused") this.mayHaveRun = true;
  }

  /** Milliseconds until the next attempt; undefined when `patience` is over. */
  delay(patience: number): number | undefined {
    return delayAfter(this.#count, Date.now() - this.since, patience, this.#retryAfter, Math.random());
  }
}
