// A fact: a behaviour of the API, with a sentence and a function that tests it.

import { nameOf, read } from "./observed.mjs";

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
  /** An app of a maintainer's, asked by `cargo xtask parity --app`: a guess that held. */
  "app",
  /** Nobody shows it, but it follows from what is shown: a guess. */
  "inferred",
  /** Sources are silent, and something had to be chosen: a guess. */
  "choice",
  /** Not about the API at all: what the emulator offers beside it. */
  "emulator",
];

const GUESSES = ["inferred", "choice"];
const held = new Set(
  read()
    .filter((observation) => observation.held)
    .map(nameOf),
);

/**
 * @typedef {object} Fact
 * @property {string} operation
 * @property {string} evidence
 * @property {string} text
 * @property {boolean} isGuess whether nobody shows it, but for apps that were asked
 * @property {(context: import("./context.mjs").Context) => Promise<void>} run
 */

/**
 * Declares a fact.
 *
 * @param {string} operation Stream's name of the operation it is about, or a topic
 * @param {(typeof EVIDENCE)[number]} evidence where it is known from
 * @param {string} text what holds, for the parity table; it goes on from the operation's name
 * @param {(context: import("./context.mjs").Context) => Promise<void>} run shows it; throws when it does not hold
 * @returns {Fact}
 */
export function fact(operation, evidence, text, run) {
  if (!EVIDENCE.includes(evidence)) throw new Error(`${operation}: no such evidence: ${evidence}`);
  if (/[|\n]/.test(text)) throw new Error(`${operation}: the text has to fit into a table: ${text}`);
  const isGuess = GUESSES.includes(evidence);
  const known = isGuess && held.has(nameOf({ operation, text })) ? "app" : evidence;
  return Object.freeze({ operation, evidence: known, text, isGuess, run });
}
