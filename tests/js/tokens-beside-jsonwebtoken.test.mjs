// Our tokens beside those of the package jsonwebtoken, which the official SDK signs with: seeded claims, minted by one and read by
// the other, as they are and with a letter changed.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient } from "getstream-users";
import jsonwebtoken from "jsonwebtoken";
import { randomOf } from "../soak/exactly-once/random.mjs";

const SECRET = "a secret of thirty-two characters";
const TOKENS = 500;
const client = new StreamClient("key", SECRET);
const now = Math.floor(Date.now() / 1_000);
const random = randomOf(17);

const TEXTS = ["ann", "ä–😀", 'a"b\\c', "x".repeat(300), "__proto__", "a.b.c", "\u0000"];
/** Claims of every kind: times in the past and the future, and whatever else an app may put there. */
function claims() {
  const made = { user_id: random.of(TEXTS) };
  if (random.chance(0.7)) made.exp = now + random.of([-100_000, -3_600, 3_600, 100_000]);
  if (random.chance(0.4)) made.nbf = now + random.of([-3_600, 3_600]);
  if (random.chance(0.3)) made.call_cids = [random.of(TEXTS), { deep: [random.below(1e9), null, 1.5] }];
  made.iat = now - 3_600;
  return made;
}

const accepts = (verify) => {
  try {
    return verify();
  } catch {
    return undefined;
  }
};
const ours = (token) => accepts(() => client.verifyToken(token));
const theirs = (token) => accepts(() => jsonwebtoken.verify(token, SECRET, { algorithms: ["HS256"] }));

/** Another letter in one place of a token. */
function changed(token) {
  const place = random.below(token.length);
  const letter = random.of([..."ABCxyz019-_."].filter((one) => one !== token[place]));
  return token.slice(0, place) + letter + token.slice(place + 1);
}

test(`${TOKENS} tokens that jsonwebtoken signs are read alike by both`, () => {
  let valid = 0;
  for (let index = 0; index < TOKENS; index++) {
    const token = jsonwebtoken.sign(claims(), SECRET, { algorithm: "HS256" });
    const expected = theirs(token);
    assert.deepEqual(ours(token), expected, JSON.stringify(jsonwebtoken.decode(token)));
    if (expected !== undefined) valid++;
  }
  assert.ok(valid > TOKENS / 10 && valid < TOKENS, `${valid} are valid`);
});

test(`${TOKENS} tokens with a letter changed are accepted by neither`, (t) => {
  let lenient = 0;
  for (let index = 0; index < TOKENS; index++) {
    const token = changed(jsonwebtoken.sign({ user_id: random.of(TEXTS), iat: now }, SECRET));
    assert.equal(ours(token), undefined);
    // The last letter of a signature has two bits that say nothing; jsonwebtoken does not look at them, and this package does.
    if (theirs(token) !== undefined) lenient++;
  }
  t.diagnostic(`jsonwebtoken accepts ${lenient} of them, whose signature is the same bytes`);
  assert.ok(lenient < TOKENS / 20);
});

test("what this package mints, jsonwebtoken reads as it was meant", () => {
  for (const user_id of TEXTS) {
    const { exp, iat, ...rest } = theirs(client.generateUserToken({ user_id, validity_in_seconds: 600 }));
    assert.deepEqual(rest, { user_id });
    assert.ok(exp > iat);
  }
});
