// One call over the platform's `fetch`, from its first attempt to its last. Rust has decided everything that stands in a
// `Route`; what is left is what only the engine does quickly: encode, send, decode. Whatever is not a success goes back to
// Rust, which says what it means and whether it is tried again.

import { metadata, problemOf, readText, retryAfter } from "./answer.js";
import { Deadline, orEnded, sleep } from "./deadline.js";
import { withCause, wordsOf } from "./errors.js";
import { hooksOf, tell } from "./observe.js";
import { mergeHeaders } from "./values.js";

// Why an attempt did not succeed; the numbers are those of `transport.rs`.
const STATUS = 0;
const ENCODING = 1;
const TIMEOUT = 2;
const BODY = 3;
const CONNECTION = 4;

/** In place of a wait: a new token is wanted. The number is that of `transport.rs`. */
const REFRESH = -1;

/**
 * Rust's word on a failed attempt: the error it is, and in `next` the milliseconds after which it is tried again,
 * `REFRESH`, or nothing. Set when the module starts.
 *
 * @type {(failure: object) => Error}
 */
let judge;

export function setJudge(function_) {
  judge = function_;
}

/** What all calls of one client have in common. */
export class Shared {
  /**
   * @param {Record<string, any> | undefined} options the client's, checked
   * @param {number} timeout milliseconds an attempt may take
   * @param {number} attempts
   * @param {number} budget milliseconds a call may spend waiting between its attempts
   * @param {import("./provider.js").TokenSource | undefined} tokens
   * @param {number} refreshes how often a call may ask for a new token
   */
  constructor(options, timeout, attempts, budget, tokens, refreshes) {
    this.timeout = timeout;
    this.deadline = options?.deadline ?? Number.POSITIVE_INFINITY;
    this.retry = { attempts, budget };
    this.fetch = options?.fetch;
    this.hooks = hooksOf(options);
    this.tokens = tokens;
    this.refreshes = refreshes;
  }

  /** What a call wants of it; `false` is one attempt. */
  retryOf(own) {
    if (own === undefined || own === null) return this.retry;
    return own === false ? { attempts: 1, budget: 0 } : { ...this.retry, ...own };
  }
}

/** What all calls of one operation by one client have in common. */
export class Route {
  /**
   * @param {string} method HTTP method
   * @param {string} path the path, with the name of the id in it
   * @param {string} before the URL up to the id in its path; all of it when there is none
   * @param {string} after the rest of the URL
   * @param {string | undefined} parameter the field that goes into the path and not into the body
   * @param {"" | "body" | "users" | "revocation" | "request"} input where the argument travels
   * @param {string} query the fields of the argument that go into the query and not into the body
   * @param {boolean} isRepeatable whether it may run twice
   * @param {((result: any) => void) | undefined} decode turns the dates of an answer into `Date`s
   * @param {Record<string, string>} headers
   * @param {Shared} shared
   */
  constructor(method, path, before, after, parameter, input, query, isRepeatable, decode, headers, shared) {
    this.method = method;
    this.path = path;
    this.before = before;
    this.after = after;
    this.input = input;
    this.query = query === "" ? [] : query.split(",");
    // What stands in the URL does not stand in the body.
    this.taken = parameter === undefined ? this.query : [parameter, ...this.query];
    this.isRepeatable = isRepeatable;
    this.decode = decode ?? asItCame;
    this.headers = headers;
    this.usual = "authorization" in headers && Object.keys(headers).length === 4;
    // A request that needs no proof needs no token.
    this.tokens = headers["stream-auth-type"] === "jwt" ? shared.tokens : undefined;
    this.shared = shared;
  }

  /**
   * @param {string | undefined} segment the encoded id for the path
   * @param {any} argument
   * @param {Record<string, any> | undefined} options of this call, checked
   */
  async send(segment, argument, options) {
    if (this.input === "request") return this.of(argument).send(undefined, argument, options);
    const signal = options?.signal;
    const { shared, tokens } = this;
    const { hooks } = shared;
    let body;
    let url;
    try {
      body = this.body(argument);
      url = this.url(segment, argument);
    } catch (cause) {
      throw withCause(judge({ reason: ENCODING, words: wordsOf(cause) }), cause);
    }
    const clientRequestId = randomId();
    const timeout = options?.timeout ?? shared.timeout;
    const allowed = options?.deadline ?? shared.deadline;
    const ends = allowed === Number.POSITIVE_INFINITY ? allowed : Date.now() + allowed;
    let attempt = 1;
    let waited = 0;
    let refreshes = 0;
    for (;;) {
      if (signal?.aborted) throw signal.reason;
      const token = tokens === undefined ? undefined : await orEnded(tokens.get(), signal, ends);
      if (token === undefined && tokens !== undefined) throw judge({ reason: TIMEOUT, number: allowed });
      const limit = ends === Number.POSITIVE_INFINITY ? timeout : Math.max(0, Math.min(timeout, ends - Date.now()));
      const deadline = new Deadline(limit, signal, shared.fetch !== undefined);
      // Looked up late, so that a test can replace it, and called without a receiver, which browsers insist on.
      const send = shared.fetch ?? globalThis.fetch;
      const headers = this.headersOf(clientRequestId, token, options?.headers);
      if (hooks.onRequest !== undefined) tell(hooks.onRequest, this.event(clientRequestId, attempt));
      const started = Date.now();
      let failure;
      let response;
      try {
        response = await deadline.limit(
          send(url, {
            method: this.method,
            headers,
            body,
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
          this.answered(clientRequestId, attempt, started, response);
          return result;
        }
        failure = refusal(response, await deadline.limit(readText(response)));
      } catch (cause) {
        if (signal?.aborted) throw signal.reason;
        failure = broken(cause, response, deadline.expired, limit, headers.authorization);
      } finally {
        deadline.clear();
      }
      this.answered(clientRequestId, attempt, started, response);

      const retry = shared.retryOf(options?.retry);
      Object.assign(failure, retry, { attempt, waited, left: ends - Date.now(), random: Math.random() });
      failure.isRepeatable = this.isRepeatable;
      failure.retryAfter = failure.reason === STATUS ? retryAfter(response) : undefined;
      failure.refreshes = tokens === undefined ? 0 : shared.refreshes - refreshes;
      const error = this.described(judge(failure), failure, clientRequestId, response);
      const choice = chosenDelay(options?.onRateLimit ?? hooks.onRateLimit, failure, error);
      const delay = await orEnded(choice, signal, ends);
      if (delay === undefined) {
        tell(hooks.onFailure, { ...this.event(clientRequestId, attempt), error });
        throw error;
      }
      if (delay === REFRESH) {
        tokens.drop(token);
        refreshes++;
      } else {
        tell(hooks.onRetry, { ...this.event(clientRequestId, attempt), delay, error });
        await sleep(delay, signal);
        waited += delay;
        attempt++;
      }
    }
  }

  /** The route of a request that is no operation of ours. */
  of({ method, path, idempotent }) {
    const before = this.before + path + this.after;
    const isRepeatable = idempotent === true || method === "GET";
    return Object.assign(Object.create(Route.prototype), this, { method, path, before, input: "raw", isRepeatable });
  }

  url(segment, argument) {
    const url = segment === undefined ? this.before : this.before + segment + this.after;
    if (this.input === "raw") return url + queryOf(argument.query, Object.keys(argument.query ?? {}));
    return this.query.length === 0 ? url : url + queryOf(argument, this.query);
  }

  /** What every hook is told of an attempt. */
  event(clientRequestId, attempt) {
    const { method, path } = this;
    return { method, path, attempt, clientRequestId };
  }

  /** Tells of an answer; makes nothing where nobody listens. */
  answered(clientRequestId, attempt, started, response) {
    const { onResponse } = this.shared.hooks;
    if (onResponse === undefined || response === undefined) return;
    const { status } = response;
    tell(onResponse, { ...this.event(clientRequestId, attempt), status, duration: Date.now() - started });
  }

  headersOf(clientRequestId, token, own) {
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
    const all = mergeHeaders(headers, own ?? {});
    if (token !== undefined) all.authorization = token;
    return { ...all, "x-client-request-id": clientRequestId };
  }

  /** The request's body. */
  body(argument) {
    switch (this.input) {
      case "":
        return undefined;
      case "users":
        return usersById(argument);
      case "revocation":
        return revocation(argument);
      case "raw":
        return JSON.stringify(argument.body ?? undefined);
      default:
        return JSON.stringify(this.taken.length === 0 ? (argument ?? {}) : without(argument, this.taken));
    }
  }

  described(error, failure, clientRequestId, response) {
    const answered = typeof response?.headers?.get === "function";
    error.metadata = answered ? metadata(clientRequestId, response) : { clientRequestId };
    error.method = this.method;
    error.path = this.path;
    error.attempts = failure.attempt;
    if (failure.retryAfter !== undefined) error.retryAfter = failure.retryAfter;
    if (failure.exception_fields) error.exceptionFields = failure.exception_fields;
    if (failure.unrecoverable) error.unrecoverable = true;
    return "cause" in failure ? withCause(error, failure.cause) : error;
  }
}

/** The delay before the next attempt, after the caller had a word in it. */
async function chosenDelay(onRateLimit, failure, error) {
  const { next } = failure;
  if (failure.number !== 429 || onRateLimit === undefined) return next;
  const { rateLimit } = error.metadata;
  const chosen = await onRateLimit({ ...rateLimit, retryAfter: failure.retryAfter, attempt: failure.attempt, error });
  if (chosen === false) return undefined;
  return typeof chosen === "number" && chosen >= 0 && chosen < failure.left ? chosen : next;
}

/** An answer that is no success, from as much of its body as came. */
function refusal(response, text) {
  return { reason: STATUS, number: response.status, words: String(response.statusText ?? ""), ...problemOf(text) };
}

/** An attempt that ended with something thrown, which may be anything and stays attached. */
function broken(cause, response, expired, limit, token) {
  if (response?.status !== undefined && response.ok === false) {
    // The status says enough, whatever became of the body, also that it took too long.
    return refusal(response, "");
  }
  const words = wordsOf(cause, token);
  // What has no status is no answer: a `fetch` of one's own may return anything.
  const reason = expired ? TIMEOUT : response?.status === undefined ? CONNECTION : BODY;
  return { reason, number: limit, words, cause };
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

function without(object, names) {
  // As entries, so that `__proto__` is a name like any other.
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The body that revokes the tokens of one user or several. */
function revocation({ userId, userIds = [userId], before = new Date() }) {
  return JSON.stringify({ users: userIds.map((id) => ({ id, set: { revoke_tokens_issued_before: before } })) });
}

/** Fields as the end of a query, in the way of the official SDK. */
function queryOf(fields, names) {
  let query = "";
  for (const name of names) {
    const value = fields?.[name];
    if (value != null) query += `&${encodeURIComponent(name)}=${encodeURIComponent(queryValue(value))}`;
  }
  return query;
}

function queryValue(value) {
  if (typeof value !== "object") return value;
  // An invalid date throws, where JSON would make nothing of it.
  if (typeof value.toISOString === "function") return value.toISOString();
  return Array.isArray(value) && value.every((item) => typeof item !== "object") ? value.join() : JSON.stringify(value);
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
