#!/usr/bin/env bash
# serde_path_to_error loses the path of an error in a flattened struct.
#
# Guess: "user.limit", the field's path in the input, as without flatten.
# What happens: the path is ".": the error occurs when flatten's buffer is read, after the path was
#   tracked. A 400 that should name the field names none.
# Seen: serde_path_to_error 0.1.20, serde 1.0.229, serde_json 1.0.154 (crates.io), 2026-11-28. The
#   output was:
#> plain: user.limit
#> flat: .
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
serde_json = "=1.0.154"
serde_path_to_error = "=0.1.20"
TOML
cat > src/main.rs <<'RUST'
use serde::Deserialize;

#[derive(Deserialize)]
#[allow(dead_code)]
struct Page {
    limit: u32,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Plain {
    user: Page,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Flat {
    #[serde(flatten)]
    rest: Plain,
}

fn path<'de, T: Deserialize<'de>>(json: &'de str) -> String {
    match serde_path_to_error::deserialize::<_, T>(&mut serde_json::Deserializer::from_str(json)) {
        Ok(_) => "read".into(),
        Err(error) => error.path().to_string(),
    }
}

fn main() {
    let json = r#"{"user":{"limit":"ten"}}"#;
    println!("plain: {}", path::<Plain>(json));
    println!("flat: {}", path::<Flat>(json));
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
