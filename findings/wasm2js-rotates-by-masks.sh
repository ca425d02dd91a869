#!/usr/bin/env bash
# wasm2js: a rotation becomes a function call that no engine recognizes as a rotation.
#
# Guess: `i32.rotl` becomes `x << n | x >>> 32 - n`, which engines compile to one instruction.
# What happens: it becomes a call of a helper that masks both halves before it shifts them, even for
#   a constant count and with `-Oz`. Code with many rotations, such as SHA-256, has more calls than
#   an engine inlines into one function: with the two shifts instead, signing a token with HMAC took
#   a quarter less time.
# Seen: binaryen 132.0.0 (npm), Node 20.20.2, 2026-11-28. The output was:
#> calls of the helper: 2
#> masks in the helper: 4
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund binaryen@132.0.0
echo '(module
  (func (export "hash") (param i32) (result i32)
    (i32.xor (i32.rotl (local.get 0) (i32.const 7)) (i32.rotl (local.get 0) (i32.const 18)))))' > m.wat
node_modules/.bin/wasm-as m.wat -o m.wasm
node_modules/.bin/wasm2js -Oz m.wasm -o m.mjs
cat > probe.mjs <<'JS'
import { readFileSync } from "node:fs";

const text = readFileSync("m.mjs", "utf8");
const helper = /function __wasm_rotl_i32\([^)]*\) \{[^}]*\}/.exec(text)[0];
console.log("calls of the helper:", text.match(/__wasm_rotl_i32\(/g).length - 1);
console.log("masks in the helper:", helper.match(/ & /g).length);
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
