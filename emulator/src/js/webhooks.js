// Calls webhooks when they are due. Rust says which calls those are and what becomes of their results.

/** The longest that a timer can wait, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/**
 * @param expected whether there is anything to tell, now or later
 * @param due the calls that have to be made now, each handed out once
 * @param ended takes the id of a call and its end: a status, or none and a reason, or neither when it took too long
 * @param next how many milliseconds it takes until there may be more calls to make, if that can be told
 * @param send the `fetch` to call with; the platform's when left out
 */
export function webhookDispatcher({ expected, due, ended, next }, send) {
  const underWay = new Set();
  let alsoTell = () => {};
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
    // Nothing should go on just because an event waits.
    timer.unref?.();
  };

  /** A clock that fails has failed a request already, or will; here there is nobody to tell. */
  const dispatchQuietly = () => {
    try {
      dispatch();
    } catch {}
    alsoTell();
  };

  const settled = async () => {
    dispatch();
    while (underWay.size > 0) await Promise.all(underWay);
  };

  return {
    dispatch: dispatchQuietly,
    settled,
    /** Has others than hooks told, too, whenever there may be anything to tell. */
    with(tell) {
      alsoTell = tell;
    },
  };
}

/** Makes a call and returns what `ended` takes beside its id. */
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
      // Nobody reads it, and an open answer keeps its connection.
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
