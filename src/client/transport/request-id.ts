// Request ids, for Stream's support. They are unique, not secret.

import { runtimeKey } from "../runtime.js";

/**
 * A generator (xoshiro128**), seeded when the module loads. Frameworks that prerender pages (Next's Cache Components) refuse
 * to create a random value for each call.
 */
interface Generator {
  readonly state: Uint32Array<ArrayBuffer>;
  /** The time origin of the process that seeded it. A process started from a snapshot inherits another's memory. */
  readonly origin: number | undefined;
}

/**
 * The runtimes where seeding waits for the first request: Workers have no random values before it, and Fastly's compiler
 * loads the module at build time, where `performance.timeOrigin` fails and all instances would get the same seed.
 */
const NOT_AT_LOAD = ["workerd", "fastly"];

let generator: Generator | undefined = /* @__PURE__ */ seededAtLoad();

/**
 * Node seeds `Math.random` from the system, too. The first random value of Web Crypto would load all of it, which took half of
 * the time to import this package.
 */
function seededAtLoad(): Generator | undefined {
  const runtime = runtimeKey();
  return NOT_AT_LOAD.includes(runtime) ? undefined : seeded(runtime === "node" ? numbers : strongNumbers);
}

/** Undefined when the runtime refuses random values. */
function seeded(random: () => Generator["state"]): Generator | undefined {
  try {
    return { state: random(), origin: timeOrigin() };
  } catch {
    return undefined;
  }
}

function strongNumbers(): Generator["state"] {
  return crypto.getRandomValues(new Uint32Array(4));
}

/** Includes the process's start time in microseconds, in case `Math.random` was replaced by a constant. */
function numbers(): Generator["state"] {
  return Uint32Array.from({ length: 4 }, () => Math.random() * 2 ** 32 + (timeOrigin() ?? 1) * 1000);
}

function timeOrigin(): number | undefined {
  return globalThis.performance?.timeOrigin;
}

/** A new id, in the form of a random UUID. */
export function randomId(): string {
  if (generator?.origin !== timeOrigin()) generator = undefined;
  // Some engines have no `crypto`.
  generator ??= seeded(strongNumbers) ?? { state: numbers(), origin: timeOrigin() };
  const { state } = generator;
  const [a, b, c, d] = [next(state), next(state), next(state), next(state)];
  const version = (b & 0xfff) | 0x4000;
  const variant = ((c >>> 16) & 0x3fff) | 0x8000;
  const node = digits(c) + digits(d >>> 16) + digits(d);
  return `${digits(a >>> 16)}${digits(a)}-${digits(b >>> 16)}-${digits(version)}-${digits(variant)}-${node}`;
}

function next(state: Uint32Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = state;
  const mixed = Math.imul(rotated(Math.imul(b, 5), 7), 9);
  state[0] = a ^ b ^ d;
  state[1] = a ^ b ^ c;
  state[2] = a ^ c ^ (b << 9);
  state[3] = rotated(b ^ d, 11);
  return mixed >>> 0;
}

function rotated(bits: number, count: number): number {
  return (bits << count) | (bits >>> (32 - count));
}

/** The two hexadecimal digits of each byte. Formatting with the engine takes 1.5 µs an id. */
const DIGITS: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** The four hexadecimal digits of the lower half of a word. */
function digits(word: number): string {
  return `${DIGITS[(word >>> 8) & 0xff]}${DIGITS[word & 0xff]}`;
}
