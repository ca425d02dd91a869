// What makes an object a client: a private field, which no copy of the object has.

import { createError, type StreamError } from "./errors.js";
import type { Invoker } from "./invoke.js";
import { define } from "./properties.js";

/**
 * A client, or a part of one such as `client.moderation`.
 *
 * What it works with lies in a private field. Whoever copies a client, field by field or with its prototype, gets an object
 * that refuses to work, never one that acts as another client.
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
    throw noClient();
  }
}

function noClient(): StreamError {
  const message =
    "this method was called on an object that is no StreamClient, such as a copy of one; call it on the client itself";
  return createError("config", message, { outcome: "not_sent" });
}

/**
 * Gives an object its methods as properties of its own, bound to it, so that they work wherever they are taken to:
 * `const { parseSqs } = client`, or through a proxy such as Vue's `reactive`. They look the method up when they are called,
 * so that subclasses and spies on prototypes have their say; and they are ordinary properties, so that spies on the object
 * can replace them. It takes 20 µs a client, and 7 kB.
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

/** The names of each class's methods, its own and those it inherits; read once. */
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
