// Cursors: from the last user of a page to the filter for the next page. The API's offset ends at 1000 and shifts when
// users are added; a cursor requests the users after the last one.

import { createError } from "../errors.js";
import { MAX_SORT_TERMS } from "../generated/limits.js";
import type { FullUserResponse, UserSort } from "../generated/models.js";

/** A user with any custom fields. */
export type User = FullUserResponse<unknown>;
/** A term of the sort order. */
export type SortTerm = UserSort<unknown>;
/** Conditions on users. */
export type Filter = Readonly<Record<string, unknown>>;

/** Responses have milliseconds and the API stores microseconds, so a thousand stored times look the same in responses. */
const TIMES = ["created_at", "updated_at", "last_active"] as const;
/** Fields besides times that a filter can compare with `$gt` and `$lt`. */
const EXACT = ["id", "role", "name"] as const;
/** The last time that a `Date` can have. */
const LAST_TIME_MS = 8.64e15;
/** Fields that a user may lack. No comparison matches such a user. */
const OPTIONAL: readonly string[] = ["name", "last_active"];

/** A field of the cursor. */
export type Key = { readonly direction: 1 | -1 } & (
  | { readonly field: (typeof TIMES)[number]; readonly isTime: true }
  | { readonly field: (typeof EXACT)[number]; readonly isTime: false }
);

/** A user's position in the sort order: the values of its keys, with times in milliseconds. */
export type Place = readonly (string | number)[];

/** A part of a walk with its own sort order. Without keys, its pages are requested by offset. */
export interface Part {
  readonly sort: readonly SortTerm[];
  readonly keys: readonly Key[] | undefined;
  /** A condition that its users meet, besides the filter. */
  readonly condition: Filter | undefined;
}

/** The parts of a walk: one or two. Without a sort order it goes by id. */
export function partsOf(sort: readonly SortTerm[]): Part[] {
  const [first, ...rest] = sort;
  const field = first?.field;
  const whole = partOf(sort);
  if (field === undefined || !OPTIONAL.includes(field) || whole.keys === undefined) return [whole];
  // Users without the field come last: no filter can express where the API sorts them.
  return [
    { ...whole, condition: { [field]: { $exists: true } } },
    { ...partOf(rest), condition: { [field]: { $exists: false } } },
  ];
}

function partOf(sort: readonly SortTerm[]): Part {
  const keys: Key[] = [];
  for (const term of sort) {
    const key = keyOf(term);
    if (key === undefined || (keys.length > 0 && OPTIONAL.includes(key.field))) {
      return { sort, keys: undefined, condition: undefined };
    }
    keys.push(key);
    // Ids are unique, and users within one millisecond are distinguished by their ids.
    if (key.isTime || key.field === "id") return { sort, keys, condition: undefined };
  }
  if (sort.length === MAX_SORT_TERMS) return { sort, keys: undefined, condition: undefined };
  const id = { field: "id", direction: 1 } as const;
  return { sort: [...sort, id], keys: [...keys, { ...id, isTime: false }], condition: undefined };
}

function keyOf({ field, direction }: SortTerm): Key | undefined {
  const time = TIMES.find((known) => known === field);
  if (time !== undefined) return { field: time, direction: direction ?? 1, isTime: true };
  const exact = EXACT.find((known) => known === field);
  return exact && { field: exact, direction: direction ?? 1, isTime: false };
}

/**
 * The position of a user in the sort order.
 *
 * @throws StreamError of kind `response` for a user that lacks a field of the sort order
 */
export function placeOf(keys: readonly Key[], user: User): Place {
  return keys.map(({ field, isTime }) => {
    const value: unknown = user[field] ?? (field === "name" ? "" : undefined);
    if (!isTime && typeof value === "string") return value;
    if (isTime && value instanceof Date && Math.abs(value.getTime()) < LAST_TIME_MS) return value.getTime();
    throw createError(
      "response",
      `users: the response has a user without a valid ${field}, by which the list is sorted`,
    );
  });
}

/**
 * The filter for the users after a place. When the last key is a time, the filter includes the whole millisecond again, the
 * last user of the page among it, unless `isDone` says that this millisecond is complete.
 */
export function after(keys: readonly Key[], place: Place, isDone: boolean): Filter {
  const ways = keys.map((key, index) => ({
    ...same(keys.slice(0, index), place),
    [key.field]: beyond(key, place[index], isDone),
  }));
  const [only] = ways;
  return only !== undefined && ways.length === 1 ? only : { $or: ways };
}

function beyond({ direction, isTime }: Key, value: string | number | undefined, isDone: boolean): Filter {
  if (!isTime) return { [direction === 1 ? "$gt" : "$lt"]: value };
  const isLater = direction === 1 ? isDone : !isDone;
  return { [direction === 1 ? "$gte" : "$lt"]: iso(Number(value) + (isLater ? 1 : 0)) };
}

/** The filter for the users at a place. */
export function same(keys: readonly Key[], place: Place): Filter {
  const conditions = keys.map(({ field, isTime }, index) => {
    const value = place[index];
    return [field, isTime ? { $gte: iso(Number(value)), $lt: iso(Number(value) + 1) } : { $eq: value }];
  });
  return Object.fromEntries(conditions);
}

/** Whether two places are the same. */
export function isSame(one: Place, other: Place): boolean {
  return one.every((value, index) => value === other[index]);
}

/** Both filters at once. */
export function both(one: Filter, other: Filter | undefined): Filter {
  if (other === undefined || isEmpty(other)) return one;
  return isEmpty(one) ? other : { $and: [one, other] };
}

function isEmpty(filter: Filter): boolean {
  return Object.keys(filter).length === 0;
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
