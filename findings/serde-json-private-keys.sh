#!/usr/bin/env bash
# serde_json's arbitrary_precision and raw_value expose their private keys to every other
# Serializer.
#
# Guess: a Number is written as a number, and a RawValue as its JSON or a string, in every format.
# What happens: another Serializer gets a struct with one private field: the output has a table with
#   a strange key in place of a number. If one crate enables the feature, that applies to every
#   Number of the build.
# Seen: serde_json 1.0.154, toml 1.2.2, serde 1.0.229 (crates.io), 2026-11-28. The output was:
#> {"limit":5,"sort":[1]}
#> [limit]
#> "$serde_json::private::Number" = "5"
#>
#> [sort]
#> "$serde_json::private::RawValue" = "[1]"
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
serde_json = { version = "=1.0.154", features = ["arbitrary_precision", "raw_value"] }
toml = "=1.2.2"
TOML
cat > src/main.rs <<'RUST'
use serde::Serialize;
use serde_json::{Number, value::RawValue};

#[derive(Serialize)]
struct Query {
    limit: Number,
    sort: Box<RawValue>,
}

fn main() {
    let query = Query { limit: 5.into(), sort: RawValue::from_string("[1]".into()).unwrap() };
    println!("{}", serde_json::to_string(&query).unwrap());
    println!("{}", toml::to_string(&query).unwrap().trim_end());
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
