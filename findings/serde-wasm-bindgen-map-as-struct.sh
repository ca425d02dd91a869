#!/usr/bin/env bash
# serde-wasm-bindgen reads a Map, or an array, as a struct whose optional fields are all missing.
#
# Guess: the Map's entries become the fields, because it writes a Rust map as a Map; or the Map is
#   refused, as a string is.
# What happens: it reads properties, which a Map does not have, and uses the default of every
#   optional field. The caller's values are lost without an error.
# Seen: serde-wasm-bindgen 0.6.5, wasm-bindgen 0.2.129, serde 1.0.229 (crates.io), Node 20.20.2,
#   2026-11-28. The output was:
#> object Options { role: Some("admin"), limit: 5 }
#> Map    Options { role: None, limit: 0 }
#> array  Options { role: None, limit: 0 }
#> text   Error: invalid type: string "admin", expected struct Options
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
source "$(dirname "$finding")/lib/wasm-bindgen.sh"
cat > lib.rs <<'RUST'
use serde::Deserialize;
use wasm_bindgen::prelude::*;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(dead_code)]
struct Options {
    role: Option<String>,
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

console.log("object", read({ role: "admin", limit: 5 }));
console.log("Map   ", read(new Map([["role", "admin"], ["limit", 5]])));
console.log("array ", read(["admin", 5]));
console.log("text  ", read("admin"));
JS
node probe.cjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
