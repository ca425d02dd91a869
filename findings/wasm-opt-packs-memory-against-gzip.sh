#!/usr/bin/env bash
# wasm-opt: packing memory makes a module smaller, but its gzipped download larger.
#
# Guess: `-Oz` gives the smallest download, because zeros in data only cost bytes.
# What happens: it splits data at runs of zeros into separate segments, each with another address
#   and length. gzip compressed the zeros to almost nothing, and cannot compress these numbers as
#   well. Data of records, such as a table of structs in Rust, is split at each record.
# Seen: binaryen 132.0.0 (npm), Node 20.20.2, 2026-11-28. The output was:
#> -Oz: shorter as it is, 2 times as long after gzip
#> segments: 400 and 1
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --prefix . --silent --no-audit --no-fund binaryen@132.0.0
cat > write.mjs <<'JS'
const record = (n) => `name${n}`.padEnd(12, "\0") + `\x01${"\0".repeat(15)}`.repeat(2);
const data = Array.from({ length: 200 }, (_, n) => record(n)).join("");
const text = Array.from(data, (byte) => `\\${byte.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");
console.log(`(module (memory (export "memory") 1) (data (i32.const 1024) "${text}")
  (func (export "at") (param i32) (result i32) (i32.load (local.get 0))))`);
JS
node write.mjs > m.wat
node_modules/.bin/wasm-as m.wat -o m.wasm
node_modules/.bin/wasm-opt -Oz m.wasm -o packed.wasm
node_modules/.bin/wasm-opt -Oz --skip-pass=memory-packing m.wasm -o whole.wasm
for name in packed whole; do node_modules/.bin/wasm-dis $name.wasm -o $name.wat; done
cat > probe.mjs <<'JS'
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const [packed, whole] = ["packed", "whole"].map((name) => readFileSync(`${name}.wasm`));
const sent = (module) => gzipSync(module, { level: 9 }).length;
const segments = (name) => readFileSync(`${name}.wat`, "utf8").match(/\(data /g).length;
const shorter = packed.length < whole.length ? "shorter" : "longer";
console.log(`-Oz: ${shorter} as it is, ${Math.floor(sent(packed) / sent(whole))} times as long after gzip`);
console.log(`segments: ${segments("packed")} and ${segments("whole")}`);
JS
node probe.mjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
