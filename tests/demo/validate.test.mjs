// The client refuses every argument in which the demo page finds a problem, with the same path.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { load } from "../support/page.mjs";
import { repository } from "../support/paths.mjs";
import { call, filled } from "./emulator.mjs";

const { validate, problemOf } = await load("validate.ts");
const { operations } = JSON.parse(readFileSync(`${repository}www/src/generated/operations.json`, "utf8"));
const operation = (name) => operations.find((operation) => operation.name === name);
const many = (count, item) => Array.from({ length: count }, (_, index) => item(index));

test("examples are valid", () => {
  const wrong = operations.flatMap((operation) =>
    validate(operation, operation.example).map((problem) => [operation.name, problem]),
  );
  assert.deepEqual(wrong, []);
});

/** Arguments with one problem: its path, and the page's message. */
const WRONG = [
  ["upsertUsers", [], [0], "is missing"],
  ["upsertUsers", [{ id: "a" }], [0], "must be an array, but was an object"],
  ["upsertUsers", [[]], [0], "must not be empty"],
  ["upsertUsers", [many(101, (index) => ({ id: `u${index}` }))], [0], "must hold at most 100, but holds 101"],
  ["upsertUsers", [[{}]], [0, 0, "id"], "is missing"],
  ["upsertUsers", [[{ id: "a" }, { id: "" }]], [0, 1, "id"], "must not be empty"],
  ["upsertUsers", [[{ id: "a b" }]], [0, 0, "id"], "may hold letters (a-z, A-Z), digits, '@', '_' and '-' only"],
  ["upsertUsers", [[{ id: "x".repeat(256) }]], [0, 0, "id"], "must have at most 255 characters, but has 256"],
  ["upsertUsers", [[{ id: "a", custom: [] }]], [0, 0, "custom"], "must be an object, but was an array"],
  ["updateUsers", [{ users: {} }], [0, "users"], "must not be empty"],
  ["updateUsers", [{ users: { "a b": { id: "a b" } } }], [0, "users", "a b", "id"], /^may hold letters/],
  ["updateUsersPartial", [{ users: [{ id: "a", unset: [""] }] }], [0, "users", 0, "unset", 0], "must not be empty"],
  [
    "queryUsers",
    [{ payload: { filter_conditions: {}, limit: 101 } }],
    [0, "payload", "limit"],
    /^must be from 0 to 100, but was 101$/,
  ],
  [
    "queryUsers",
    [{ payload: { filter_conditions: {}, limit: 1.5 } }],
    [0, "payload", "limit"],
    "must be a whole number, but was a fraction",
  ],
  ["queryUsers", [{ payload: {} }], [0, "payload", "filter_conditions"], "is missing"],
  [
    "queryUsers",
    [{ payload: { filter_conditions: {}, sort: many(6, () => ({})) } }],
    [0, "payload", "sort"],
    /^must hold at most 5/,
  ],
  ["deactivateUser", [{ user_id: "" }], [0, "user_id"], "must not be empty"],
  ["deleteUsers", [{ user_ids: ["a", ""] }], [0, "user_ids", 1], "must not be empty"],
  [
    "deleteUsers",
    [{ user_ids: ["a"], user: "gently" }],
    [0, "user"],
    'must be one of "soft", "pruning", "hard", but was "gently"',
  ],
  ["deleteUsers", [{ user_ids: ["a"], files: "yes" }], [0, "files"], "must be a boolean, but was a string"],
  ["exportUsers", [{ user_ids: many(26, String) }], [0, "user_ids"], "must hold at most 25, but holds 26"],
  ["getTask", [{}], [0, "id"], "is missing"],
  ["revokeUserToken", ["", null], [0], "must not be empty"],
  ["revokeUserTokens", [["a", ""]], [0, 1], "must not be empty"],
  ["revokeUserTokens", [["a"], "soon"], [1], "must be a time such as 2026-01-31T12:00:00Z"],
  [
    "createDevice",
    [{ id: "🙂".repeat(256), push_provider: "apn" }],
    [0, "id"],
    "must have at most 255 characters, but has 256",
  ],
  ["createDevice", [{ id: "a", push_provider: "pigeon" }], [0, "push_provider"], /^must be one of "firebase"/],
  ["updateApp", [{ enforce_unique_usernames: "maybe" }], [0, "enforce_unique_usernames"], /^must be one of "no"/],
  ["updatePushNotificationPreferences", [{ preferences: [] }], [0, "preferences"], "must not be empty"],
  [
    "moderation.ban",
    [{ target_user_id: "a", timeout: -1 }],
    [0, "timeout"],
    "must be from 0 to 2147483647, but was -1",
  ],
  [
    "chat.sendUserCustomEvent",
    [{ user_id: "a", event: { type: "user.gone" } }],
    [0, "event", "type"],
    /^must not have dots/,
  ],
];

/** Compares a message with a text, or with its beginning. */
function says(message, expected, about) {
  if (expected instanceof RegExp) assert.match(message, expected, about);
  else assert.equal(message, expected, about);
}

test("reports problems and their paths like the client", async () => {
  const { client } = await filled();
  for (const [name, input, path, message] of WRONG) {
    const shown = `${name}(${JSON.stringify(input).slice(0, 80)})`;
    const problems = validate(operation(name), input);
    assert.deepEqual(
      problems.map((problem) => problem.path),
      [path],
      shown,
    );
    says(problems[0].message, message, shown);

    const error = await call(client, name, input).then(
      () => undefined,
      (error) => error,
    );
    assert.deepEqual(problemOf(operation(name), error)?.path, path, `${shown}: ${error}`);
  }
});

test("reports what the client leaves to the API or TypeScript", () => {
  const cases = [
    ["getTask", [{ id: "a", ids: ["b"] }], [0, "ids"], "is not a known field"],
    ["upsertUsers", [[JSON.parse('{ "id": "a", "__proto__": 1 }')]], [0, 0, "__proto__"], "is not a known field"],
    ["upsertUsers", [[{ id: "a", name: null }]], [0, 0, "name"], "must be a string, but was null"],
    ["upsertUsers", [[{ id: "a", teams_role: { north: 1 } }]], [0, 0, "teams_role", "north"], /^must be a string/],
    ["getTask", [{ id: "a" }, {}], [1], "is one too many"],
    ["listRoles", [{}], [0], "is one too many"],
  ];
  for (const [name, input, path, message] of cases) {
    const [problem, ...others] = validate(operation(name), input);
    assert.deepEqual([problem?.path, others], [path, []], name);
    says(problem.message, message, name);
  }
});

test("errors of other kinds have no path", () => {
  assert.equal(problemOf(operation("getTask"), { kind: "not_found", message: "no such task" }), undefined);
});
