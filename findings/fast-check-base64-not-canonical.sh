#!/usr/bin/env bash
# fast-check's base64String generates strings that no encoder produces.
#
# Guess: each string is the encoding of some bytes, so decoding and encoding it again restores it.
# What happens: the unused bits of the last character are random ("AR=="), although encoders set
#   them to 0: a strict decoder, such as Rust's base64ct or one in the tests of a JWT, refuses it.
# Seen: fast-check 4.11.0 (npm), Node 20.20.2, 2026-11-28. The output was:
#> true [ 'AR==' ]
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund fast-check@4.11.0
cat > probe.mjs <<'JS'
import fc from "fast-check";

const canonical = (text) => Buffer.from(text, "base64").toString("base64") === text;
const { failed, counterexample } = fc.check(fc.property(fc.base64String(), canonical), { seed: 1 });
console.log(failed, counterexample);
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
