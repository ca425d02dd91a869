// How an answer reaches its caller when a fault has it come late, broken or not at all.

/** The cause of what a caller is told. Those who look for a code find the one of a connection that was cut. */
const broken = () => Object.assign(new Error("the connection broke, as a fault says"), { code: "ECONNRESET" });

/** Waits; rejects with the signal's reason when it is aborted before that. */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** What `fetch` rejects with when there is no answer. */
export function dropped() {
  return new TypeError("fetch failed", { cause: broken() });
}

/** A body that fails after these bytes. */
export function cutOff(bytes) {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent || bytes.length === 0) controller.error(new TypeError("terminated", { cause: broken() }));
      else controller.enqueue(bytes);
      sent = true;
    },
  });
}
