#!/usr/bin/env bash
# jose: setExpirationTime("1h") counts from now, regardless of setIssuedAt; jsonwebtoken counts from
# iat.
#
# Guess: exp is iat + 3600 in both, here 4600.
# What happens: jsonwebtoken returns 4600, jose an hour from now; a token with an `iat` in the past
#   is valid for longer than an hour, and a test that fixes only `iat` is not reproducible.
# Seen: jose 6.2.18, jsonwebtoken 9.0.3 (npm), 2026-11-28. The output was:
#> jsonwebtoken 4600
#> jose now + 3600
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund jose@6.2.18 jsonwebtoken@9.0.3
cat > probe.mjs <<'JS'
import { decodeJwt, SignJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";

const secret = "a secret of thirty-two characters";
const ofJsonwebtoken = jsonwebtoken.sign({ user_id: "ada", iat: 1000 }, secret, { expiresIn: "1h" });
const signer = new SignJWT({ user_id: "ada" }).setProtectedHeader({ alg: "HS256" });
const ofJose = await signer.setIssuedAt(1000).setExpirationTime("1h").sign(new TextEncoder().encode(secret));
for (const [name, token] of Object.entries({ jsonwebtoken: ofJsonwebtoken, jose: ofJose })) {
  const { exp } = decodeJwt(token);
  const nearNow = Math.abs(exp - 3600 - Date.now() / 1000) < 60;
  console.log(name, nearNow ? "now + 3600" : exp);
}
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
