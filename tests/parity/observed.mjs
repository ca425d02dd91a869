// What apps of maintainers' have answered to guesses: `observed.jsonl`, a fact a line, so that versions of it merge line by
// line. `cargo xtask parity --app` writes such lines.

import { existsSync, readFileSync } from "node:fs";

const FILE = new URL("observed.jsonl", import.meta.url);

/**
 * @typedef {object} Observation
 * @property {string} operation
 * @property {string} text the fact's
 * @property {boolean} held
 * @property {string} on the day, as YYYY-MM-DD
 * @property {string} [said] what spoke against it
 */

/** @returns {Observation[]} */
export function read(file = FILE) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

export const nameOf = ({ operation, text }) => `${operation} ${text}`;

/** Lines with everything that was known, and what is newer in its place. */
export function written(known, newer) {
  const byName = new Map([...known, ...newer].map((observation) => [nameOf(observation), observation]));
  const names = [...byName.keys()].sort();
  return names.map((name) => `${JSON.stringify(byName.get(name))}\n`).join("");
}
