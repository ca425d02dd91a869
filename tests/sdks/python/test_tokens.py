"""Our tokens beside PyJWT's, which the official SDK signs with: minted by one and read by the other, and odd ones.

`tests/js/tokens-beside-others.test.mjs` has the libraries of JavaScript.
"""

import json
import pathlib
import random
import subprocess
import time
import unittest

import jwt

SECRET = "a secret of thirty-two characters"
TEXTS = ["ann", "ä–😀", 'a"b\\c', "x" * 300, "__proto__", "a.b.c", "\u0000"]
NOW = int(time.time())
SCRIPT = pathlib.Path(__file__).with_name("tokens.mjs")

# Odd tokens that are not judged alike: whether PyJWT accepts them. docs/reliability.md says why.
DISPUTED = {
    "a mark of the byte order before the claims": True,
    "a user that is a number": True,
    "an end as a text": True,
    "an end with a fraction": True,
    "an end with an exponent": True,
    "an end that is null": False,
    "an end far beyond": True,
    "a beginning as a text": True,
    "issued, as a text": True,
    "a subject that is a number": False,
    "an id that is a number": False,
    "padding after the signature": True,
}


def ask(tokens):
    """What the package makes of tokens, and some of its own."""
    asked = json.dumps({"secret": SECRET, "users": TEXTS, "tokens": tokens, "now": NOW})
    said = subprocess.run(["node", SCRIPT], input=asked, capture_output=True, check=True, encoding="utf-8").stdout
    return json.loads(said)


def read(token):
    try:
        return jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_aud": False})
    except jwt.PyJWTError:
        return None


def claims(seeded):
    made = {"user_id": seeded.choice(TEXTS), "iat": NOW - 3_600}
    if seeded.random() < 0.7:
        made["exp"] = NOW + seeded.choice([-100_000, -3_600, 3_600, 100_000])
    if seeded.random() < 0.4:
        made["nbf"] = NOW + seeded.choice([-3_600, 3_600])
    if seeded.random() < 0.3:
        made["call_cids"] = [seeded.choice(TEXTS), {"deep": [seeded.randrange(10**9), None, 1.5]}]
    return made


class Tokens(unittest.TestCase):
    def test_500_tokens_that_pyjwt_signs_are_read_alike_by_both(self):
        seeded = random.Random(17)
        tokens = [jwt.encode(claims(seeded), SECRET, algorithm="HS256") for _ in range(500)]
        expected = [read(token) for token in tokens]
        self.assertEqual(ask(tokens)["read"], expected)
        valid = sum(one is not None for one in expected)
        self.assertTrue(50 < valid < 500, valid)

    def test_500_tokens_of_pyjwt_with_a_letter_changed_are_not_accepted(self):
        seeded = random.Random(18)
        changed = []
        for _ in range(500):
            token = jwt.encode({"user_id": seeded.choice(TEXTS), "iat": NOW}, SECRET, algorithm="HS256")
            place = seeded.randrange(len(token))
            letter = seeded.choice([one for one in "ABCxyz019-_." if one != token[place]])
            changed.append(token[:place] + letter + token[place + 1 :])
        self.assertEqual(ask(changed)["read"], [None] * 500)

    def test_what_the_package_mints_pyjwt_reads_as_it_was_meant(self):
        minted = ask([])["minted"]
        self.assertEqual(len(minted), 2 * len(TEXTS))
        for one in minted:
            said = read(one["token"])
            self.assertEqual(said["user_id"], one["user_id"])
            self.assertGreater(said["exp"], said["iat"])

    def test_odd_tokens_are_judged_as_pyjwt_does_but_for_those_that_are_named(self):
        odd = ask([])["odd"]
        disputed = {one["what"]: not one["ours"] for one in odd if one["ours"] != (read(one["token"]) is not None)}
        self.assertEqual(disputed, DISPUTED)
        self.assertGreater(sum(one["ours"] for one in odd), 5)
