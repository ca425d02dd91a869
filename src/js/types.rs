//! TypeScript that has no Rust type behind it: options, metadata and the error class. Everything else in the `.d.ts` is
//! made from `model` and from the client's methods.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What a client is made with, beside its key. */
export interface StreamClientOptions {
  /** Where the API is; `https://chat.stream-io-api.com` when left out. One origin serves all products. */
  basePath?: string;
  /** How long one attempt may take, in milliseconds; 3000 when left out. */
  timeout?: number;
  /** How long a call may take with all its attempts and waits, in milliseconds; as long as it takes when left out. */
  deadline?: number;
  /** How calls that failed are repeated; `false` for not at all. */
  retry?: false | RetryOptions;
  /**
   * Told before every attempt. Hooks see no body and no token, and of ids those that messages of the API name; what they
   * throw goes to the console.
   */
  onRequest?: (event: RequestEvent) => void;
  /** Told after every answer, a refusal too. */
  onResponse?: (event: ResponseEvent) => void;
  /** Told before the wait that comes before another attempt. */
  onRetry?: (event: RetryEvent) => void;
  /**
   * Asked after an answer with status 429: `false` gives up, a number waits that many milliseconds and tries again
   * however often that was, anything else leaves it to `retry`.
   */
  onRateLimit?: (event: RateLimitEvent) => boolean | number | void | Promise<boolean | number | void>;
  /**
   * Where a line goes for every attempt (`debug`), repetition (`warn`) and failed call (`error`); `console` fits. Lines hold
   * what hooks see.
   */
  logger?: Logger;
  /** The least important lines that are written; `"warn"` when left out. */
  logLevel?: "debug" | "info" | "warn" | "error";
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

/**
 * How calls that failed are repeated. An answer with status 429 is: the server did not run the call. Connections that
 * fail and answers with 502, 503 and 504 are for calls that may run twice: reads, and writes that leave the same state
 * the second time. The server's `Retry-After` counts; without it the wait is random, up to a time that doubles.
 */
export interface RetryOptions {
  /** Attempts in all, the first included; 3 when left out. */
  attempts?: number;
  /** Milliseconds that the call may spend waiting between attempts; 30000 when left out. */
  budget?: number;
}

/** Returns a user's token, or a promise of it. */
export type TokenProvider = () => string | Promise<string>;

/** Where log lines go. */
export interface Logger {
  /** For every attempt and answer. */
  debug?(message: string, event: object): void;
  /** For nothing yet. */
  info?(message: string, event: object): void;
  /** For every repetition. */
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

/** An attempt that was answered. */
export interface ResponseEvent extends RequestEvent {
  /** The HTTP status. */
  status: number;
  /** How long the answer took, in milliseconds. */
  duration: number;
}

/** An attempt that failed and is repeated. */
export interface RetryEvent extends RequestEvent {
  /** Milliseconds until the next attempt. */
  delay: number;
  /** Why it failed. */
  error: StreamError;
}

/** A rate limit that is used up. */
export interface RateLimitEvent extends RateLimit {
  /** Milliseconds until the server wants to be asked again, if it said so. */
  retryAfter?: number;
  /** Which attempt it was; the first is 1. */
  attempt: number;
  /** The error that the call fails with, unless it is repeated. */
  error: StreamError;
}

/** As much of `fetch` as the client uses. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** What one call may want differently. */
export interface RequestOptions {
  /** Ends the call; its promise rejects with the signal's own reason. */
  signal?: AbortSignal;
  /** How long one attempt may take, in milliseconds. */
  timeout?: number;
  /** How long the call may take with all its attempts and waits, in milliseconds. */
  deadline?: number;
  /** How the call is repeated when it failed; `false` for not at all. */
  retry?: false | RetryOptions;
  /** Asked after an answer with status 429, in place of the client's. */
  onRateLimit?: (event: RateLimitEvent) => boolean | number | void | Promise<boolean | number | void>;
  /** Headers to send with this request, over those of the client. */
  headers?: Record<string, string>;
}

/** What `request` takes beside method and path. */
export interface RawRequestOptions extends RequestOptions {
  /**
   * What goes into the query. Lists of simple values are joined with commas, other objects are written as JSON, dates as
   * ISO 8601; `undefined` and `null` are left out.
   */
  query?: Record<string, unknown>;
  /** What is sent as JSON; nothing with `GET`. */
  body?: unknown;
  /**
   * Whether the request may run twice: it is then repeated where nobody knows whether it ran, as reads are. `false` when
   * left out.
   */
  idempotent?: boolean;
}

/** What else a client has. */
export interface StreamClient {
  /** The operations of moderation. */
  readonly moderation: ModerationClient;
  /** The operations of chat that are about users. */
  readonly chat: ChatClient;
  /**
   * Makes any other request to the API, with the authentication, errors, repetitions and metadata of the operations. The
   * answer is as it came: dates in it are not converted.
   *
   * @param method - the HTTP method
   * @param path - what follows the base path, such as `/api/v2/app`; ids in it have to be encoded
   */
  request<T extends object = Record<string, unknown>>(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    options?: RawRequestOptions,
  ): Promise<StreamResponse<T>>;
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

/** A task that has ended well. */
export type CompletedTask<Result = Record<string, unknown>> = Omit<GetTaskResponse, "status" | "result"> & {
  /** Where it stands. */
  status: "completed";
  /** What came of it. */
  result: Result;
};

/** A task that is under way, or has ended. */
export interface TaskHandle<Result = Record<string, unknown>> {
  /** The task's id: another process goes on with `client.tasks(id)`. */
  readonly id: string;
  /** Says where the task stands. */
  get(): Promise<StreamResponse<GetTaskResponse>>;
  /** Waits for the task's end, as `waitForTask` does. */
  wait(options?: WaitForTaskOptions): Promise<StreamResponse<CompletedTask<Result>>>;
}

/** Methods that are written in JavaScript. */
export interface StreamClient {
  /**
   * Takes up a task by its id, in another process than the one that started it, for instance. Nothing is sent.
   *
   * @param id - the `task_id` that an operation returned
   */
  tasks(id: string): TaskHandle;
}

/** The answer of an operation that a task goes on with. */
export type StartedTask<Answer, Result> = StreamResponse<Answer> & {
  /** Waits for the task's end, as `waitForTask` does. Not a field: it is neither copied nor written as JSON. */
  wait(options?: WaitForTaskOptions): Promise<StreamResponse<CompletedTask<Result>>>;
};

/** What comes of `deleteUsers`: how it went, by user id. */
export type DeleteUsersResult = Record<string, { status: string; error?: string }>;

/** What comes of `deactivateUsers` and `reactivateUsers`. */
export interface ActivationResult {
  /** The users as they are now. */
  users: UserResponse[];
}

/** What comes of `exportUsers`. */
export interface ExportUsersResult {
  /** Where the file is. */
  url: string;
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

/** What `generatePermanentUserToken` puts into a token. Every further field becomes a claim of its own. */
export interface PermanentUserTokenPayload {
  /** The user the token is for. */
  user_id: string;
  /** When the token was issued, in seconds since 1970; a second ago when left out, since the API allows no skew. */
  iat?: number;
  /** Such a token does not expire. */
  exp?: never;
  /** Such a token does not expire. */
  validity_in_seconds?: never;
  /** Claims of your own. */
  [claim: string]: unknown;
}

/** What `generateCallToken` puts into a token. Every further field becomes a claim of its own. */
export interface CallTokenPayload extends UserTokenPayload {
  /** The calls that the token lets the user into, such as `default:1`. */
  call_cids: string[];
  /** The role that the user has in these calls. */
  role?: string;
}

/** What a token says. */
export interface TokenClaims {
  /** The user that the token is for; a server's token has none. */
  user_id?: string;
  /** `true` in a server's token, which may do everything. */
  server?: boolean;
  /** When the token expires, in seconds since 1970; never when it is missing. */
  exp?: number;
  /** When the token was issued, in seconds since 1970. */
  iat?: number;
  /** When the token becomes valid, in seconds since 1970. */
  nbf?: number;
  /** Further claims, which nobody has looked at. */
  readonly [claim: string]: unknown;
}

/** What a server's client does with the app's secret. Nothing of it is sent. */
export interface StreamClient {
  /**
   * Mints a token for a user. Nothing is sent.
   *
   * @throws StreamError of kind `invalid_argument`, or `config` for a client without a secret
   */
  generateUserToken(payload: UserTokenPayload): string;
  /**
   * Mints a token for a user that never expires. Nothing is sent. It is valid until you revoke the user's tokens, so
   * prefer `generateUserToken`.
   *
   * @throws StreamError of kind `invalid_argument`, or `config` for a client without a secret
   */
  generatePermanentUserToken(payload: PermanentUserTokenPayload): string;
  /**
   * Mints a token that lets a user into calls. Nothing is sent.
   *
   * @throws StreamError of kind `invalid_argument`, or `config` for a client without a secret
   */
  generateCallToken(payload: CallTokenPayload): string;
  /**
   * Mints a token for a user. Nothing is sent. Prefer `generateUserToken`, which says what its numbers are.
   *
   * @param userID - the user the token is for
   * @param exp - when it expires, in seconds since 1970; an hour from now when left out
   * @param iat - when it was issued, in seconds since 1970; a second ago when left out
   */
  createToken(userID: string, exp?: number, iat?: number): string;
  /**
   * Mints a token that lets a user into calls. Nothing is sent. Prefer `generateCallToken`, which says what its numbers
   * are.
   *
   * @param userIdOrObject - the user the token is for, by its id or with its `role` in the calls
   * @param callCids - the calls, such as `default:1`
   * @param exp - when it expires, in seconds since 1970; an hour from now when left out
   * @param iat - when it was issued, in seconds since 1970; a second ago when left out
   */
  createCallToken(
    userIdOrObject: string | { user_id: string; role?: string },
    callCids: string[],
    exp?: number,
    iat?: number,
  ): string;
  /**
   * Verifies a token of this app and returns what it says. Nothing is sent: whether the token was revoked, or its user
   * deactivated, only the API can tell.
   *
   * A token that is not valid throws rather than being answered with a value that could be taken for a yes. The error's
   * `code` says why, with the API's own numbers: 43 for the signature, 40 expired, 41 and 42 not valid yet by `nbf` and
   * `iat`, 5 for what is no token or names nobody.
   *
   * @param token - a user's token, or a server's, which has `server` and no `user_id`
   * @throws StreamError of kind `authentication` when the token is not valid now
   */
  verifyToken(token: string): TokenClaims;
  /**
   * Whether a webhook's call comes from Stream: whether the signature is that of the body, made with the app's secret.
   * Takes the same time for every signature.
   *
   * Stream signs the JSON before it compresses it, so a body that is still compressed does not verify.
   * `verifyAndParseWebhook` unpacks it first.
   *
   * @param body - the body as it came, not parsed and written again
   * @param signature - the call's `X-Signature` header
   */
  verifyWebhook(body: string | ArrayBuffer | ArrayBufferView, signature: string | null | undefined): boolean;
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
  /** Errors are made by the client, and by nobody else. */
  protected constructor();
  /** The class's name. */
  readonly name: string;
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
  /** The HTTP method of the call, if it came to one. */
  readonly method?: string;
  /** The path of the call, with the name of an id in place of the id; as given to `request`. */
  readonly path?: string;
  /** How often the call was tried. */
  readonly attempts?: number;
  /** Milliseconds until the server wants to be asked again, if it said so. */
  readonly retryAfter?: number;
  /** Whether the API said that the same request will never go through; missing if it did not. */
  readonly unrecoverable?: true;
  /** What is wrong with each field, if the API said so. */
  readonly exceptionFields?: Readonly<Record<string, string>>;
  /** The task as it was last seen, if waiting for it failed. */
  readonly task?: StreamResponse<GetTaskResponse>;
  /** What lies behind the failure, if something else threw. */
  readonly cause?: unknown;
  /** For logs: everything but the stack, the cause, the task and the answer's headers. */
  toJSON(): Record<string, unknown>;
}

/** An argument was refused before anything was sent; `field` says which. */
export class InvalidArgumentError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "invalid_argument";
}

/** The client was made with something it cannot work with, or lacks what the call needs. */
export class ConfigError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "config";
}

/** The API refused the request: bad input, or a state that does not allow it. */
export class InvalidRequestError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "invalid_request";
}

/** The API key or the token is missing, wrong, expired or revoked. */
export class AuthenticationError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "authentication";
}

/** The caller may not do this. */
export class PermissionError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "permission";
}

/** The user, task or other thing does not exist, or exists no longer. */
export class NotFoundError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "not_found";
}

/** Too many requests; `retryAfter` says when to come back. */
export class RateLimitError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "rate_limit";
}

/** The server failed. */
export class ServerError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "server";
}

/** No answer came: the connection failed, or `fetch` refused the request. */
export class ConnectionError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "connection";
}

/** No answer came in time, or a task did not end in time. */
export class TimeoutError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "timeout";
}

/** An answer came that is not what the API sends. */
export class ResponseError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "response";
}

/** A task ended with `failed`; `task` holds it. */
export class TaskFailedError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "task_failed";
}

/** A defect of this package. */
export class InternalError extends StreamError {
  private constructor();
  /** What kind of failure it is. */
  readonly kind: "internal";
}

/** Whether something that was thrown is a {@link InvalidArgumentError}, of this copy of the package or another. */
export function isInvalidArgumentError(error: unknown): error is InvalidArgumentError;

/** Whether something that was thrown is a {@link ConfigError}, of this copy of the package or another. */
export function isConfigError(error: unknown): error is ConfigError;

/** Whether something that was thrown is a {@link InvalidRequestError}, of this copy of the package or another. */
export function isInvalidRequestError(error: unknown): error is InvalidRequestError;

/** Whether something that was thrown is a {@link AuthenticationError}, of this copy of the package or another. */
export function isAuthenticationError(error: unknown): error is AuthenticationError;

/** Whether something that was thrown is a {@link PermissionError}, of this copy of the package or another. */
export function isPermissionError(error: unknown): error is PermissionError;

/** Whether something that was thrown is a {@link NotFoundError}, of this copy of the package or another. */
export function isNotFoundError(error: unknown): error is NotFoundError;

/** Whether something that was thrown is a {@link RateLimitError}, of this copy of the package or another. */
export function isRateLimitError(error: unknown): error is RateLimitError;

/** Whether something that was thrown is a {@link ServerError}, of this copy of the package or another. */
export function isServerError(error: unknown): error is ServerError;

/** Whether something that was thrown is a {@link ConnectionError}, of this copy of the package or another. */
export function isConnectionError(error: unknown): error is ConnectionError;

/** Whether something that was thrown is a {@link TimeoutError}, of this copy of the package or another. */
export function isTimeoutError(error: unknown): error is TimeoutError;

/** Whether something that was thrown is a {@link ResponseError}, of this copy of the package or another. */
export function isResponseError(error: unknown): error is ResponseError;

/** Whether something that was thrown is a {@link TaskFailedError}, of this copy of the package or another. */
export function isTaskFailedError(error: unknown): error is TaskFailedError;

/** Whether something that was thrown is a {@link InternalError}, of this copy of the package or another. */
export function isInternalError(error: unknown): error is InternalError;

/** Whether something that was thrown is a {@link StreamError}, of this copy of the package or another. */
export function isStreamError(error: unknown): error is StreamError;

/** Stream's numbers for failures (`error.code`), by what they mean. */
export const API_ERROR_CODES: Readonly<Record<ApiErrorName, number>>;

/** What Stream's numbers mean. */
export type ApiErrorName =
  | "InternalError"
  | "ApiKey"
  | "AuthenticationFailed"
  | "Input"
  | "Authentication"
  | "DuplicateUsername"
  | "RateLimited"
  | "DoesNotExist"
  | "NotAllowed"
  | "EventNotSupported"
  | "ChannelFeatureNotSupported"
  | "MessageTooLong"
  | "MultipleNestingLevel"
  | "PayloadTooBig"
  | "RequestTimeout"
  | "HeaderTooLarge"
  | "TokenExpired"
  | "TokenNotValidYet"
  | "TokenUsedBeforeIssue"
  | "TokenSignature"
  | "CustomCommandEndpointMissing"
  | "CustomCommandEndpointFailed"
  | "ConnectionIdNotFound"
  | "CoolDown"
  | "WrongRegion"
  | "NoAccessToChannels"
  | "TooManyConnections"
  | "NotSupportedInPushV1"
  | "ModerationRejected"
  | "AppSuspended";
"#;
