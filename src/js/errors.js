// The error classes, as JavaScript sees them. What an error says is decided in Rust (`src/error.rs`).

/** Brands errors, so that `instanceof` holds across two copies of this package and across realms. */
const BRAND = Symbol.for("getstream-users.StreamError");

export class StreamError extends Error {
  /**
   * @param {string} kind
   * @param {string} message
   * @param {{ cause?: unknown, field?: string, code?: number, status?: number }} details
   */
  constructor(kind, message, details = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.kind = kind;
    for (const name of ["field", "code", "status"]) {
      if (details[name] !== undefined) this[name] = details[name];
    }
  }

  static [Symbol.hasInstance](value) {
    // Subclasses made by users keep the ordinary meaning of `instanceof`.
    if (!Object.hasOwn(this, BRAND)) return Function.prototype[Symbol.hasInstance].call(this, value);
    const kind = this[BRAND];
    return typeof value === "object" && value !== null && value[BRAND] === true && (kind === "" || value.kind === kind);
  }

  /** For logs: everything but the stack, the cause and the answer's headers. */
  toJSON() {
    const { name, message, metadata, task, ...details } = this;
    return { name: this.name, message: this.message, ...details, clientRequestId: metadata?.clientRequestId };
  }
}

function brand(Class, name, kind) {
  // Bundlers rename a class that mentions itself, and consoles print that name.
  Object.defineProperty(Class, "name", { value: name, configurable: true });
  Object.defineProperty(Class.prototype, "name", { value: name, configurable: true, writable: true });
  Object.defineProperty(Class, BRAND, { value: kind });
  return Class;
}

brand(StreamError, "StreamError", "");
Object.defineProperty(StreamError.prototype, BRAND, { value: true });

/** The classes by kind. */
const classes = new Map();

function ofKind(kind, name) {
  const Class = brand(class extends StreamError {}, name, kind);
  classes.set(kind, Class);
  return Class;
}

export const InvalidArgumentError = ofKind("invalid_argument", "InvalidArgumentError");
export const ConfigError = ofKind("config", "ConfigError");
export const InvalidRequestError = ofKind("invalid_request", "InvalidRequestError");
export const AuthenticationError = ofKind("authentication", "AuthenticationError");
export const PermissionError = ofKind("permission", "PermissionError");
export const NotFoundError = ofKind("not_found", "NotFoundError");
export const RateLimitError = ofKind("rate_limit", "RateLimitError");
export const ServerError = ofKind("server", "ServerError");
export const ConnectionError = ofKind("connection", "ConnectionError");
export const TimeoutError = ofKind("timeout", "TimeoutError");
export const ResponseError = ofKind("response", "ResponseError");
export const TaskFailedError = ofKind("task_failed", "TaskFailedError");
export const InternalError = ofKind("internal", "InternalError");

/* Whether something that was thrown is of a class, of this copy of the package or another. */
const guard = (Class) => (error) => error instanceof Class;
export const isStreamError = /* @__PURE__ */ guard(StreamError);
export const isInvalidArgumentError = /* @__PURE__ */ guard(InvalidArgumentError);
export const isConfigError = /* @__PURE__ */ guard(ConfigError);
export const isInvalidRequestError = /* @__PURE__ */ guard(InvalidRequestError);
export const isAuthenticationError = /* @__PURE__ */ guard(AuthenticationError);
export const isPermissionError = /* @__PURE__ */ guard(PermissionError);
export const isNotFoundError = /* @__PURE__ */ guard(NotFoundError);
export const isRateLimitError = /* @__PURE__ */ guard(RateLimitError);
export const isServerError = /* @__PURE__ */ guard(ServerError);
export const isConnectionError = /* @__PURE__ */ guard(ConnectionError);
export const isTimeoutError = /* @__PURE__ */ guard(TimeoutError);
export const isResponseError = /* @__PURE__ */ guard(ResponseError);
export const isTaskFailedError = /* @__PURE__ */ guard(TaskFailedError);
export const isInternalError = /* @__PURE__ */ guard(InternalError);

/** Makes the error that Rust decided on. */
export function newError(kind, message, field, code, status) {
  const Class = classes.get(kind) ?? StreamError;
  return new Class(kind, message, { field, code, status });
}

/** What was thrown stays attached, whatever it is. */
export function withCause(error, cause) {
  return Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
}

/** Where a URL stands, which holds the key and ids. Runtimes like to repeat it, and messages end up in logs. */
const URL_MARK = "://";

/** What something that was thrown says of itself, unless it repeats a URL or the token. */
export function wordsOf(cause, token = URL_MARK) {
  const message = typeof cause === "string" ? cause : cause?.message;
  if (typeof message !== "string") return "no reason was given";
  const isPrivate = message.includes(URL_MARK) || message.includes(token);
  return isPrivate ? "the reason stands in `cause`" : message;
}

/** Stream's numbers for failures, by what they mean. */
export const API_ERROR_CODES = /* @__PURE__ */ Object.freeze({
  InternalError: -1,
  ApiKey: 2,
  AuthenticationFailed: 3,
  Input: 4,
  Authentication: 5,
  DuplicateUsername: 6,
  RateLimited: 9,
  DoesNotExist: 16,
  NotAllowed: 17,
  EventNotSupported: 18,
  ChannelFeatureNotSupported: 19,
  MessageTooLong: 20,
  MultipleNestingLevel: 21,
  PayloadTooBig: 22,
  RequestTimeout: 23,
  HeaderTooLarge: 24,
  TokenExpired: 40,
  TokenNotValidYet: 41,
  TokenUsedBeforeIssue: 42,
  TokenSignature: 43,
  CustomCommandEndpointMissing: 44,
  CustomCommandEndpointFailed: 45,
  ConnectionIdNotFound: 46,
  CoolDown: 60,
  WrongRegion: 69,
  NoAccessToChannels: 70,
  TooManyConnections: 71,
  NotSupportedInPushV1: 72,
  ModerationRejected: 73,
  AppSuspended: 99,
});
