// `fetch`, from its arguments to a `Response`. Rust gives the answers; reading requests and making responses is the
// platform's business.
//
// The platform's own `Request` reads the arguments, so that everything `fetch` takes is taken, and everything it refuses is
// refused in the same words. Whatever belongs to the platform is looked up when it is used: test environments and fake
// timers put others in its place. Waiting is done with promises alone.

/** The cause of what a caller is told. Those who look for a code find the one of a connection that was cut. */
const broken = () => Object.assign(new Error("the connection was broken by a fault"), { code: "ECONNRESET" });

/**
 * @param answer takes a method, a URL, headers as the JSON of pairs, and a body, and returns what `answerOf` makes
 * @param eventsFor takes the number of a connection and a signal, and waits for the body with its events
 * @param missing says what to do about something that the environment lacks
 */
export function fetchOf(answer, eventsFor, missing) {
  return async (input, init) => {
    for (const name of ["Request", "Response", "Headers"]) {
      if (globalThis[name] === undefined) throw new TypeError(missing(name));
    }
    const text = textOf(input, init);
    const request = text === undefined ? new Request(input, init) : withoutText(input, init);
    const { method, url, signal } = request;
    // GET and HEAD have no body, and there are runtimes that make a promise of reading it a slow one.
    const reads = method !== "GET" && method !== "HEAD";
    const body = reads
      ? new Uint8Array(await (text ?? unlessAborted(request.arrayBuffer(), signal)))
      : new Uint8Array();
    // After the last wait, so that a request which was called off has changed nothing.
    refuseAborted(signal);
    const { bytes, delay, ending, waitsFor, ...head } = answer(method, url, JSON.stringify([...request.headers]), body);
    if (delay > 0) await pause(delay, signal);
    const events = waitsFor === undefined ? undefined : await eventsFor(waitsFor, signal);
    if (waitsFor !== undefined) refuseAborted(signal);
    if (ending === "dropped") throw new TypeError("fetch failed", { cause: broken() });
    const sent = events ?? bytes;
    return new Response(ending === "whole" ? sent : cutOff(sent.subarray(0, ending)), head);
  };
}

/**
 * An answer, as Rust gives it.
 *
 * @param headers the JSON of pairs
 * @param bytes the body, in the module's memory: copied, because some platforms' `Response` keeps what it is given
 * @param delay how many milliseconds it is held back
 * @param dropped whether the connection breaks before it is sent
 * @param sent how many bytes of the body are sent before the connection breaks; undefined for all
 * @param waitsFor the number of the connection for whose events it waits, if it does
 */
export function answerOf(status, headers, bytes, delay, dropped, sent, waitsFor) {
  const ending = dropped ? "dropped" : (sent ?? "whole");
  return { status, headers: JSON.parse(headers), bytes: bytes.slice(), delay, ending, waitsFor };
}

/**
 * The bytes of a body that is a text, as nearly all are: encoding it here takes a third of the time that a `Request` takes to
 * make a stream of it and to read that again (20 of 57 µs in Node 20). Nothing where only the platform knows what it makes of
 * the arguments: other bodies, an `input` with a body of its own, methods that refuse one.
 */
function textOf(input, init) {
  if (typeof init?.body !== "string" || !WITH_BODY.has(init.method)) return undefined;
  const isUsual =
    (typeof input === "string" || input instanceof URL) && Object.getPrototypeOf(init) === Object.prototype;
  return isUsual ? new TextEncoder().encode(init.body) : undefined;
}

const WITH_BODY = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** The rest of such a request, with the type that the platform gives texts. */
function withoutText(input, { body: _, ...rest }) {
  const request = new Request(input, rest);
  if (!request.headers.has("content-type")) request.headers.set("content-type", "text/plain;charset=UTF-8");
  return request;
}

function refuseAborted(signal) {
  if (signal?.aborted) throw signal.reason;
}

/** Waits for the bytes of a body, which a caller may send slowly, until the caller calls it off. */
async function unlessAborted(body, signal) {
  if (!signal) return body;
  refuseAborted(signal);
  let abort;
  const aborted = new Promise((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([body, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Waits; rejects with the signal's reason when it is aborted before that. */
function pause(milliseconds, signal) {
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

/** A body that fails after these bytes. */
function cutOff(bytes) {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent || bytes.length === 0) controller.error(new TypeError("terminated", { cause: broken() }));
      else controller.enqueue(bytes);
      sent = true;
    },
  });
}
