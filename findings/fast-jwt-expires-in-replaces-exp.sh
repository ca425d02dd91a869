#!/usr/bin/env bash
# fast-jwt: a signer created with expiresIn replaces the exp of each payload.
#
# Guess: the payload's exp is kept, because it is more specific, or refused, as by jsonwebtoken.
# What happens: the exp is replaced without an error: a token meant for five minutes is valid for as
#   long as the signer's expiresIn.
# Seen: fast-jwt 6.3.6, jsonwebtoken 9.0.3 (npm), 2026-11-28. The output was:
#> jsonwebtoken Bad "options.expiresIn" option the payload already has an "exp" property.
#> fast-jwt { user_id: 'ada', iat: 1000, exp: 4600 }
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund fast-jwt@6.3.6 jsonwebtoken@9.0.3
cat > probe.mjs <<'JS'
import { createDecoder, createSigner } from "fast-jwt";
import jsonwebtoken from "jsonwebtoken";

const key = "a secret of thirty-two characters";
const payload = () => ({ user_id: "ada", iat: 1000, exp: 1300 });
try {
  jsonwebtoken.sign(payload(), key, { expiresIn: "1h" });
} catch (error) {
  console.log("jsonwebtoken", error.message);
}
console.log("fast-jwt", createDecoder()(createSigner({ key, expiresIn: "1h" })(payload())));
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
