// Parses the users in a part of a file.
import type { UserRequest } from "getstream-users";
import { parse } from "papaparse";
import type { Chunk } from "./chunk";

/** A record: a user, or why it is not valid. */
export type Row = { row: number } & ({ user: UserRequest } | { reason: string });

const FIELDS = new Set(["id", "name", "image", "role", "language"]);

export function usersIn(bytes: Uint8Array, { source, row }: Chunk): Row[] {
  const text = new TextDecoder().decode(bytes);
  const found = source.format === "csv" ? fromCsv(text, source.columns ?? []) : fromLines(text);
  return found.map((one, index) => ({ row: row + index, ...one }));
}

/** A CSV's first record. */
export function columnsIn(bytes: Uint8Array): string[] {
  return cellsOf(new TextDecoder().decode(bytes)).data[0]?.map((name) => name.trim()) ?? [];
}

type Found = { user: UserRequest } | { reason: string };

function fromLines(text: string): Found[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    try {
      const user: unknown = JSON.parse(line);
      const isObject = typeof user === "object" && user !== null && !Array.isArray(user);
      // The client checks the fields of the object.
      return isObject ? { user: user as UserRequest } : { reason: "not a JSON object" };
    } catch {
      return { reason: "not JSON" };
    }
  });
}

function fromCsv(text: string, columns: string[]): Found[] {
  const { data, errors } = cellsOf(text);
  const reasons = new Map(errors.map(({ row, message }) => [row, message]));
  const found = data.map((cells, index): Found | undefined => {
    if (cells.join("").trim() === "" && cells.length === 1) return undefined;
    const reason = reasons.get(index);
    if (reason !== undefined) return { reason };
    if (cells.length !== columns.length) return { reason: `${cells.length} columns instead of ${columns.length}` };
    return { user: userOf(columns, cells) };
  });
  return found.filter((one) => one !== undefined);
}

function cellsOf(text: string) {
  return parse(text, { delimiter: "," });
}

/** Columns that are not fields of Stream's users become custom fields; empty cells are left out. */
function userOf(columns: string[], cells: string[]): UserRequest {
  const named = columns.map((column, index) => [column, cells[index] ?? ""] as const).filter(([, cell]) => cell !== "");
  const own = Object.fromEntries(named.filter(([column]) => FIELDS.has(column)));
  const custom = Object.fromEntries(named.filter(([column]) => !FIELDS.has(column)));
  return { id: "", ...own, custom };
}
