// `client.safe`: the client's methods, returning results in place of exceptions.

import type { UserCustomData } from "./generated/models.js";
import type { SafeChatClient, SafeModerationClient, SafeOperations } from "./generated/operations.js";
import { define, lazily } from "./properties.js";
import { type Result, settled } from "./safe.js";
import type { StreamClient } from "./stream-client.js";
import type {
  CallTokenPayload,
  CompletedTask,
  PermanentUserTokenPayload,
  StreamResponse,
  TokenClaims,
  UserTokenPayload,
  WaitForTaskOptions,
} from "./types.js";
import type { WebhookBody, WebhookEvent, WebhookSignature } from "./webhooks/types.js";

/** The client's methods, returning results in place of exceptions, except for `tasks` and `users`, which return objects. */
export interface SafeStreamClient extends SafeOperations {
  /** The operations of moderation, with results in place of exceptions. */
  readonly moderation: SafeModerationClient;
  /** The operations of chat that are about users, with results in place of exceptions. */
  readonly chat: SafeChatClient;
  /** `request`, with a result in place of an exception. */
  request<Response extends object = Record<string, unknown>>(
    ...given: Parameters<StreamClient["request"]>
  ): Promise<Result<StreamResponse<Response>>>;
  /** `waitForTask`, with a result in place of an exception. */
  waitForTask<TaskResult = Record<string, unknown>>(
    taskId: string,
    options?: WaitForTaskOptions,
  ): Promise<Result<StreamResponse<CompletedTask<TaskResult>>>>;
  /** `token`, with a result in place of an exception. */
  token(): Promise<Result<string>>;
  /** `generateUserToken`, with a result in place of an exception. */
  generateUserToken(payload: UserTokenPayload): Result<string>;
  /** `generatePermanentUserToken`, with a result in place of an exception. */
  generatePermanentUserToken(payload: PermanentUserTokenPayload): Result<string>;
  /** `generateCallToken`, with a result in place of an exception. */
  generateCallToken(payload: CallTokenPayload): Result<string>;
  /** `verifyToken`, with a result in place of an exception. */
  verifyToken(token: string): Result<TokenClaims>;
  /** `verifyAndParseWebhook` of a request, with a result in place of an exception. */
  verifyAndParseWebhook<More extends { type: string } = never, Custom extends object = UserCustomData>(
    request: Request,
    signature?: WebhookSignature,
  ): Promise<Result<WebhookEvent<More, Custom>>>;
  /** `verifyAndParseWebhook` of a body, with a result in place of an exception. */
  verifyAndParseWebhook<More extends { type: string } = never, Custom extends object = UserCustomData>(
    body: WebhookBody,
    signature: WebhookSignature,
  ): Promise<Result<WebhookEvent<More, Custom>>>;
  /** `parseWebhook`, with a result in place of an exception. */
  parseWebhook<More extends { type: string } = never, Custom extends object = UserCustomData>(
    body: WebhookBody,
    signature: WebhookSignature,
  ): Result<WebhookEvent<More, Custom>>;
  /** `parseSqs`, with a result in place of an exception. */
  parseSqs<More extends { type: string } = never, Custom extends object = UserCustomData>(
    body: string,
  ): Promise<Result<WebhookEvent<More, Custom>>>;
  /** `parseSns`, with a result in place of an exception. */
  parseSns<More extends { type: string } = never, Custom extends object = UserCustomData>(
    body: string,
  ): Promise<Result<WebhookEvent<More, Custom>>>;
}

/** Left out: `tasks` and `users` return objects with methods, and `toJSON` cannot fail. */
const NOT_SAFE: readonly string[] = ["tasks", "users", "toJSON"];

/** The methods of a client and its parts, returning results in place of exceptions. */
export function safeTwin(client: object, parts: readonly string[]): object {
  const methods = client as Readonly<Record<string, (...given: unknown[]) => unknown>>;
  const twin = {};
  for (const name of Object.getOwnPropertyNames(client)) {
    if (parts.includes(name)) lazily(twin, name, () => safeTwin(methods[name] as object, []));
    else if (name !== "safe" && name !== "userId" && typeof methods[name] === "function" && !NOT_SAFE.includes(name)) {
      define(twin, name, (...given: unknown[]) => settled(() => methods[name]?.(...given)));
    }
  }
  return twin;
}
