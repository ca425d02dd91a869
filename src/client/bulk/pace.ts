// The pace of requests: all requests of one job count against the same rate limit.

import { sleep } from "../transport/deadline.js";
import type { RequestMetadata } from "../types.js";
import { learned, pauseBefore, type Rate, spent } from "./rules.js";

export class Pace {
  /** Ends every wait. */
  readonly #signal: AbortSignal;
  #rate: Rate | undefined;
  /** In milliseconds since 1970. */
  #pausedUntil = 0;
  /** Calls whose responses are still to come. */
  #underWay = 0;
  /** Resolved by the first response; undefined before the first call. */
  #firstResponse: Promise<void> | undefined;
  #tellFirstResponse: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Waits until a call may begin. It rejects with the signal's reason. */
  async enter(): Promise<void> {
    this.#signal.throwIfAborted();
    await this.#turn();
    for (let delay = this.#delay(); delay > 0; delay = this.#delay()) await sleep(delay, this.#signal);
    this.#signal.throwIfAborted();
    this.#rate = spent(this.#rate, Date.now());
    this.#underWay++;
  }

  /** Notes that a call has ended, and what came with its response. Without metadata, nothing was sent. */
  leave(metadata: Partial<RequestMetadata> | undefined): void {
    this.#underWay--;
    if (metadata === undefined && this.#rate !== undefined) {
      this.#rate = { ...this.#rate, remaining: this.#rate.remaining + 1 };
    }
    this.#rate = learned(this.#rate, metadata?.rateLimit, this.#underWay);
    this.#tellFirstResponse?.();
  }

  /** Lets no call begin for so many milliseconds. */
  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + milliseconds);
  }

  /** The first call goes alone: its response says how many calls there may be. */
  #turn(): Promise<void> | undefined {
    if (this.#firstResponse !== undefined) return this.#firstResponse;
    this.#firstResponse = new Promise((resolve) => {
      this.#tellFirstResponse = resolve;
    });
    return undefined;
  }

  #delay(): number {
    return pauseBefore(this.#rate, this.#pausedUntil, Date.now());
  }
}
