// The pace of requests to an app: one after the other, and never the last of a minute's limit, so that other users of the app
// are not affected.

/** Between the starts of two requests. */
const GAP_MS = 50;
/** What is left of a limit for others. */
const RESERVE = 0.2;
/** The clocks of two machines are not the same. */
const MARGIN_MS = 1000;
const ATTEMPTS = 4;

/**
 * A `fetch` at the pace of the app's limits. What the app refuses for the lack of requests is sent again when there are some.
 *
 * @param {typeof globalThis.fetch} send
 * @param {{ sleep: (milliseconds: number) => Promise<unknown>, now?: () => number }} clock
 */
export function paced(send, { sleep, now = Date.now }) {
  /** Until when there are no more requests, by what is counted together. */
  const closed = new Map();
  let turn = Promise.resolve();

  async function inTurn(url, init) {
    const counted = bucket(init.method, new URL(url).pathname);
    for (let attempt = 1; ; attempt++) {
      const wait = (closed.get(counted) ?? 0) - now();
      await sleep(Math.max(wait, GAP_MS));
      const answer = await send(url, init);
      const left = Number(answer.headers.get("x-ratelimit-remaining") ?? Number.POSITIVE_INFINITY);
      const limit = Number(answer.headers.get("x-ratelimit-limit") ?? 0);
      if (answer.status === 429 || left <= limit * RESERVE) closed.set(counted, opensAt(answer, now()));
      if (answer.status !== 429 || attempt === ATTEMPTS) return answer;
      await answer.body?.cancel();
    }
  }

  return (url, init = {}) => {
    const answer = turn.then(() => inTurn(url, init));
    turn = answer.catch(() => {});
    return answer;
  };
}

/** Limits are counted by operation. Paths that differ in an id alone mean the same one. */
function bucket(method, path) {
  return `${method} ${path.replace(/(\/users|\/usergroups|\/tasks|\/permissions)\/[^/]+(?=\/|$)/, "$1/*")}`;
}

function opensAt(answer, now) {
  const seconds = Number(answer.headers.get("retry-after"));
  if (answer.status === 429 && seconds > 0) return now + seconds * 1000 + MARGIN_MS;
  const reset = Number(answer.headers.get("x-ratelimit-reset")) * 1000;
  // Windows are a minute long, whatever a header says.
  return Math.min(Math.max(reset, now), now + 60_000) + MARGIN_MS;
}
