// Reads an options object: of a client, a call, a wait, a list or bulk work.

import { createError, type StreamError } from "./errors.js";
import { MAX_TIMER_MS } from "./generated/limits.js";
import { didYouMean, unknownName } from "./nearest.js";
import { isSignal } from "./values.js";

/**
 * Reads each option once. `null` and `undefined` mean "not given"; unknown options are refused. Every method throws a
 * `StreamError` of kind `invalid_argument` when the option has another type.
 */
export class OptionReader {
  /** The method that takes these options; empty for the options of a client. */
  readonly caller: string;
  /** Put before the option's name in errors, such as `wait.`. */
  readonly #prefix: string;
  readonly #values = new Map<string, unknown>();

  /**
   * @param known - the names of all options
   * @param parent - the option that contains these options
   */
  constructor(caller: string, given: unknown, known: readonly string[], parent?: string) {
    this.caller = caller;
    this.#prefix = parent === undefined ? "" : `${parent}.`;
    const options = given ?? {};
    if (!isObject(options)) throw wrongType(caller, parent ?? "options", "an object", given);

    const unknown = readable(caller, parent ?? "options", () => unknownName(options, known));
    if (unknown !== undefined) {
      const field = this.#prefix + unknown;
      throw refusal(caller, field, `unknown option ${field}${didYouMean(unknown, known)}`);
    }
    for (const name of known) {
      const value = readable(caller, this.#prefix + name, () => options[name]);
      if (value !== undefined && value !== null) this.#values.set(name, value);
    }
  }

  /** The value of an option, unchecked. */
  get(name: string): unknown {
    return this.#values.get(name);
  }

  /** Those of the named options that were given. */
  pick(names: readonly string[]): Record<string, unknown> {
    const given = names.filter((name) => this.#values.has(name));
    return Object.fromEntries(given.map((name) => [name, this.get(name)]));
  }

  /** The options inside an option. */
  within(name: string, known: readonly string[]): OptionReader {
    return new OptionReader(this.caller, this.get(name), known, name);
  }

  flag(name: string): boolean | undefined {
    return this.#ofType(name, "boolean") as boolean | undefined;
  }

  text(name: string): string | undefined {
    return this.#ofType(name, "string") as string | undefined;
  }

  /** A function. Its signature is that of the public types, unchecked. */
  callback<Callback>(name: string): Callback | undefined {
    return this.#ofType(name, "function") as Callback | undefined;
  }

  signal(): AbortSignal | undefined {
    const signal = this.get("signal");
    if (signal !== undefined && !isSignal(signal)) this.refuse("signal", "an AbortSignal");
    return signal as AbortSignal | undefined;
  }

  /** Milliseconds, within what a timer supports. */
  duration(name: string): number | undefined {
    const value = this.get(name);
    if (value === undefined || (typeof value === "number" && value > 0 && value <= MAX_TIMER_MS)) return value;
    return this.refuse(name, `milliseconds, more than 0 and at most ${MAX_TIMER_MS}`);
  }

  /** A whole number from 1 to `most`. */
  count(name: string, most: number): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most) return value;
    return this.refuse(name, `a whole number from 1 to ${most}`);
  }

  /**
   * Refuses the value of an option.
   *
   * @param words - what the option must be
   */
  refuse(name: string, words: string): never {
    throw wrongType(this.caller, this.#prefix + name, words, this.get(name));
  }

  #ofType(name: string, type: "boolean" | "string" | "function"): unknown {
    const value = this.get(name);
    return value === undefined || typeof value === type ? value : this.refuse(name, `a ${type}`);
  }
}

/** Reads a value of the caller's, whose getter may throw. */
export function readable<Value>(caller: string, field: string, get: () => Value): Value {
  try {
    return get();
  } catch (cause) {
    throw refusal(caller, field, `${field} throws when it is read; \`cause\` has the reason`, cause);
  }
}

/** The error for a value of the wrong type. */
export function wrongType(caller: string, field: string, words: string, value: unknown): StreamError {
  return refusal(caller, field, `${field} must be ${words}, but was ${describe(value)}`);
}

/** The error for an argument or an option. Nothing has been sent. */
export function refusal(caller: string, field: string, problem: string, cause?: unknown): StreamError {
  const details = { field, outcome: "not_sent" } as const;
  return createError(
    "invalid_argument",
    caller === "" ? problem : `${caller}: ${problem}`,
    cause === undefined ? details : { ...details, cause },
  );
}

/** Whether a value is an object and not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !isArray(value);
}

/** `Array.isArray` without its exception for a revoked proxy. */
export function isArray(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return "missing";
  if (typeof value === "number") return String(value);
  if (typeof value === "bigint") return "a BigInt";
  if (isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
