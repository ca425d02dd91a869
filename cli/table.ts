// Users as rows: a table that fits the terminal, or CSV.

import stringWidth from "fast-string-truncated-width";
import { out, plain, widthOf } from "./terminal.js";

/** The value at a path such as `custom.color`. */
export function field(object: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => {
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }, object);
}

/** A value as the text of a cell. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The minimum width of a column. */
const LEAST_WIDTH = 6;

/** The separator between columns. */
const GAP = "  ";

/** The rows with a header, no wider than the terminal; a pipe gets complete cells. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, ...rows].map((row) => row.map(plain));
  const natural = columns.map((_, index) => Math.max(...lines.map((row) => columnsOf(row[index] ?? ""))));
  const room = process.stdout.isTTY ? widthOf(process.stdout) : Number.POSITIVE_INFINITY;
  const widths = shrunk(natural, room - GAP.length * (columns.length - 1));
  const [head = "", ...body] = lines.map((row) => row.map((text, index) => fitted(text, widths[index] ?? 0)).join(GAP));
  return [out.bold(head.trimEnd()), ...body.map((line) => line.trimEnd())].join("\n");
}

/** The width of a text in terminal columns: a character may take two or none. */
function columnsOf(text: string): number {
  return stringWidth(text).width;
}

function fitted(text: string, width: number): string {
  const { index, ellipsed, width: taken } = stringWidth(text, { limit: width, ellipsis: "…", ellipsisWidth: 1 });
  const shown = ellipsed ? `${text.slice(0, index)}…` : text;
  return shown + " ".repeat(Math.max(0, width - taken - (ellipsed ? 1 : 0)));
}

/** Shrinks the widest columns until all fit. */
function shrunk(natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= LEAST_WIDTH) break;
    widths[widest] = width - 1;
    over -= 1;
  }
  return widths;
}

/** A line of CSV. A cell that a spreadsheet would run as a formula is escaped. */
export function csvLine(cells: readonly string[]): string {
  return cells
    .map((text) => (/^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+$/.test(text) ? `'${text}` : text))
    .map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(",");
}
