#!/usr/bin/env bash
# A token issued a minute ahead of the verifier's clock is refused by three of eight libraries.
#
# Guess: all accept it, or all but PyJWT: in RFC 7519, `iat` serves to determine a token's age, and
#   no check is required (`nbf` is the claim for that).
# What happens: Hono, PyJWT and joserfc refuse it; jsonwebtoken, jose, fast-jwt, python-jose and
#   jwcrypto accept it. If a server's clock is a few seconds fast, its tokens fail in some services
#   only; Stream's SDKs for Node and Python set `iat` back by one and by five seconds.
# Seen: jsonwebtoken 9.0.3, jose 6.2.18, fast-jwt 6.3.6, hono 4.13.19 (npm); PyJWT 2.15.1,
#   python-jose 3.5.0, joserfc 1.8.0, jwcrypto 1.6.1 (PyPI), 2026-11-28. The output was:
#> jsonwebtoken valid
#> jose valid
#> fast-jwt valid
#> hono JwtTokenIssuedAt
#> PyJWT ImmatureSignatureError
#> python-jose valid
#> joserfc InvalidClaimError
#> jwcrypto valid
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund jsonwebtoken@9.0.3 jose@6.2.18 fast-jwt@6.3.6 hono@4.13.19
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q PyJWT==2.15.1 python-jose==3.5.0 joserfc==1.8.0 jwcrypto==1.6.1
cat > probe.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { createVerifier } from "fast-jwt";
import * as hono from "hono/jwt";
import * as jose from "jose";
import jsonwebtoken from "jsonwebtoken";

const key = "a secret of thirty-two characters";
const token = jsonwebtoken.sign({ user_id: "ada", iat: Math.floor(Date.now() / 1000) + 60 }, key);
writeFileSync("token", token);
const libraries = {
  jsonwebtoken: () => jsonwebtoken.verify(token, key),
  jose: () => jose.jwtVerify(token, new TextEncoder().encode(key)),
  "fast-jwt": () => createVerifier({ key })(token),
  hono: () => hono.verify(token, key, "HS256"),
};
for (const [name, verify] of Object.entries(libraries)) {
  try {
    await verify();
    console.log(name, "valid");
  } catch (error) {
    console.log(name, error.name);
  }
}
JS
cat > probe.py <<'PY'
import jose.jwt
import joserfc.jwk
import joserfc.jwt
import jwcrypto.jwk
import jwcrypto.jwt
import jwt

key = "a secret of thirty-two characters"
token = open("token").read()


def with_joserfc():
    decoded = joserfc.jwt.decode(token, joserfc.jwk.OctKey.import_key(key))
    joserfc.jwt.JWTClaimsRegistry().validate(decoded.claims)


libraries = {
    "PyJWT": lambda: jwt.decode(token, key, algorithms=["HS256"]),
    "python-jose": lambda: jose.jwt.decode(token, key, algorithms=["HS256"]),
    "joserfc": with_joserfc,
    "jwcrypto": lambda: jwcrypto.jwt.JWT(jwt=token, key=jwcrypto.jwk.JWK.from_password(key)),
}
for name, verify in libraries.items():
    try:
        verify()
        print(name, "valid")
    except Exception as error:
        print(name, type(error).__name__)
PY
{ node probe.mjs; venv/bin/python probe.py; } | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
