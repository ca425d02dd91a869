// Users from a CSV file (RFC 4180), whose first line names the fields.

import type { UserRequest } from "getstream-users";

/** The text fields of a user; every other column is a custom field. */
const TEXT_FIELDS = ["id", "name", "image", "role", "language"] as const;

export interface Table {
  users: UserRequest[];
  /** The skipped rows, and why. */
  problems: string[];
}

export function usersOf(csv: string): Table {
  const [header = [], ...rows] = recordsOf(csv.replace(/^\uFEFF/, ""));
  const names = header.map((name) => name.trim());
  if (!names.includes("id"))
    return { users: [], problems: ["the first line has to name the columns, one of them `id`"] };
  const users = new Map<string, UserRequest>();
  const problems: string[] = [];
  for (const [place, row] of rows.entries()) {
    const user = userOf(names, row);
    if (user === undefined) problems.push(`record ${place + 2} has no id`);
    else if (users.has(user.id)) problems.push(`record ${place + 2} has the id ${user.id} once more`);
    else users.set(user.id, user);
  }
  return { users: [...users.values()], problems };
}

function userOf(names: readonly string[], row: readonly string[]): UserRequest | undefined {
  const cells = names
    .map((name, column) => [name, row[column]?.trim() ?? ""] as const)
    .filter(([, cell]) => cell !== "");
  const fields = Object.fromEntries(cells.filter(([name]) => isTextField(name)));
  const teams = cells
    .find(([name]) => name === "teams")?.[1]
    .split(/[;|]/)
    .map((team) => team.trim())
    .filter((team) => team !== "");
  const custom = cells.filter(([name]) => name !== "" && name !== "teams" && !isTextField(name));
  const { id, ...others } = fields;
  if (id === undefined) return undefined;
  return {
    id,
    ...others,
    ...(teams === undefined ? {} : { teams }),
    ...(custom.length === 0 ? {} : { custom: Object.fromEntries(custom) }),
  };
}

function isTextField(name: string): boolean {
  return (TEXT_FIELDS as readonly string[]).includes(name);
}

/** The records of a file. A quoted cell may contain commas, line breaks and doubled quotes. Empty lines are skipped. */
function recordsOf(csv: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let place = 0;
  while (place < csv.length) {
    const { text, end } = csv[place] === '"' ? quotedCell(csv, place) : plainCell(csv, place);
    record.push(text);
    place = end + 1;
    if (csv[end] === ",") continue;
    records.push(record);
    record = [];
  }
  return [...records, record].filter((record) => record.some((cell) => cell !== ""));
}

/** The text of a cell, and the position of the comma or line break after it. */
interface Cell {
  text: string;
  end: number;
}

function plainCell(csv: string, start: number): Cell {
  const end = endFrom(csv, start);
  return { text: csv.slice(start, end), end };
}

/** An unclosed quote contains the rest of the file. Text after a closing quote belongs to the cell. */
function quotedCell(csv: string, start: number): Cell {
  let close = csv.indexOf('"', start + 1);
  while (close !== -1 && csv[close + 1] === '"') close = csv.indexOf('"', close + 2);
  if (close === -1) close = csv.length;
  const end = endFrom(csv, Math.min(close + 1, csv.length));
  return { text: csv.slice(start + 1, close).replaceAll('""', '"') + csv.slice(close + 1, end), end };
}

function endFrom(csv: string, start: number): number {
  SEPARATOR.lastIndex = start;
  return SEPARATOR.exec(csv)?.index ?? csv.length;
}

const SEPARATOR = /[,\r\n]/g;
