// The cursor of a list of users, as tables: its sort order, the place where a page ends, and the filter for the next page.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const cursor = await importSource("paging/cursor.ts");

const key = (field, direction = 1) => ({ field, direction, isTime: field.endsWith("_at") || field === "last_active" });
const ms = (text) => Date.parse(text);

test("a sort order that a filter can express has keys, up to the first unique field", () => {
  for (const [sort, keys] of [
    [[{ field: "id" }], [key("id")]],
    [[{ field: "id", direction: -1 }], [key("id", -1)]],
    [[{ field: "created_at" }], [key("created_at")]],
    [[{ field: "updated_at", direction: -1 }], [key("updated_at", -1)]],
    [
      [{ field: "role", direction: -1 }, { field: "created_at" }],
      [key("role", -1), key("created_at")],
    ],
    [
      [{ field: "role" }, { field: "id", direction: -1 }],
      [key("role"), key("id", -1)],
    ],
    // Terms after a unique field have no effect, so they may be anything.
    [[{ field: "created_at" }, { field: "score" }], [key("created_at")]],
    [[{ field: "id" }, { field: "score" }, { field: "role" }], [key("id")]],
  ]) {
    assert.deepEqual(cursor.partsOf(sort), [{ sort, keys, condition: undefined }], JSON.stringify(sort));
  }
});

test("a sort order without a unique field gets the id as its last term", () => {
  const id = { field: "id", direction: 1 };
  for (const [sort, keys] of [
    [[], [key("id")]],
    [[{ field: "role" }], [key("role"), key("id")]],
    [[{ field: "role", direction: -1 }], [key("role", -1), key("id")]],
    [
      [{ field: "role" }, { field: "role" }, { field: "role" }, { field: "role" }],
      [key("role"), key("role"), key("role"), key("role"), key("id")],
    ],
  ]) {
    assert.deepEqual(cursor.partsOf(sort), [{ sort: [...sort, id], keys, condition: undefined }]);
  }
});

test("a sort order that no filter can express has no keys", () => {
  for (const sort of [
    [{ field: "score" }],
    [{}],
    [{ field: "role" }, { field: "score" }],
    // No comparison matches users without a name, so a cursor can use the name only as the first term.
    [{ field: "role" }, { field: "name" }],
    [{ field: "role" }, { field: "last_active" }],
    [{ field: "name" }, { field: "name" }],
    [{ field: "name" }, { field: "score" }],
    // Five terms leave no room for the id.
    Array(5).fill({ field: "role" }),
    [{ field: "name" }, ...Array(4).fill({ field: "role" })],
  ]) {
    assert.deepEqual(cursor.partsOf(sort), [{ sort, keys: undefined, condition: undefined }], JSON.stringify(sort));
  }
});

test("users without a `name` or `last_active` come in a second part of the list", () => {
  const id = { field: "id", direction: 1 };
  for (const [sort, first, second] of [
    [
      [{ field: "name", direction: -1 }],
      { sort: [{ field: "name", direction: -1 }, id], keys: [key("name", -1), key("id")] },
      { sort: [id], keys: [key("id")] },
    ],
    [
      [{ field: "name" }, { field: "created_at" }],
      { sort: [{ field: "name" }, { field: "created_at" }], keys: [key("name"), key("created_at")] },
      { sort: [{ field: "created_at" }], keys: [key("created_at")] },
    ],
    [
      [{ field: "last_active" }],
      { sort: [{ field: "last_active" }], keys: [key("last_active")] },
      { sort: [id], keys: [key("id")] },
    ],
  ]) {
    const { field } = sort[0];
    assert.deepEqual(cursor.partsOf(sort), [
      { ...first, condition: { [field]: { $exists: true } } },
      { ...second, condition: { [field]: { $exists: false } } },
    ]);
  }
});

test("a place has the user's values of the keys, with times in milliseconds", () => {
  const user = { id: "ann", role: "user", created_at: new Date(7), last_active: new Date(-8.64e15 + 1) };
  for (const [keys, expected] of [
    [[key("id")], ["ann"]],
    [
      [key("role"), key("created_at")],
      ["user", 7],
    ],
    [[key("last_active")], [-8.64e15 + 1]],
    // The filter for users with a name also matches an empty name.
    [
      [key("name"), key("id")],
      ["", "ann"],
    ],
  ]) {
    assert.deepEqual(cursor.placeOf(keys, user), expected);
  }
});

test("a user without a valid value to sort by is an error", () => {
  for (const [field, value] of [
    ["id", undefined],
    ["id", 7],
    ["role", null],
    ["name", 7],
    ["role", new Date(7)],
    ["created_at", undefined],
    ["created_at", null],
    ["created_at", "2026-01-01T00:00:00Z"],
    ["created_at", 7],
    ["created_at", new Date(Number.NaN)],
    // The millisecond after it is not a valid date.
    ["updated_at", new Date(8.64e15)],
    ["updated_at", new Date(-8.64e15)],
  ]) {
    assert.throws(
      () => cursor.placeOf([key(field)], { [field]: value }),
      { kind: "response", message: new RegExp(`a user without a valid ${field}, by which the list is sorted`) },
      `${field} ${value}`,
    );
  }
});

test("the filter after a place compares by the first key that differs", () => {
  const time = ms("2026-01-01T00:00:00.999Z");
  for (const [keys, place, isDone, expected] of [
    [[key("id")], ["ann"], false, { id: { $gt: "ann" } }],
    [[key("id", -1)], ["ann"], false, { id: { $lt: "ann" } }],
    [
      [key("role", -1), key("id")],
      ["user", "ann"],
      false,
      { $or: [{ role: { $lt: "user" } }, { role: { $eq: "user" }, id: { $gt: "ann" } }] },
    ],
    // A millisecond may have more users, so the filter includes it again unless it is done.
    [[key("created_at")], [time], false, { created_at: { $gte: "2026-01-01T00:00:00.999Z" } }],
    [[key("created_at")], [time], true, { created_at: { $gte: "2026-01-01T00:00:01.000Z" } }],
    [[key("created_at", -1)], [time], false, { created_at: { $lt: "2026-01-01T00:00:01.000Z" } }],
    [[key("created_at", -1)], [time], true, { created_at: { $lt: "2026-01-01T00:00:00.999Z" } }],
    [
      [key("name"), key("role", -1), key("created_at")],
      ["Ann", "user", time],
      true,
      {
        $or: [
          { name: { $gt: "Ann" } },
          { name: { $eq: "Ann" }, role: { $lt: "user" } },
          { name: { $eq: "Ann" }, role: { $eq: "user" }, created_at: { $gte: "2026-01-01T00:00:01.000Z" } },
        ],
      },
    ],
  ]) {
    assert.deepEqual(cursor.after(keys, place, isDone), expected, JSON.stringify([place, isDone]));
  }
});

test("the filter for a place matches its values, and times within its millisecond", () => {
  assert.deepEqual(cursor.same([key("role"), key("created_at", -1)], ["user", ms("2026-01-01T00:00:00.999Z")]), {
    role: { $eq: "user" },
    created_at: { $gte: "2026-01-01T00:00:00.999Z", $lt: "2026-01-01T00:00:01.000Z" },
  });
});

test("two places are the same when all their values are equal", () => {
  for (const [one, other, expected] of [
    [["user", 7], ["user", 7], true],
    [["user", 7], ["user", 8], false],
    [["user", 7], ["admin", 7], false],
  ]) {
    assert.equal(cursor.isSame(one, other), expected);
  }
});

test("two filters are combined with `$and`, and an empty one is left out", () => {
  const [one, other] = [{ role: "user" }, { id: { $gt: "ann" } }];
  for (const [left, right, expected] of [
    [one, undefined, one],
    [one, {}, one],
    [{}, other, other],
    [{}, undefined, {}],
    [{}, {}, {}],
    [one, other, { $and: [one, other] }],
  ]) {
    assert.deepEqual(cursor.both(left, right), expected);
  }
});
