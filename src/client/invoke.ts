// How a client's methods become calls: Rust checks the arguments, `transport/` sends.

import type { CallSettings, ClientSettings, Core, Route } from "getstream-users-core";
import { ClientBase } from "./client-base.js";
import { explained } from "./guard.js";
import { runtimeKey } from "./runtime.js";
import { checkNames } from "./slips.js";
import { taskHandle } from "./tasks.js";
import { Call, type Transport } from "./transport/call.js";
import { hooksOf } from "./transport/hooks.js";
import { TokenSource } from "./transport/token-source.js";
import type { StartedTask, StreamResponse, TokenProvider } from "./types.js";

/** What a client works with: what Rust knows of it, and what all its calls have in common. */
export class Invoker {
  readonly core: Core;
  readonly tokens: TokenSource | undefined;
  readonly #settings: ClientSettings;
  readonly #transport: Transport;
  /** The routes that have been used, by the place of their operation. */
  readonly #routes: Route[] = [];

  constructor(core: Core, provide?: TokenProvider) {
    this.core = core;
    this.#settings = core.settings();
    const { call, fetch } = this.#settings;
    // In Workers, calls cannot wait for each other's promises.
    this.tokens = provide && new TokenSource(provide, runtimeKey() !== "workerd", call.timeout);
    this.#transport = { fetch, hooks: hooksOf(this.#settings), tokens: this.tokens };
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
      // Without options, nothing has to be asked.
      settings = options === undefined ? this.#settings.call : this.core.callSettings(operation, options);
      segment = this.core.check(operation, argument);
      route = this.#routes[operation] ??= this.core.route(operation);
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
