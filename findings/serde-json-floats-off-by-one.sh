#!/usr/bin/env bash
# serde_json reads one in five coordinates of fifteen decimals as the neighbouring double.
#
# Guess: the nearest double, as with Rust's own parse and JSON.parse.
# What happens: without the feature float_roundtrip it uses a faster algorithm that may be off by
#   the last bit. A latitude that passes through a server changes, and does not equal the one that
#   was sent.
# Seen: serde_json 1.0.154 (crates.io), 2026-11-28. The output was:
#> 2140 of 10000 differ, such as 51.012558135585291
#> serde_json: 51.01255813558529
#> Rust:       51.012558135585294
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
serde_json = "=1.0.154"
TOML
cat > src/main.rs <<'RUST'
fn main() {
    let latitudes = (0..10_000u64).map(|n| format!("{}.{:015}", n % 90, n * 2_654_435_761 % 1_000_000_000_000_000));
    let wrong: Vec<String> = latitudes.filter(|text| serde_json::from_str::<f64>(text).unwrap() != text.parse::<f64>().unwrap()).collect();
    println!("{} of 10000 differ, such as {}", wrong.len(), wrong[1000]);
    println!("serde_json: {}", serde_json::from_str::<f64>(&wrong[1000]).unwrap());
    println!("Rust:       {}", wrong[1000].parse::<f64>().unwrap());
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
