// A fact: something that the API does, said in a sentence and shown by a function.

/** Where a fact can be known from, best first. */
const EVIDENCE = [
  /** Stream's OpenAPI description. */
  "spec",
  /** What the SDKs of Stream send and how they read what comes back. */
  "sdk code",
  /** What the tests of those SDKs assert of the real API. */
  "sdk test",
  /** Stream's documentation. */
  "docs",
  /** Reports of what the API answered. */
  "issue",
  /** Nobody shows it, but it follows from what is shown: a guess. */
  "inferred",
  /** Sources are silent, and something had to be chosen: a guess. */
  "choice",
  /** Not about the API at all: what the emulator offers beside it. */
  "emulator",
];

/**
 * Declares a fact.
 *
 * @param {string} operation Stream's name of the operation it is about, or a topic
 * @param {(typeof EVIDENCE)[number]} evidence where it is known from
 * @param {string} text what holds, for the parity table; it goes on from the operation's name
 * @param {(context: import("./context.mjs").Context) => Promise<void>} run shows it; throws when it does not hold
 */
export function fact(operation, evidence, text, run) {
  if (!EVIDENCE.includes(evidence)) throw new Error(`${operation}: no such evidence: ${evidence}`);
  if (/[|\n]/.test(text)) throw new Error(`${operation}: the text has to fit into a table: ${text}`);
  return Object.freeze({ operation, evidence, text, run });
}
