//! Programs that `cargo install` builds.

use anyhow::Result;
use xshell::cmd;

use crate::repo::{Repo, utf8};
use crate::step::{quietly, step};

/// What runs tests in wasm: a part of wasm-bindgen's command line, at the version that is locked.
pub(crate) fn test_runner(repo: &Repo) -> Result<()> {
    let version = &repo.wasm_bindgen;
    if installed(repo, "wasm-bindgen", version) {
        return Ok(());
    }
    step(&format!("install the test runner of wasm-bindgen {version} (minutes)"), || {
        cargo_install(repo, &[format!("wasm-bindgen-cli@{version}")])
    })
}

/// Builds programs from crates, each with its version (`name@1.2.3`), and puts them beside the others.
pub(crate) fn cargo_install(repo: &Repo, crates: &[String]) -> Result<()> {
    // Unoptimised is fine: they run for a second, and building them optimised takes minutes more.
    let (shell, root, build) = (&repo.shell, repo.tools(), repo.tools().join("build"));
    let install = cmd!(shell, "cargo install --locked --debug --force --root {root} {crates...}");
    quietly(install.env("CARGO_TARGET_DIR", &build).env("CARGO_PROFILE_DEV_DEBUG", "0"))?;
    Ok(shell.remove_path(&build)?)
}

fn installed(repo: &Repo, program: &str, version: &str) -> bool {
    let (shell, path) = (&repo.shell, repo.tools().join("bin").join(program));
    let said = cmd!(shell, "{path} --version").quiet().ignore_stderr().read();
    said.is_ok_and(|said| said.split_whitespace().last() == Some(version))
}

/// `PATH` with these programs before all others.
pub(crate) fn path(repo: &Repo) -> Result<String> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(repo.tools().join("bin")).chain(std::env::split_paths(&inherited));
    let joined = std::env::join_paths(folders)?;
    utf8(joined.as_ref()).map(str::to_owned)
}
