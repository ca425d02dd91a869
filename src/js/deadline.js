// The time a request may take, and waiting.

/** The time a request may take, and the caller's wish to end it earlier. */
export class Deadline {
  /**
   * @param {number} timeout in milliseconds; infinite for none
   * @param {AbortSignal | null | undefined} signal the caller's
   * @param {boolean} isOwnFetch whether the request goes through a `fetch` of the caller's
   */
  constructor(timeout, signal, isOwnFetch) {
    this.controller = new AbortController();
    this.expired = false;
    this.signal = signal ?? undefined;
    this.abort = undefined;
    this.end = undefined;
    // The platform's `fetch` keeps to its signal. One of the caller's may not, so it is raced with the end.
    this.ended = isOwnFetch ? new Promise((_, reject) => (this.end = reject)) : undefined;
    this.ended?.catch(() => {});
    if (this.signal !== undefined) {
      this.abort = () => this.stop(signal.reason);
      this.signal.addEventListener("abort", this.abort);
    }
    if (timeout !== Number.POSITIVE_INFINITY) this.timer = setTimeout(expire, timeout, this);
  }

  limit(work) {
    return this.ended === undefined ? work : Promise.race([work, this.ended]);
  }

  stop(reason) {
    this.controller.abort(reason);
    this.end?.(reason);
  }

  clear() {
    clearTimeout(this.timer);
    if (this.abort !== undefined) this.signal.removeEventListener("abort", this.abort);
  }
}

function expire(deadline) {
  deadline.expired = true;
  deadline.stop();
}

/** Waits, and stops waiting when the caller does. */
export function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** What a function of the caller's brings, or undefined if that is not in time for the call's deadline. */
export async function orEnded(value, signal, ends) {
  if (typeof value?.then !== "function") return value;
  const deadline = new Deadline(ends - Date.now(), signal, true);
  try {
    return await deadline.limit(value);
  } catch (reason) {
    if (!deadline.expired) throw reason;
  } finally {
    deadline.clear();
  }
}
