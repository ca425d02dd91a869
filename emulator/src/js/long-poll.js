// Clients that poll for their events: their responses wait until there are some.

/**
 * @param polled takes the number of a connection and returns the body with its events; nothing while there are none
 * @param longest how long a client is let wait, in milliseconds
 */
export function longPolls(polled, longest) {
  const waiting = new Map();

  /** To be called when something is to be done with a connection. */
  const wake = (number) => waiting.get(number)?.();

  /** The body with the events of a connection; nothing when there are none in time, or nobody waits for them any more. */
  const events = (number, signal) =>
    new Promise((resolve) => {
      const end = (bytes) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        if (waiting.get(number) === look) waiting.delete(number);
        resolve(bytes);
      };
      const abort = () => end();
      const look = () => {
        const bytes = polled(number);
        if (bytes !== undefined) end(bytes);
      };
      const timer = setTimeout(abort, longest);
      signal?.addEventListener("abort", abort, { once: true });
      waiting.set(number, look);
      look();
    });

  return { wake, events };
}
