// `StreamClient`, the class that users import.

import type { SecretMethod } from "getstream-users-core";
import { bindMethods, ClientBase } from "./client-base.js";
import { createError } from "./errors.js";
import type { QueryUsersPayload, UserCustomData, UserRequest } from "./generated/models.js";
import { ChatMethods, CREATE_GUEST, ModerationMethods, Operations, REQUEST } from "./generated/operations.js";
import { explained } from "./guard.js";
import { call, Invoker } from "./invoke.js";
import { readable } from "./option-reader.js";
import { clientSettingsOf } from "./options.js";
import { ListedUsers, type UserList, type UserListOptions } from "./paging/list.js";
import { define, lazily } from "./properties.js";
import { type SafeStreamClient, safeTwin } from "./safe-client.js";
import { taskHandle, waitForTask } from "./tasks.js";
import type {
  CallTokenPayload,
  CompletedTask,
  PermanentUserTokenPayload,
  RawRequestOptions,
  StreamClientOptions,
  StreamResponse,
  TaskHandle,
  TokenClaims,
  TokenProvider,
  UserTokenPayload,
  WaitForTaskOptions,
} from "./types.js";
import { parseSns, parseSqs, parseWebhookSync, receiveWebhook, verifyWebhook } from "./webhooks/receive.js";
import type { WebhookBody, WebhookEvent, WebhookSignature } from "./webhooks/types.js";

/** The operations of moderation: `client.moderation`. */
export type ModerationClient = Pick<ModerationMethods, keyof ModerationMethods>;

/** The operations of chat that are about users: `client.chat`. */
export type ChatClient = Pick<ChatMethods, keyof ChatMethods>;

/** Passed to the constructor in place of the API key when this package creates a client itself. */
class Prepared {
  readonly #invoker: Invoker;
  constructor(invoker: Invoker) {
    this.#invoker = invoker;
  }
  /** Undefined for any other value. Not `instanceof`, which throws for a revoked proxy. */
  static invokerIn(given: unknown): Invoker | undefined {
    return typeof given === "object" && given !== null && #invoker in given ? given.#invoker : undefined;
  }
}

/**
 * A client for Stream's user-management API.
 *
 * `new StreamClient(apiKey, secret)` creates a server's client: it may do everything, and is refused in browsers.
 * `StreamClient.withToken`, `StreamClient.guest` and `StreamClient.anonymous` create clients of users and visitors.
 *
 * A client holds no connection and no state of a request: create one at module scope and share it, also in a Worker.
 */
export class StreamClient extends Operations {
  /** The API key of the app. */
  declare readonly apiKey: string;
  /** The user this client acts as. With a token provider, it is known after the first token. */
  declare readonly userId: string | undefined;
  /** The moderation operations. */
  declare moderation: ModerationClient;
  /** The chat operations about users. */
  declare chat: ChatClient;
  /**
   * The same methods, which return `{ data, error }` and never throw or reject.
   *
   * ```ts
   * const { data, error } = await client.safe.queryUsers({ payload: { filter_conditions: {} } });
   * ```
   */
  declare readonly safe: SafeStreamClient;

  /**
   * Creates a server's client.
   *
   * @param apiKey - your app's key
   * @param secret - your app's secret; it signs tokens and never leaves this process
   * @throws StreamError of kind `config` when one of them cannot be valid, or in a browser
   */
  constructor(apiKey: string, secret: string, options?: StreamClientOptions) {
    const invoker = Prepared.invokerIn(apiKey) ?? new Invoker("server", apiKey, secret, clientSettingsOf(options));
    super(invoker);
    bindMethods(this, StreamClient.prototype);
    Object.defineProperty(this, "apiKey", { value: invoker.apiKey, configurable: true });
    Object.defineProperty(this, "userId", { get: () => invoker.userId, configurable: true });
    lazily(this, "moderation", () => new Moderation(invoker));
    lazily(this, "chat", () => new Chat(invoker));
    lazily(this, "safe", () => safeTwin(this, ["moderation", "chat"]));
  }

  /**
   * Creates a server's client from the variables `STREAM_API_KEY`, `STREAM_API_SECRET` and, for an address other than
   * Stream's, `STREAM_BASE_URL`. No file is read.
   *
   * @param env - the variables, such as a Worker's `env`; defaults to `process.env`
   * @param options - the options of the client; `basePath` overrides `STREAM_BASE_URL`
   * @throws StreamError of kind `config` when key or secret are missing or cannot be valid
   */
  static fromEnv(env?: object, options?: StreamClientOptions): StreamClient {
    const { key, secret, basePath } = readable("fromEnv", "env", () => {
      const { STREAM_API_KEY: key, STREAM_API_SECRET: secret, STREAM_BASE_URL: basePath } = variablesOf(env);
      return { key, secret, basePath };
    });
    if (!key || !secret) {
      const message = `fromEnv: ${key ? "STREAM_API_SECRET" : "STREAM_API_KEY"} is not set`;
      throw createError("config", message, { outcome: "not_sent" });
    }
    const all = basePath ? readable("fromEnv", "options", () => ({ basePath, ...options })) : options;
    return made(this, new Invoker("server", key, secret, clientSettingsOf(all)));
  }

  /**
   * Creates the client of one user, from a token that your server minted with `generateUserToken`, or from a function that
   * fetches one. The client calls the function when the first request needs a token, and again when the API says that the
   * token has expired.
   *
   * @param apiKey - your app's key
   * @param token - the user's token, or a function that returns it or a promise of it
   * @throws StreamError of kind `config` when one of them cannot be valid
   */
  static withToken(apiKey: string, token: string | TokenProvider, options?: StreamClientOptions): StreamClient {
    const kind = typeof token === "function" ? "provider" : "user";
    return made(this, new Invoker(kind, apiKey, token, clientSettingsOf(options)));
  }

  /**
   * Creates a guest and its client. The server may prefix the id: `userId` is the full id. Keep the token that `token()`
   * returns: with it, `withToken` creates the client of the same guest again, after a reload for instance.
   *
   * @param apiKey - your app's key
   * @param user - the guest: its `id`, and what others can see of it
   */
  static async guest(apiKey: string, user: UserRequest, options?: StreamClientOptions): Promise<StreamClient> {
    const visitor = new Invoker("anonymous", apiKey, undefined, clientSettingsOf(options));
    const created = await visitor.call(CREATE_GUEST, { user }, undefined);
    const { access_token } = created as { readonly access_token?: unknown };
    try {
      return made(this, new Invoker("user", apiKey, access_token, visitor.settings));
    } catch (cause) {
      throw createError("response", "the response holds no token for the guest", { cause });
    }
  }

  /**
   * Creates the client of an anonymous visitor, which may read what the app shows to everyone.
   *
   * @param apiKey - your app's key
   */
  static anonymous(apiKey: string, options?: StreamClientOptions): StreamClient {
    return made(this, new Invoker("anonymous", apiKey, undefined, clientSettingsOf(options)));
  }

  /**
   * Sends any other request to the API, with the same authentication, errors, retries and metadata as the operations. Dates
   * in the response are not converted.
   *
   * @param method - the HTTP method
   * @param path - the path after the base path, such as `/api/v2/app`; encode the ids in it
   */
  request<Response extends object = Record<string, unknown>>(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    options?: RawRequestOptions,
  ): Promise<StreamResponse<Response>> {
    try {
      const { query, body, idempotent, ...own } = options ?? {};
      const argument = { method, path, query, body, idempotent };
      return call(this, REQUEST, argument, Object.keys(own).length === 0 ? undefined : own);
    } catch (cause) {
      const message = "request: options throw when they are read; `cause` has the reason";
      return Promise.reject(createError("invalid_argument", message, { field: "options", cause, outcome: "not_sent" }));
    }
  }

  /**
   * Polls a task until it has ended.
   *
   * @param taskId - the `task_id` that an operation returned
   * @returns the completed task
   * @throws StreamError of kind `task_failed` when the task failed, `timeout` when it did not end in time
   */
  async waitForTask<TaskResult = Record<string, unknown>>(
    taskId: string,
    options?: WaitForTaskOptions,
  ): Promise<StreamResponse<CompletedTask<TaskResult>>> {
    return await waitForTask<TaskResult>(ClientBase.invokerOf(this), taskId, options);
  }

  /**
   * Returns a handle for a task, which another process may have started. Nothing is sent.
   *
   * @param id - the `task_id` that an operation returned
   */
  tasks<TaskResult = Record<string, unknown>>(id: string): TaskHandle<TaskResult> {
    return taskHandle<TaskResult>(ClientBase.invokerOf(this), id);
  }

  /**
   * Lists all users that a filter finds, however many there are.
   *
   * ```ts
   * for await (const user of client.users({ role: "admin" })) console.log(user.id);
   * ```
   *
   * @param filter - conditions as `queryUsers` takes them; all users when left out
   * @throws StreamError of kind `invalid_argument`
   */
  users<Custom = UserCustomData>(
    filter?: QueryUsersPayload<NoInfer<Custom>>["filter_conditions"],
    options?: UserListOptions<NoInfer<Custom>>,
  ): UserList<Custom> {
    // Throws for a copy of a client.
    ClientBase.invokerOf(this);
    return new ListedUsers<Custom>(this, filter, options);
  }

  /**
   * The user's token: a guest's, to keep across reloads, or the token provider's. Stream's other SDKs connect the same user
   * with it.
   *
   * @throws StreamError of kind `config` for a server's or an anonymous client, which does not act as a user
   */
  async token(): Promise<string> {
    const { userToken, tokens } = ClientBase.invokerOf(this);
    const token = tokens === undefined ? userToken : await tokens.get();
    if (token !== undefined) return token;
    throw createError("config", "token: this client acts as no user and has no user's token", { outcome: "not_sent" });
  }

  /**
   * Mints a token for a user. Nothing is sent.
   *
   * @throws StreamError of kind `invalid_argument`, or `config` for a client without a secret
   */
  generateUserToken(payload: UserTokenPayload): string {
    return withSecret<string>(this, "generateUserToken", payload);
  }

  /**
   * Mints a user token that never expires. Nothing is sent. It is valid until you revoke the user's tokens, so prefer
   * `generateUserToken`.
   *
   * @throws StreamError of kind `invalid_argument`, or `config` for a client without a secret
   */
  generatePermanentUserToken(payload: PermanentUserTokenPayload): string {
    return withSecret<string>(this, "generatePermanentUserToken", payload);
  }

  /**
   * Mints a token that lets a user into calls. Nothing is sent.
   *
   * @throws StreamError of kind `invalid_argument`, or `config` for a client without a secret
   */
  generateCallToken(payload: CallTokenPayload): string {
    return withSecret<string>(this, "generateCallToken", payload);
  }

  /**
   * Mints a token for a user. Nothing is sent. Prefer `generateUserToken`, whose arguments have names.
   *
   * @param userID - the user the token is for
   * @param exp - when it expires, in seconds since 1970; defaults to an hour from now
   * @param iat - when it was issued, in seconds since 1970; defaults to a second ago
   */
  createToken(userID: string, exp?: number, iat?: number): string {
    return withSecret<string>(this, "createToken", userID, exp, iat);
  }

  /**
   * Mints a token that lets a user into calls. Nothing is sent. Prefer `generateCallToken`, whose arguments have names.
   *
   * @param userIdOrObject - the id of the user the token is for, or an object with `user_id` and the `role` in the calls
   * @param callCids - the calls, such as `default:1`
   * @param exp - when it expires, in seconds since 1970; defaults to an hour from now
   * @param iat - when it was issued, in seconds since 1970; defaults to a second ago
   */
  createCallToken(
    userIdOrObject: string | { user_id: string; role?: string | undefined },
    callCids: string[],
    exp?: number,
    iat?: number,
  ): string {
    return withSecret<string>(this, "createCallToken", userIdOrObject, callCids, exp, iat);
  }

  /**
   * Verifies a token of this app and returns its claims. Nothing is sent: only the API knows whether the token was revoked
   * or its user deactivated.
   *
   * An invalid token throws, so that a forgotten check of the return value cannot let anybody in. The error's `code` is the
   * API's own: 43 for a wrong signature, 40 for an expired token, 41 and 42 for one not valid yet by `nbf` and `iat`, 5 for
   * anything that is not a token.
   *
   * @param token - a user's token, or a server's, which has no `user_id`
   * @throws StreamError of kind `authentication` when the token is not valid now
   */
  verifyToken(token: string): TokenClaims {
    return withSecret<TokenClaims>(this, "verifyToken", token);
  }

  /**
   * Whether a webhook comes from Stream: whether the app's secret signed the body. The comparison takes constant time.
   *
   * Stream signs the JSON before compressing it, so a body that is still compressed does not verify. Use
   * `verifyAndParseWebhook`, which decompresses it first.
   *
   * @param body - the raw body, not parsed and serialized again
   * @param signature - the request's `X-Signature` header
   */
  verifyWebhook(body: WebhookBody, signature: WebhookSignature): boolean {
    return verifyWebhook(ClientBase.invokerOf(this).core, body, signature);
  }

  /**
   * Verifies a webhook and returns its event. Decompresses a compressed body first, up to 10 MiB.
   *
   * ```ts
   * import { isUserEvent } from "getstream-users";
   *
   * export default {
   *   async fetch(request: Request) {
   *     const event = await client.verifyAndParseWebhook(request);
   *     if (isUserEvent(event) && event.type === "user.deleted") await forget(event.user.id);
   *     return new Response();
   *   },
   * };
   * ```
   *
   * Rejects with an `InvalidWebhookError`: of kind `authentication` when the signature is wrong or missing (`signature
   * mismatch`), of kind `response` when the body is not one that Stream sends. The message then begins with `empty body`,
   * `gzip decompression failed`, `too large`, `invalid JSON payload` or `missing 'type' field`. Rejects with another error of
   * kind `invalid_argument` when the body was already read or has a wrong type, and `config` for a client without a secret.
   *
   * @param request - the request, with its body unread; the signature is its `X-Signature` header
   * @param signature - the signature or the headers, if they are not on the request
   */
  verifyAndParseWebhook<More extends { type: string } = never, Custom extends object = UserCustomData>(
    request: Request,
    signature?: WebhookSignature,
  ): Promise<WebhookEvent<More, Custom>>;
  /**
   * Verifies a webhook and returns its event, from a body that was already read.
   *
   * @param body - the raw body, compressed or not; not parsed and serialized again
   * @param signature - the request's `X-Signature` header, or all its headers, which add the event's id and attempt
   */
  verifyAndParseWebhook<More extends { type: string } = never, Custom extends object = UserCustomData>(
    body: WebhookBody,
    signature: WebhookSignature,
  ): Promise<WebhookEvent<More, Custom>>;
  async verifyAndParseWebhook<More extends { type: string } = never, Custom extends object = UserCustomData>(
    body: Request | WebhookBody,
    signature?: WebhookSignature,
  ): Promise<WebhookEvent<More, Custom>> {
    const event = await receiveWebhook(ClientBase.invokerOf(this).core, body, signature);
    return event as WebhookEvent<More, Custom>;
  }

  /**
   * Verifies a webhook and returns its event, synchronously. It throws for a compressed body, which
   * `verifyAndParseWebhook` takes.
   *
   * @param body - the raw body
   * @param signature - the request's `X-Signature` header
   * @throws InvalidWebhookError as `verifyAndParseWebhook` rejects
   */
  parseWebhook<More extends { type: string } = never, Custom extends object = UserCustomData>(
    body: WebhookBody,
    signature: WebhookSignature,
  ): WebhookEvent<More, Custom> {
    const event = parseWebhookSync(ClientBase.invokerOf(this).core, body, signature);
    return event as WebhookEvent<More, Custom>;
  }

  /**
   * Returns the event in a message of an SQS queue: JSON, or compressed JSON in base64. Nothing is verified, since Stream
   * does not sign these messages: let only Stream write to your queue. Needs no secret.
   *
   * Rejects with an `InvalidWebhookError` of kind `response`, with the messages of `verifyAndParseWebhook` or `invalid base64
   * encoding`.
   *
   * @param body - the message's `Body`
   */
  async parseSqs<More extends { type: string } = never, Custom extends object = UserCustomData>(
    body: string,
  ): Promise<WebhookEvent<More, Custom>> {
    return (await parseSqs(body)) as WebhookEvent<More, Custom>;
  }

  /**
   * Returns the event in a notification of an SNS topic. Nothing is verified, as with `parseSqs`. Rejects like `parseSqs`,
   * and with `not a notification` for SNS's own messages, such as the one that asks you to subscribe.
   *
   * @param body - the notification as SNS sends it, or its `Message`
   */
  async parseSns<More extends { type: string } = never, Custom extends object = UserCustomData>(
    body: string,
  ): Promise<WebhookEvent<More, Custom>> {
    return (await parseSns(body)) as WebhookEvent<More, Custom>;
  }

  /** For logs and JSON: the API key, the kind of client and the user it acts as. */
  toJSON(): { apiKey: string; kind: "server" | "user" | "provider" | "anonymous"; userId: string | undefined } {
    const { apiKey, kind, userId } = ClientBase.invokerOf(this);
    return { apiKey, kind, userId };
  }
}

// A bundler may rename a class that refers to itself, and consoles print the name.
define(StreamClient, "name", "StreamClient");
// Vue's `reactive` does not wrap objects that have a tag.
define(StreamClient.prototype, Symbol.toStringTag, "StreamClient");
for (const printer of ["nodejs.util.inspect.custom", "Deno.customInspect"]) {
  define(StreamClient.prototype, Symbol.for(printer), shown);
}

function shown(this: StreamClient): string {
  return `StreamClient ${JSON.stringify(this)}`;
}

class Moderation extends ModerationMethods {
  constructor(invoker: Invoker) {
    super(invoker);
    bindMethods(this, ModerationMethods.prototype);
  }
}

class Chat extends ChatMethods {
  constructor(invoker: Invoker) {
    super(invoker);
    bindMethods(this, ChatMethods.prototype);
  }
}

/** An instance of this class or a subclass. The constructor of the subclass does not run. */
function made(Class: typeof StreamClient, invoker: Invoker): StreamClient {
  return Reflect.construct(StreamClient, [new Prepared(invoker)], Class) as StreamClient;
}

interface Variables {
  readonly STREAM_API_KEY?: string | undefined;
  readonly STREAM_API_SECRET?: string | undefined;
  readonly STREAM_BASE_URL?: string | undefined;
}

/** The given variables, else those of the process, if there is one. */
function variablesOf(env: object | undefined): Variables {
  return env ?? (globalThis as { readonly process?: { readonly env?: Variables } }).process?.env ?? {};
}

function withSecret<Value>(client: StreamClient, method: SecretMethod, ...given: unknown[]): Value {
  const { core } = ClientBase.invokerOf(client);
  const [first, second, third, fourth] = given;
  try {
    return core.withSecret(method, first, second, third, fourth) as Value;
  } catch (thrown) {
    throw explained(thrown);
  }
}
