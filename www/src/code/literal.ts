// Values as JavaScript literals.

import { fieldOf, meant } from "../definitions.ts";
import type { JSONSchema } from "../schema.d.ts";

/** The maximum length of a line. */
const WIDTH = 100;

/** A time that a `Date` represents exactly. */
const EXACT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

/** Invisible and bidirectional characters, which could hide what code does. */
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\u00ad\u2028\u2029\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * A value as source code. Times become `Date`s where the schema says so. Lines after the first are not indented.
 *
 * @param before - the length of the line before the value
 */
export function literal(value: unknown, schema: JSONSchema = {}, before = 0): string {
  const full = meant(schema);
  if (typeof value === "string") return isTime(value, full) ? `new Date(${quoted(value)})` : quoted(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => literal(item, full.items, INDENT));
    return laidOut("[", items, "]", before);
  }
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([name, inner]) => {
      const key = keyOf(name);
      return `${key}: ${literal(inner, fieldOf(full, name), INDENT + key.length + 2)}`;
    });
    return laidOut("{", fields, "}", before);
  }
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A value as JSON, formatted like a literal. */
export function json(value: unknown, before = 0): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => json(item, INDENT));
    return laidOut("[", items, "]", before, "");
  }
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([name, inner]) => {
      const key = quoted(name);
      return `${key}: ${json(inner, INDENT + key.length + 2)}`;
    });
    return laidOut("{", fields, "}", before, "");
  }
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}

/** Whether all characters of a text are visible. */
export function isVisible(text: string): boolean {
  return text.search(INVISIBLE) === -1;
}

/** A text in quotes, with escapes for invisible characters. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(INVISIBLE, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(""),
  );
}

/** Indents the lines after the first. */
export function indented(text: string, depth = 1): string {
  return text.replaceAll("\n", `\n${" ".repeat(INDENT * depth)}`);
}

const INDENT = 2;

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

function isTime(text: string, schema: JSONSchema): boolean {
  return schema.format === "date-time" && EXACT_TIME.test(text) && !Number.isNaN(Date.parse(text));
}

/** A field's name. `__proto__` in braces would not make a field but a prototype. */
function keyOf(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** Parts between brackets, on one line if they fit; otherwise one per line, with `last` after the last. */
function laidOut(open: string, parts: string[], close: string, before: number, last = ","): string {
  if (parts.length === 0) return open + close;
  const space = open === "{" ? " " : "";
  const line = `${open}${space}${parts.join(", ")}${space}${close}`;
  // Leaves room for what follows the value.
  if (!line.includes("\n") && before + line.length + 2 <= WIDTH) return line;
  const lines = parts.map((part) => " ".repeat(INDENT) + indented(part));
  return `${open}\n${lines.join(",\n")}${last}\n${close}`;
}
