// Which users of a request an error of the API is about: tables of errors and users.

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

/** The ids of the users that an error is about, the ids of the suspects, and the undefined role. */
function blamed(items, error) {
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

test("a known message blames only the users with the id or role in it", () => {
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
    assert.deepEqual(blamed(users, reason), [meant, "", role], reason);
  }
  const byId = ["ann", "bob"];
  assert.deepEqual(blamed(byId, refused("the user bob was deleted", "DeleteUsers")), ["bob", "", undefined]);
  const task = { kind: "task_failed", message: "task t1 failed: Error: the user bob was deleted" };
  assert.deepEqual(blamed(byId, task), ["bob", "", undefined]);
  const bare = { kind: "not_found", message: "the user bob was deleted" };
  assert.deepEqual(blamed(byId, bare), ["bob", "", undefined]);
  for (const message of [
    'UpdateUsers failed with error: "the user bob was deleted"',
    'Stream error code 16: UpdateUsers failed with error: "the user bob was deleted"',
    "Stream error code -1: the user bob was deleted",
    "task t1 failed: the user bob was deleted",
  ]) {
    assert.deepEqual(blamed(byId, { kind: "invalid_request", message }), ["bob", "", undefined], message);
  }
  const partial = [{ id: "ann", set: { role: "king" } }, { id: "bob" }];
  assert.deepEqual(blamed(partial, 'role "king" provided but not defined'), ["ann", "", "king"]);
});

test("in an unknown message, users whose values occur in it are suspects", () => {
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
    assert.deepEqual(blamed(users, reason), ["", suspects, undefined], reason);
  }
});

test("empty values, values over 300 characters and missing ids make no suspects", () => {
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
    assert.deepEqual(blamed(items, reason), ["", suspects, undefined], reason.slice(0, 40));
  }
  // A missing id does not match the word "undefined".
  const nameless = entriesOf([{ name: "Ann" }, { id: "bob" }]);
  assert.deepEqual(blame(nameless, refused("there is a problem with user undefined in it")).suspects, []);
  // An id without a user object has no other values.
  assert.deepEqual(blamed(["ann", "bob"], "the letter 'a' is odd"), ["", "", undefined]);
});

test("a message that matches none or all of the users blames nobody", () => {
  for (const reason of [
    "invalid input",
    "the user zoe was deleted",
    'role "jack" provided but not defined',
    "users must be objects with a role, a name and an id",
    "ann bob cid",
    "",
  ]) {
    assert.deepEqual(blamed(users, reason), ["", "", undefined], reason);
  }
  const alike = [
    { id: "ann", name: "A" },
    { id: "bob", name: "A" },
  ];
  assert.deepEqual(blamed(alike, "username 'A' already exists"), ["", "", undefined]);
});

test("a role named like the API's message blames only its own users", () => {
  for (const role of ['king" provided but not defined', 'x" provided but not defined\nrole "king', "king\\", 'king"']) {
    const [meant] = blamed(
      [
        { id: "ann", role: "king" },
        { id: "eve", role },
      ],
      `role "${role}" provided but not defined`,
    );
    assert.equal(meant, "eve", role);
  }
});

test("users that throw when they are read are skipped", () => {
  const hostile = new Proxy({}, { get: () => assert.fail("read"), ownKeys: () => assert.fail("listed") });
  const entries = [
    { index: 0, id: undefined, item: hostile },
    { index: 1, id: "bob", item: null },
    // Converting this array to a string would throw.
    { index: 2, id: "cid", item: { id: "cid", custom: { tags: [Object.create(null)] } } },
  ];
  const { suspects } = blame(entries, refused('user "bob" is odd'));
  assert.deepEqual(
    suspects.map(({ index }) => index),
    [1],
  );
});

test("an error of the client blames the user in its `field`", () => {
  const error = (field) => ({ kind: "invalid_argument", field, message: "upsertUsers: users[1].id must be a text" });
  assert.deepEqual(blamed(users, error("users[1].id")), ["bob", "", undefined]);
  assert.deepEqual(blamed(users, error(undefined)), ["", "", undefined]);
  assert.deepEqual(blamed(users, error("users[99].id")), ["", "", undefined]);
});

test("chunks shrink after a refusal that names no user, and grow after a success", () => {
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
