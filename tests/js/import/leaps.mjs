// A clock that skips waits: while calls are under way it runs normally, and when everything waits, it jumps to the end of the
// first wait. So a rate-limit window of a minute takes only as long as the calls in it.

/**
 * Replaces `setTimeout` and `Date.now`.
 *
 * @param {(milliseconds: number) => Promise<void>} follow advances another clock by the same time
 * @returns {typeof fetch} what calls have to go through, so that they are known to be under way
 */
export function leapingTime(follow) {
  const { setTimeout: set, clearTimeout: clear, fetch } = globalThis;
  const { now } = Date;
  const waits = new Map();
  let ahead = 0;
  let underWay = 0;
  let isLooking = false;

  Date.now = () => now() + ahead;
  globalThis.setTimeout = (run, milliseconds, ...values) => {
    const timer = set(() => finish(timer), milliseconds);
    waits.set(timer, { end: Date.now() + milliseconds, run: () => run(...values) });
    look();
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    clear(timer);
    waits.delete(timer);
  };

  function finish(timer) {
    const wait = waits.get(timer);
    clearTimeout(timer);
    wait?.run();
  }

  /** Those that somebody waits for: not those of connections that are kept, which do not keep a process either. */
  const open = () => [...waits].filter(([timer]) => timer.hasRef());

  /** Leaps if nothing is under way once everything has happened that needs no time. */
  function look() {
    if (isLooking) return;
    isLooking = true;
    setImmediate(async () => {
      isLooking = false;
      if (underWay > 0 || open().length === 0) return;
      underWay++;
      const distance = Math.max(0, Math.ceil(Math.min(...open().map(([, { end }]) => end)) - Date.now()));
      await follow(distance);
      ahead += distance;
      for (const [timer, { end }] of open()) if (end <= Date.now()) finish(timer);
      underWay--;
      look();
    });
  }

  return async (url, init) => {
    underWay++;
    try {
      const response = await fetch(url, init);
      // The whole of it, so that nothing is under way that is not counted.
      return new Response(await response.arrayBuffer(), response);
    } finally {
      underWay--;
      look();
    }
  };
}
