// The emulator's `fetch`. Rust computes the response; the platform reads the request and creates the `Response`.
//
// The platform's own `Request` reads the arguments, so that this `fetch` accepts and refuses the same as the platform's, with
// the same messages. Globals are looked up when they are used, because test environments and fake timers replace them. All
// waiting uses promises.

/** The cause of a dropped connection's error, with the code that callers may check. */
const broken = () => Object.assign(new Error("the connection was broken by a fault"), { code: "ECONNRESET" });

/**
 * @param answer takes a method, a URL, headers as the JSON of pairs, and a body, and returns the result of `answerOf`
 * @param eventsFor takes the number of a connection and a signal, and waits for the body with its events
 * @param missing returns the error message for a missing global
 */
export function fetchOf(answer, eventsFor, missing) {
  return async (input, init) => {
    for (const name of ["Request", "Response", "Headers"]) {
      if (globalThis[name] === undefined) throw new TypeError(missing(name));
    }
    const text = textOf(input, init);
    const request = text === undefined ? new Request(input, init) : withoutText(input, init);
    const { method, url, signal } = request;
    // GET and HEAD have no body, and in some runtimes reading one is slow nevertheless.
    const reads = method !== "GET" && method !== "HEAD";
    const body = reads
      ? new Uint8Array(await (text ?? unlessAborted(request.arrayBuffer(), signal)))
      : new Uint8Array();
    // After the last wait, so that an aborted request has changed nothing.
    refuseAborted(signal);
    const { bytes, delay, ending, waitsFor, ...head } = answer(method, url, JSON.stringify([...request.headers]), body);
    if (delay > 0) await pause(delay, signal);
    let sent = bytes;
    if (waitsFor !== undefined) {
      sent = (await eventsFor(waitsFor, signal)) ?? bytes;
      refuseAborted(signal);
    }
    if (ending === "dropped") throw new TypeError("fetch failed", { cause: broken() });
    return new Response(ending === "whole" ? sent : cutOff(sent.subarray(0, ending)), head);
  };
}

/**
 * The response from Rust.
 *
 * @param headers the JSON of pairs
 * @param bytes the body, in the module's memory; copied, because some platforms' `Response` keeps the given buffer
 * @param delay the delay before the response, in milliseconds
 * @param dropped whether the connection breaks before the response
 * @param sent the number of bytes of the body before the connection breaks; undefined for all
 * @param waitsFor the number of the connection for whose events the response waits, if it does
 */
export function answerOf(status, headers, bytes, delay, dropped, sent, waitsFor) {
  const ending = dropped ? "dropped" : (sent ?? "whole");
  return { status, headers: JSON.parse(headers), bytes: bytes.slice(), delay, ending, waitsFor };
}

/**
 * The bytes of a string body, the usual case: encoding it here takes a third of the time that a `Request` takes to create a
 * stream and read it again (20 of 57 µs in Node 20). Undefined when only the platform can interpret the arguments: other
 * bodies, an `input` with a body, methods that refuse a body.
 */
function textOf(input, init) {
  if (typeof init?.body !== "string" || !WITH_BODY.has(init.method)) return undefined;
  const isUsual =
    (typeof input === "string" || input instanceof URL) && Object.getPrototypeOf(init) === Object.prototype;
  return isUsual ? new TextEncoder().encode(init.body) : undefined;
}

const WITH_BODY = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** The request without its string body, with the content type that the platform sets for strings. */
function withoutText(input, { body: _, ...rest }) {
  const request = new Request(input, rest);
  if (!request.headers.has("content-type")) request.headers.set("content-type", "text/plain;charset=UTF-8");
  return request;
}

function refuseAborted(signal) {
  if (signal?.aborted) throw signal.reason;
}

/** Waits for the bytes of a body, which may arrive slowly, until the signal aborts. */
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

/** Waits; rejects with the signal's reason when it aborts. */
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
