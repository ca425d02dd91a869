#!/usr/bin/env bash
# tsify declares NonZeroU32, serde_json::Value and IpAddr by names that it does not declare.
#
# Guess: number, any and string, as in serde's output; the rarer Duration and SystemTime are written
#   out.
# What happens: `NonZeroU32`, `Value` and `IpAddr` are copied to the .d.ts, which does not compile.
#   serde_json's `Number` is worse: TypeScript has that name, for the wrapper object, so it compiles
#   and is wrong.
# Seen: tsify 0.5.8, serde 1.0.229, serde_json 1.0.154, wasm-bindgen 0.2.130 (crates.io),
#   2026-11-28. The output was:
#> export interface User {
#>     custom: Value;
#>     limit: NonZeroU32;
#>     score: Number;
#>     since: { secs: number; nanos: number };
#>     address: IpAddr;
#> }
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
use tsify::Tsify;

#[derive(Serialize, Tsify)]
struct User {
    custom: serde_json::Value,
    limit: std::num::NonZeroU32,
    score: serde_json::Number,
    since: std::time::Duration,
    address: std::net::IpAddr,
}

fn main() {
    println!("{}", User::DECL);
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
