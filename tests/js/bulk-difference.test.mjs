// How a sync changes an existing user: tables of wanted fields, existing fields and the change.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const { changeOf } = await importSource("bulk/difference.ts");

/** The change to a user with these existing fields, besides the id. */
const change = (wanted, existing) => changeOf({ id: "ann", ...wanted }, { id: "ann", ...existing });

test("a user that has all wanted values is not changed", () => {
  for (const [wanted, existing] of [
    [{}, {}],
    [{}, { name: "Ann", custom: { color: "red" } }],
    [{ name: "Ann" }, { name: "Ann" }],
    [
      { name: undefined, custom: { color: undefined } },
      { name: "Ann", custom: { color: "red" } },
    ],
    // The API leaves out fields that were never set. For these fields that equals an empty value.
    [{ name: "", image: "", language: "", invisible: false, teams: [] }, {}],
    [{ teams: ["blue", "red"] }, { teams: ["red", "blue"] }],
    [{ teams_role: { blue: "a", red: "b" } }, { teams_role: { red: "b", blue: "a" } }],
    [{ custom: { a: [1, { b: 2 }] } }, { custom: { a: [1, { b: 2 }] } }],
    [{ custom: { a: { b: 1, c: undefined } } }, { custom: { a: { b: 1 } } }],
    [{ custom: { a: { b: 1 } } }, { custom: { a: { b: 1, c: undefined } } }],
    [{ custom: { at: new Date(0) } }, { custom: { at: "1970-01-01T00:00:00.000Z" } }],
    [{ custom: { zero: Number.NaN } }, { custom: { zero: Number.NaN } }],
    [{ custom: "none" }, {}],
    [{ custom: null }, { custom: { color: "red" } }],
    // A field that does not exist need not be removed.
    [{ name: null, role: null, teams: null, custom: { color: null } }, {}],
    [
      { name: null, image: null, invisible: null, teams: null },
      { name: "", image: "", invisible: false, teams: [] },
    ],
  ]) {
    assert.equal(change(wanted, existing), undefined, JSON.stringify([wanted, existing]));
  }
});

test("only fields that differ are set", () => {
  for (const [wanted, existing, set] of [
    [{ name: "Ann", role: "admin" }, { name: "Bob", role: "admin" }, { name: "Ann" }],
    [{ image: "i", language: "de", invisible: true, teams: ["blue"] }, {}, undefined],
    [{ name: "" }, { name: "Ann" }, undefined],
    [{ teams: [] }, { teams: ["blue"] }, undefined],
    [{ teams: ["blue"] }, { teams: ["blue", "red"] }, undefined],
    [{ teams: ["blue", "red"] }, { teams: ["blue", "green"] }, undefined],
    [{ teams: "ba" }, { teams: ["a", "b"] }, undefined],
    [{ teams_role: { blue: "a" } }, { teams_role: { blue: "b" } }, undefined],
    [{ teams_role: { blue: "a" } }, { teams_role: { red: "a" } }, undefined],
    [{ privacy_settings: { a: { enabled: true } } }, { privacy_settings: { a: { enabled: false } } }, undefined],
    [{ custom: { color: "red" } }, {}, { color: "red" }],
    [{ custom: { color: "red", size: 1 } }, { custom: { color: "red", size: 2 } }, { size: 1 }],
    // In custom fields, the order and length of an array count, and an array differs from an object.
    [{ custom: { list: ["a", "b"] } }, { custom: { list: ["b", "a"] } }, { list: ["a", "b"] }],
    [{ custom: { list: ["a"] } }, { custom: { list: ["a", "b"] } }, { list: ["a"] }],
    [{ custom: { list: [] } }, { custom: { list: {} } }, { list: [] }],
    [{ custom: { list: {} } }, { custom: { list: [] } }, { list: {} }],
    [{ custom: { list: {} } }, { custom: { list: null } }, { list: {} }],
    [{ custom: { list: [] } }, { custom: { list: { length: 0 } } }, { list: [] }],
    [{ custom: { list: { length: 0 } } }, { custom: { list: [] } }, { list: { length: 0 } }],
    [{ custom: { one: 1 } }, { custom: { one: "1" } }, { one: 1 }],
    [{ custom: { a: { b: 1 } } }, { custom: { a: { b: 1, c: 2 } } }, { a: { b: 1 } }],
    [{ custom: { a: { b: 1, c: 2 } } }, { custom: { a: { b: 1, c: 3 } } }, { a: { b: 1, c: 2 } }],
    [{ custom: { a: { b: 1, c: 2 } } }, { custom: { a: { b: 1 } } }, { a: { b: 1, c: 2 } }],
    [{ custom: { at: new Date(0) } }, { custom: { at: "1970-01-01T00:00:00.001Z" } }, { at: new Date(0) }],
    // Custom fields exclude inherited properties.
    [{ custom: { toString: "text" } }, {}, { toString: "text" }],
  ]) {
    const expected = { id: "ann", set: set ?? wanted, unset: [] };
    assert.deepEqual(change(wanted, existing), expected, JSON.stringify([wanted, existing]));
  }
});

test("a wanted `null` removes an existing field", () => {
  for (const [wanted, existing, unset] of [
    [{ name: null }, { name: "Ann" }, ["name"]],
    [{ role: null, image: null }, { role: "admin", image: "" }, ["role"]],
    [{ teams: null }, { teams: ["blue"] }, ["teams"]],
    [{ teams_role: null }, { teams_role: { blue: "a" } }, ["teams_role"]],
    [{ invisible: null }, { invisible: true }, ["invisible"]],
    [{ custom: { color: null, size: null } }, { custom: { color: "red" } }, ["color"]],
  ]) {
    assert.deepEqual(change(wanted, existing), { id: "ann", set: {}, unset }, JSON.stringify([wanted, existing]));
  }
});

test("a user with custom fields that a partial update would misread is written whole", () => {
  const existing = { name: "Ann", role: "admin", teams: ["blue"], language: null, custom: { color: "red", size: 1 } };
  for (const name of ["a.b", "id", "custom", "name", "role", "teams", "revoke_tokens_issued_before"]) {
    const { set, unset, whole } = change({ role: null, image: "i", custom: { [name]: 7, size: null } }, existing);
    assert.deepEqual([set, unset], [{ image: "i", [name]: 7 }, ["role", "size"]], name);
    const own = { color: "red", [name]: 7 };
    assert.deepEqual(whole, { id: "ann", name: "Ann", image: "i", teams: ["blue"], custom: own }, name);
  }
  assert.deepEqual(change({ custom: { "a.b": 7, nothing: undefined } }, {}).whole, { id: "ann", custom: { "a.b": 7 } });
  assert.equal(change({ custom: { ab: 7 } }, {}).whole, undefined);
});
