//! Static checks: format, lints, layers, and whether generated files match their sources.

use anyhow::Result;
use xshell::cmd;

use crate::repo::Repo;
use crate::setup::WASM;
use crate::step::{quietly, step};
use crate::test::Counts;
use crate::test::NATIVE;
use crate::{api_report, codegen, layering};

/// Runs every check, even if one has failed.
pub(crate) fn run(repo: &Repo) -> Counts {
    let shell = &repo.shell;
    let biome = repo.npm_bin(".", "biome");
    // The server does not compile to wasm, so the crates are named one by one here.
    let wasm = ["--package", "getstream-users", "--package", "getstream-users-emulator", "--lib", "--tests"];

    let checks = [
        check("format of the Rust code", || quietly(cmd!(shell, "cargo fmt --all --check"))),
        check("clippy, native", || {
            quietly(cmd!(shell, "cargo clippy --quiet {NATIVE...} --all-targets -- --deny warnings"))
        }),
        check("clippy, wasm", || {
            quietly(cmd!(shell, "cargo clippy --quiet --target {WASM} {wasm...} -- --deny warnings"))
        }),
        check("links in the Rust documentation", || {
            let doc = cmd!(shell, "cargo doc --quiet {NATIVE...} --no-deps --document-private-items");
            quietly(doc.env("RUSTDOCFLAGS", "--deny warnings"))
        }),
        check("format and lints of the JavaScript code", || {
            quietly(cmd!(shell, "{biome} check --error-on-warnings ."))
        }),
        check("types of the client", || {
            let tsc = repo.npm_bin(".", "tsc");
            quietly(cmd!(shell, "{tsc} --project ."))
        }),
        check("types of the command-line program", || {
            let tsc = repo.npm_bin(".", "tsc");
            quietly(cmd!(shell, "{tsc} --project cli"))
        }),
        check("report of the public API", || api_report::check(repo)),
        check("layers", || layering::check(repo)),
        check("generated files", || codegen::check(repo)),
    ];
    let failed = checks.iter().filter(|passed| !**passed).count();
    Counts { passed: checks.len() - failed, failed, skipped: 0 }
}

fn check(name: &str, work: impl FnOnce() -> Result<()>) -> bool {
    let result = step(name, work);
    if let Err(error) = &result {
        eprintln!("{error:#}\n");
    }
    result.is_ok()
}
