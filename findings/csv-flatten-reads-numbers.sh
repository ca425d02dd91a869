#!/usr/bin/env bash
# The csv crate cannot read "01234" into a flattened map of strings.
#
# Guess: cells are strings, so HashMap<String, String> accepts all of them, as it does without
#   flatten.
# What happens: flatten infers the type of a cell, and a cell that looks like a number is one:
#   "invalid type: integer `1234`, expected a string". Reading a file of users fails at the first
#   postcode.
# Seen: csv 1.4.0, serde 1.0.229 (crates.io), 2026-11-28. The output was:
#> map:  {"id": "ada", "postcode": "AB1 2CD"}
#> map:  {"id": "bob", "postcode": "01234"}
#> flat: User { id: "ada", custom: {"postcode": "AB1 2CD"} }
#> flat: CSV deserialize error: record 2 (line: 3, byte: 24): invalid type: integer `1234`, expected a string
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
csv = "=1.4.0"
serde = { version = "=1.0.229", features = ["derive"] }
TOML
cat > src/main.rs <<'RUST'
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct User {
    id: String,
    #[serde(flatten)]
    custom: BTreeMap<String, String>,
}

fn main() {
    let file = "id,postcode\nada,AB1 2CD\nbob,01234\n";
    for row in csv::Reader::from_reader(file.as_bytes()).deserialize::<BTreeMap<String, String>>() {
        println!("map:  {:?}", row.unwrap());
    }
    for row in csv::Reader::from_reader(file.as_bytes()).deserialize::<User>() {
        println!("flat: {}", row.map_or_else(|error| error.to_string(), |user| format!("{user:?}")));
    }
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
