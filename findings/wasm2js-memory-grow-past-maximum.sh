#!/usr/bin/env bash
# wasm2js: memory.grow past the maximum returns the same value as a success.
#
# Guess: -1, as in WebAssembly, so that an allocator detects that it is out of memory.
# What happens: it returns the old size, as for a success, and the memory stays as it was. An
#   allocator continues past the end, where writes are dropped and reads are undefined.
# Seen: binaryen 132.0.0 (npm), Node 20.20.2, 2026-11-28. The output was:
#> wasm grow by 5 of at most 2: -1 size: 1
#> wasm2js grow by 5 of at most 2: 1 size: 1
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund binaryen@132.0.0
echo '(module (memory (export "memory") 1 2)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "size") (result i32) (memory.size)))' > m.wat
node_modules/.bin/wasm-as m.wat -o m.wasm
node_modules/.bin/wasm2js m.wasm -o m.mjs
cat > probe.mjs <<'JS'
import { readFileSync } from "node:fs";
import * as js from "./m.mjs";

const wasm = new WebAssembly.Instance(new WebAssembly.Module(readFileSync("m.wasm"))).exports;
for (const [name, { grow, size }] of Object.entries({ wasm, wasm2js: js })) {
  console.log(name, "grow by 5 of at most 2:", grow(5), "size:", size());
}
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
