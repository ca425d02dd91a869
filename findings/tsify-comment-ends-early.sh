#!/usr/bin/env bash
# tsify copies a doc comment that contains */ unchanged, which ends the comment in the .d.ts.
#
# Guess: `*/` is escaped: "Accept: */*" is common in descriptions of requests.
# What happens: the JSDoc comment ends inside the header's value, and the words after it are invalid
#   TypeScript.
# Seen: tsify 0.5.8, serde 1.0.229, wasm-bindgen 0.2.130 (crates.io), 2026-11-28. The output was:
#> /**
#>  * Sent with `Accept: */*` unless told otherwise.
#>  */
#> export interface Request {
#>     path: string;
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
tsify = { version = "=0.5.8", features = ["js"] }
wasm-bindgen = "=0.2.130"
TOML
cat > src/main.rs <<'RUST'
use serde::Serialize;
use tsify::Tsify;

/// Sent with `Accept: */*` unless told otherwise.
#[derive(Serialize, Tsify)]
struct Request {
    path: String,
}

fn main() {
    println!("{}", Request::DECL);
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
