#!/usr/bin/env bash
# wasm-bindgen: a `&[u8]` argument reads an ArrayBuffer as no bytes at all.
#
# Guess: TypeError, or the buffer's bytes: `request.arrayBuffer()` is a usual source of bodies.
# What happens: the glue reads `length`, which an ArrayBuffer and a DataView do not have, and passes
#   0 bytes. A string is passed as zeros, one per character. There is no error in any of these
#   cases.
# Seen: wasm-bindgen 0.2.129 (crates.io), Node 20.20.2, 2026-11-28. The output was:
#> Uint8Array  [97, 100, 97]
#> ArrayBuffer []
#> DataView    []
#> text        [0, 0, 0]
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
source "$(dirname "$finding")/lib/wasm-bindgen.sh"
cat > lib.rs <<'RUST'
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub fn bytes(body: &[u8]) -> String {
    format!("{body:?}")
}
RUST
build_probe
cat > probe.cjs <<'JS'
const { bytes } = require("./pkg/probe.js");

const body = new TextEncoder().encode("ada");
console.log("Uint8Array ", bytes(body));
console.log("ArrayBuffer", bytes(body.buffer));
console.log("DataView   ", bytes(new DataView(body.buffer)));
console.log("text       ", bytes("ada"));
JS
node probe.cjs | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
