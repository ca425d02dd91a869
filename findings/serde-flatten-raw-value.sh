#!/usr/bin/env bash
# serde_json: a RawValue inside a flattened struct cannot be read.
#
# Guess: `#[serde(flatten)]` moves fields up a level and changes nothing else, so RawValue keeps the
#   text of its field.
# What happens: flatten reads into a buffer first, which does not keep the text: "invalid type:
#   newtype struct", at run time, for input that can be read without flatten.
# Seen: serde 1.0.229, serde_json 1.0.154 (crates.io), 2026-11-28. The output was:
#> plain: Ok("{\"plan\":\"pro\"}")
#> flat: Err(Error("invalid type: newtype struct, expected any valid JSON value", line: 1, column: 25))
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

[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = { version = "=1.0.154", features = ["raw_value"] }
TOML
cat > src/main.rs <<'RUST'
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Custom {
    custom: Box<RawValue>,
}

#[derive(Deserialize)]
struct User {
    #[serde(flatten)]
    rest: Custom,
}

fn main() {
    let json = r#"{"custom":{"plan":"pro"}}"#;
    println!("plain: {:?}", serde_json::from_str::<Custom>(json).map(|custom| custom.custom.to_string()));
    println!("flat: {:?}", serde_json::from_str::<User>(json).map(|user| user.rest.custom.to_string()));
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
