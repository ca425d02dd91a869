// Maps the columns of a row to the API's fields of a user, or to custom data.

import { Failure } from "./exit.js";
import type { Row } from "./rows.js";

/** A user's fields besides `custom`. */
const OWN_FIELDS = new Set([
  "id",
  "name",
  "image",
  "role",
  "language",
  "invisible",
  "teams",
  "teams_role",
  "privacy_settings",
]);
/** Fields that only the API sets: left out, so that an export can be imported. */
const READ_ONLY = new Set([
  "created_at",
  "updated_at",
  "last_active",
  "deactivated_at",
  "deleted_at",
  "banned",
  "shadow_banned",
  "ban_expires",
  "bypass_moderation",
  "online",
  "devices",
  "mutes",
  "channel_mutes",
  "blocked_user_ids",
  "avg_response_time",
  "total_unread_count",
  "unread_channels",
  "unread_count",
  "unread_threads",
  "latest_hidden_channels",
  "push_notifications",
  "revoke_tokens_issued_before",
]);
/** The types of CSV cells in these fields; all others are strings. */
const OWN_TYPES: Readonly<Record<string, Type>> = {
  invisible: "boolean",
  teams: "list",
  teams_role: "json",
  privacy_settings: "json",
};

type Type = "string" | "number" | "boolean" | "json" | "list";
const TYPES: readonly Type[] = ["string", "number", "boolean", "json", "list"];

/** The field for a column; without a field, the column is left out. */
interface Target {
  field?: string;
  isCustom: boolean;
  type: Type | undefined;
}

export interface MappedUser {
  id: string;
  custom?: Record<string, unknown>;
  [field: string]: unknown;
}

/** A row as a user, or why that is impossible. */
export type Mapped = { number: number; id?: string | undefined } & (
  | { user: MappedUser; reason?: never }
  | { reason: string; user?: never }
);

export type Mapping = (row: Row) => Mapped;

/**
 * Reads `--map column=field` options.
 *
 * @throws Failure when one is invalid
 */
export function mappingOf(given: readonly string[] = []): Mapping {
  const targets = new Map(given.map(targetOf));
  return (row) => {
    const { number, value } = row;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return { number, reason: `must be an object, but was ${JSON.stringify(value)}` };
    }
    const cells = value as Readonly<Record<string, unknown>>;
    try {
      const user = userOf(cells, targets);
      if (typeof user.id === "string" && user.id !== "") return { number, id: user.id, user };
      return { number, reason: "has no id" };
    } catch (error) {
      return { number, id: typeof cells.id === "string" ? cells.id : undefined, reason: (error as Error).message };
    }
  };
}

function targetOf(text: string): [string, Target] {
  const split = text.lastIndexOf("=");
  if (split <= 0) throw new Failure(`--map: ${text} is not COLUMN=FIELD; "column=" leaves a column out`);
  const column = text.slice(0, split);
  const [field = "", typeName] = text.slice(split + 1).split(":");
  if (typeName !== undefined && !TYPES.includes(typeName as Type)) {
    throw new Failure(`--map: ${typeName} is not a type; the types are ${TYPES.join(", ")}`);
  }
  const type = typeName as Type | undefined;
  if (field === "") return [column, { isCustom: false, type }];
  if (field.startsWith("custom.")) return [column, { field: field.slice("custom.".length), isCustom: true, type }];
  if (OWN_FIELDS.has(field)) return [column, { field, isCustom: false, type }];
  throw new Failure(`--map: a user has no field ${field}; for custom data write custom.${field}`);
}

function userOf(cells: Readonly<Record<string, unknown>>, targets: ReadonlyMap<string, Target>): MappedUser {
  const own: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const [column, cell] of Object.entries(cells)) {
    // Empty cells are ignored.
    if (cell === "" || cell === undefined) continue;
    const target = targets.get(column);
    if (target === undefined && READ_ONLY.has(column)) continue;
    if (target === undefined && column === "custom") {
      Object.assign(custom, objectIn(cell));
      continue;
    }
    const { field, isCustom, type } = target ?? { field: column, isCustom: !OWN_FIELDS.has(column), type: undefined };
    if (field === undefined) continue;
    const into = isCustom ? custom : own;
    into[field] = typed(cell, column, type ?? (isCustom ? undefined : OWN_TYPES[field]));
  }
  if (typeof own.id === "number") own.id = String(own.id);
  return { ...own, ...(Object.keys(custom).length > 0 && { custom }) } as MappedUser;
}

/** The value of a cell. Values with a JSON type stay unchanged. */
function typed(cell: unknown, column: string, type: Type | undefined): unknown {
  if (typeof cell !== "string" || type === undefined || type === "string") return cell;
  const wrong = (words: string) => new Error(`${column} must be ${words}, but was ${JSON.stringify(cell)}`);
  switch (type) {
    case "number": {
      const number = Number(cell);
      if (cell.trim() === "" || !Number.isFinite(number)) throw wrong("a number");
      return number;
    }
    case "boolean": {
      const text = cell.toLowerCase();
      if (["true", "1", "yes"].includes(text)) return true;
      if (["false", "0", "no"].includes(text)) return false;
      throw wrong("true or false");
    }
    case "list":
      if (!cell.startsWith("[")) return cell.split(/[;,|]/).map((item) => item.trim());
      return parsed(cell, wrong);
    case "json":
      return parsed(cell, wrong);
  }
}

/** The custom data of a user, which is JSON in a CSV. */
function objectIn(cell: unknown): object {
  const wrong = (words: string) => new Error(`custom must be ${words}, but was ${JSON.stringify(cell)}`);
  const value = typeof cell === "string" ? parsed(cell, wrong) : cell;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong("a JSON object");
  return value;
}

function parsed(cell: string, wrong: (words: string) => Error): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    throw wrong("JSON");
  }
}
