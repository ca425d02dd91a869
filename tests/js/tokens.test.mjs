// Tokens for users, compared with what Node's own crypto signs.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";
import { apiKey, apiSecret, overHttp, unique } from "../support/api.mjs";
import { noFetch, rejection } from "../support/stub.mjs";

const NOW = 1_700_000_000_999;
const hourFromNow = 1_700_003_601;
/** The earliest time that a token can be meant to expire. */
const PAST = 1_000_000_000;

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token like that of any library. */
function signed(secret, claims) {
  const signedPart = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signedPart}.${createHmac("sha256", secret).update(signedPart).digest("base64url")}`;
}

function claimsOf(token) {
  return JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString("utf8"));
}

function atNow(t) {
  t.mock.timers.enable({ apis: ["Date"], now: NOW });
}

const client = new StreamClient("key", "secret", { fetch: noFetch });

test("a token equals that of other libraries, byte for byte", () => {
  const secrets = ["s", "secret", "schlüssel 🗝", "x".repeat(63), "x".repeat(64), "x".repeat(65), "x".repeat(500)];
  const ids = ["ann", "jörg 🦀", '"quoted" \\ back', "\u0000\u2028\u007f", "x".repeat(300), "!anon", "\ud83e\udd80"];
  for (const secret of secrets) {
    const client = new StreamClient("key", secret, { fetch: noFetch });
    for (const user_id of ids) {
      const times = { iat: 1_700_000_000, exp: 1_700_003_600 };
      const expected = signed(secret, { user_id, ...times });
      assert.equal(client.generateUserToken({ user_id, ...times }), expected);
      assert.equal(client.createToken(user_id, times.exp, times.iat), expected);
    }
  }
});

test("custom claims keep their order", () => {
  const claims = {
    role: "admin",
    user_id: "ann",
    call_cids: ["default:1"],
    nested: { deep: [1, null, { a: "ü" }] },
    nbf: 1,
    iat: 1_700_000_000,
    exp: 1_700_000_060,
  };
  assert.equal(client.generateUserToken(claims), signed("secret", claims));
});

test("a token was issued a second ago and is valid for an hour", (t) => {
  atNow(t);
  const issued = 1_699_999_999;
  const token = client.generateUserToken({ user_id: "ann" });
  assert.deepEqual(claimsOf(token), { user_id: "ann", iat: issued, exp: issued + 3600 });
  // An hour from the nearest second, as Stream's own SDK for Node has it.
  assert.deepEqual(claimsOf(client.createToken("ann")), { user_id: "ann", iat: issued, exp: hourFromNow });
});

test("times can be given: exp, or iat, or how long", (t) => {
  atNow(t);
  const issued = 1_699_999_999;
  for (const [times, iat, exp] of [
    [{ exp: PAST }, issued, PAST],
    [{ iat: 5 }, 5, 3605],
    [{ iat: 5, exp: PAST }, 5, PAST],
    [{ validity_in_seconds: 60 }, issued, issued + 60],
    [{ iat: 5, validity_in_seconds: 60 }, 5, 65],
    [{ exp: PAST, validity_in_seconds: 60 }, issued, PAST],
    [{ iat: undefined, exp: null, validity_in_seconds: undefined }, issued, issued + 3600],
    // Stream's own SDK for Node leaves the claim out, too.
    [{ iat: 0, exp: PAST }, undefined, PAST],
  ]) {
    const claims = claimsOf(client.generateUserToken({ user_id: "ann", ...times }));
    assert.deepEqual([claims.iat, claims.exp], [iat, exp], JSON.stringify(times));
    const withClaim = claimsOf(client.generateUserToken({ user_id: "ann", role: "user", ...times }));
    assert.deepEqual([withClaim.iat, withClaim.exp], [iat, exp], JSON.stringify(times));
  }
  assert.deepEqual(claimsOf(client.createToken("ann", undefined, 5)), { user_id: "ann", iat: 5, exp: hourFromNow });
  assert.deepEqual(claimsOf(client.createToken("ann", PAST)), { user_id: "ann", iat: issued, exp: PAST });
  assert.deepEqual(claimsOf(client.createToken("ann", PAST, 0)), { user_id: "ann", exp: PAST });
});

test("validity_in_seconds is not a claim", () => {
  for (const more of [{}, { role: "user" }]) {
    const claims = claimsOf(client.generateUserToken({ user_id: "ann", validity_in_seconds: 60, ...more }));
    assert.equal("validity_in_seconds" in claims, false);
  }
});

test("the payload is not modified", () => {
  const payload = Object.freeze({ user_id: "ann", validity_in_seconds: 60, role: "user" });
  client.generateUserToken(payload);
  assert.deepEqual(payload, { user_id: "ann", validity_in_seconds: 60, role: "user" });
  const bare = Object.assign(Object.create(null), { user_id: "ann", iat: 1, exp: PAST });
  assert.equal(client.generateUserToken(bare), signed("secret", { user_id: "ann", iat: 1, exp: PAST }));
});

function thrown(make) {
  try {
    make();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

test("payloads of other types are refused", () => {
  const seconds = (name, was) => `${name} must be a whole number of seconds, but was ${was}`;
  for (const [payload, field, problem] of [
    [undefined, "user_id", "user_id must be a non-empty string"],
    [null, "user_id", "user_id must be a non-empty string"],
    ["ann", "user_id", "user_id must be a non-empty string"],
    [{}, "user_id", "user_id must be a non-empty string"],
    [{ user_id: "" }, "user_id", "user_id must be a non-empty string"],
    [{ user_id: 7 }, "user_id", "user_id must be a non-empty string"],
    [{ user_id: "ann", exp: "1h" }, "exp", seconds("exp", "a string")],
    [{ user_id: "ann", exp: 1.5 }, "exp", seconds("exp", "a fraction")],
    [{ user_id: "ann", exp: Number.NaN }, "exp", seconds("exp", "NaN")],
    [{ user_id: "ann", exp: 1 / 0 }, "exp", seconds("exp", "out of range")],
    [{ user_id: "ann", exp: new Date() }, "exp", seconds("exp", "a value with its own toJSON, such as a Date")],
    [{ user_id: "ann", iat: true }, "iat", seconds("iat", "a boolean")],
    [{ user_id: "ann", iat: 1n }, "iat", seconds("iat", "a BigInt")],
    [{ user_id: "ann", validity_in_seconds: "60" }, "validity_in_seconds", seconds("validity_in_seconds", "a string")],
  ]) {
    const error = thrown(() => client.generateUserToken(payload));
    assert.ok(error instanceof StreamError);
    assert.deepEqual(
      [error.message, error.field, error.kind],
      [`generateUserToken: ${problem}`, field, "invalid_argument"],
    );
  }
  for (const [args, field, problem] of [
    [[], "userID", "userID must be a non-empty string"],
    [[""], "userID", "userID must be a non-empty string"],
    [[{ user_id: "ann" }], "userID", "userID must be a non-empty string"],
    [["ann", "soon"], "exp", seconds("exp", "a string")],
    [["ann", 1.5], "exp", seconds("exp", "a fraction")],
    [["ann", PAST, {}], "iat", seconds("iat", "an object")],
  ]) {
    const error = thrown(() => client.createToken(...args));
    assert.deepEqual([error.message, error.field], [`createToken: ${problem}`, field]);
  }
});

test("a permanent token has no exp", (t) => {
  atNow(t);
  const claims = (payload) => claimsOf(client.generatePermanentUserToken(Object.freeze(payload)));
  assert.deepEqual(claims({ user_id: "ann" }), { user_id: "ann", iat: 1_699_999_999 });
  assert.deepEqual(claims({ user_id: "ann", iat: 5, role: "user" }), { user_id: "ann", iat: 5, role: "user" });
  assert.deepEqual(claims({ user_id: "ann", exp: undefined }), { user_id: "ann", iat: 1_699_999_999 });
  for (const field of ["exp", "validity_in_seconds"]) {
    const error = thrown(() => client.generatePermanentUserToken({ user_id: "ann", [field]: 60 }));
    assert.deepEqual(
      [error.kind, error.message],
      [
        "invalid_argument",
        "generatePermanentUserToken: exp and validity_in_seconds are for tokens that expire; use generateUserToken",
      ],
    );
  }
  assert.equal(thrown(() => client.generatePermanentUserToken({})).field, "user_id");
});

test("a call token contains its calls", (t) => {
  atNow(t);
  const times = { iat: 1_699_999_999, exp: hourFromNow };
  const call_cids = ["default:1", "livestream:2"];
  const payload = Object.freeze({ user_id: "ann", call_cids, role: "host", validity_in_seconds: 60 });
  assert.deepEqual(claimsOf(client.generateCallToken(payload)), {
    user_id: "ann",
    call_cids,
    role: "host",
    iat: times.iat,
    exp: times.iat + 60,
  });
  assert.deepEqual(claimsOf(client.createCallToken("ann", call_cids)), { user_id: "ann", call_cids, ...times });
  const ann = Object.freeze({ user_id: "ann", role: "host" });
  assert.deepEqual(claimsOf(client.createCallToken(ann, call_cids, PAST, 7)), { ...ann, call_cids, exp: PAST, iat: 7 });
});

test("a call token without calls is minted, as by Stream's other SDKs", () => {
  assert.deepEqual(claimsOf(client.generateCallToken({ user_id: "ann", call_cids: [] })).call_cids, []);
});

test("implausible times are refused with a question", () => {
  for (const [payload, field, question] of [
    [{ exp: 3600 }, "exp", "is it a duration?"],
    [{ exp: 0 }, "exp", "is it a duration?"],
    [{ exp: Date.now() }, "exp", "is it in milliseconds?"],
    [{ iat: Date.now() }, "iat", "is it in milliseconds?"],
  ]) {
    const error = thrown(() => client.generateUserToken({ user_id: "ann", ...payload }));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", field]);
    assert.ok(error.message.includes(question), error.message);
  }
  assert.ok(thrown(() => client.createToken("ann", 3600)).message.includes("is it a duration?"));
});

test("a clock at 0 is reported, and not used as a time", (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 0 });
  const hint = /the clock stands at 0, as it does in a Worker before the first request/;
  const error = thrown(() => client.generateUserToken({ user_id: "ann" }));
  assert.equal(error.kind, "config");
  assert.match(error.message, hint);
  assert.match(
    thrown(() => client.verifyToken(signed("secret", { user_id: "ann", exp: 1_600_000_000 }))).message,
    hint,
  );
  const times = { iat: 1_700_000_000, exp: 1_700_003_600 };
  assert.deepEqual(claimsOf(client.generateUserToken({ user_id: "ann", ...times })), { user_id: "ann", ...times });
  assert.deepEqual(client.verifyToken(signed("secret", { server: true })), { server: true });
});

test("invalid calls of a call token are named", () => {
  const ids = `call ids such as "default:1"`;
  for (const [call_cids, field, problem] of [
    [undefined, "call_cids", `must be an array of ${ids}, but is missing`],
    ["default:1", "call_cids", `must be an array of ${ids}, but was a string`],
    [["default:1", ""], "call_cids[1]", "must not be empty"],
    [[7], "call_cids[0]", "must be a non-empty string, but was a number"],
  ]) {
    for (const [method, ...args] of [
      ["generateCallToken", { user_id: "ann", call_cids }],
      ["createCallToken", "ann", call_cids],
      ["createCallToken", { user_id: "ann" }, call_cids],
    ]) {
      const error = thrown(() => client[method](...args));
      assert.deepEqual([error.message, error.field], [`${method}: ${field} ${problem}`, field]);
    }
  }
  for (const user of [undefined, "", {}, { user_id: 7 }]) {
    assert.equal(thrown(() => client.createCallToken(user, ["default:1"])).field, "user_id");
  }
  assert.equal(thrown(() => client.createCallToken("ann", ["default:1"], "soon")).field, "exp");
});

test("verifyToken returns the claims of a valid token", () => {
  const now = Math.floor(Date.now() / 1000);
  const claims = { user_id: "jörg 🦀", role: "user", deep: { list: [1, null] }, iat: now, exp: now + 60, nbf: now };
  assert.deepEqual(client.verifyToken(signed("secret", claims)), claims);
  assert.deepEqual(client.verifyToken(signed("secret", { server: true })), { server: true });
  // Stream's own SDK for Python signs its server's token without any claim.
  assert.deepEqual(client.verifyToken(signed("secret", {})), {});
  assert.equal(client.verifyToken(client.generateUserToken({ user_id: "ann" })).user_id, "ann");
  assert.equal(client.verifyToken(client.createCallToken("ann", ["default:1"])).user_id, "ann");
  assert.equal(client.verifyToken(client.generatePermanentUserToken({ user_id: "ann" })).exp, undefined);
});

test("verifyToken throws for an invalid token, with the API's code", () => {
  const now = Math.floor(Date.now() / 1000);
  const good = signed("secret", { user_id: "ann", iat: now });
  const [header, claims, signature] = good.split(".");
  const flipped = (text, at) => text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
  const resigned = (part) => `${part}.${createHmac("sha256", "secret").update(part).digest("base64url")}`;
  for (const [name, token, code] of [
    ["empty", "", 5],
    ["no token", "not-a-token", 5],
    ["two parts", `${header}.${claims}`, 5],
    ["four parts", `${good}.`, 5],
    ["padded", `${header}.${claims}=.${signature}`, 5],
    ["another secret", signed("another", { user_id: "ann" }), 43],
    ["no signature", `${header}.${claims}.`, 43],
    ["cut signature", good.slice(0, -1), 43],
    ["development token", `${header}.${claims}.devtoken`, 43],
    ["changed claims", `${header}.${encode({ user_id: "bob" })}.${signature}`, 43],
    ["flipped signature", `${header}.${claims}.${flipped(signature, 5)}`, 43],
    ["claims that are no JSON", resigned(`${header}.${Buffer.from("{").toString("base64url")}`), 5],
    ["claims that are no object", signed("secret", ["ann"]), 5],
    ["nobody by name", signed("secret", { user_id: "" }), 5],
    ["a number for a name", signed("secret", { user_id: 7 }), 5],
    ["another algorithm", resigned(`${encode({ alg: "HS512" })}.${claims}`), 5],
    ["no algorithm", resigned(`${encode({ alg: "none" })}.${claims}`), 5],
    ["an extension", resigned(`${encode({ alg: "HS256", crit: ["x"] })}.${claims}`), 5],
    ["a mark before the claims", resigned(`${header}.${Buffer.from("\ufeff{}").toString("base64url")}`), 5],
    ["a time with an exponent", resigned(`${header}.${Buffer.from('{"exp":1e10}').toString("base64url")}`), 5],
    ["a time in words", signed("secret", { user_id: "ann", exp: "never" }), 5],
    ["expired", signed("secret", { user_id: "ann", exp: now - 1 }), 40],
    ["not yet valid", signed("secret", { user_id: "ann", nbf: now + 60 }), 41],
    ["issued in the future", signed("secret", { user_id: "ann", iat: now + 60 }), 42],
  ]) {
    const error = thrown(() => client.verifyToken(token));
    assert.deepEqual([error.kind, error.code, error.status], ["authentication", code, undefined], name);
    assert.match(error.message, /^verifyToken: the token is not valid: /, name);
  }
  for (const token of [undefined, null, 7, {}]) {
    const error = thrown(() => client.verifyToken(token));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", "token"]);
  }
});

test("a token is valid until the second in which it expires", (t) => {
  atNow(t);
  const second = Math.floor(NOW / 1000);
  const token = (claims) => signed("secret", { user_id: "ann", ...claims });
  for (const claims of [{ exp: second + 1 }, { nbf: second }, { iat: second }]) {
    assert.equal(client.verifyToken(token(claims)).user_id, "ann", JSON.stringify(claims));
  }
  for (const claims of [{ exp: second }, { nbf: second + 1 }, { iat: second + 1 }]) {
    assert.equal(thrown(() => client.verifyToken(token(claims))).kind, "authentication", JSON.stringify(claims));
  }
});

test("claims that cannot be written are refused, not dropped", () => {
  const cyclic = {};
  cyclic.self = cyclic;
  for (const claim of [cyclic, 1n]) {
    const error = thrown(() => client.generateUserToken({ user_id: "ann", claim }));
    assert.ok(error instanceof StreamError);
    assert.equal(error.kind, "invalid_argument");
  }
  for (const claim of [() => {}, Symbol("s"), Number.NaN, new Map()]) {
    const error = thrown(() => client.generateUserToken({ user_id: "ann", claim }));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", "claim"]);
  }
});

test("a client without the secret neither mints nor verifies", () => {
  const token = client.generateUserToken({ user_id: "ann" });
  for (const other of [StreamClient.withToken("key", token), StreamClient.anonymous("key")]) {
    for (const [method, argument] of [
      ["generateUserToken", { user_id: "ann" }],
      ["createToken", "ann"],
      ["generatePermanentUserToken", { user_id: "ann" }],
      ["generateCallToken", { user_id: "ann", call_cids: ["default:1"] }],
      ["createCallToken", "ann"],
      ["verifyToken", token],
      ["verifyWebhook", "{}"],
    ]) {
      const error = thrown(() => other[method](argument));
      assert.equal(error.kind, "config");
      assert.equal(error.message, `${method}: this needs the app's secret, which this client does not have`);
    }
  }
});

test("a client with a token has its userId", () => {
  for (const user_id of ["ann", "jörg 🦀", "x".repeat(300)]) {
    assert.equal(StreamClient.withToken("key", client.generateUserToken({ user_id })).userId, user_id);
  }
  assert.equal(StreamClient.withToken("key", signed("s", { server: true })).userId, undefined);
  assert.equal(client.userId, undefined);
  assert.equal(client.apiKey, "key");
});

test("the API accepts tokens, and refuses expired, early and foreign ones", async () => {
  const server = new StreamClient(apiKey, apiSecret, overHttp);
  const id = unique("token");
  await server.upsertUsers([{ id }]);
  const query = { payload: { filter_conditions: { id } } };
  const ask = (token) => StreamClient.withToken(apiKey, token, overHttp).queryUsers(query);
  const now = Math.floor(Date.now() / 1000);
  for (const token of [
    server.generateUserToken({ user_id: id }),
    server.generateUserToken({ user_id: id, validity_in_seconds: 600, role: "user" }),
    server.createToken(id),
    server.createToken(id, now + 600, now - 600),
    signed(apiSecret, { user_id: id }),
  ]) {
    const { users } = await ask(token);
    assert.equal(users[0].id, id);
  }
  for (const [token, code] of [
    [server.generateUserToken({ user_id: id, iat: now - 7200 }), 40],
    [server.createToken(id, now - 1), 40],
    [server.generateUserToken({ user_id: id, nbf: now + 600 }), 41],
    [server.generateUserToken({ user_id: id, iat: now + 600 }), 42],
    [signed("another", { user_id: id }), 5],
  ]) {
    const error = await rejection(ask(token));
    assert.deepEqual([error.kind, error.code, error.status], ["authentication", code, 401]);
  }
});

test("a token expires at its exp", async () => {
  const emulator = createEmulator();
  const options = { fetch: emulator.fetch };
  const server = new StreamClient(emulator.apiKey, emulator.apiSecret, options);
  const token = server.generateUserToken({ user_id: "ann", validity_in_seconds: 60 });
  const user = StreamClient.withToken(emulator.apiKey, token, options);
  const query = { payload: { filter_conditions: {} } };
  await user.queryUsers(query);
  emulator.advance(61_000);
  assert.equal((await rejection(user.queryUsers(query))).code, 40);
});

test("revoked tokens are refused", async () => {
  const server = new StreamClient(apiKey, apiSecret, overHttp);
  const id = unique("revoked");
  await server.upsertUsers([{ id }]);
  const user = StreamClient.withToken(apiKey, server.generateUserToken({ user_id: id }), overHttp);
  const query = { payload: { filter_conditions: { id } } };
  await user.queryUsers(query);
  const when = new Date(Date.now() + 60_000);
  const { users } = await server.updateUsersPartial({ users: [{ id, set: { revoke_tokens_issued_before: when } }] });
  assert.equal(users[id].revoke_tokens_issued_before.getTime(), when.getTime());
  const error = await rejection(user.queryUsers(query));
  assert.deepEqual([error.kind, error.code], ["authentication", 40]);
  await server.updateUsersPartial({ users: [{ id, set: { revoke_tokens_issued_before: null } }] });
  assert.equal((await user.queryUsers(query)).users[0].id, id);
});
