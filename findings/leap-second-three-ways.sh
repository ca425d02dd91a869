#!/usr/bin/env bash
# Rust's time libraries read the leap second 2016-12-31T23:59:60Z in three ways.
#
# Guess: all refuse it, or all read it as the last second of the year: RFC 3339 allows it, and Unix
#   time has no number for it.
# What happens: jiff and humantime read 23:59:59, time reads the last nanosecond of that second, and
#   chrono keeps the 60 and prints it, so that other programs have to read it.
# Seen: jiff 0.2.46, chrono 0.4.45, time 0.3.55, humantime 2.4.0 (crates.io), 2026-11-28. The output
#   was:
#> jiff      2016-12-31T23:59:59Z
#> humantime 2016-12-31T23:59:59Z
#> time      2016-12-31T23:59:59.999999999Z
#> chrono    2016-12-31T23:59:60+00:00
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
chrono = { version = "=0.4.45", default-features = false, features = ["alloc"] }
humantime = "=2.4.0"
jiff = { version = "=0.2.46", default-features = false, features = ["std"] }
time = { version = "=0.3.55", features = ["formatting", "parsing"] }
TOML
cat > src/main.rs <<'RUST'
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

fn main() {
    let text = "2016-12-31T23:59:60Z";
    println!("jiff      {}", text.parse::<jiff::Timestamp>().unwrap());
    println!("humantime {}", humantime::format_rfc3339(humantime::parse_rfc3339(text).unwrap()));
    println!("time      {}", OffsetDateTime::parse(text, &Rfc3339).unwrap().format(&Rfc3339).unwrap());
    println!("chrono    {}", chrono::DateTime::parse_from_rfc3339(text).unwrap().to_rfc3339());
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
