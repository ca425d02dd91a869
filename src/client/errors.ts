// The error classes. The message comes from Rust (`src/error.rs`), or from the TypeScript that found the problem.

import type { GetTaskResponse } from "./generated/models.js";
import type { RequestMetadata, StreamResponse } from "./types.js";

/** The kinds of {@link StreamError}. */
export type StreamErrorKind =
  /** The client refused an argument before it sent anything; `field` names it. */
  | "invalid_argument"
  /** The client was created with an unusable option, or lacks what the call needs. */
  | "config"
  /** The API refused the request: bad input, or a state that does not allow it. */
  | "invalid_request"
  /** The API key or the token is missing, wrong, expired or revoked. */
  | "authentication"
  /** The caller may not do this. */
  | "permission"
  /** The user, task or other resource does not exist, or no longer exists. */
  | "not_found"
  /** Too many requests. */
  | "rate_limit"
  /** The server failed. */
  | "server"
  /** There was no response: the connection failed, or `fetch` refused the request. */
  | "connection"
  /** There was no response in time, or a task did not end in time. */
  | "timeout"
  /** The response is not one that the API sends. */
  | "response"
  /** Your function that provides the user's token failed, or returned no token; `cause` says why. */
  | "token_provider"
  /** The task failed; see `task`. */
  | "task_failed"
  /** The signal aborted the call; `cause` is its reason. Only `client.safe` returns it; other calls reject with that reason. */
  | "aborted"
  /** A defect of this package. */
  | "internal";

/**
 * Whether a failed request ran: it was never sent, the API refused it, or that is unknown. After `unknown`, a write may
 * have happened.
 */
export type RequestOutcome = "not_sent" | "refused" | "unknown";

/** The details of an error, besides its kind and message. */
export interface ErrorDetails {
  cause?: unknown;
  field?: string | undefined;
  code?: number | undefined;
  status?: number | undefined;
  outcome?: RequestOutcome | undefined;
}

/** Brands errors, so that `instanceof` works across copies of this package and across realms. */
const BRAND = Symbol.for("getstream-users.StreamError");
/** Brands webhook errors of every kind. */
const WEBHOOK = Symbol.for("getstream-users.InvalidWebhookError");

/** The base class of this package's errors. An aborted call rejects with the reason of its signal instead. */
export class StreamError extends Error {
  /** The name of the class. */
  declare readonly name: string;
  /** The kind of failure, for a `switch`. */
  readonly kind: StreamErrorKind;
  /** Stream's error code, if the API sent one. */
  declare readonly code?: number;
  /** The HTTP status of the response, if the API sent one. */
  declare readonly status?: number;
  /** The invalid argument, as a path such as `users[3].id`. */
  declare readonly field?: string;
  /**
   * Whether the request ran: `not_sent`, `refused` by the API, or `unknown`, after which a write may have happened. It
   * covers all attempts of the call. Missing when the error is not about a request.
   */
  declare readonly outcome?: RequestOutcome;
  /** How many attempts were made. */
  declare readonly attempts?: number;
  /** Milliseconds to wait before another request, if the server sent that. */
  declare readonly retryAfter?: number;
  /** The API's messages about individual fields. */
  declare readonly exceptionFields?: Record<string, string>;
  /** `true` when the API says that a retry cannot succeed. */
  declare readonly unrecoverable?: true;
  /** The request's id and, if there was a response, its headers, status and rate limit. */
  declare readonly metadata?: Pick<RequestMetadata, "clientRequestId"> & Partial<RequestMetadata>;
  /** The HTTP method of the request. */
  declare readonly method?: string;
  /** The path of the request, with a placeholder for the id: `/api/v2/users/{user_id}/deactivate`. */
  declare readonly path?: string;
  /** The task that failed, or that did not end in time. */
  declare readonly task?: StreamResponse<GetTaskResponse>;

  /** Only this package creates errors. */
  protected constructor(kind: StreamErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.kind = kind;
    for (const name of ["field", "code", "status", "outcome"] as const) {
      if (details[name] !== undefined) Object.assign(this, { [name]: details[name] });
    }
  }

  /** Whether a value is an error of this class, from this or another copy of the package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // A subclass that an application defines keeps the ordinary meaning of `instanceof`.
    if (!Object.hasOwn(this, BRAND)) return Function.prototype[Symbol.hasInstance].call(this, value);
    const kind: unknown = (this as { readonly [BRAND]?: unknown })[BRAND];
    return read(value, BRAND) === true && (kind === "" || read(value, "kind") === kind);
  }

  /** For logs: everything except the stack, the cause, the task and the response's headers. */
  toJSON(): Record<string, unknown> {
    const { metadata, task: _, ...details } = this;
    const { name, message } = this;
    return { ...details, name, message, clientRequestId: metadata?.clientRequestId };
  }
}

/** The constructor, as this package calls it. */
type Constructor = new (kind: StreamErrorKind, message: string, details?: ErrorDetails) => StreamError;

/** The class of each kind. */
const classes = new Map<StreamErrorKind, Constructor>();

function brand(Class: object, name: string, kind: StreamErrorKind | ""): void {
  // A bundler may rename a class that refers to itself, and consoles print the name.
  Object.defineProperty(Class, "name", { value: name, configurable: true });
  const { prototype } = Class as { prototype: object };
  Object.defineProperty(prototype, "name", { value: name, configurable: true, writable: true });
  Object.defineProperty(Class, BRAND, { value: kind });
  if (kind === "") Object.defineProperty(prototype, BRAND, { value: true });
  else classes.set(kind, Class as Constructor);
}

brand(StreamError, "StreamError", "");

/** The client refused an argument before it sent anything; `field` names it. */
export class InvalidArgumentError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "invalid_argument";

  static {
    brand(this, "InvalidArgumentError", "invalid_argument");
  }
}

/** The client was created with an unusable option, or lacks what the call needs. */
export class ConfigError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "config";

  static {
    brand(this, "ConfigError", "config");
  }
}

/** The API refused the request: bad input, or a state that does not allow it. */
export class InvalidRequestError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "invalid_request";

  static {
    brand(this, "InvalidRequestError", "invalid_request");
  }
}

/** The API key or the token is missing, wrong, expired or revoked. */
export class AuthenticationError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "authentication";

  static {
    brand(this, "AuthenticationError", "authentication");
  }
}

/** The caller may not do this. */
export class PermissionError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "permission";

  static {
    brand(this, "PermissionError", "permission");
  }
}

/** The user, task or other resource does not exist, or no longer exists. */
export class NotFoundError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "not_found";

  static {
    brand(this, "NotFoundError", "not_found");
  }
}

/** Too many requests; `retryAfter` is how long to wait. */
export class RateLimitError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "rate_limit";

  static {
    brand(this, "RateLimitError", "rate_limit");
  }
}

/** The server failed. */
export class ServerError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "server";

  static {
    brand(this, "ServerError", "server");
  }
}

/** There was no response: the connection failed, or `fetch` refused the request. */
export class ConnectionError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "connection";

  static {
    brand(this, "ConnectionError", "connection");
  }
}

/** There was no response in time, or a task did not end in time. */
export class TimeoutError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "timeout";

  static {
    brand(this, "TimeoutError", "timeout");
  }
}

/** The response is not one that the API sends. */
export class ResponseError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "response";

  static {
    brand(this, "ResponseError", "response");
  }
}

/** Your function that provides the user's token failed, or returned no token; `cause` says why. */
export class TokenProviderError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "token_provider";

  static {
    brand(this, "TokenProviderError", "token_provider");
  }
}

/** The task failed; see `task`. */
export class TaskFailedError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "task_failed";

  static {
    brand(this, "TaskFailedError", "task_failed");
  }
}

/** The signal aborted the call; `cause` is its reason. Only `client.safe` returns this error. */
export class AbortedError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "aborted";

  static {
    brand(this, "AbortedError", "aborted");
  }
}

/** A defect of this package. */
export class InternalError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "internal";

  static {
    brand(this, "InternalError", "internal");
  }
}

/**
 * A webhook or queue message that cannot be trusted: its signature is wrong (`kind` is `authentication`), or its body is
 * not one that Stream sends (`kind` is `response`).
 */
export class InvalidWebhookError extends StreamError {
  /** The kind of failure. */
  declare readonly kind: "authentication" | "response";

  /** Whether a value is such an error, from this or another copy of the package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return read(value, WEBHOOK) === true;
  }
}

/** Creates the error of a kind. */
export function createError(kind: StreamErrorKind, message: string, details?: ErrorDetails): StreamError {
  const Class = classes.get(kind) ?? (StreamError as unknown as Constructor);
  return new Class(kind, message, details);
}

/** Creates the error for a webhook or queue message that cannot be trusted. */
export function createWebhookError(kind: "authentication" | "response", message: string, cause?: unknown): StreamError {
  const error = createError(kind, message, cause === undefined ? {} : { cause });
  return Object.defineProperty(error, WEBHOOK, { value: true });
}

/** Attaches a thrown value of any type. */
export function withCause<Failure extends StreamError>(error: Failure, cause: unknown): Failure {
  return Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
}

/** Every URL contains this. URLs hold the API key and ids; runtimes put them into messages, and messages end up in logs. */
const URL_MARK = "://";

/** The message of a thrown value, unless it contains a URL or the token. The value may be anything, even hostile. */
export function messageOf(cause: unknown, token: string = URL_MARK): string {
  const message = typeof cause === "string" ? cause : read(cause, "message");
  if (typeof message !== "string" || message === "") return "no reason was given";
  const isPrivate = message.includes(URL_MARK) || message.includes(token);
  return isPrivate ? "the reason is in `cause`" : message;
}

/** A property of any value; undefined when reading it throws. */
export function read(value: unknown, name: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** Whether something that was thrown is a {@link StreamError}, of this copy of the package or another. */
export function isStreamError(error: unknown): error is StreamError {
  return error instanceof StreamError;
}

/** Whether something that was thrown is an {@link InvalidArgumentError}, of this copy of the package or another. */
export function isInvalidArgumentError(error: unknown): error is InvalidArgumentError {
  return error instanceof InvalidArgumentError;
}

/** Whether something that was thrown is a {@link ConfigError}, of this copy of the package or another. */
export function isConfigError(error: unknown): error is ConfigError {
  return error instanceof ConfigError;
}

/** Whether something that was thrown is an {@link InvalidRequestError}, of this copy of the package or another. */
export function isInvalidRequestError(error: unknown): error is InvalidRequestError {
  return error instanceof InvalidRequestError;
}

/** Whether something that was thrown is an {@link AuthenticationError}, of this copy of the package or another. */
export function isAuthenticationError(error: unknown): error is AuthenticationError {
  return error instanceof AuthenticationError;
}

/** Whether something that was thrown is a {@link PermissionError}, of this copy of the package or another. */
export function isPermissionError(error: unknown): error is PermissionError {
  return error instanceof PermissionError;
}

/** Whether something that was thrown is a {@link NotFoundError}, of this copy of the package or another. */
export function isNotFoundError(error: unknown): error is NotFoundError {
  return error instanceof NotFoundError;
}

/** Whether something that was thrown is a {@link RateLimitError}, of this copy of the package or another. */
export function isRateLimitError(error: unknown): error is RateLimitError {
  return error instanceof RateLimitError;
}

/** Whether something that was thrown is a {@link ServerError}, of this copy of the package or another. */
export function isServerError(error: unknown): error is ServerError {
  return error instanceof ServerError;
}

/** Whether something that was thrown is a {@link ConnectionError}, of this copy of the package or another. */
export function isConnectionError(error: unknown): error is ConnectionError {
  return error instanceof ConnectionError;
}

/** Whether something that was thrown is a {@link TimeoutError}, of this copy of the package or another. */
export function isTimeoutError(error: unknown): error is TimeoutError {
  return error instanceof TimeoutError;
}

/** Whether something that was thrown is a {@link ResponseError}, of this copy of the package or another. */
export function isResponseError(error: unknown): error is ResponseError {
  return error instanceof ResponseError;
}

/** Whether something that was thrown is a {@link TokenProviderError}, of this copy of the package or another. */
export function isTokenProviderError(error: unknown): error is TokenProviderError {
  return error instanceof TokenProviderError;
}

/** Whether something that was thrown is a {@link TaskFailedError}, of this copy of the package or another. */
export function isTaskFailedError(error: unknown): error is TaskFailedError {
  return error instanceof TaskFailedError;
}

/** Whether something that was thrown is an {@link AbortedError}, of this copy of the package or another. */
export function isAbortedError(error: unknown): error is AbortedError {
  return error instanceof AbortedError;
}

/** Whether something that was thrown is an {@link InternalError}, of this copy of the package or another. */
export function isInternalError(error: unknown): error is InternalError {
  return error instanceof InternalError;
}

/** Whether something that was thrown is an {@link InvalidWebhookError}, of this copy of the package or another. */
export function isInvalidWebhookError(error: unknown): error is InvalidWebhookError {
  return error instanceof InvalidWebhookError;
}
