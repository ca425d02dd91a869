// The types of options, hooks and results; the wire types are in `generated/models.ts`.

import type { StreamError } from "./errors.js";
import type { GetTaskResponse, UserResponse } from "./generated/models.js";

/** What a client is made with, beside its key. */
export interface StreamClientOptions {
  /** Where the API is; `https://chat.stream-io-api.com` when left out. One origin serves all products. */
  basePath?: string | undefined;
  /** How long one attempt may take, in milliseconds; 3000 when left out. */
  timeout?: number | undefined;
  /** How long a call may take with all its attempts and waits, in milliseconds; as long as it takes when left out. */
  deadline?: number | undefined;
  /** How failed calls are retried; `false` for not at all. */
  retry?: false | RetryOptions | undefined;
  /**
   * Told before every attempt. Hooks see no body and no token, and only those ids that messages of the API name. What they
   * throw goes to the console.
   */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Told after every response, whatever its status. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Told before the wait that precedes a retry. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
  /**
   * Asked after a response with status 429: `false` gives up, a number waits that many milliseconds and sends the request
   * again, however often that was; anything else leaves it to `retry`.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing fits
  onRateLimit?: ((event: RateLimitEvent) => boolean | number | void | Promise<boolean | number | void>) | undefined;
  /**
   * Gets a line for every attempt (`debug`), retry (`warn`) and failed call (`error`); `console` fits. Lines hold what hooks
   * see.
   */
  logger?: Logger | undefined;
  /** The least important lines that are written; `"warn"` when left out. */
  logLevel?: LogLevel | undefined;
  /** Headers to send with every request. */
  headers?: Record<string, string> | undefined;
  /** A `fetch` to use instead of the platform's: an emulator's, or one of your own. */
  fetch?: FetchFunction | undefined;
  /**
   * Secrets that the app had before. The client signs with its secret alone, and accepts tokens and webhooks that were
   * signed with any of these: while a secret is rotated, nobody is locked out.
   */
  previousSecrets?: readonly string[] | undefined;
  /**
   * Allows a client with a secret in a browser. Whoever opens the page can read that secret and do everything with your
   * app; meant for pages that only their author opens.
   */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/**
 * How failed calls are retried. A response with status 429 is always retried: the server did not run the call. Failed
 * connections and responses with 502, 503 and 504 are retried for calls that may run twice: reads, and writes that leave
 * the same state the second time. The server's `Retry-After` sets the wait; without it the wait is random, up to a time
 * that doubles.
 */
export interface RetryOptions {
  /** Attempts in all, the first included; 3 when left out. */
  attempts?: number | undefined;
  /** Milliseconds that the call may wait between attempts, in all; 30000 when left out. */
  budget?: number | undefined;
}

/** Returns a user's token, or a promise of it. */
export type TokenProvider = () => string | Promise<string>;

/** How important a log line is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Where log lines go. */
export interface Logger {
  /** For every attempt and response. */
  debug?(message: string, event: object): void;
  /** For nothing yet. */
  info?(message: string, event: object): void;
  /** For every retry. */
  warn?(message: string, event: object): void;
  /** For every call that failed. */
  error?(message: string, event: object): void;
}

/** An attempt of a call. */
export interface RequestEvent {
  /** The HTTP method. */
  method: string;
  /** The path, with the name of an id in place of the id: `/api/v2/users/{user_id}/deactivate`. `request`'s is as given. */
  path: string;
  /** Which attempt it is; the first is 1. */
  attempt: number;
  /** The id of the call, sent as `x-client-request-id`. */
  clientRequestId: string;
}

/** An attempt that got a response. */
export interface ResponseEvent extends RequestEvent {
  /** The HTTP status. */
  status: number;
  /** How long the response took, in milliseconds. */
  duration: number;
}

/** An attempt that failed and is retried. */
export interface RetryEvent extends RequestEvent {
  /** Milliseconds until the next attempt. */
  delay: number;
  /** Why it failed. */
  error: StreamError;
}

/** A rate limit that is used up. */
export interface RateLimitEvent extends RateLimit {
  /** Milliseconds until the server wants to be asked again, if it said so. */
  retryAfter?: number | undefined;
  /** Which attempt it was; the first is 1. */
  attempt: number;
  /** The error that the call fails with, unless it is retried. */
  error: StreamError;
}

/** As much of `fetch` as the client uses; the platform's, undici's and node-fetch's fit. */
export type FetchFunction = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** What the client gives `fetch`. */
export interface FetchInit {
  /** The HTTP method. */
  method: string;
  /** The headers, by their lower-case names. */
  headers: Record<string, string>;
  /** JSON. */
  body?: string;
  /** The API does not redirect, and the client follows no redirect. */
  redirect: "manual";
  /** Aborts the request. */
  signal: AbortSignal;
}

/** As much of a `Response` as the client uses. */
export interface FetchResponse {
  /** Whether the status is 200 to 299. */
  readonly ok: boolean;
  /** The HTTP status. */
  readonly status: number;
  /** What stands beside the status. */
  readonly statusText: string;
  /** The response's headers. */
  readonly headers: { get(name: string): string | null };
  /** The body as JSON. */
  json(): Promise<unknown>;
  /** The body as text. */
  text(): Promise<string>;
}

/** What one call may want differently. */
export interface RequestOptions {
  /** Ends the call; its promise rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, in milliseconds. */
  timeout?: number | undefined;
  /** How long the call may take with all its attempts and waits, in milliseconds. */
  deadline?: number | undefined;
  /** How the call is retried when it fails; `false` for not at all. */
  retry?: false | RetryOptions | undefined;
  /** Asked after a response with status 429, in place of the client's `onRateLimit`. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing fits
  onRateLimit?: ((event: RateLimitEvent) => boolean | number | void | Promise<boolean | number | void>) | undefined;
  /** Headers to send with this request, over those of the client. */
  headers?: Record<string, string> | undefined;
}

/** What `request` takes beside method and path. */
export interface RawRequestOptions extends RequestOptions {
  /**
   * What goes into the query. Lists of simple values are joined with commas, other objects are written as JSON, dates as
   * ISO 8601; `undefined` and `null` are left out.
   */
  query?: Record<string, unknown> | undefined;
  /** What is sent as JSON; nothing with `GET`. */
  body?: unknown;
  /**
   * Whether the request may run twice. It is then retried where nobody knows whether it ran, as reads are. `false` when
   * left out.
   */
  idempotent?: boolean | undefined;
}

/** How to wait for a task. */
export interface WaitForTaskOptions {
  /** Milliseconds between two requests for the task; 1000 when left out. */
  pollInterval?: number | undefined;
  /**
   * Milliseconds after which waiting ends with an error of kind `timeout`; 60000 when left out. A request that is under way
   * is not cut short. The task keeps running.
   */
  timeout?: number | undefined;
  /** Ends the wait; its promise rejects with the signal's own reason. The task keeps running. */
  signal?: AbortSignal | undefined;
  /** Called with the task after every request for it, and awaited. If it throws or rejects, the wait ends with that error. */
  onProgress?: ((task: StreamResponse<GetTaskResponse>) => void | Promise<void>) | undefined;
}

/** A task that has completed. */
export type CompletedTask<Result = Record<string, unknown>> = Omit<GetTaskResponse, "status" | "result"> & {
  /** Where it stands. */
  status: "completed";
  /** Its result. */
  result: Result;
};

/** A task, running or ended. */
export interface TaskHandle<Result = Record<string, unknown>> {
  /** The task's id: another process continues with `client.tasks(id)`. */
  readonly id: string;
  /** Says where the task stands. */
  get(): Promise<StreamResponse<GetTaskResponse>>;
  /** Waits for the task's end, as `waitForTask` does. */
  wait(options?: WaitForTaskOptions): Promise<StreamResponse<CompletedTask<Result>>>;
}

/** The response of an operation that starts a task. */
export type StartedTask<Response, Result> = StreamResponse<Response> & {
  /** Waits for the task's end, as `waitForTask` does. Not a field: it is neither copied nor written as JSON. */
  wait(options?: WaitForTaskOptions): Promise<StreamResponse<CompletedTask<Result>>>;
};

/** The result of a `deleteUsers` task, by user id. */
export type DeleteUsersResult = Record<string, { status: string; error?: string }>;

/** The result of a `deactivateUsers` or `reactivateUsers` task. */
export interface ActivationResult {
  /** The users as they are now. */
  users: UserResponse[];
}

/** The result of an `exportUsers` task. */
export interface ExportUsersResult {
  /** Where the file is. */
  url: string;
}

/** What `generateUserToken` puts into a token. Every further field becomes a claim of its own. */
export interface UserTokenPayload {
  /** The user the token is for. */
  user_id: string;
  /** How long the token is valid, in seconds from `iat`; 3600 when left out. Without effect beside `exp`. */
  validity_in_seconds?: number | undefined;
  /** When the token expires, in seconds since 1970. */
  exp?: number | undefined;
  /** When the token was issued, in seconds since 1970; a second ago when left out, since the API allows no skew. */
  iat?: number | undefined;
  /** Claims of your own. */
  [claim: string]: unknown;
}

/** What `generatePermanentUserToken` puts into a token. Every further field becomes a claim of its own. */
export interface PermanentUserTokenPayload {
  /** The user the token is for. */
  user_id: string;
  /** When the token was issued, in seconds since 1970; a second ago when left out, since the API allows no skew. */
  iat?: number | undefined;
  /** Such a token does not expire. */
  exp?: undefined;
  /** Such a token does not expire. */
  validity_in_seconds?: undefined;
  /** Claims of your own. */
  [claim: string]: unknown;
}

/** What `generateCallToken` puts into a token. Every further field becomes a claim of its own. */
export interface CallTokenPayload extends UserTokenPayload {
  /** The calls that the token lets the user into, such as `default:1`. */
  call_cids: string[];
  /** The role that the user has in these calls. */
  role?: string | undefined;
}

/** What a token says. */
export interface TokenClaims {
  /** The user that the token is for; a server's token has none. */
  user_id?: string | undefined;
  /** `true` in a server's token, which may do everything. */
  server?: boolean | undefined;
  /** When the token expires, in seconds since 1970; never when it is missing. */
  exp?: number | undefined;
  /** When the token was issued, in seconds since 1970. */
  iat?: number | undefined;
  /** When the token becomes valid, in seconds since 1970. */
  nbf?: number | undefined;
  /** Further claims, unchecked. */
  readonly [claim: string]: unknown;
}

/** A response of the API: its body, and `metadata`. */
export type StreamResponse<T> = T & { metadata: RequestMetadata };

/** The request's id, and what the response has beside its body. */
export interface RequestMetadata {
  /** The id of the request, sent as `x-client-request-id`. Give one of your own in `headers`. */
  clientRequestId: string;
  /** The response's headers. */
  responseHeaders: Headers;
  /** The response's HTTP status. */
  responseCode: number;
  /** What is left of the rate limit that the request counted against. */
  rateLimit: RateLimit;
}

/** A rate limit, as the response's headers tell it. */
export interface RateLimit {
  /** Requests allowed in the current window. */
  rateLimit?: number | undefined;
  /** Requests left in the current window. */
  rateLimitRemaining?: number | undefined;
  /** When the next window begins. */
  rateLimitReset?: Date | undefined;
}
