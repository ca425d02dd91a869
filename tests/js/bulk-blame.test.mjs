// Whom an error of the API means among the users of a call, as tables.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const { blame } = await importSource("bulk/blame.ts");
const { nextSize } = await importSource("bulk/rules.ts");

const entriesOf = (items) =>
  items.map((item, index) => ({ index, id: typeof item === "string" ? item : item.id, item }));
const refused = (reason, operation = "UpdateUsers") => ({
  kind: "invalid_request",
  message: `Stream error code 4: ${operation} failed with error: "${reason}"`,
});

/** Whom a reason means, and whom it may mean, by id. */
function told(items, error) {
  const all = entriesOf(items);
  const { meant, suspects, role } = blame(all, typeof error === "string" ? refused(error) : error);
  assert.ok([...meant, ...suspects].every((entry) => all.includes(entry)));
  const ids = (entries) => entries.map(({ id }) => id).join();
  return [ids(meant), ids(suspects), role];
}

const users = [
  { id: "ann", role: "king", name: "O'Brien" },
  { id: "bob", role: "user", teams: ["blue"], name: "Bob" },
  { id: "cid", role: "king", teams_role: { blue: "queen" } },
  { id: "was", custom: { color: "red" } },
  { id: "user", name: 'role "king" provided but not defined' },
];

test("an id, or a role, in words that are known means its users and no others", () => {
  for (const [reason, meant, role] of [
    ['role "king" provided but not defined', "ann,cid", "king"],
    ['role \\"king\\" provided but not defined', "ann,cid", "king"],
    ["the user bob was deleted", "bob"],
    ["the user bob was deactivated", "bob"],
    ["the user was was deleted", "was"],
    ["the user user does not exist", "user"],
    ['user "bob" is not deleted, it can\'t be restored', "bob"],
    ['user \\"bob\\" is not deleted, it can\'t be restored', "bob"],
    ["user bob is not deactivated", "bob"],
  ]) {
    assert.deepEqual(told(users, reason), [meant, "", role], reason);
  }
  const byId = ["ann", "bob"];
  assert.deepEqual(told(byId, refused("the user bob was deleted", "DeleteUsers")), ["bob", "", undefined]);
  const task = { kind: "task_failed", message: "task t1 failed: Error: the user bob was deleted" };
  assert.deepEqual(told(byId, task), ["bob", "", undefined]);
  const bare = { kind: "not_found", message: "the user bob was deleted" };
  assert.deepEqual(told(byId, bare), ["bob", "", undefined]);
  for (const message of [
    'UpdateUsers failed with error: "the user bob was deleted"',
    'Stream error code 16: UpdateUsers failed with error: "the user bob was deleted"',
    "Stream error code -1: the user bob was deleted",
    "task t1 failed: the user bob was deleted",
  ]) {
    assert.deepEqual(told(byId, { kind: "invalid_request", message }), ["bob", "", undefined], message);
  }
  const partial = [{ id: "ann", set: { role: "king" } }, { id: "bob" }];
  assert.deepEqual(told(partial, 'role "king" provided but not defined'), ["ann", "", "king"]);
});

test("a value in words that are not known makes those who have it suspects, who are asked alone", () => {
  for (const [reason, suspects] of [
    ["username 'O'Brien' already exists", "ann"],
    ["username 'Bob' already exists in team 'blue'", "bob"],
    ['role "queen" provided but not defined', "cid"],
    ["users[ann].teams[0] is a required field", "ann"],
    ["users[3].set.teams[0] is a required field", "was"],
    ['custom data of user "bob" is too big: 6000 bytes, it has to be less than 5120', "bob"],
    ['color "red" is not allowed', "was"],
    ["there is a problem with user cid in some way", "cid"],
    ["nobody knows why the user bob was deleted", "bob"],
    ["team 'blue' takes nobody", "bob"],
    ['the role "king" provided but not defined', "ann,cid"],
    ['role "king" provided but not defined here', "ann,cid"],
    ["username 'role \"king\" provided but not defined' already exists", "ann,cid,user"],
  ]) {
    assert.deepEqual(told(users, reason), ["", suspects, undefined], reason);
  }
});

test("values count that a message may have, and no others", () => {
  const [short, long] = [300, 301].map((length) => "x".repeat(length));
  const items = [
    { id: "ann", name: "" },
    { id: "bob", set: { name: "Zed" } },
    { id: "cid", name: short },
    { id: "dan", name: long },
  ];
  for (const [reason, suspects] of [
    ['field "" is odd', ""],
    ["username 'Zed' already exists", "bob"],
    [`name "${short}" is odd`, "cid"],
    [`name "${long}" is odd`, ""],
  ]) {
    assert.deepEqual(told(items, reason), ["", suspects, undefined], reason.slice(0, 40));
  }
  // Who has no id is not called undefined.
  const nameless = entriesOf([{ name: "Ann" }, { id: "bob" }]);
  assert.deepEqual(blame(nameless, refused("there is a problem with user undefined in it")).suspects, []);
  // Ids alone have no values.
  assert.deepEqual(told(["ann", "bob"], "the letter 'a' is odd"), ["", "", undefined]);
});

test("what names nobody of the call, or all of them, tells nothing", () => {
  for (const reason of [
    "invalid input",
    "the user zoe was deleted",
    'role "jack" provided but not defined',
    "users must be objects with a role, a name and an id",
    "ann bob cid",
    "",
  ]) {
    assert.deepEqual(told(users, reason), ["", "", undefined], reason);
  }
  const alike = [
    { id: "ann", name: "A" },
    { id: "bob", name: "A" },
  ];
  assert.deepEqual(told(alike, "username 'A' already exists"), ["", "", undefined]);
});

test("a role whose name imitates the API's words accuses nobody else", () => {
  for (const role of ['king" provided but not defined', 'x" provided but not defined\nrole "king', "king\\", 'king"']) {
    const [meant] = told(
      [
        { id: "ann", role: "king" },
        { id: "eve", role },
      ],
      `role "${role}" provided but not defined`,
    );
    assert.equal(meant, "eve", role);
  }
});

test("users that throw when they are read are nobody's fault", () => {
  const hostile = new Proxy({}, { get: () => assert.fail("read"), ownKeys: () => assert.fail("listed") });
  const entries = [
    { index: 0, id: undefined, item: hostile },
    { index: 1, id: "bob", item: null },
    // A list becomes a text only if all that it holds does.
    { index: 2, id: "cid", item: { id: "cid", custom: { tags: [Object.create(null)] } } },
  ];
  const { suspects } = blame(entries, refused('user "bob" is odd'));
  assert.deepEqual(
    suspects.map(({ index }) => index),
    [1],
  );
});

test("what the client refuses by itself means the user in the field", () => {
  const error = (field) => ({ kind: "invalid_argument", field, message: "upsertUsers: users[1].id must be a text" });
  assert.deepEqual(told(users, error("users[1].id")), ["bob", "", undefined]);
  assert.deepEqual(told(users, error(undefined)), ["", "", undefined]);
  assert.deepEqual(told(users, error("users[99].id")), ["", "", undefined]);
});

test("calls get smaller while users are refused without a name, and larger again", () => {
  for (const [size, isWhole, expected] of [
    [100, true, 100],
    [100, false, 83],
    [2, false, 1],
    [1, false, 1],
    [1, true, 2],
    [90, true, 100],
  ]) {
    assert.equal(nextSize(size, 100, isWhole), expected, `${size} ${isWhole}`);
  }
});
