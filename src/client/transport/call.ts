// One call over the platform's `fetch`, from its first attempt to its last. A `Route` from Rust and the `CallSettings`
// determine the request; this file does what a JavaScript engine does faster: encode, send, decode. Every failure goes back
// to Rust, which decides what it means and whether to retry.

import { type FailedAttempt, judge, type RequestOutcome, type Route } from "getstream-users-core";
import { messageOf, read, type StreamError, withCause } from "../errors.js";
import { decoders } from "../generated/dates.js";
import { errorOf, guarded } from "../guard.js";
import type { CallSettings } from "../options.js";
import type { FetchFunction, FetchResponse, RequestEvent, RequestMetadata } from "../types.js";
import { clock, EXPIRED, Limit, sleep, withinLimit } from "./deadline.js";
import type { Hooks } from "./hooks.js";
import { networkFailure } from "./network-error.js";
import { type EncodedRequest, encodeRequest, headersOf } from "./request.js";
import { randomId } from "./request-id.js";
import { metadataOf, problemOf, readText, retryAfterOf } from "./response.js";
import type { TokenSource } from "./token-source.js";

/** What all calls of a client share. */
export interface Transport {
  readonly fetch: FetchFunction | undefined;
  readonly hooks: Hooks;
  readonly tokens: TokenSource | undefined;
}

/** The decoded body of a successful response, with its metadata. */
export type Answer = Record<string, unknown> & { metadata: RequestMetadata };

/** Why an attempt failed. The call adds the rest of `FailedAttempt`. */
type Failure = Partial<FailedAttempt> &
  Pick<FailedAttempt, "reason"> & {
    readonly cause?: unknown;
    readonly response?: FetchResponse | undefined;
    readonly exceptionFields?: Record<string, string> | undefined;
  };

/** What to do after a failed attempt. */
interface Judgement {
  readonly error: StreamError;
  /** Milliseconds to wait before the next attempt; undefined to fail with `error`. */
  readonly delay: number | undefined;
  /** Whether to fetch a new token first. */
  readonly isRefresh: boolean;
  readonly seen: FailedAttempt;
}

/** Browsers report a redirect that is not followed as status 0. */
const REDIRECTS: readonly number[] = [0, 301, 302, 303, 307, 308];

/** One call. */
export class Call {
  readonly #transport: Transport;
  readonly #route: Route;
  readonly #settings: CallSettings;
  readonly #id: string;
  /** The deadline, in milliseconds since 1970; infinite without one. */
  readonly #ends: number;
  #request: EncodedRequest | undefined;
  #attempts = 1;
  /** Milliseconds waited between attempts so far. */
  #waited = 0;
  #refreshes = 0;
  /** Whether an attempt may have run, as far as known. */
  #outcome: RequestOutcome | undefined;

  constructor(transport: Transport, route: Route, settings: CallSettings) {
    const { deadline, headers } = settings;
    this.#transport = transport;
    this.#route = route;
    this.#settings = settings;
    this.#id = headers?.["x-client-request-id"] ?? route.headers["x-client-request-id"] ?? randomId();
    this.#ends = deadline === Number.POSITIVE_INFINITY ? deadline : Date.now() + deadline;
  }

  /**
   * Sends the request, and retries while Rust says so.
   *
   * @param segment - the encoded id for the path
   * @param argument - the checked argument
   */
  async send(segment: string | undefined, argument: unknown): Promise<Answer> {
    const { hooks, tokens } = this.#transport;
    const { signal } = this.#settings;
    const request = this.#encode(segment, argument);
    for (;;) {
      if (signal?.aborted) throw signal.reason;
      const token = this.#route.authenticated ? await this.#token() : undefined;
      const result = await this.#attempt(request, token);
      if ("metadata" in result) return result as Answer;

      const { error, delay, isRefresh } = await this.#next(result as Failure);
      if (delay === undefined) {
        hooks.onFailure?.({ ...this.#event(request), error });
        throw error;
      }
      if (isRefresh) {
        tokens?.drop(token);
        this.#refreshes++;
      } else {
        hooks.onRetry?.({ ...this.#event(request), delay, error });
        await sleep(delay, signal);
        this.#waited += delay;
        this.#attempts++;
      }
    }
  }

  /** Milliseconds until the deadline. Without one the clock is not read, which frameworks refuse while they prerender. */
  get #left(): number {
    return this.#ends === Number.POSITIVE_INFINITY ? this.#ends : this.#ends - Date.now();
  }

  #encode(segment: string | undefined, argument: unknown): EncodedRequest {
    try {
      this.#request = encodeRequest(this.#route, segment, argument);
      return this.#request;
    } catch (cause) {
      throw this.#judge({ reason: "encoding", words: messageOf(cause), cause }).error;
    }
  }

  /** The provider's token, if it arrives before the deadline. */
  async #token(): Promise<string | undefined> {
    const token = this.#transport.tokens?.get();
    if (token === undefined || typeof token === "string") return token;
    const provided = await withinLimit(token, this.#left, this.#settings.signal);
    if (provided === EXPIRED) throw this.#judge({ reason: "deadline", limit: this.#settings.deadline }).error;
    return provided;
  }

  /** Makes one attempt. */
  async #attempt(request: EncodedRequest, token: string | undefined): Promise<Answer | Failure> {
    const { signal, timeout, headers: own } = this.#settings;
    const { fetch: given, hooks } = this.#transport;
    // Looked up for each attempt, so that a test can replace it, and called without a receiver, as browsers require.
    const fetch = given ?? (globalThis.fetch as FetchFunction | undefined);
    if (typeof fetch !== "function") return { reason: "no_fetch" };

    const left = this.#left;
    const limit = new Limit(Math.min(timeout, left), signal);
    const headers = headersOf(this.#route, this.#id, token, own);
    hooks.onRequest?.(this.#event(request));
    const started = hooks.onResponse && clock();
    const seen: { response?: FetchResponse } = {};
    try {
      const body = await limit.race(exchange(fetch, request, headers, limit.controller.signal, seen));
      const { response } = seen;
      if (response === undefined) throw new TypeError("fetch returned nothing");
      if (typeof body === "string") return refusal(response, body);
      const answer = body as Answer;
      decoders[this.#route.decoder]?.(answer);
      answer.metadata = metadataOf(this.#id, response);
      return answer;
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      // Next's `fetch` throws errors with a digest to control rendering. They must pass through unchanged.
      if (typeof read(cause, "digest") === "string") throw cause;
      const expired = !limit.expired ? undefined : left <= timeout ? "deadline" : "timeout";
      return this.#broken(request, cause, seen.response, expired, headers.authorization);
    } finally {
      limit.clear();
      if (started !== undefined && seen.response !== undefined) {
        const { status } = seen.response;
        hooks.onResponse?.({ ...this.#event(request), status, duration: Math.round(clock() - started) });
      }
    }
  }

  /** The failure of an attempt that threw. The thrown value may be anything, and becomes the error's `cause`. */
  #broken(
    { url }: EncodedRequest,
    cause: unknown,
    response: FetchResponse | undefined,
    expired: "deadline" | "timeout" | undefined,
    token: string | undefined,
  ): Failure {
    // The status is enough, even if the body failed or took too long.
    if (response !== undefined && tried(() => response.ok) === false) return refusal(response, "");
    if (expired !== undefined) return { reason: expired, limit: this.#settings[expired], cause, response };
    if (response !== undefined) return { reason: "body", words: messageOf(cause, token), cause, response };
    return { reason: "connection", ...networkFailure(cause, url, token), cause };
  }

  /** Decides what to do after a failed attempt. On a rate limit, `onRateLimit` may override Rust's decision. */
  async #next(failure: Failure): Promise<Judgement> {
    const judgement = this.#judge(failure);
    const { error, seen } = judgement;
    const { onRateLimit, signal } = this.#settings;
    if (seen.status !== 429 || onRateLimit === undefined) return judgement;

    const { retryAfter, attempt, left } = seen;
    const asked = onRateLimit({ ...error.metadata?.rateLimit, retryAfter, attempt, error });
    const chosen = await withinLimit(asked, left, signal);
    if (chosen === false || chosen === EXPIRED) return { ...judgement, delay: undefined };
    return typeof chosen === "number" && chosen >= 0 && chosen < left ? { ...judgement, delay: chosen } : judgement;
  }

  /** Asks Rust what a failure means and whether to retry. */
  #judge(failure: Failure): Judgement {
    const { response, reason } = failure;
    const seen: FailedAttempt = {
      words: "",
      status: undefined,
      code: undefined,
      message: undefined,
      unrecoverable: false,
      beforeSending: false,
      limit: 0,
      ...failure,
      retryAfter: reason === "status" && response !== undefined ? tried(() => retryAfterOf(response)) : undefined,
      repeatable: this.#request?.repeatable ?? false,
      attempt: this.#attempts,
      attempts: this.#settings.attempts,
      waited: this.#waited,
      budget: this.#settings.budget,
      left: this.#left,
      refreshes: this.#route.authenticated ? this.#refreshes : undefined,
      random: Math.random(),
      outcome: this.#outcome,
    };
    const { problem, action, delay, outcome } = guarded(() => judge(seen));
    this.#outcome = outcome;
    return {
      error: this.#error(errorOf(problem), failure, seen),
      delay: action === "fail" ? undefined : delay,
      isRefresh: action === "refresh",
      seen,
    };
  }

  /** Adds the call's details to an error. */
  #error(error: StreamError, failure: Failure, { retryAfter, unrecoverable }: FailedAttempt): StreamError {
    const { response, exceptionFields } = failure;
    const { method, path } = this.#request ?? this.#route;
    const metadata = response && tried(() => metadataOf(this.#id, response));
    Object.assign(error, {
      metadata: metadata ?? { clientRequestId: this.#id },
      method,
      path,
      attempts: this.#attempts,
      outcome: this.#outcome,
      ...(retryAfter !== undefined && { retryAfter }),
      ...(exceptionFields !== undefined && { exceptionFields }),
      ...(unrecoverable && { unrecoverable }),
    });
    return "cause" in failure ? withCause(error, failure.cause) : error;
  }

  /** The event of the current attempt, for hooks. */
  #event({ method, path }: EncodedRequest): RequestEvent {
    return { method, path, attempt: this.#attempts, clientRequestId: this.#id };
  }
}

/** Sends a request. Returns the body: the decoded JSON of a success, the text of an error. */
async function exchange(
  fetch: FetchFunction,
  { method, url, body }: EncodedRequest,
  headers: Record<string, string>,
  signal: AbortSignal,
  seen: { response?: FetchResponse },
): Promise<unknown> {
  // The API does not redirect. Following a redirect would send the body elsewhere, and could turn a write into a read.
  const init = { method, headers, redirect: "manual" as const, signal };
  const response = await fetch(url, body === undefined ? init : { ...init, body });
  // A custom `fetch` may return anything.
  if (typeof response.status !== "number") throw new TypeError("fetch returned no Response");
  seen.response = response;
  if (!response.ok) return readText(response);
  const json = await response.json();
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new TypeError("not an object");
  return json;
}

/** The failure for a response with an error status, whose body may be incomplete. */
function refusal(response: FetchResponse, text: string): Failure {
  const { status } = response;
  if (REDIRECTS.includes(status)) return { reason: "redirect", status, response };
  const words = tried(() => String(response.statusText ?? "")) ?? "";
  return { reason: "status", status, words, ...problemOf(text), response };
}

/** Reads from a response of a custom `fetch`; undefined when that throws. */
function tried<Value>(get: () => Value): Value | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
