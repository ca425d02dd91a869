#!/usr/bin/env bash
# proptest's any::<String>() generates no line break, and any::<f64>() neither NaN nor an infinity.
#
# Guess: any means any: one of 20,000 strings has a line break or another control character, and one
#   of 20,000 numbers is not finite.
# What happens: none of them: the default strategy for strings generates printable characters, and
#   that for floats omits these classes. A parser that fails at "\n" or NaN passes its property
#   tests.
# Seen: proptest 1.12.0 (crates.io), 2026-11-28. The output was:
#> with a control character: 0, not finite: 0
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
proptest = { version = "=1.12.0", default-features = false, features = ["std"] }
TOML
cat > src/main.rs <<'RUST'
use proptest::prelude::{Strategy, any};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

fn main() {
    let mut runner = TestRunner::deterministic();
    let (mut control, mut odd) = (0, 0);
    for _ in 0..20_000 {
        let text = any::<String>().new_tree(&mut runner).unwrap().current();
        let number = any::<f64>().new_tree(&mut runner).unwrap().current();
        control += usize::from(text.chars().any(char::is_control));
        odd += usize::from(!number.is_finite());
    }
    println!("with a control character: {control}, not finite: {odd}");
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
