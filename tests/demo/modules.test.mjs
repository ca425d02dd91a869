// The demo page's pure modules: JSON, differences, links, CSV, hiding secrets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/page.mjs";

const { at, withValue, pathText } = await load("json/value.ts");
const { tokensOf } = await load("json/tokens.ts");
const { linesOf, textOf } = await load("json/print.ts");
const { differences, folded } = await load("json/diff.ts");
const { fragmentOf, placeOf } = await load("app/link.ts");
const { usersOf } = await load("tools/csv.ts");
const { people } = await load("tools/people.ts");
const { inspect } = await load("tools/jwt.ts");
const { redactedBody, redactedHeaders, redactedUrl } = await load("client/redact.ts");
const { highlight } = await load("code/highlight.ts");
const { piecesOf } = await load("response/timeline.ts");
const { beginning, changed, choiceOf, missing, targetOf } = await load("target/choice.ts");

test("a value is changed, added and removed at a path, and nothing else changes", () => {
  const input = [{ id: "a", tags: ["x", "y"] }];
  assert.equal(at(input, [0, "tags", 1]), "y");
  assert.deepEqual(withValue(input, [0, "tags", 1], "z"), [{ id: "a", tags: ["x", "z"] }]);
  assert.deepEqual(withValue(input, [0, "tags", 0], undefined), [{ id: "a", tags: ["y"] }]);
  assert.deepEqual(withValue(input, [0, "custom", "deep"], 1), [{ id: "a", tags: ["x", "y"], custom: { deep: 1 } }]);
  assert.deepEqual(Object.keys(withValue({ a: 1, b: 2 }, ["a"], 3)), ["a", "b"]);
  assert.deepEqual(input, [{ id: "a", tags: ["x", "y"] }]);
  assert.equal(pathText([0, "users", 3, "id"]), "[0].users[3].id");
});

test("a field may be called __proto__", () => {
  const value = withValue({}, ["__proto__"], { polluted: true });
  assert.ok(Object.hasOwn(value, "__proto__"));
  assert.equal({}.polluted, undefined);
  assert.equal(at({}, ["__proto__", "toString"]), undefined);
});

test("the tokens of a text contain all of it, whether it is JSON or not", () => {
  for (const text of ['{ "a": [1, -2.5e3, true, null, "x\\"y"] }', '{ "a": ', "nonsense ' 🙂", ""]) {
    assert.equal(
      tokensOf(text)
        .map((token) => token.text)
        .join(""),
      text,
    );
  }
  const kinds = tokensOf('{"a": "b"}').map((token) => token.kind);
  assert.deepEqual(kinds, ["mark", "key", "mark", "space", "string", "mark"]);
});

test("a text too long to colour while typing is left uncoloured", () => {
  const long = JSON.stringify(people(1000));
  assert.deepEqual(tokensOf(long), [{ kind: "space", text: long }]);
  assert.deepEqual(highlight(long, "js"), [{ kind: "plain", text: long }]);
});

test("values are printed as by JSON.stringify, except that Dates are marked", () => {
  const value = { a: [1, { b: null }], empty: {}, none: [], text: "x\ny", gone: undefined, at: new Date(0) };
  const lines = linesOf(value);
  assert.equal(lines.map(textOf).join("\n"), JSON.stringify(value, null, 2));
  assert.equal(lines.flat().filter((token) => token.kind === "date").length, 1);
});

test("differences are minimal and in order, and restore both texts", () => {
  const [before, after] = [
    ["a", "b", "c", "d"],
    ["a", "x", "c", "d", "e"],
  ];
  const found = differences(before, after);
  assert.deepEqual(
    found.map(({ kind, text }) => `${kind} ${text}`),
    ["same a", "removed b", "added x", "same c", "same d", "added e"],
  );
  const side = (gone) => found.filter(({ kind }) => kind !== gone).map(({ text }) => text);
  assert.deepEqual([side("added"), side("removed")], [before, after]);
  assert.deepEqual(differences([], []), []);
  assert.deepEqual(
    differences(["a", "a"], ["a"]).map(({ kind }) => kind),
    ["same", "removed"],
  );
});

test("equal lines far from a difference are only counted", () => {
  const lines = (from, to) => Array.from({ length: to - from }, (_, place) => String(from + place));
  const found = folded(differences([...lines(0, 20)], [...lines(0, 10), "new", ...lines(10, 20)]), 2);
  assert.deepEqual(
    found.map(({ kind, count, text }) => `${kind} ${count ?? text}`),
    ["fold 8", "same 8", "same 9", "added new", "same 10", "same 11", "fold 8"],
  );
  assert.deepEqual(folded(differences(["a", "b"], ["a", "b"]), 2), [{ kind: "fold", count: 2 }]);
});

test("a link restores its input, and a broken link is ignored", () => {
  const places = [
    { view: "operation", operation: "moderation.ban", input: [{ reason: "a&b=c#d?e ü" }] },
    { view: "operation", operation: "listRoles" },
    { view: "tool", tool: "tokens" },
  ];
  for (const place of places) assert.deepEqual(placeOf(fragmentOf(place)), place);
  assert.equal(placeOf(""), undefined);
  assert.equal(placeOf("#%E0%A4%A"), undefined);
  for (const input of ["%7B", "%22text%22", "%E0%A4%A"]) {
    assert.deepEqual(placeOf(`#getApp?input=${input}`), { view: "operation", operation: "getApp" });
  }
});

test("input in a link that is nested too deep to show is ignored", () => {
  const nested = (levels) => `#getApp?input=${"[".repeat(levels)}${"]".repeat(levels)}`;
  assert.ok("input" in placeOf(nested(100)));
  for (const levels of [1_000, 100_000]) assert.ok(!("input" in placeOf(nested(levels))));
});

test("users are read from a CSV with quotes, line breaks, teams and custom fields", () => {
  const csv = '\ufeffid,name,teams,plan\r\nann,"Ann\n""A""",red;blue,pro\r\n\r\nben,,,\r\n,ghost,,';
  assert.deepEqual(usersOf(csv), {
    users: [{ id: "ann", name: 'Ann\n"A"', teams: ["red", "blue"], custom: { plan: "pro" } }, { id: "ben" }],
    problems: ["record 4 has no id"],
  });
  assert.deepEqual(usersOf("name\nAnn").users, []);
  assert.equal(usersOf("").problems.length, 1);
});

test("a CSV with stray quotes loses only the records in an open quote, and a repeated id is reported", () => {
  const csv = 'id,name\na,5" pipe\nb,"B" and more\na,Another\nc,';
  assert.deepEqual(usersOf(csv), {
    users: [{ id: "a", name: '5" pipe' }, { id: "b", name: "B and more" }, { id: "c" }],
    problems: ["record 4 has the id a once more"],
  });
  assert.deepEqual(usersOf('id,name\na,"open\nb,B').users, [{ id: "a", name: "open\nb,B" }]);
});

test("generated users have unique ids, and are the same every time", () => {
  assert.equal(new Set(people(1000).map(({ id }) => id)).size, 1000);
  assert.deepEqual(people(3), people(3));
});

test("a token is read without verifying it, and anything else is refused", () => {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { user_id: "zoë" };
  assert.deepEqual(inspect(`${part({ alg: "HS256" })}.${part(claims)}.x`), { header: { alg: "HS256" }, claims });
  for (const text of ["", "a.b.c", "no token"]) assert.equal(inspect(text), undefined);
});

test("tokens and secrets are hidden everywhere in an exchange", () => {
  const headers = new Headers({ Authorization: "eyJx", "stream-auth-type": "jwt" });
  assert.deepEqual(Object.fromEntries(redactedHeaders(headers)), {
    authorization: "[hidden]",
    "stream-auth-type": "jwt",
  });
  assert.doesNotMatch(redactedUrl("https://a.example/x?api_key=k&token=eyJx"), /eyJx/);
  assert.deepEqual(redactedBody('{"access_token":"eyJx","user":{"id":"a"}}'), {
    access_token: "[hidden]",
    user: { id: "a" },
  });
  assert.equal(redactedBody("<html>"), "<html>");
});

test("coloured source has the text of the source", () => {
  const script = 'import { a } from "b"; // c "d"\nconst x = `a` + 2; await y;';
  const shell = '# it\'s a comment\ncurl -X POST "$URL" \\\n  --data \'{ "a": 1 }\'';
  assert.equal(
    highlight(script, "ts")
      .map(({ text }) => text)
      .join(""),
    script,
  );
  assert.equal(
    highlight(shell, "sh")
      .map(({ text }) => text)
      .join(""),
    shell,
  );
  assert.deepEqual(
    highlight("await 1", "js").map(({ kind }) => kind),
    ["keyword", "plain", "number"],
  );
});

test("a call's timeline has its attempts and waits in order, and fills its span", () => {
  const exchange = (start, end, status) => ({ start, end, status });
  const run = {
    start: 0,
    end: 100,
    exchanges: [exchange(0, 20, 429), exchange(70, 100, 200)],
    waits: [{ start: 20, delay: 50 }],
  };
  const pieces = piecesOf(run, 500);
  assert.deepEqual(
    pieces.map(({ tone }) => tone),
    ["bad", "wait", "good"],
  );
  assert.equal(
    pieces.reduce((sum, { share }) => sum + share, 0),
    1,
  );
});

test("a secret for Stream needs the visitor's confirmation", () => {
  const choice = { ...beginning, where: "stream", apiKey: "key", kind: "server", secret: "s" };
  assert.match(missing(choice), /warning/);
  assert.equal(missing({ ...choice, accepted: true }), undefined);
  assert.equal(missing(beginning), undefined);
});

test("a secret and a token are kept only for their target", () => {
  const mine = { ...beginning, where: "url", url: "http://mine", kind: "server", secret: "s", accepted: true };
  const held = choiceOf(targetOf(mine), mine);
  assert.equal(held.secret, "s");
  assert.equal(changed(held, { apiKey: "k" }).secret, "s");
  for (const away of [{ url: "http://theirs" }, { where: "stream" }, { where: "page" }]) {
    const { secret, token, accepted } = changed({ ...held, token: "t" }, away);
    assert.deepEqual([secret, token, accepted], ["", "", false]);
  }
  const called = choiceOf(targetOf(mine), { ...mine, url: "http://theirs", token: "typed, then cancelled" });
  assert.deepEqual([called.url, called.token], ["http://mine", ""]);
});

test("an address must be a valid HTTP URL without a password", () => {
  const at = (url) => missing({ ...beginning, where: "url", url, accepted: true });
  for (const url of ["http://127.0.0.1:8787", " https://example.test/base "]) assert.equal(at(url), undefined, url);
  for (const url of ["javascript:alert(1)", "data:text/html,x", "http://", "http://[", "http://me:word@host"]) {
    assert.match(at(url), /address/, url);
  }
});
