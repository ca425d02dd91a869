#!/usr/bin/env bash
# Authlib refuses to sign a claim called "token", and a user id that looks like a card number.
#
# Guess: private claims are signed unchanged, as by other libraries: "token" and "user_id" are
#   private names.
# What happens: InsecureClaimError for the names token, secret and password, and for any value with
#   sixteen digits in the form of a card number: with numeric user ids, some users get no token.
# Seen: Authlib 1.9.10 (PyPI), 2026-11-28. The output was:
#> {'user_id': 'ada'} signed
#> {'user_id': 'ada', 'token': 't'} InsecureClaimError insecure_claim: Insecure claim 'token'
#> {'user_id': '4111111111111112'} InsecureClaimError insecure_claim: Insecure claim 'user_id'
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q Authlib==1.9.10
cat > probe.py <<'PY'
from authlib.jose import jwt

for claims in ({"user_id": "ada"}, {"user_id": "ada", "token": "t"}, {"user_id": "4111111111111112"}):
    try:
        jwt.encode({"alg": "HS256"}, claims, "a secret of thirty-two characters")
        print(claims, "signed")
    except Exception as error:
        print(claims, type(error).__name__, error)
PY
venv/bin/python -W ignore probe.py | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
