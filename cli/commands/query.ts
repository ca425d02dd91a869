// `query`: prints the users that match a filter as a table.

import type { QueryUsersPayload, UserSort } from "getstream-users";
import { type CredentialOptions, clientOf } from "../credentials.js";
import { Failure } from "../exit.js";
import { cell, field, table } from "../table.js";
import { counted, print, printJson, tell } from "../terminal.js";

interface QueryOptions extends CredentialOptions {
  limit: string;
  sort?: string[];
  includeDeactivated?: boolean;
  fields?: string;
  json?: boolean;
}

type Filter = QueryUsersPayload["filter_conditions"];

const COLUMNS = "id,name,role,last_active,created_at,custom";

/** Parses a filter from the command line. */
export function filterOf(text: string | undefined): Filter {
  if (text === undefined) return {};
  try {
    const filter: unknown = JSON.parse(text);
    if (typeof filter === "object" && filter !== null && !Array.isArray(filter)) return filter as Filter;
  } catch {
    // Reported below.
  }
  throw new Failure(`the filter must be a JSON object such as '{"role":"admin"}', but was ${text}`);
}

/** A whole number of at least 1. */
export function positive(flag: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new Failure(`${flag}: ${text} must be a whole number from 1`);
}

export async function query(filter: string | undefined, options: QueryOptions): Promise<void> {
  const conditions = filterOf(filter);
  const limit = positive("--limit", options.limit);
  const sort = (options.sort ?? []).map(sortTerm);
  const client = await clientOf(options);
  const list = client.users(conditions, {
    pageSize: Math.min(limit, 100),
    ...(sort.length > 0 && { sort }),
    ...(options.includeDeactivated && { include_deactivated_users: true }),
  });
  const columns = (options.fields ?? COLUMNS).split(",").map((name) => name.trim());
  const rows: string[][] = [];
  let found = 0;
  for await (const user of list) {
    found += 1;
    if (options.json) printJson(user);
    else rows.push(columns.map((name) => cell(field(user, name))));
    if (found === limit) break;
  }
  if (options.json) return;
  if (found > 0) print(table(columns, rows));
  tell(counted(found, "user") + (found === limit ? "; --limit shows more" : ""));
}

function sortTerm(text: string): UserSort {
  const name = text.replace(/^-/, "");
  return { field: name, direction: text.startsWith("-") ? -1 : 1 } as UserSort;
}
