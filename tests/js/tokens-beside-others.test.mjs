// Compares tokens with those of jsonwebtoken, which the official SDK uses, and of jose, which runs on the edge: minted by one and
// verified by the others, unchanged, with a changed letter, and unusual. `tests/sdks/python/test_tokens.py` has PyJWT.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { jwtVerify, SignJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";
import { randomOf } from "../soak/exactly-once/random.mjs";
import { oddTokens } from "../support/odd-tokens.mjs";

const SECRET = "a secret of thirty-two characters";
const KEY = new TextEncoder().encode(SECRET);
const TOKENS = 500;
const client = new StreamClient("key", SECRET);
const now = Math.floor(Date.now() / 1_000);

const TEXTS = ["ann", "ä–😀", 'a"b\\c', "x".repeat(300), "__proto__", "a.b.c", "\u0000"];
/** Claims of every kind: times in the past and the future, and any other claims of an app. */
function claims(random) {
  const made = { user_id: random.of(TEXTS) };
  if (random.chance(0.7)) made.exp = now + random.of([-100_000, -3_600, 3_600, 100_000]);
  if (random.chance(0.4)) made.nbf = now + random.of([-3_600, 3_600]);
  if (random.chance(0.3)) made.call_cids = [random.of(TEXTS), { deep: [random.below(1e9), null, 1.5] }];
  made.iat = now - 3_600;
  return made;
}

/** The claims of a token that is accepted; undefined for one that is not. */
async function read(verify) {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}
const ours = (token) => read(() => client.verifyToken(token));
const others = {
  jsonwebtoken: {
    sign: (payload) => jsonwebtoken.sign(payload, SECRET, { algorithm: "HS256" }),
    read: (token) => read(() => jsonwebtoken.verify(token, SECRET, { algorithms: ["HS256"] })),
  },
  jose: {
    sign: (payload) => new SignJWT(payload).setProtectedHeader({ alg: "HS256" }).sign(KEY),
    read: (token) => read(async () => (await jwtVerify(token, KEY, { algorithms: ["HS256"] })).payload),
  },
};

/** A token with one character changed. */
function changed(random, token) {
  const place = random.below(token.length);
  const letter = random.of([..."ABCxyz019-_."].filter((one) => one !== token[place]));
  return token.slice(0, place) + letter + token.slice(place + 1);
}

for (const [name, library] of Object.entries(others)) {
  test(`${TOKENS} tokens that ${name} signs are read the same by both`, async () => {
    const random = randomOf(17);
    let valid = 0;
    for (let index = 0; index < TOKENS; index++) {
      const token = await library.sign(claims(random));
      const expected = await library.read(token);
      assert.deepEqual(await ours(token), expected, JSON.stringify(jsonwebtoken.decode(token)));
      if (expected !== undefined) valid++;
    }
    assert.ok(valid > TOKENS / 10 && valid < TOKENS, `${valid} are valid`);
  });

  test(`${name} reads this package's tokens correctly`, async () => {
    for (const user_id of TEXTS) {
      const { exp, iat, ...rest } = await library.read(
        client.generateUserToken({ user_id, validity_in_seconds: 600, team: "red" }),
      );
      assert.deepEqual(rest, { user_id, team: "red" });
      assert.ok(exp > iat);
      assert.equal((await library.read(client.createToken(user_id))).user_id, user_id);
    }
  });

  test(`${TOKENS} tokens of ${name} with a letter changed are not accepted`, async (t) => {
    const random = randomOf(18);
    let lenient = 0;
    for (let index = 0; index < TOKENS; index++) {
      const token = changed(random, await library.sign({ user_id: random.of(TEXTS), iat: now }));
      assert.equal(await ours(token), undefined);
      // The last letter of a signature has two bits that say nothing; these libraries do not look at them.
      if ((await library.read(token)) !== undefined) lenient++;
    }
    t.diagnostic(`${name} accepts ${lenient} of them, whose signature is the same bytes`);
    assert.ok(lenient < TOKENS / 20);
  });
}

/** Unusual tokens that only some libraries accept: which ones. docs/reliability.md explains why. */
const DISPUTED = {
  "an extension that must be understood": ["jsonwebtoken"],
  "claims that are not encoded": ["jsonwebtoken"],
  "claims that are an array": ["jsonwebtoken"],
  "claims that are a text": ["jsonwebtoken"],
  "a mark of the byte order before the claims": ["jose"],
  "a user that is a number": ["jsonwebtoken", "jose"],
  "an end with a fraction": ["jsonwebtoken", "jose"],
  "an end with an exponent": ["jsonwebtoken", "jose"],
  "an end that is null": ["getstream-users"],
  "an end far beyond": ["jsonwebtoken", "jose"],
  "issued in an hour": ["jsonwebtoken", "jose"],
  "issued, as a text": ["jsonwebtoken"],
  "an end before it was issued": ["jsonwebtoken", "jose"],
  "padding after the signature": ["jose"],
  "a line end behind it": ["jose"],
  "another last letter, of the same bytes": ["jose"],
};

test("unusual tokens are accepted as by the others, except for those in docs/reliability.md", async () => {
  const readers = { "getstream-users": ours, jsonwebtoken: others.jsonwebtoken.read, jose: others.jose.read };
  const disputed = {};
  let accepted = 0;
  for (const [what, token] of Object.entries(oddTokens(SECRET, now))) {
    const by = [];
    for (const [name, read] of Object.entries(readers)) if ((await read(token)) !== undefined) by.push(name);
    if (by.length === 3) accepted++;
    else if (by.length > 0) disputed[what] = by;
  }
  assert.deepEqual(disputed, DISPUTED);
  assert.ok(accepted > 5, `${accepted} are accepted by all`);
});
