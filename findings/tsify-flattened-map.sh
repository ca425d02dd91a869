#!/usr/bin/env bash
# tsify declares a struct with a flattened HashMap as a Map with the struct's fields.
#
# Guess: `id: string` and an index signature, or Record<string, number>, as in serde_json's output.
# What happens: `interface User extends Map<string, number> { id: string }`, which matches neither
#   the JSON nor a JavaScript Map. It compiles, and `user.get("age")` fails for an object.
# Seen: tsify 0.5.8, serde 1.0.229, wasm-bindgen 0.2.130 (crates.io), 2026-11-28. The output was:
#> export interface User extends Map<string, number> {
#>     id: string;
#> }
#> {"id":"ada","age":36}
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2024"

[profile.dev]
debug = 0

[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
tsify = { version = "=0.5.8", features = ["js"] }
wasm-bindgen = "=0.2.130"
TOML
cat > src/main.rs <<'RUST'
use serde::Serialize;
use std::collections::HashMap;
use tsify::Tsify;

#[derive(Serialize, Tsify)]
struct User {
    id: String,
    #[serde(flatten)]
    custom: HashMap<String, u32>,
}

fn main() {
    println!("{}", User::DECL);
    println!("{}", serde_json::to_string(&User { id: "ada".into(), custom: [("age".into(), 36)].into() }).unwrap());
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
