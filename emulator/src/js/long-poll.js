// Long polling: a response waits until there are events for the client.

/**
 * @param polled takes the number of a connection and returns the body with its events; undefined while there are none
 * @param longest the longest wait for events, in milliseconds
 */
export function longPolls(polled, longest) {
  const waiting = new Map();

  /** Called when a connection may have events. */
  const wake = (number) => waiting.get(number)?.();

  /** The body with the events of a connection; undefined when there are none in time or the request is aborted. */
  const events = (number, signal) =>
    new Promise((resolve) => {
      const end = (bytes) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        if (waiting.get(number) === poll) waiting.delete(number);
        resolve(bytes);
      };
      const abort = () => end();
      const poll = () => {
        const bytes = polled(number);
        if (bytes !== undefined) end(bytes);
      };
      const timer = setTimeout(abort, longest);
      signal?.addEventListener("abort", abort, { once: true });
      waiting.set(number, poll);
      poll();
    });

  return { wake, events };
}
