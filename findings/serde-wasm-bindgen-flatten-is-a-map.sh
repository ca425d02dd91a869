#!/usr/bin/env bash
# serde-wasm-bindgen writes a struct as an object, but as a Map when one of its fields is flattened.
#
# Guess: `#[serde(flatten)]` changes the properties of the object, not its type.
# What happens: serde treats a struct with a flattened field as a map, and maps become Map:
#   `user.id` is undefined in JavaScript once the attribute is added. `serialize_maps_as_objects`
#   restores the object.
# Seen: serde-wasm-bindgen 0.6.5, wasm-bindgen 0.2.129, serde 1.0.229 (crates.io), Node 20.20.2,
#   2026-11-28. The output was:
#> Object id: ada
#> Map id: undefined
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
source "$(dirname "$finding")/lib/wasm-bindgen.sh"
cat > lib.rs <<'RUST'
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[derive(Serialize)]
struct Custom {
    plan: &'static str,
}

#[derive(Serialize)]
struct Plain {
    id: &'static str,
    custom: Custom,
}

#[derive(Serialize)]
struct Flat {
    id: &'static str,
    #[serde(flatten)]
    custom: Custom,
}

#[wasm_bindgen]
pub fn plain() -> JsValue {
    serde_wasm_bindgen::to_value(&Plain { id: "ada", custom: Custom { plan: "pro" } }).unwrap()
}

#[wasm_bindgen]
pub fn flat() -> JsValue {
    serde_wasm_bindgen::to_value(&Flat { id: "ada", custom: Custom { plan: "pro" } }).unwrap()
}
RUST
build_probe
cat > probe.cjs <<'JS'
const { flat, plain } = require("./pkg/probe.js");

for (const user of [plain(), flat()]) console.log(user.constructor.name, "id:", user.id);
JS
node probe.cjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
