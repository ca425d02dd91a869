#!/usr/bin/env bash
# json-bigint with useNativeBigInt fails on a fraction of sixteen digits, such as a latitude.
#
# Guess: integers that are too large become BigInt, and fractions stay numbers.
# What happens: any number of more than fifteen characters is passed to BigInt(), which throws a
#   SyntaxError at the decimal point: a live location makes a response unreadable whose dates need
#   the option. Without the option, the latitude becomes a BigNumber object.
# Seen: json-bigint 1.0.0 (npm), Node 20.20.2, 2026-11-28. The output was:
#> BigInt 1795840392722425339
#> Number 52.3702157
#> SyntaxError Cannot convert 52.37021571234567 to a BigInt
#> BigNumber 52.37021571234567
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund json-bigint@1.0.0
cat > probe.mjs <<'JS'
import json from "json-bigint";

const native = json({ useNativeBigInt: true });
const show = (value) => `${value.constructor.name} ${value}`;
console.log(show(native.parse('{"created_at":1795840392722425339}').created_at));
console.log(show(native.parse('{"latitude":52.3702157}').latitude));
try {
  native.parse('{"latitude":52.37021571234567}');
} catch (error) {
  console.log(error.name, error.message);
}
console.log(show(json.parse('{"latitude":52.37021571234567}').latitude));
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
