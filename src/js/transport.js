// One call over the platform's `fetch`. Rust has decided everything that stands in a `Route`; what is left is what only
// the engine does quickly: encode, send, decode. Whatever is not a success goes back to Rust, which says what it means.

import { mergeHeaders } from "./values.js";

// Why a call did not succeed; the numbers are those of `transport.rs`.
const STATUS = 0;
const ENCODING = 1;
const TIMEOUT = 2;
const BODY = 3;
const CONNECTION = 4;

/**
 * Rust's word on a failure; set when the module starts.
 *
 * @type {(reason: number, number: number, words: string, code?: number, message?: string) => Error}
 */
let judge;

export function setJudge(function_) {
  judge = function_;
}

/** What all calls of one operation by one client have in common. */
export class Route {
  /**
   * @param {string} method HTTP method
   * @param {string} before the URL up to the id in its path; all of it when there is none
   * @param {string} after the rest of the URL
   * @param {string | undefined} parameter the field that goes into the path and not into the body
   * @param {"path" | "body" | "payload" | "users"} input where the argument travels
   * @param {((result: any) => void) | undefined} decode turns the dates of an answer into `Date`s
   * @param {Record<string, string>} headers
   * @param {number} timeout in milliseconds
   * @param {typeof globalThis.fetch | undefined} fetch instead of the platform's
   */
  constructor(method, before, after, parameter, input, decode, headers, timeout, fetch) {
    this.method = method;
    this.before = before;
    this.after = after;
    this.parameter = parameter;
    this.input = input;
    this.decode = decode ?? asItCame;
    this.headers = headers;
    this.usual = "authorization" in headers && Object.keys(headers).length === 4;
    this.timeout = timeout;
    this.fetch = fetch;
  }

  /**
   * @param {string | undefined} segment the encoded id for the path
   * @param {any} argument
   * @param {{ signal?: AbortSignal, timeout?: number, headers?: Record<string, string> } | undefined} options
   */
  async send(segment, argument, options) {
    const url = segment === undefined ? this.before : this.before + segment + this.after;
    const signal = options?.signal;
    if (signal?.aborted) throw signal.reason;
    const encoded = this.encode(argument);
    const clientRequestId = randomId();
    const deadline = new Deadline(options?.timeout ?? this.timeout, signal, this.fetch !== undefined);
    // Looked up late, so that a test can replace it, and called without a receiver, which browsers insist on.
    const send = this.fetch ?? globalThis.fetch;
    let response;
    let text;
    try {
      response = await deadline.limit(
        send(this.input === "payload" ? url + encoded : url, {
          method: this.method,
          headers: this.headersOf(clientRequestId, options?.headers),
          body: this.input === "payload" ? undefined : encoded,
          // The API does not redirect; whoever does would get the body and could turn a write into a read.
          redirect: "manual",
          signal: deadline.controller.signal,
        }),
      );
      if (response.ok) {
        const result = await deadline.limit(response.json());
        if (typeof result !== "object" || result === null || Array.isArray(result)) throw new TypeError("no object");
        this.decode(result);
        result.metadata = metadata(clientRequestId, response);
        return result;
      }
      // Read to the end in any case: an unread body keeps one of a Worker's six connections.
      text = await deadline.limit(response.text());
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      // What has no status is no answer: a `fetch` of one's own may return anything.
      const reason = deadline.expired ? TIMEOUT : response?.status === undefined ? CONNECTION : BODY;
      if (reason === BODY && response.ok === false) {
        // The status says enough, whatever became of the body.
        throw described(refusal(response, text), clientRequestId, response);
      }
      const error = thrown(reason, deadline.timeout, cause, [this.before, this.headers.authorization]);
      throw described(error, clientRequestId, response);
    } finally {
      deadline.clear();
    }
    throw described(refusal(response, text), clientRequestId, response);
  }

  headersOf(clientRequestId, own) {
    const { headers } = this;
    if (own === undefined && this.usual) {
      // A literal: spreading an object costs half a microsecond more.
      return {
        authorization: headers.authorization,
        "stream-auth-type": headers["stream-auth-type"],
        "x-stream-client": headers["x-stream-client"],
        "content-type": headers["content-type"],
        "x-client-request-id": clientRequestId,
      };
    }
    return { ...mergeHeaders(headers, own ?? {}), "x-client-request-id": clientRequestId };
  }

  /** The argument as text: the request's body, or the rest of its query. */
  encode(argument) {
    try {
      switch (this.input) {
        case "path":
          return undefined;
        case "payload":
          return `&payload=${encodeURIComponent(JSON.stringify(argument.payload))}`;
        case "users":
          return usersById(argument);
        default:
          return JSON.stringify(this.parameter === undefined ? argument : without(argument, this.parameter));
      }
    } catch (cause) {
      throw thrown(ENCODING, 0, cause, []);
    }
  }
}

/** The time a request may take, and the caller's wish to end it earlier. */
class Deadline {
  constructor(timeout, signal, isOwnFetch) {
    this.controller = new AbortController();
    this.expired = false;
    this.timeout = timeout;
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
    this.timer = setTimeout(expire, timeout, this);
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

/** The error of something that was thrown, which may be anything and stays attached. */
function thrown(reason, number, cause, private_) {
  const message = typeof cause === "string" ? cause : cause?.message;
  let words = typeof message === "string" ? message : "no reason was given";
  // Runtimes like to repeat the URL, which holds the key and ids; messages end up in logs.
  if (private_.some((text) => text !== undefined && words.includes(text))) words = "the reason stands in `cause`";
  const error = judge(reason, number, words);
  Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
  return error;
}

/** The error of an answer that is no success, from as much of its body as came. */
function refusal(response, text) {
  const { code, message } = parsed(text);
  return judge(STATUS, response.status, String(response.statusText ?? ""), code, message);
}

/** Longer than any message of the API, and short enough for every log. */
const LONGEST_MESSAGE = 2000;

/** What an error body says, as far as it says it the way the API does. */
function parsed(text) {
  try {
    const { code, message } = JSON.parse(text);
    if ((code | 0) === code && typeof message === "string") return { code, message: message.slice(0, LONGEST_MESSAGE) };
  } catch {
    // A proxy's page, or nothing at all: the status has to do.
  }
  return {};
}

function described(error, clientRequestId, response) {
  const answered = typeof response?.headers?.get === "function";
  error.metadata = answered ? metadata(clientRequestId, response) : { clientRequestId };
  return error;
}

function metadata(clientRequestId, response) {
  const { headers } = response;
  return {
    clientRequestId,
    responseHeaders: headers,
    responseCode: response.status,
    rateLimit: rateLimit(headers),
  };
}

function rateLimit(headers) {
  const limit = headers.get("x-ratelimit-limit");
  const remaining = headers.get("x-ratelimit-remaining");
  const reset = headers.get("x-ratelimit-reset");
  return {
    rateLimit: limit === null ? undefined : Number(limit),
    rateLimitRemaining: remaining === null ? undefined : Number(remaining),
    rateLimitReset: reset === null ? undefined : new Date(Number(reset) * 1000),
  };
}

/** The body of an upsert: users under their ids. */
function usersById(users) {
  // The usual upsert is one user, and an object made for it takes longer to encode than two texts.
  if (users.length === 1) return `{"users":{${JSON.stringify(users[0].id)}:${JSON.stringify(users[0])}}}`;
  // Without a prototype, so that `__proto__` is an id like any other.
  const map = Object.create(null);
  for (const user of users) map[user.id] = user;
  return JSON.stringify({ users: map });
}

function without(object, name) {
  const { [name]: _, ...rest } = object;
  return rest;
}

function asItCame() {}

/** A random UUID; by hand where a page without https has no `randomUUID`. */
function randomId() {
  if (crypto.randomUUID !== undefined) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
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
