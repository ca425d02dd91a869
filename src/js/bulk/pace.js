// How fast calls follow each other: all calls of one piece of bulk work count against the same limit.

import { sleep } from "../deadline.js";
import { learned, pauseBefore, spent } from "./rules.js";

export class Pace {
  /** @param {AbortSignal} signal ends every pause */
  constructor(signal) {
    this.signal = signal;
    this.rate = undefined;
    this.pausedUntil = 0;
    this.underWay = 0;
    this.heard = undefined;
    this.answer = undefined;
  }

  /** Waits until a call may begin. */
  async enter() {
    if (this.signal.aborted) throw this.signal.reason;
    // The first call goes alone: its answer says how many there may be.
    if (this.heard === undefined) {
      this.heard = new Promise((resolve) => {
        this.answer = resolve;
      });
    } else await this.heard;
    for (;;) {
      const delay = pauseBefore(this.rate, this.pausedUntil, Date.now());
      if (delay <= 0) break;
      await sleep(delay, this.signal);
    }
    if (this.signal.aborted) throw this.signal.reason;
    this.rate = spent(this.rate, Date.now());
    this.underWay++;
  }

  /** Notes the end of a call and what came with it; nothing did if it was refused before it was sent. */
  leave(metadata) {
    this.underWay--;
    if (metadata === undefined && this.rate !== undefined) this.rate.remaining++;
    this.rate = learned(this.rate, metadata?.rateLimit, this.underWay);
    this.answer();
  }

  /** Lets no call begin for so many milliseconds. */
  pause(milliseconds) {
    this.pausedUntil = Math.max(this.pausedUntil, Date.now() + milliseconds);
  }
}
