// Turns method calls into requests: Rust checks the arguments, `transport/` sends.

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
import { storeSecret } from "./webhooks/signature.js";

/** The state of a client: its half in Rust, and what all its calls share. */
export class Invoker {
  readonly kind: ClientKind;
  readonly apiKey: string;
  /** The token, when the client was created with one. */
  readonly userToken: string | undefined;
  readonly core: Core;
  readonly tokens: TokenSource | undefined = undefined;
  readonly settings: ClientSettings;
  readonly #transport: Transport;
  /** The routes used so far, by the index of the operation. */
  readonly #routes: Route[] = [];

  /**
   * @param credential - the secret, or the token
   * @throws StreamError when the key or the credential cannot be valid
   */
  constructor(kind: ClientKind, apiKey: unknown, credential: unknown, settings: ClientSettings) {
    const runtime = runtimeKey();
    this.kind = kind;
    this.core = guarded(() => new Core(kind, apiKey, credential, settings, runtime));
    if (kind === "server") storeSecret(this.core, credential as string);
    this.apiKey = apiKey as string;
    this.userToken = kind === "user" ? (credential as string) : undefined;
    this.settings = settings;
    const { call, fetch } = settings;
    // In Workers, a request cannot await a promise of another request.
    if (kind === "provider")
      this.tokens = new TokenSource(credential as TokenProvider, runtime !== "workerd", call.timeout);
    this.#transport = { fetch, hooks: hooksOf(settings), tokens: this.tokens };
  }

  /** The user the client acts as, if known. */
  get userId(): string | undefined {
    return this.tokens?.userId ?? this.core.userId;
  }

  /** Checks the argument, picks the route and sends the request. */
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

/** Runs an operation for a method of the client. */
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

/** Runs an operation that starts a task. Its response has a non-enumerable `wait()`, which JSON and copies leave out. */
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
