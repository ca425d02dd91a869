// The types of options, hooks and results. The wire types are in `generated/models.ts`.

import type { StreamError } from "./errors.js";
import type { GetTaskResponse, UserResponse } from "./generated/models.js";

/** The options of a client. */
export interface StreamClientOptions {
  /** The base URL of the API. Default: `https://chat.stream-io-api.com`, which serves all products. */
  basePath?: string | undefined;
  /** The time limit for one attempt, in milliseconds. Default: 3000. */
  timeout?: number | undefined;
  /** The time limit for a call with all its attempts and waits, in milliseconds. Default: none. */
  deadline?: number | undefined;
  /** How failed calls are retried; `false` turns retries off. */
  retry?: false | RetryOptions | undefined;
  /**
   * Called before every attempt. Hooks get no body and no token, and no ids except those in the API's error messages. What
   * a hook throws goes to the console.
   */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called after every response, whatever its status. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Called before the wait that precedes a retry. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
  /**
   * Called after a response with status 429. Return `false` to give up, a number to retry after that many milliseconds (even
   * if no attempts are left), anything else to let `retry` decide.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing fits
  onRateLimit?: ((event: RateLimitEvent) => boolean | number | void | Promise<boolean | number | void>) | undefined;
  /**
   * Gets a line for every attempt (`debug`), retry (`warn`) and failed call (`error`), with what hooks get. `console` is a
   * `Logger`.
   */
  logger?: Logger | undefined;
  /** The least important level to log. Default: `"warn"`. */
  logLevel?: LogLevel | undefined;
  /** Headers to send with every request. */
  headers?: Record<string, string> | undefined;
  /** A `fetch` to use instead of the platform's, such as an emulator's. */
  fetch?: FetchFunction | undefined;
  /**
   * Earlier secrets of the app. The client signs with its current secret only, but also accepts tokens and webhooks that
   * were signed with one of these, so that nobody is locked out while you rotate the secret.
   */
  previousSecrets?: readonly string[] | undefined;
  /**
   * Allows a client with a secret in a browser. Anybody who opens the page can read the secret and do everything with your
   * app. Meant for pages that only their author opens.
   */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/**
 * How failed calls are retried. Status 429 is always retried, because the server did not run the call. Failed connections,
 * timeouts, 502, 503 and 504 are retried for calls that may run twice: reads, and writes that leave the same state the
 * second time. The server's `Retry-After` sets the wait; otherwise the wait is random, up to a limit that doubles.
 */
export interface RetryOptions {
  /** Attempts, including the first. Default: 3. */
  attempts?: number | undefined;
  /** The total time that a call may wait between attempts, in milliseconds. Default: 30000. */
  budget?: number | undefined;
}

/** Returns a user's token, or a promise for it. */
export type TokenProvider = () => string | Promise<string>;

/** How important a log line is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Where log lines go. */
export interface Logger {
  /** For every attempt and response. */
  debug?(message: string, event: object): void;
  /** Not used yet. */
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
  /** The path, with a placeholder for the id: `/api/v2/users/{user_id}/deactivate`. `request`'s is as given. */
  path: string;
  /** The number of the attempt; the first is 1. */
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

/** An exhausted rate limit. */
export interface RateLimitEvent extends RateLimit {
  /** Milliseconds to wait before another request, if the server sent that. */
  retryAfter?: number | undefined;
  /** The number of the attempt; the first is 1. */
  attempt: number;
  /** The error that the call fails with if it is not retried. */
  error: StreamError;
}

/** The part of `fetch` that the client uses. The platform's, undici's and node-fetch's are assignable. */
export type FetchFunction = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** The `init` argument that the client passes to `fetch`. */
export interface FetchInit {
  /** The HTTP method. */
  method: string;
  /** The headers, with lower-case names. */
  headers: Record<string, string>;
  /** The JSON body. */
  body?: string;
  /** The API does not redirect, and the client does not follow redirects. */
  redirect: "manual";
  /** Aborts the request. */
  signal: AbortSignal;
}

/** The part of a `Response` that the client uses. */
export interface FetchResponse {
  /** Whether the status is 200 to 299. */
  readonly ok: boolean;
  /** The HTTP status. */
  readonly status: number;
  /** The text that accompanies the status. */
  readonly statusText: string;
  /** The response's headers. */
  readonly headers: { get(name: string): string | null };
  /** Reads the body as JSON. */
  json(): Promise<unknown>;
  /** Reads the body as text. */
  text(): Promise<string>;
}

/** The options of one call. */
export interface RequestOptions {
  /** Aborts the call; its promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** The time limit for one attempt, in milliseconds. */
  timeout?: number | undefined;
  /** The time limit for the call with all its attempts and waits, in milliseconds. */
  deadline?: number | undefined;
  /** How the call is retried when it fails; `false` turns retries off. */
  retry?: false | RetryOptions | undefined;
  /** Called after a response with status 429, in place of the client's `onRateLimit`. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing fits
  onRateLimit?: ((event: RateLimitEvent) => boolean | number | void | Promise<boolean | number | void>) | undefined;
  /** Headers to send with this request. They override the client's. */
  headers?: Record<string, string> | undefined;
}

/** The options of `request`. */
export interface RawRequestOptions extends RequestOptions {
  /**
   * The query parameters. Arrays of simple values are joined with commas, dates are written as ISO 8601, other objects as
   * JSON; `undefined` and `null` are left out.
   */
  query?: Record<string, unknown> | undefined;
  /** The body, sent as JSON; `GET` has none. */
  body?: unknown;
  /**
   * Whether the request may run twice. If so, it is retried even when it is unknown whether it ran, as reads are. Default:
   * `false`.
   */
  idempotent?: boolean | undefined;
}

/** How to wait for a task. */
export interface WaitForTaskOptions {
  /** Milliseconds between two polls. Default: 1000. */
  pollInterval?: number | undefined;
  /**
   * Milliseconds after which the wait ends with an error of kind `timeout`. Default: 60000. A request that is under way
   * completes first. The task keeps running.
   */
  timeout?: number | undefined;
  /** Aborts the wait; its promise rejects with the signal's reason. The task keeps running. */
  signal?: AbortSignal | undefined;
  /** Called with the task after every poll, and awaited. If it throws or rejects, the wait ends with that error. */
  onProgress?: ((task: StreamResponse<GetTaskResponse>) => void | Promise<void>) | undefined;
}

/** A task that has completed. */
export type CompletedTask<Result = Record<string, unknown>> = Omit<GetTaskResponse, "status" | "result"> & {
  /** The status. */
  status: "completed";
  /** Its result. */
  result: Result;
};

/** A task, running or ended. */
export interface TaskHandle<Result = Record<string, unknown>> {
  /** The task's id. Another process can continue with `client.tasks(id)`. */
  readonly id: string;
  /** Fetches the task's status. */
  get(): Promise<StreamResponse<GetTaskResponse>>;
  /** Waits until the task has ended, as `waitForTask` does. */
  wait(options?: WaitForTaskOptions): Promise<StreamResponse<CompletedTask<Result>>>;
}

/** The response of an operation that starts a task. */
export type StartedTask<Response, Result> = StreamResponse<Response> & {
  /** Waits until the task has ended, as `waitForTask` does. Not enumerable, so copies and JSON leave it out. */
  wait(options?: WaitForTaskOptions): Promise<StreamResponse<CompletedTask<Result>>>;
};

/** The result of a `deleteUsers` task, by user id. */
export type DeleteUsersResult = Record<string, { status: string; error?: string }>;

/** The result of a `deactivateUsers` or `reactivateUsers` task. */
export interface ActivationResult {
  /** The users in their new state. */
  users: UserResponse[];
}

/** The result of an `exportUsers` task. */
export interface ExportUsersResult {
  /** The URL of the file. */
  url: string;
}

/** The payload of `generateUserToken`. Every further field becomes a claim. */
export interface UserTokenPayload {
  /** The user the token is for. */
  user_id: string;
  /** How long the token is valid, in seconds from `iat`. Default: 3600. Ignored when `exp` is given. */
  validity_in_seconds?: number | undefined;
  /** When the token expires, in seconds since 1970. */
  exp?: number | undefined;
  /** When the token was issued, in seconds since 1970. Default: a second ago, because the API allows no clock skew. */
  iat?: number | undefined;
  /** Your own claims. */
  [claim: string]: unknown;
}

/** The payload of `generatePermanentUserToken`. Every further field becomes a claim. */
export interface PermanentUserTokenPayload {
  /** The user the token is for. */
  user_id: string;
  /** When the token was issued, in seconds since 1970. Default: a second ago, because the API allows no clock skew. */
  iat?: number | undefined;
  /** Not allowed: a permanent token does not expire. */
  exp?: undefined;
  /** Not allowed: a permanent token does not expire. */
  validity_in_seconds?: undefined;
  /** Your own claims. */
  [claim: string]: unknown;
}

/** The payload of `generateCallToken`. Every further field becomes a claim. */
export interface CallTokenPayload extends UserTokenPayload {
  /** The calls that the user may join, such as `default:1`. */
  call_cids: string[];
  /** The user's role in these calls. */
  role?: string | undefined;
}

/** The claims of a token. */
export interface TokenClaims {
  /** The user the token is for; a server's token has none. */
  user_id?: string | undefined;
  /** `true` in a server's token, which may do everything. */
  server?: boolean | undefined;
  /** When the token expires, in seconds since 1970. A token without it does not expire. */
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

/** The request's id, and the response's headers, status and rate limit. */
export interface RequestMetadata {
  /** The id of the request, sent as `x-client-request-id`. Set your own in `headers`. */
  clientRequestId: string;
  /** The response's headers. */
  responseHeaders: Headers;
  /** The response's HTTP status. */
  responseCode: number;
  /** The rate limit that the request counted against. */
  rateLimit: RateLimit;
}

/** A rate limit, from the headers of a response. */
export interface RateLimit {
  /** Requests allowed in the current window. */
  rateLimit?: number | undefined;
  /** Requests left in the current window. */
  rateLimitRemaining?: number | undefined;
  /** When the next window begins. */
  rateLimitReset?: Date | undefined;
}
