// Sends webhooks when they are due. Rust decides which requests to make, and handles their results.

/** The longest delay of a timer, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/**
 * @param expected whether there are requests to make, now or later
 * @param due returns the requests to make now, each once
 * @param ended takes the id of a request and its status; no status but a reason when it failed; neither when it timed out
 * @param next milliseconds until there may be more requests to make, if known
 * @param send the `fetch` to use; defaults to the platform's
 */
export function webhookDispatcher({ expected, due, ended, next }, send) {
  const underWay = new Set();
  let then = () => {};
  let timer;

  const make = async (call) => {
    const [status, reason] = await outcome(call, send);
    ended(call.id, status, reason);
  };

  const dispatch = () => {
    clearTimeout(timer);
    if (!expected()) return;
    for (const call of due()) {
      const made = make(call).then(() => {
        underWay.delete(made);
        dispatchQuietly();
      });
      underWay.add(made);
    }
    const wait = next();
    if (wait === undefined) return;
    timer = setTimeout(dispatchQuietly, Math.min(Math.ceil(wait), LONGEST));
    // A pending event must not keep the process alive.
    timer.unref?.();
  };

  /** Errors of the clock are ignored here: they also fail the caller's requests. */
  const dispatchQuietly = () => {
    try {
      dispatch();
    } catch {}
    then();
  };

  const settled = async () => {
    dispatch();
    while (underWay.size > 0) await Promise.all(underWay);
  };

  return {
    dispatch: dispatchQuietly,
    settled,
    /** Sets a function to call after each dispatch, to send events elsewhere. */
    with(callback) {
      then = callback;
    },
  };
}

/** Makes a request and returns the arguments of `ended` after its id. */
async function outcome({ url, headers, body, timeout }, send = globalThis.fetch) {
  const limit = new AbortController();
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(
      () => {
        resolve([]);
        limit.abort();
      },
      Math.min(timeout, LONGEST),
    );
  });
  const answer = async () => {
    try {
      const response = await send(url, { method: "POST", headers, body, redirect: "manual", signal: limit.signal });
      // The body is not read, and an open response occupies its connection.
      response.body?.cancel().catch(() => {});
      return [response.status];
    } catch (error) {
      return [undefined, String(error?.cause?.message ?? error?.message ?? error)];
    }
  };
  const first = await Promise.race([answer(), late]);
  clearTimeout(timer);
  return first;
}
