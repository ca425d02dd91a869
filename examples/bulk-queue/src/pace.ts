// Sends chunks as fast as Stream's rate limit allows. Of six concurrent calls, up to five may exceed the limit of a window.
//
// When the limit is exhausted, the consumer waits here. Waiting costs no CPU time and slows the queue down; returning every
// waiting chunk to the queue would cost a delivery and an attempt each minute.
import type { RateLimit } from "getstream-users";

/** The API's window. The queue handles longer waits. */
const WINDOW_MS = 60_000;
/** Clocks differ. */
const SLACK_MS = 250;

/** When the next call may be made. This number is the only state that is kept between batches. */
let opensAt = 0;

/** Waits for the window to open. */
export async function opened(): Promise<void> {
  for (;;) {
    const wait = opensAt - Date.now();
    if (wait <= 0) return;
    await scheduler.wait(wait);
  }
}

/** Records the limit in a response. */
export function learn(rate: RateLimit | undefined): void {
  opensAt = Math.max(opensAt, closedUntil(rate, Date.now()));
}

/** Records a refusal. */
export function refused(retryAfter: number): void {
  opensAt = Math.max(opensAt, Date.now() + Math.min(retryAfter, WINDOW_MS) + SLACK_MS);
}

/** The time before which no call may be made, from a response; 0 if there is none. */
export function closedUntil(rate: RateLimit | undefined, now: number): number {
  if (rate?.rateLimitRemaining !== 0 || rate.rateLimitReset === undefined) return 0;
  const wait = rate.rateLimitReset.getTime() - now;
  return wait > 0 ? now + Math.min(wait, WINDOW_MS) + SLACK_MS : 0;
}
