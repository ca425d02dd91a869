// Yields to the event loop.

import { sleep } from "../transport/deadline.js";

/**
 * Lets the event loop run after every so many steps. Steps that await nothing would block timers, signals and other requests
 * until the last one: 4 s for 200,000 users that the client refuses.
 */
export class Turns {
  readonly #every: number;
  readonly #signal: AbortSignal;
  #steps = 0;
  #turn: Promise<void> | undefined;

  /** @param signal - aborts a wait for the event loop, which then rejects with the signal's reason */
  constructor(every: number, signal: AbortSignal) {
    this.#every = every;
    this.#signal = signal;
  }

  /** Counts a step. If the event loop has to run, returns a promise that the caller must await. */
  step(): Promise<void> | undefined {
    this.#steps++;
    if (this.#steps >= this.#every) this.#turn ??= this.#run();
    return this.#turn;
  }

  async #run(): Promise<void> {
    await sleep(0, this.#signal);
    this.#steps = 0;
    this.#turn = undefined;
  }
}
