// What users can be found by: each field with the operators it knows. Nothing here is run.

import type { FullUserResponse, QueryUsersPayload, StreamClient, UserFilter, UserSort } from "getstream-users";
import { expect, type Same } from "./expect.js";

declare const client: StreamClient;
declare const since: Date;

export const fine: UserFilter[] = [
  {},
  { id: "a" },
  { id: { $in: ["a", "b"], $ne: "c" }, role: { $gte: "a" } },
  { name: { $autocomplete: "an" }, username: { $autocomplete: "an" }, email: { $in: ["a@b.c"] }, language: "de" },
  { banned: true, shadow_banned: { $eq: false }, bypass_moderation: { $ne: true } },
  { created_at: { $gt: since, $lte: "2026-01-01T00:00:00Z" }, last_active: { $exists: false }, updated_at: since },
  { teams: null },
  { teams: { $contains: "red" } },
  { teams: { $in: ["red", null] } },
  { $and: [{ id: "a" }, { $or: [{ name: "b" }, { $nor: [{ role: "c" }] }] }] },
  // Custom fields, which nobody has declared here.
  { color: "red", visits: { $gt: 3 }, nothing: null, "custom.address.city": { $exists: true } },
];
export const listed = ["a", "b"] as const;
client.queryUsers({ payload: { filter_conditions: { id: { $in: listed } }, sort: [{ field: "id", direction: 1 }] } });

export const wrong: UserFilter[] = [
  // @ts-expect-error an id is a string
  { id: 1 },
  // @ts-expect-error a list
  { id: { $in: "a" } },
  // @ts-expect-error banned is no text
  { banned: "yes" },
  // @ts-expect-error neither more nor less than banned
  { banned: { $gt: true } },
  // @ts-expect-error languages are not listed
  { language: { $in: ["de"] } },
  // @ts-expect-error a role is found as a whole
  { role: { $autocomplete: "ad" } },
  // @ts-expect-error no such operator
  { id: { $like: "a" } },
  // @ts-expect-error milliseconds are no time
  { created_at: { $gt: 1_700_000_000 } },
  // @ts-expect-error yes or no
  { last_active: { $exists: "yes" } },
  // @ts-expect-error a list of filters
  { $or: { id: "a" } },
  // @ts-expect-error within a list, too
  { $and: [{ $nor: [{ id: 1 }] }] },
];

// Declared for one filter: own fields by name or path, and no others by name.
type Painter = { color?: string; visits: number; tags?: string[]; address?: { city: string } };
export const painters: UserFilter<Painter>[] = [
  { color: "red", visits: { $gte: 3 }, tags: { $contains: "new" } },
  { "custom.color": { $in: ["red", "blue"] }, "custom.address.city": "Rome", name: "a", teams: null },
  { $or: [{ color: { $exists: false } }, { visits: 0 }] },
  // @ts-expect-error a number
  { visits: { $gt: "3" } },
  // @ts-expect-error a number, by its path as well
  { "custom.visits": "3" },
  // @ts-expect-error text in the list
  { tags: { $contains: 1 } },
  // @ts-expect-error not among the fields
  { colour: "red" },
  // @ts-expect-error deep down as well
  { $or: [{ $and: [{ colour: "red" }] }] },
];

export const order: UserSort<Painter>[] = [
  { field: "created_at", direction: -1 },
  { field: "visits", type: "number" },
  { field: "custom of another" },
  // @ts-expect-error ascending or descending
  { field: "id", direction: "desc" },
];

// What came back can be asked for again.
declare const user: FullUserResponse;
export const again: QueryUsersPayload = {
  filter_conditions: { id: user.id, created_at: { $gte: user.created_at }, teams: { $in: user.teams } },
};
expect<Same<QueryUsersPayload["filter_conditions"], UserFilter>>();
expect<Same<QueryUsersPayload<Painter>["filter_conditions"], UserFilter<Painter>>>();
