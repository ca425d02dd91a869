// The end of a page and the start of the next: values in, filters out. The API's own offset ends at 1000, and shifts
// when users are added; a cursor requests the users after the last one.

import { createError } from "../errors.js";
import { MAX_SORT_TERMS } from "../generated/limits.js";
import type { FullUserResponse, UserSort } from "../generated/models.js";

/** A user, whatever its own fields are. */
export type User = FullUserResponse<unknown>;
/** A term of the order. */
export type SortTerm = UserSort<unknown>;
/** Conditions on users. */
export type Filter = Readonly<Record<string, unknown>>;

/** Times are told in milliseconds and kept in microseconds, so one that is told stands for a thousand that are kept. */
const TIMES = ["created_at", "updated_at", "last_active"] as const;
/** Fields that a filter can ask for by being more or less, beside times. */
const EXACT = ["id", "role", "name"] as const;
/** The last time that a `Date` can have. */
const LAST_TIME_MS = 8.64e15;
/** Fields that a user may lack, who is then neither more nor less. */
const OPTIONAL: readonly string[] = ["name", "last_active"];

/** A field that a cursor moves along. */
export type Key = { readonly direction: 1 | -1 } & (
  | { readonly field: (typeof TIMES)[number]; readonly isTime: true }
  | { readonly field: (typeof EXACT)[number]; readonly isTime: false }
);

/** The values of a user's keys: milliseconds for times. */
export type Place = readonly (string | number)[];

/** A part of a walk. Without keys, its pages are found by offset. */
export interface Stretch {
  readonly sort: readonly SortTerm[];
  readonly keys: readonly Key[] | undefined;
  /** What its users have in common, beside the filter. */
  readonly condition: Filter | undefined;
}

/** The stretches of a walk, of which there are one or two. */
export function stretchesOf(sort: readonly SortTerm[]): Stretch[] {
  const [first, ...rest] = sort;
  const field = first?.field;
  const whole = stretchOf(sort);
  if (field === undefined || !OPTIONAL.includes(field) || whole.keys === undefined) return [whole];
  // Users without the field come last: where the API has them depends on what no filter can ask for.
  return [
    { ...whole, condition: { [field]: { $exists: true } } },
    { ...stretchOf(rest), condition: { [field]: { $exists: false } } },
  ];
}

function stretchOf(sort: readonly SortTerm[]): Stretch {
  const keys: Key[] = [];
  for (const term of sort) {
    const key = keyOf(term);
    if (key === undefined || (keys.length > 0 && OPTIONAL.includes(key.field))) {
      return { sort, keys: undefined, condition: undefined };
    }
    keys.push(key);
    // Ids are unique, and within a time's millisecond users are told apart by their ids.
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
 * Where a user stands in the order.
 *
 * @throws StreamError of kind `response` for a user without the fields of the order
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
 * The filter for the users after a place. Of a time's millisecond all users are found again, also the last one of the page,
 * unless that millisecond is done.
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
