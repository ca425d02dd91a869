# Sourced by the findings about wasm-bindgen: `build_probe` makes pkg/probe.js for Node of the lib.rs that is in the folder.
# The glue is made by wasm-bindgen-cli-support: it is there from the registry, held to one version with the crate, and builds
# in a fraction of the command's time.
build_probe() {
  mkdir -p glue/src probe/src
  cat > Cargo.toml <<'TOML'
[workspace]
members = ["glue", "probe"]
resolver = "2"

[profile.dev]
debug = 0
TOML
  cat > glue/Cargo.toml <<'TOML'
[package]
name = "glue"
version = "0.0.0"
edition = "2021"

[dependencies]
wasm-bindgen-cli-support = "=0.2.129"
TOML
  cat > glue/src/main.rs <<'RUST'
fn main() {
    let [wasm, out] = [1, 2].map(|n| std::env::args().nth(n).unwrap());
    wasm_bindgen_cli_support::Bindgen::new().input_path(wasm).nodejs(true).unwrap().generate(out).unwrap();
}
RUST
  cat > probe/Cargo.toml <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde-wasm-bindgen = "=0.6.5"
wasm-bindgen = "=0.2.129"
TOML
  mv lib.rs probe/src/
  local target=${CARGO_TARGET_DIR:-target}
  cargo build -q -p probe --target wasm32-unknown-unknown
  cargo run -q -p glue "$target/wasm32-unknown-unknown/debug/probe.wasm" pkg
}
