#!/usr/bin/env bash
# wasm-bindgen: a string is false for a `bool`, and true for an `Option<bool>`.
#
# Guess: truthiness in both, as in JavaScript, or a TypeError.
# What happens: a bool is passed to WebAssembly unchanged, where a string is NaN and NaN is 0; an
#   Option is tested for truthiness in the glue. Making an argument optional reverses the meaning of
#   `"true"` and `"yes"`, as they come from a query string.
# Seen: wasm-bindgen 0.2.129 (crates.io), Node 20.20.2, 2026-11-28. The output was:
#> true true Some(true)
#> "true" false Some(true)
#> "yes" false Some(true)
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
source "$(dirname "$finding")/lib/wasm-bindgen.sh"
cat > lib.rs <<'RUST'
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub fn plain(hard: bool) -> String {
    format!("{hard:?}")
}

#[wasm_bindgen]
pub fn optional(hard: Option<bool>) -> String {
    format!("{hard:?}")
}
RUST
build_probe
cat > probe.cjs <<'JS'
const { optional, plain } = require("./pkg/probe.js");

for (const value of [true, "true", "yes"]) console.log(JSON.stringify(value), plain(value), optional(value));
JS
node probe.cjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
