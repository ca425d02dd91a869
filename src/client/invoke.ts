// From a client's methods to calls: Rust checks the arguments, `transport/` sends.

import { type ClientKind, Core, type Route } from "getstream-users-core";
import { ClientBase } from "./client-base.js";
import { explained, guarded } from "./guard.js";
import { type CallSettings, type ClientSettings, callSettingsOf } from "./options.js";
import { runtimeKey } from "./runtime.js";
import { checkNames } from "./slips.js";
import { taskHandle } from "./tasks.js";
import { Call, type Transport } from "./transport/call.js";
import { hooksOf } from "./transport/hooks.js";
import { TokenSource } from "./transport/token-source.js";
import type { StartedTask, StreamResponse, TokenProvider } from "./types.js";
import { keyed } from "./webhooks/signature.js";

/** What a client works with: what Rust knows of it, and what all its calls have in common. */
export class Invoker {
  readonly kind: ClientKind;
  readonly apiKey: string;
  /** The user's token, of a client that was made with one. */
  readonly userToken: string | undefined;
  readonly core: Core;
  readonly tokens: TokenSource | undefined = undefined;
  readonly settings: ClientSettings;
  readonly #transport: Transport;
  /** The routes that have been used, by the place of their operation. */
  readonly #routes: Route[] = [];

  /**
   * @param credential - the secret, or the token
   * @throws StreamError when the key or the credential cannot be right
   */
  constructor(kind: ClientKind, apiKey: unknown, credential: unknown, settings: ClientSettings) {
    const runtime = runtimeKey();
    this.kind = kind;
    this.core = guarded(() => new Core(kind, apiKey, credential, settings, runtime));
    if (kind === "server") keyed(this.core, credential as string);
    this.apiKey = apiKey as string;
    this.userToken = kind === "user" ? (credential as string) : undefined;
    this.settings = settings;
    const { call, fetch } = settings;
    // In Workers, calls cannot wait for each other's promises.
    if (kind === "provider")
      this.tokens = new TokenSource(credential as TokenProvider, runtime !== "workerd", call.timeout);
    this.#transport = { fetch, hooks: hooksOf(settings), tokens: this.tokens };
  }

  /** The user that the client acts as, as far as it is known. */
  get userId(): string | undefined {
    return this.tokens?.userId ?? this.core.userId;
  }

  /** Makes a call: checks the argument, picks the route, sends. */
  call(operation: number, argument: unknown, options: unknown): Promise<object> {
    let settings: CallSettings;
    let route: Route;
    let segment: string | undefined;
    try {
      route = this.#routes[operation] ??= this.core.route(operation);
      const { call } = this.settings;
      settings = options === undefined ? call : callSettingsOf(route.name, options, call);
      segment = this.core.check(operation, argument);
      checkNames(operation, route.name, argument);
    } catch (thrown) {
      return Promise.reject(explained(thrown));
    }
    return new Call(this.#transport, route, settings).send(segment, argument);
  }
}

/** The call of a client's method. */
export function call<Response>(
  client: ClientBase,
  operation: number,
  argument: unknown,
  options: unknown,
): Promise<StreamResponse<Response>> {
  let invoker: Invoker;
  try {
    invoker = ClientBase.invokerOf(client);
  } catch (thrown) {
    return Promise.reject(thrown);
  }
  return invoker.call(operation, argument, options) as Promise<StreamResponse<Response>>;
}

/** The call of a method that starts a task. Its response can wait for the task, which JSON and copies pass over. */
export async function start<Response extends { task_id: string }, Result>(
  client: ClientBase,
  operation: number,
  argument: unknown,
  options: unknown,
): Promise<StartedTask<Response, Result>> {
  const response = await call<Response>(client, operation, argument, options);
  const { wait } = taskHandle<Result>(ClientBase.invokerOf(client), response.task_id);
  return Object.defineProperty(response, "wait", { value: wait }) as StartedTask<Response, Result>;
}
