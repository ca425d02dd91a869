// Values as lines of tokens, the way `JSON.stringify` indents them. A `Date` stays recognisable as one.

import type { Token, TokenKind } from "./tokens.ts";
import { isObject } from "./value.ts";

export type Line = Token[];

const INDENT = "  ";

/** The lines of a value. Fields that are functions or `undefined` are left out, as in JSON. */
export function linesOf(value: unknown): Line[] {
  const lines: Line[] = [[]];
  write(lines, value, 0);
  return lines;
}

export function textOf(line: Line): string {
  return line.map((token) => token.text).join("");
}

function write(lines: Line[], value: unknown, depth: number): void {
  if (Array.isArray(value)) {
    const items = value.map((item) => [undefined, item] as const);
    writeAll(lines, ["[", "]"], items, depth);
  } else if (isObject(value)) {
    const fields = Object.entries(value).filter(([, field]) => isData(field));
    writeAll(lines, ["{", "}"], fields, depth);
  } else {
    put(lines, scalar(value));
  }
}

function isData(value: unknown): boolean {
  return value !== undefined && typeof value !== "function";
}

function writeAll(
  lines: Line[],
  [open, close]: readonly [string, string],
  entries: readonly (readonly [string | undefined, unknown])[],
  depth: number,
): void {
  if (entries.length === 0) {
    put(lines, { kind: "mark", text: open + close });
    return;
  }
  put(lines, { kind: "mark", text: open });
  for (const [place, [key, item]] of entries.entries()) {
    lines.push(indent(depth + 1));
    if (key !== undefined) put(lines, { kind: "key", text: JSON.stringify(key) }, { kind: "mark", text: ": " });
    write(lines, item, depth + 1);
    if (place < entries.length - 1) put(lines, { kind: "mark", text: "," });
  }
  lines.push([...indent(depth), { kind: "mark", text: close }]);
}

function indent(depth: number): Line {
  return depth === 0 ? [] : [{ kind: "space", text: INDENT.repeat(depth) }];
}

function put(lines: Line[], ...tokens: Token[]): void {
  lines.at(-1)?.push(...tokens);
}

const KINDS: Record<string, TokenKind> = { string: "string", number: "number", boolean: "boolean" };

function scalar(value: unknown): Token {
  if (value === null) return { kind: "null", text: "null" };
  if (value instanceof Date) {
    return { kind: "date", text: Number.isNaN(value.getTime()) ? "Invalid Date" : JSON.stringify(value) };
  }
  return { kind: KINDS[typeof value] ?? "other", text: JSON.stringify(value) ?? String(value) };
}
