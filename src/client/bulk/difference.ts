// The difference between a user in the app and the same user in a list: values in, decision out.

import { USER_FIELDS } from "../generated/fields.js";
import type { UserRequest } from "../index.js";
import { isArray, isObject } from "../option-reader.js";

/** The part of a user that is compared. */
export interface ExistingUser {
  readonly id: string;
  readonly custom?: Readonly<Record<string, unknown>>;
  readonly deactivated_at?: Date | undefined;
  readonly [field: string]: unknown;
}

/** A partial update. When a partial update cannot express the change, `whole` is the user for an upsert. */
export interface Change {
  readonly id: string;
  readonly set: Record<string, unknown>;
  readonly unset: string[];
  readonly whole?: UserRequest;
}

/** The fields of a user that a list can set, besides `id` and `custom`. */
const FIELDS = USER_FIELDS.split(" ").filter((field) => field !== "custom") as Exclude<
  keyof UserRequest,
  "id" | "custom"
>[];
/** The values of unset fields. */
const UNSET: Readonly<Record<string, unknown>> = { name: "", image: "", language: "", invisible: false, teams: [] };

/** The change that gives a user the wanted fields; undefined when it has them. */
export function changeOf(wanted: UserRequest, existing: ExistingUser): Change | undefined {
  const set: Record<string, unknown> = {};
  const unset: string[] = [];
  for (const field of FIELDS) {
    const value: unknown = wanted[field];
    const current = existing[field] ?? UNSET[field];
    if (value === undefined) continue;
    if (value === null) {
      if (!isSame(current, UNSET[field])) unset.push(field);
    } else if (!isSame(sorted(field, current), sorted(field, value))) set[field] = value;
  }
  const custom = isObject(wanted.custom) ? wanted.custom : {};
  const before = existing.custom ?? {};
  for (const [name, value] of Object.entries(custom)) {
    const has = Object.hasOwn(before, name);
    if (value === undefined) continue;
    if (value === null) {
      if (has) unset.push(name);
    } else if (!has || !isSame(before[name], value)) set[name] = value;
  }
  if (Object.keys(set).length === 0 && unset.length === 0) return undefined;
  const change = { id: wanted.id, set, unset };
  // A partial update reads a dot as a path into a field, and reserved names as fields of the user.
  const isAmbiguous = Object.keys(custom).some((name) => name.includes(".") || RESERVED.has(name));
  return isAmbiguous ? { ...change, whole: merged(wanted, existing) } : change;
}

const RESERVED: ReadonlySet<string> = new Set([...FIELDS, "id", "custom", "revoke_tokens_issued_before"]);

/** The existing user, overridden by the wanted fields. */
function merged(wanted: UserRequest, existing: ExistingUser): UserRequest {
  const user: Record<string, unknown> = { id: wanted.id };
  for (const field of FIELDS) {
    const value = wanted[field] === undefined ? existing[field] : wanted[field];
    if (value !== undefined && value !== null) user[field] = value;
  }
  const custom = { ...existing.custom, ...(wanted.custom as object | undefined) };
  user.custom = Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null && value !== undefined));
  return user as unknown as UserRequest;
}

/** Teams have no order. */
function sorted(field: string, value: unknown): unknown {
  return field === "teams" && isArray(value) ? [...value].sort() : value;
}

/** Whether two values are equal as JSON, ignoring the order of keys. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  const [left, right] = [plain(one), plain(other)];
  if (isArray(left) && isArray(right)) {
    return left.length === right.length && left.every((item, index) => isSame(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return left === right;
  const names = Object.keys(left).filter((name) => left[name] !== undefined);
  const others = Object.keys(right).filter((name) => right[name] !== undefined);
  return names.length === others.length && names.every((name) => isSame(left[name], right[name]));
}

/** The result of a value's `toJSON`, such as a `Date`'s; otherwise the value. */
function plain(value: unknown): unknown {
  const toJson = isObject(value) ? value.toJSON : undefined;
  return typeof toJson === "function" ? toJson.call(value) : value;
}
