//! TypeScript that has no Rust type behind it: options, metadata and the error class. Everything else in the `.d.ts` is
//! made from `model` and from the client's methods.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What a client is made with, beside its key. */
export interface StreamClientOptions {
  /** Where the API is; `https://chat.stream-io-api.com` when left out. One origin serves all products. */
  basePath?: string;
  /** How long one request may take, in milliseconds; 3000 when left out. */
  timeout?: number;
  /** Headers to send with every request. */
  headers?: Record<string, string>;
  /** A `fetch` to use instead of the platform's: an emulator's, or one of your own. */
  fetch?: FetchFunction;
  /**
   * Allows a client with a secret in a browser. Whoever opens the page can read that secret and do everything with your
   * app; meant for pages that only their author opens.
   */
  dangerouslyAllowBrowser?: boolean;
}

/** As much of `fetch` as the client uses. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** What one call may want differently. */
export interface RequestOptions {
  /** Ends the call; its promise rejects with the signal's own reason. */
  signal?: AbortSignal;
  /** How long this request may take, in milliseconds. */
  timeout?: number;
  /** Headers to send with this request, over those of the client. */
  headers?: Record<string, string>;
}

/** How to wait for a task. */
export interface WaitForTaskOptions {
  /** Milliseconds between two looks at the task; 1000 when left out. */
  pollInterval?: number;
  /**
   * Milliseconds after which waiting ends with an error of kind `timeout`; 60000 when left out. A look that is under way
   * is not cut short. The task goes on.
   */
  timeout?: number;
  /** Ends the wait; its promise rejects with the signal's own reason. The task goes on. */
  signal?: AbortSignal;
  /** Called with the task after every look at it, and waited for; its failure ends the wait. */
  onProgress?: (task: StreamResponse<GetTaskResponse>) => void | Promise<void>;
}

/** What `generateUserToken` puts into a token. Every further field becomes a claim of its own. */
export interface UserTokenPayload {
  /** The user the token is for. */
  user_id: string;
  /** How long the token is valid, in seconds from `iat`; 3600 when left out. Without effect beside `exp`. */
  validity_in_seconds?: number;
  /** When the token expires, in seconds since 1970. */
  exp?: number;
  /** When the token was issued, in seconds since 1970; a second ago when left out, since the API allows no skew. */
  iat?: number;
  /** Claims of your own. */
  [claim: string]: unknown;
}

/** An answer of the API, and what came with it. */
export type StreamResponse<T> = T & { metadata: RequestMetadata };

/** What came with an answer. */
export interface RequestMetadata {
  /** The id that this client gave the request, sent as `x-client-request-id`. */
  clientRequestId: string;
  /** The answer's headers. */
  responseHeaders: Headers;
  /** The answer's HTTP status. */
  responseCode: number;
  /** What is left of the rate limit that the request counted against. */
  rateLimit: RateLimit;
}

/** A rate limit, as the answer's headers tell it. */
export interface RateLimit {
  /** Requests allowed in the current window. */
  rateLimit?: number;
  /** Requests left in the current window. */
  rateLimitRemaining?: number;
  /** When the next window begins. */
  rateLimitReset?: Date;
}

/** What kind of failure a {@link StreamError} is. */
export type StreamErrorKind =
  /** An argument was refused before anything was sent; `field` says which. */
  | "invalid_argument"
  /** The client was made with something it cannot work with, or lacks what the call needs. */
  | "config"
  /** The API refused the request: bad input, or a state that does not allow it. */
  | "invalid_request"
  /** The API key or the token is missing, wrong, expired or revoked. */
  | "authentication"
  /** The caller may not do this. */
  | "permission"
  /** The user, task or other thing does not exist, or exists no longer. */
  | "not_found"
  /** Too many requests. */
  | "rate_limit"
  /** The server failed. */
  | "server"
  /** No answer came: the connection failed, or `fetch` refused the request. */
  | "connection"
  /** No answer came in time, or a task did not end in time. */
  | "timeout"
  /** An answer came that is not what the API sends. */
  | "response"
  /** A task ended with `failed`; `task` holds it. */
  | "task_failed"
  /** A defect of this package. */
  | "internal";

/** Every failure of this package, except an abort, which rejects with the signal's own reason. */
export class StreamError extends Error {
  private constructor();
  /** Always `"StreamError"`. */
  readonly name: "StreamError";
  /** What kind of failure it is; switch on it. */
  readonly kind: StreamErrorKind;
  /** Stream's number for the failure, if it came from the API. */
  readonly code?: number;
  /** The HTTP status of the answer, if it came from the API. */
  readonly status?: number;
  /** The argument at fault, as a path such as `users[3].id`, if one was refused. */
  readonly field?: string;
  /** The request and what came back, as far as it went. */
  readonly metadata?: Partial<RequestMetadata>;
  /** The task as it was last seen, if waiting for it failed. */
  readonly task?: StreamResponse<GetTaskResponse>;
  /** What lies behind the failure, if something else threw. */
  readonly cause?: unknown;
}
"#;
