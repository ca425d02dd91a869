// The table of a group of rows: a column for each candidate, this package first, and next to each other figure its factor.

import { BASELINE, LIMIT, NODE_SDK, OURS, STREAM_CHAT } from "./names.mjs";

const ORDER = [OURS, NODE_SDK, STREAM_CHAT, LIMIT, BASELINE];

/** Units for which more is better. */
const RATES = ["a second"];

/** The factor by which this package is better than another: above 1, ours is better. */
export const ratio = ({ unit, values }, name) =>
  RATES.includes(unit) ? values[OURS] / values[name] : values[name] / values[OURS];

export function columns(rows) {
  const names = new Set(rows.flatMap(({ values }) => Object.keys(values)));
  return [...ORDER.filter((name) => names.has(name)), ...[...names].filter((name) => !ORDER.includes(name))];
}

/** Formats three significant figures. */
export function figure(value) {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function markdown({ title, where, rows }) {
  const names = columns(rows);
  const lines = [`### ${title}; ${where}\n`, `| | ${names.join(" | ")} |`, `| --- |${" ---: |".repeat(names.length)}`];
  for (const row of rows) {
    const cells = names.map((name) => {
      const value = row.values[name];
      if (value === undefined) return "";
      if (name === OURS) return `${figure(value)} ${row.unit}`;
      const factor = ratio(row, name);
      // Nothing is a multiple of 0: a client may retain no memory.
      const suffix = Number.isFinite(factor) ? `, **${factor.toFixed(2)}x**` : "";
      return `${figure(value)} ${row.unit}${suffix}`;
    });
    lines.push(`| ${[row.name, ...cells].join(" | ")} |`);
  }
  return `${lines.join("\n")}\n`;
}
