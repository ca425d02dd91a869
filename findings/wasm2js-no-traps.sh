#!/usr/bin/env bash
# wasm2js: instead of a trap, a division by zero returns 0, and a conversion out of range wraps.
#
# Guess: the translation checks for it, because WebAssembly's semantics require a trap, and throws
#   an exception.
# What happens: JavaScript's own operators apply: 1 / 0 | 0 is 0, and 1e10 as i32 is its lower bits.
#   `unreachable` throws a plain Error. Code that relies on a trap continues with a wrong number.
# Seen: binaryen 132.0.0 (npm), Node 20.20.2, 2026-11-28. The output was:
#> wasm divide RuntimeError
#> wasm convert RuntimeError
#> wasm stop RuntimeError
#> wasm2js divide 0
#> wasm2js convert 1410065408
#> wasm2js stop Error
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund binaryen@132.0.0
echo '(module
  (func (export "divide") (result i32) (i32.div_s (i32.const 1) (call $zero)))
  (func (export "convert") (result i32) (i32.trunc_f64_s (call $large)))
  (func (export "stop") (unreachable))
  (func $zero (result i32) (i32.const 0))
  (func $large (result f64) (f64.const 1e10)))' > m.wat
node_modules/.bin/wasm-as m.wat -o m.wasm
node_modules/.bin/wasm2js m.wasm -o m.mjs
cat > probe.mjs <<'JS'
import { readFileSync } from "node:fs";
import * as js from "./m.mjs";

const wasm = new WebAssembly.Instance(new WebAssembly.Module(readFileSync("m.wasm"))).exports;
for (const [name, module] of Object.entries({ wasm, wasm2js: js })) {
  for (const what of ["divide", "convert", "stop"]) {
    try {
      console.log(name, what, module[what]());
    } catch (error) {
      console.log(name, what, error.constructor.name);
    }
  }
}
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
