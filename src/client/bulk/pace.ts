// Delays requests to stay within the rate limit, which all requests of a job share.

import { sleep } from "../transport/deadline.js";
import type { RequestMetadata } from "../types.js";
import { learned, pauseBefore, type Rate, spent } from "./rules.js";

export class Pace {
  /** Aborts every wait. */
  readonly #signal: AbortSignal;
  #rate: Rate | undefined;
  /** In milliseconds since 1970. */
  #pausedUntil = 0;
  /** Calls without a response yet. */
  #underWay = 0;
  /** Resolved by the first response; undefined before the first call. */
  #firstResponse: Promise<void> | undefined;
  #resolveFirstResponse: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Waits until a call may start. Rejects with the signal's reason. */
  async enter(): Promise<void> {
    this.#signal.throwIfAborted();
    await this.#turn();
    for (let delay = this.#delay(); delay > 0; delay = this.#delay()) await sleep(delay, this.#signal);
    this.#signal.throwIfAborted();
    this.#rate = spent(this.#rate, Date.now());
    this.#underWay++;
  }

  /** Records that a call has ended. Without metadata, nothing was sent. */
  leave(metadata: Partial<RequestMetadata> | undefined): void {
    this.#underWay--;
    if (metadata === undefined && this.#rate !== undefined) {
      this.#rate = { ...this.#rate, remaining: this.#rate.remaining + 1 };
    }
    this.#rate = learned(this.#rate, metadata?.rateLimit, this.#underWay);
    this.#resolveFirstResponse?.();
  }

  /** Delays further calls by some milliseconds. */
  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + milliseconds);
  }

  /** Other calls wait for the first response, which says how many calls the rate limit allows. */
  #turn(): Promise<void> | undefined {
    if (this.#firstResponse !== undefined) return this.#firstResponse;
    this.#firstResponse = new Promise((resolve) => {
      this.#resolveFirstResponse = resolve;
    });
    return undefined;
  }

  #delay(): number {
    return pauseBefore(this.#rate, this.#pausedUntil, Date.now());
  }
}
