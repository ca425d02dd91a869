#!/usr/bin/env bash
# A token whose exp is digits in quotes is valid, malformed or expired, depending on the library.
#
# Guess: every library refuses it as malformed: a NumericDate is a number (RFC 7519, section 2).
#   4102444800 is 2100-01-01.
# What happens: jsonwebtoken, jose, fast-jwt and joserfc refuse the type; PyJWT, python-jose and
#   cloudflare-worker-jwt read the digits; Hono reports an expired token; jwcrypto throws a
#   TypeError.
# Seen: jsonwebtoken 9.0.3, jose 6.2.18, fast-jwt 6.3.6, hono 4.13.19, @tsndr/cloudflare-worker-jwt
#   3.2.3 (npm); PyJWT 2.15.1, python-jose 3.5.0, joserfc 1.8.0, jwcrypto 1.6.1 (PyPI), 2026-11-28.
#   The output was:
#> jsonwebtoken JsonWebTokenError invalid exp value
#> jose ERR_JWT_CLAIM_VALIDATION_FAILED "exp" claim must be a number
#> fast-jwt FAST_JWT_INVALID_CLAIM_TYPE The exp claim must be a number.
#> hono JwtTokenExpired token (TOKEN) expired
#> cloudflare-worker-jwt valid
#> PyJWT valid
#> python-jose valid
#> joserfc InvalidClaimError invalid_claim: Claim 'exp' must be a NumericDate value
#> jwcrypto TypeError '<' not supported between instances of 'str' and 'float'
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund jsonwebtoken@9.0.3 jose@6.2.18 fast-jwt@6.3.6 hono@4.13.19 @tsndr/cloudflare-worker-jwt@3.2.3
python3 -m venv --without-pip venv
python3 -m pip --python venv install -q PyJWT==2.15.1 python-jose==3.5.0 joserfc==1.8.0 jwcrypto==1.6.1
cat > probe.mjs <<'JS'
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import tsndr from "@tsndr/cloudflare-worker-jwt";
import { createVerifier } from "fast-jwt";
import * as hono from "hono/jwt";
import * as jose from "jose";
import jsonwebtoken from "jsonwebtoken";

const key = "a secret of thirty-two characters";
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ user_id: "ada", exp: "4102444800" })}`;
const token = `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
writeFileSync("token", token);
const libraries = {
  jsonwebtoken: () => jsonwebtoken.verify(token, key),
  jose: () => jose.jwtVerify(token, new TextEncoder().encode(key)),
  "fast-jwt": () => createVerifier({ key })(token),
  hono: () => hono.verify(token, key, "HS256"),
  "cloudflare-worker-jwt": () => tsndr.verify(token, key, { throwError: true }),
};
for (const [name, verify] of Object.entries(libraries)) {
  try {
    await verify();
    console.log(name, "valid");
  } catch (error) {
    console.log(name, error.code ?? error.name, error.message.replace(token, "TOKEN"));
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
        print(name, type(error).__name__, error)
PY
{ node probe.mjs; venv/bin/python probe.py; } | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
