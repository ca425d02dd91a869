// Users from a file of comma-separated values, as RFC 4180 has them: the first line names the fields.

import type { UserRequest } from "getstream-users";

/** The fields of a user that hold text; every other column is a field of one's own. */
const TEXT_FIELDS = ["id", "name", "image", "role", "language"] as const;

export interface Table {
  users: UserRequest[];
  /** What was passed over, and why. */
  problems: string[];
}

export function usersOf(csv: string): Table {
  const [header = [], ...rows] = recordsOf(csv.replace(/^\uFEFF/, ""));
  const names = header.map((name) => name.trim());
  if (!names.includes("id"))
    return { users: [], problems: ["the first line has to name the columns, one of them `id`"] };
  const users: UserRequest[] = [];
  const problems: string[] = [];
  for (const [place, row] of rows.entries()) {
    const user = userOf(names, row);
    if (user === undefined) problems.push(`record ${place + 2} has no id`);
    else users.push(user);
  }
  return { users, problems };
}

function userOf(names: readonly string[], row: readonly string[]): UserRequest | undefined {
  const cells = names
    .map((name, column) => [name, row[column]?.trim() ?? ""] as const)
    .filter(([, cell]) => cell !== "");
  const fields = Object.fromEntries(cells.filter(([name]) => isTextField(name)));
  const teams = cells
    .find(([name]) => name === "teams")?.[1]
    .split(/[;|]/)
    .map((team) => team.trim());
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

/** The records of a file; a cell in quotes may hold commas, line breaks and doubled quotes. Empty lines are no records. */
function recordsOf(csv: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain = "", end = ""] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/g)) {
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (record.some((cell) => cell !== "")) records.push(record);
    record = [];
  }
  return records;
}
