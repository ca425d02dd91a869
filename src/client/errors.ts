// The error classes. Rust (`src/error.rs`) decides what an error says, or the TypeScript that found the fault.

import type { GetTaskResponse } from "./generated/models.js";
import type { RequestMetadata, StreamResponse } from "./types.js";

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
  /** No response came: the connection failed, or `fetch` refused the request. */
  | "connection"
  /** No response came in time, or a task did not end in time. */
  | "timeout"
  /** A response came that is not what the API sends. */
  | "response"
  /** Your function that provides the user's token failed, or returned no token; `cause` says why. */
  | "token_provider"
  /** A task ended with `failed`; `task` holds it. */
  | "task_failed"
  /** Its signal aborted the call; `cause` is the signal's reason. Only `client.safe` returns it: others reject with that reason. */
  | "aborted"
  /** A defect of this package. */
  | "internal";

/**
 * What is known of a request that failed: it was never sent, the API refused it, or nobody can say whether it ran. After
 * `unknown`, a write may have happened.
 */
export type RequestOutcome = "not_sent" | "refused" | "unknown";

/** What an error is made with, beside its kind and its message. */
export interface ErrorDetails {
  cause?: unknown;
  field?: string | undefined;
  code?: number | undefined;
  status?: number | undefined;
  outcome?: RequestOutcome | undefined;
}

/** Brands errors, so that `instanceof` holds across two copies of this package and across realms. */
const BRAND = Symbol.for("getstream-users.StreamError");
/** Brands errors of webhooks, whatever their kind. */
const WEBHOOK = Symbol.for("getstream-users.InvalidWebhookError");

/** Every failure of this package, except an abort, which rejects with the signal's own reason. */
export class StreamError extends Error {
  /** The class's name. */
  declare readonly name: string;
  /** What kind of failure it is; switch on it. */
  readonly kind: StreamErrorKind;
  /** Stream's number for the failure, if it came from the API. */
  declare readonly code?: number;
  /** The HTTP status of the response, if the failure came from the API. */
  declare readonly status?: number;
  /** The argument at fault, as a path such as `users[3].id`. */
  declare readonly field?: string;
  /**
   * What is known of the request: `not_sent`, `refused` by the API, or `unknown`, after which a write may have happened.
   * It covers all attempts of the call. Errors that are not about a request have none.
   */
  declare readonly outcome?: RequestOutcome;
  /** How many attempts were made. */
  declare readonly attempts?: number;
  /** Milliseconds until the server wants to be asked again, if it said so. */
  declare readonly retryAfter?: number;
  /** What the API says about single fields. */
  declare readonly exceptionFields?: Record<string, string>;
  /** `true` when the API says that repeating the request is of no use. */
  declare readonly unrecoverable?: true;
  /** The request's id and, if there was a response, its headers, status and rate limit. */
  declare readonly metadata?: Pick<RequestMetadata, "clientRequestId"> & Partial<RequestMetadata>;
  /** The HTTP method of the request. */
  declare readonly method?: string;
  /** The path of the request, with the name of an id in place of the id. */
  declare readonly path?: string;
  /** The task that failed, or that did not end in time. */
  declare readonly task?: StreamResponse<GetTaskResponse>;

  /** Errors are made by this package alone. */
  protected constructor(kind: StreamErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.kind = kind;
    for (const name of ["field", "code", "status", "outcome"] as const) {
      if (details[name] !== undefined) Object.assign(this, { [name]: details[name] });
    }
  }

  /** Whether something that was thrown is of this class, of this copy of the package or another. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // Subclasses that users make keep the ordinary meaning of `instanceof`.
    if (!Object.hasOwn(this, BRAND)) return Function.prototype[Symbol.hasInstance].call(this, value);
    const kind: unknown = (this as { readonly [BRAND]?: unknown })[BRAND];
    return read(value, BRAND) === true && (kind === "" || read(value, "kind") === kind);
  }

  /** For logs: everything but the stack, the cause, the task and the response's headers. */
  toJSON(): Record<string, unknown> {
    const { metadata, task: _, ...details } = this;
    const { name, message } = this;
    return { ...details, name, message, clientRequestId: metadata?.clientRequestId };
  }
}

/** How this package makes an error. */
type Constructor = new (kind: StreamErrorKind, message: string, details?: ErrorDetails) => StreamError;

/** The classes by kind. */
const classes = new Map<StreamErrorKind, Constructor>();

function brand(Class: object, name: string, kind: StreamErrorKind | ""): void {
  // Bundlers rename a class that mentions itself, and consoles print that name.
  Object.defineProperty(Class, "name", { value: name, configurable: true });
  const { prototype } = Class as { prototype: object };
  Object.defineProperty(prototype, "name", { value: name, configurable: true, writable: true });
  Object.defineProperty(Class, BRAND, { value: kind });
  if (kind === "") Object.defineProperty(prototype, BRAND, { value: true });
  else classes.set(kind, Class as Constructor);
}

brand(StreamError, "StreamError", "");

/** An argument was refused before anything was sent; `field` says which. */
export class InvalidArgumentError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "invalid_argument";

  static {
    brand(this, "InvalidArgumentError", "invalid_argument");
  }
}

/** The client was made with something it cannot work with, or lacks what the call needs. */
export class ConfigError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "config";

  static {
    brand(this, "ConfigError", "config");
  }
}

/** The API refused the request: bad input, or a state that does not allow it. */
export class InvalidRequestError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "invalid_request";

  static {
    brand(this, "InvalidRequestError", "invalid_request");
  }
}

/** The API key or the token is missing, wrong, expired or revoked. */
export class AuthenticationError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "authentication";

  static {
    brand(this, "AuthenticationError", "authentication");
  }
}

/** The caller may not do this. */
export class PermissionError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "permission";

  static {
    brand(this, "PermissionError", "permission");
  }
}

/** The user, task or other thing does not exist, or exists no longer. */
export class NotFoundError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "not_found";

  static {
    brand(this, "NotFoundError", "not_found");
  }
}

/** Too many requests; `retryAfter` says when to come back. */
export class RateLimitError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "rate_limit";

  static {
    brand(this, "RateLimitError", "rate_limit");
  }
}

/** The server failed. */
export class ServerError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "server";

  static {
    brand(this, "ServerError", "server");
  }
}

/** No response came: the connection failed, or `fetch` refused the request. */
export class ConnectionError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "connection";

  static {
    brand(this, "ConnectionError", "connection");
  }
}

/** No response came in time, or a task did not end in time. */
export class TimeoutError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "timeout";

  static {
    brand(this, "TimeoutError", "timeout");
  }
}

/** A response came that is not what the API sends. */
export class ResponseError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "response";

  static {
    brand(this, "ResponseError", "response");
  }
}

/** Your function that provides the user's token failed, or returned no token; `cause` says why. */
export class TokenProviderError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "token_provider";

  static {
    brand(this, "TokenProviderError", "token_provider");
  }
}

/** A task ended with `failed`; `task` holds it. */
export class TaskFailedError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "task_failed";

  static {
    brand(this, "TaskFailedError", "task_failed");
  }
}

/** Its signal aborted the call; `cause` is the signal's reason. Only `client.safe` returns it. */
export class AbortedError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "aborted";

  static {
    brand(this, "AbortedError", "aborted");
  }
}

/** A defect of this package. */
export class InternalError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "internal";

  static {
    brand(this, "InternalError", "internal");
  }
}

/**
 * A webhook or a queue's message that is not to be trusted: a wrong signature (`kind` is `authentication`), or a body that
 * is not what Stream sends (`kind` is `response`).
 */
export class InvalidWebhookError extends StreamError {
  /** What kind of failure it is. */
  declare readonly kind: "authentication" | "response";

  /** Whether something that was thrown is such an error, of this copy of the package or another. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return read(value, WEBHOOK) === true;
  }
}

/** Makes the error of a kind. */
export function createError(kind: StreamErrorKind, message: string, details?: ErrorDetails): StreamError {
  const Class = classes.get(kind) ?? (StreamError as unknown as Constructor);
  return new Class(kind, message, details);
}

/** Makes the error of a webhook or a queue's message that is not to be trusted. */
export function createWebhookError(kind: "authentication" | "response", message: string, cause?: unknown): StreamError {
  const error = createError(kind, message, cause === undefined ? {} : { cause });
  return Object.defineProperty(error, WEBHOOK, { value: true });
}

/** Attaches what was thrown, whatever it is. */
export function withCause<Failure extends StreamError>(error: Failure, cause: unknown): Failure {
  return Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
}

/** What URLs have, which hold the key and ids. Runtimes like to repeat them, and messages end up in logs. */
const URL_MARK = "://";

/** The message of something that was thrown, unless it repeats a URL or the token; it may be anything, and hostile. */
export function messageOf(cause: unknown, token: string = URL_MARK): string {
  const message = typeof cause === "string" ? cause : read(cause, "message");
  if (typeof message !== "string" || message === "") return "no reason was given";
  const isPrivate = message.includes(URL_MARK) || message.includes(token);
  return isPrivate ? "the reason is in `cause`" : message;
}

/** A property of anything, or undefined where reading it throws. */
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
