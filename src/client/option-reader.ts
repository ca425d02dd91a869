// Options that TypeScript reads: those of bulk work and of lists. Rust reads those of clients and calls.

import { createError, type StreamError } from "./errors.js";
import { didYouMean, unknownName } from "./nearest.js";
import type { RequestOptions } from "./types.js";

/** The options of a call; the compiler refuses a list that lacks one. Only the call itself looks at their values. */
const CALL_OPTIONS: Readonly<Record<keyof RequestOptions, true>> = {
  signal: true,
  timeout: true,
  deadline: true,
  retry: true,
  onRateLimit: true,
  headers: true,
};

/** The names of the options of a call. */
export const CALL_OPTION_NAMES = Object.keys(CALL_OPTIONS) as readonly (keyof RequestOptions)[];

/**
 * Reads each option of an object once. `null` and `undefined` mean not given; options that do not exist are refused.
 * Every method throws a `StreamError` of kind `invalid_argument` for an option of another type.
 */
export class OptionReader {
  readonly #caller: string;
  /** What stands before the name of an option, such as `wait.`. */
  readonly #prefix: string;
  readonly #values = new Map<string, unknown>();

  /**
   * @param caller - the method whose options they are
   * @param known - the names of all options
   * @param parent - the option that holds these options
   */
  constructor(caller: string, given: unknown, known: readonly string[], parent?: string) {
    this.#caller = caller;
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

  /** An option of any type. */
  get(name: string): unknown {
    return this.#values.get(name);
  }

  /** Those of some options that are given. */
  pick(names: readonly string[]): Record<string, unknown> {
    const given = names.filter((name) => this.#values.has(name));
    return Object.fromEntries(given.map((name) => [name, this.get(name)]));
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
   * @param words - what it must be
   */
  refuse(name: string, words: string): never {
    throw wrongType(this.#caller, this.#prefix + name, words, this.get(name));
  }
}

/** Reads something of the caller's, which may have a getter that throws. */
export function readable<Value>(caller: string, field: string, look: () => Value): Value {
  try {
    return look();
  } catch (cause) {
    throw refusal(caller, field, `${field} throws when it is read; \`cause\` has the reason`, cause);
  }
}

/** The error about a value of another type. */
export function wrongType(caller: string, field: string, words: string, value: unknown): StreamError {
  return refusal(caller, field, `${field} must be ${words}, but was ${describe(value)}`);
}

/** The error about an argument or an option. Nothing has been sent. */
export function refusal(caller: string, field: string, problem: string, cause?: unknown): StreamError {
  const details = { field, outcome: "not_sent" } as const;
  return createError(
    "invalid_argument",
    `${caller}: ${problem}`,
    cause === undefined ? details : { ...details, cause },
  );
}

/** Whether a value is an object that may have fields of its own. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !isArray(value);
}

/** Like `Array.isArray`, which throws for a proxy that was revoked. */
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
