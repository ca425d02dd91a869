// The private field that every client method checks, so that a copy of a client cannot act as one.

import { createError, type StreamError } from "./errors.js";
import type { Invoker } from "./invoke.js";
import { define } from "./properties.js";

/**
 * A client, or a part of one such as `client.moderation`.
 *
 * Its state is in a private field. A copy of a client, made field by field or with its prototype, refuses every call and
 * never acts as another client.
 */
export class ClientBase {
  readonly #invoker: Invoker;

  /** @internal */
  protected constructor(invoker: Invoker) {
    this.#invoker = invoker;
  }

  /** @internal */
  static invokerOf(client: unknown): Invoker {
    if (typeof client === "object" && client !== null && #invoker in client) return client.#invoker;
    throw notAClient();
  }
}

function notAClient(): StreamError {
  const message =
    "this method was called on an object that is not a StreamClient, such as a copy; call it on the client itself";
  return createError("config", message, { outcome: "not_sent" });
}

/**
 * Gives an object its methods as own properties, bound to it, so that they also work when detached (`const { parseSqs } =
 * client`) or called through a proxy such as Vue's `reactive`. Each call looks the method up again, so that subclasses and
 * spies on the prototype take effect; and they are ordinary properties, so that a spy on the object can replace them. This
 * costs about 30 µs and 7 kB for each client.
 */
export function bindMethods(client: object, base: object): void {
  for (const name of methodNamesOf(base)) {
    const value = (first: unknown, second: unknown, third: unknown, fourth: unknown) => {
      const { [name]: method } = Object.getPrototypeOf(client) as Methods;
      return method?.call(client, first, second, third, fourth);
    };
    define(client, name, value);
  }
}

type Methods = Readonly<Record<string, (...given: unknown[]) => unknown>>;

/** Method names by class, inherited ones included. Collected once for each class. */
const methodNames = new Map<object, readonly string[]>();

function methodNamesOf(base: object): readonly string[] {
  let names = methodNames.get(base);
  if (names === undefined) {
    const all = new Set<string>();
    for (let prototype = base; prototype !== ClientBase.prototype; prototype = Object.getPrototypeOf(prototype)) {
      for (const name of Object.getOwnPropertyNames(prototype)) all.add(name);
    }
    all.delete("constructor");
    names = [...all];
    methodNames.set(base, names);
  }
  return names;
}
