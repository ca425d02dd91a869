// Turns of the event loop.

import { sleep } from "../transport/deadline.js";

/**
 * Lets the event loop run after every so many steps. Steps that wait for nothing would hold up timers, signals and other
 * requests for as long as there are such steps: 4 s for 200,000 users that the client refuses.
 */
export class Turns {
  readonly #every: number;
  readonly #signal: AbortSignal;
  #steps = 0;
  #turn: Promise<void> | undefined;

  /** @param signal - ends a wait for the event loop, which rejects with the signal's reason */
  constructor(every: number, signal: AbortSignal) {
    this.#every = every;
    this.#signal = signal;
  }

  /** Notes a step. Returns what to wait for, if the event loop has to run: whoever takes a step then waits for it. */
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
