// How fast chunks are sent: as fast as Stream's rate limit allows. Of six calls at once, five may be too many in a window.
//
// When nothing is left of the limit, this waits inside the consumer. Waiting costs no CPU time and holds back the queue;
// giving every waiting chunk back instead would cost a delivery, and an attempt, each minute.
import type { RateLimit } from "getstream-users";

/** The API's window. A longer wait is the queue's. */
const WINDOW_MS = 60_000;
/** Clocks differ. */
const SLACK_MS = 250;

/** When the next call may be made. A number is all that outlives a batch here. */
let opensAt = 0;

/** Waits for the window to open. */
export async function opened(): Promise<void> {
  for (;;) {
    const wait = opensAt - Date.now();
    if (wait <= 0) return;
    await scheduler.wait(wait);
  }
}

/** Takes note of what an answer says of the limit. */
export function learn(rate: RateLimit | undefined): void {
  opensAt = Math.max(opensAt, closedUntil(rate, Date.now()));
}

/** Takes note of a refusal. */
export function refused(retryAfter: number): void {
  opensAt = Math.max(opensAt, Date.now() + Math.min(retryAfter, WINDOW_MS) + SLACK_MS);
}

/** Until when no call may be made, as an answer tells it; 0 if there is no such time. */
export function closedUntil(rate: RateLimit | undefined, now: number): number {
  if (rate?.rateLimitRemaining !== 0 || rate.rateLimitReset === undefined) return 0;
  const wait = rate.rateLimitReset.getTime() - now;
  return wait > 0 ? now + Math.min(wait, WINDOW_MS) + SLACK_MS : 0;
}
