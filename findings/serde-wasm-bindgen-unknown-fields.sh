#!/usr/bin/env bash
# serde-wasm-bindgen ignores `deny_unknown_fields`.
#
# Guess: a field that the struct does not have is an error, as with serde_json.
# What happens: only the struct's fields are looked up in the object, so other fields are not
#   noticed: a misspelt option counts as not given.
# Seen: serde-wasm-bindgen 0.6.5, wasm-bindgen 0.2.129, serde 1.0.229 (crates.io), Node 20.20.2,
#   2026-11-28. The output was:
#> limit Options { limit: Some(5) }
#> limt  Options { limit: None }
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
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Options {
    limit: Option<u32>,
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

console.log("limit", read({ limit: 5 }));
console.log("limt ", read({ limt: 5 }));
JS
node probe.cjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
