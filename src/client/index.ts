// What the package exports.

export {
  AbortedError,
  AuthenticationError,
  ConfigError,
  ConnectionError,
  InternalError,
  InvalidArgumentError,
  InvalidRequestError,
  InvalidWebhookError,
  isAbortedError,
  isAuthenticationError,
  isConfigError,
  isConnectionError,
  isInternalError,
  isInvalidArgumentError,
  isInvalidRequestError,
  isInvalidWebhookError,
  isNotFoundError,
  isPermissionError,
  isRateLimitError,
  isResponseError,
  isServerError,
  isStreamError,
  isTaskFailedError,
  isTimeoutError,
  isTokenProviderError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  type RequestOutcome,
  ResponseError,
  ServerError,
  StreamError,
  type StreamErrorKind,
  TaskFailedError,
  TimeoutError,
  TokenProviderError,
} from "./errors.js";
export { API_ERROR_CODES, type ApiErrorName } from "./generated/error-codes.js";
export type * from "./generated/models.js";
export type {
  SafeChatClient,
  SafeModerationClient,
} from "./generated/operations.js";
export type { UserList, UserListOptions } from "./paging/list.js";
export type { Result } from "./safe.js";
export type { SafeStreamClient } from "./safe-client.js";
export { type ChatClient, type ModerationClient, StreamClient } from "./stream-client.js";
export type * from "./types.js";
export { isUserEvent } from "./webhooks/event.js";
export type * from "./webhooks/types.js";
