#!/usr/bin/env bash
# The same claims, key and algorithm give three different tokens in four libraries.
#
# Guess: one claim cannot be reordered, the header is {"alg":"HS256","typ":"JWT"} everywhere, and
#   tokens can be compared as strings.
# What happens: joserfc writes typ before alg, and jose and jwcrypto omit typ: three signatures for
#   the same claims. Compare a token's claims, never its text.
# Seen: jsonwebtoken 9.0.3, jose 6.2.18 (npm); joserfc 1.8.0, jwcrypto 1.6.1 (PyPI), 2026-11-28. The
#   output was:
#> {"alg":"HS256","typ":"JWT"} {"user_id":"ada"} jsonwebtoken
#> {"alg":"HS256"} {"user_id":"ada"} jose
#> {"typ":"JWT","alg":"HS256"} {"user_id":"ada"} joserfc
#> {"alg":"HS256"} {"user_id":"ada"} jwcrypto
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund jsonwebtoken@9.0.3 jose@6.2.18
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q joserfc==1.8.0 jwcrypto==1.6.1
cat > probe.mjs <<'JS'
import { SignJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";

const key = "a secret of thirty-two characters";
const tokens = {
  jsonwebtoken: jsonwebtoken.sign({ user_id: "ada" }, key, { noTimestamp: true }),
  jose: await new SignJWT({ user_id: "ada" }).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(key)),
};
for (const [name, token] of Object.entries(tokens)) {
  const [header, payload] = token.split(".").map((part) => Buffer.from(part, "base64url").toString());
  console.log(header, payload, name);
}
JS
cat > probe.py <<'PY'
import base64

import joserfc.jwk
import joserfc.jwt
import jwcrypto.jwk
import jwcrypto.jwt

key = "a secret of thirty-two characters"
tokens = {"joserfc": joserfc.jwt.encode({"alg": "HS256"}, {"user_id": "ada"}, joserfc.jwk.OctKey.import_key(key))}
token = jwcrypto.jwt.JWT(header={"alg": "HS256"}, claims={"user_id": "ada"})
token.make_signed_token(jwcrypto.jwk.JWK.from_password(key))
tokens["jwcrypto"] = token.serialize()
for name, text in tokens.items():
    print(*(base64.urlsafe_b64decode(part + "==").decode() for part in text.split(".")[:2]), name)
PY
{ node probe.mjs; venv/bin/python probe.py; } | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
