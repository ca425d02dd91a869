#!/usr/bin/env bash
# serde-wasm-bindgen: a field with `serde(default)` may be missing, but not undefined.
#
# Guess: `{ limit: undefined }` equals `{}`, as for JSON.stringify and for optional parameters in
#   JavaScript.
# What happens: "invalid type: unit value": the default applies only to a missing property. Options
#   built as `{ limit: options.limit }` fail unless each field is an Option.
# Seen: serde-wasm-bindgen 0.6.5, wasm-bindgen 0.2.129, serde 1.0.229 (crates.io), Node 20.20.2,
#   2026-11-28. The output was:
#> left out  Options { limit: 0 }
#> undefined Error: invalid type: unit value, expected u32
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
source "$(dirname "$finding")/lib/wasm-bindgen.sh"
cat > lib.rs <<'RUST'
use serde::Deserialize;
use wasm_bindgen::prelude::*;

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Options {
    #[serde(default)]
    limit: u32,
}

#[wasm_bindgen]
pub fn read(value: JsValue) -> String {
    match serde_wasm_bindgen::from_value::<Options>(value) {
        Ok(options) => format!("{options:?}"),
        Err(error) => error.to_string(),
    }
}
RUST
build_probe
cat > probe.cjs <<'JS'
const { read } = require("./pkg/probe.js");

console.log("left out ", read({}));
console.log("undefined", read({ limit: undefined }));
JS
node probe.cjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
